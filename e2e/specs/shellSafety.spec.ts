import { createServer, type Server } from 'node:http';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import type { TriadBridge } from '../../electron/shared/contract/bridge.ts';
import { expect, test } from '../electronApp.ts';

/** What the preload publishes, and what {@link speakRaw} adds. */
interface Published {
  readonly triad: TriadBridge;
  readonly raw: {
    readonly invoke: (channel: string, name: unknown, input: unknown) => Promise<unknown>;
    readonly invokeJson: (channel: string, name: string, json: string) => Promise<unknown>;
    readonly send: (channel: string, ...values: unknown[]) => void;
  };
}

const violates = [/Content Security Policy|Refused to|ERR_|Failed to load|loads from elsewhere|Not allowed to/u];

async function logOf(home: string): Promise<string> {
  return readFile(join(home, 'logs', 'triad.log'), 'utf8').catch(() => '');
}

test('runs its page in a sandbox, apart from the preload and without Node', async ({ triad: { app, window } }) => {
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const page = BrowserWindow.getAllWindows()[0]?.webContents;
    // Not in the types; what the page was really made with.
    return page === undefined ? {} : (Reflect.get(page, 'getLastWebPreferences') as () => object).call(page);
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
  });
  expect(await window.evaluate(() => ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in globalThis))).toEqual(
    [],
  );
  expect(await window.evaluate(() => Object.keys((globalThis as unknown as Published).triad).toSorted())).toEqual(['call', 'subscribe']);
});

test('sends its page with the strict policy, and a nonce of its own each time', async ({ triad: { window } }) => {
  const [first, second] = await window.evaluate(async () => {
    const ask = async (): Promise<string> => (await fetch(location.href)).headers.get('content-security-policy') ?? '';
    return [await ask(), await ask()];
  });
  expect(first?.replace(/'nonce-[^']+'/u, "'nonce-N'")).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-N'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
      "frame-src triad://report; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  expect(second).not.toBe(first);
});

test('breaks none of its own policy while it starts', async ({ triad: { window } }) => {
  await window.addInitScript(() => {
    const seen: string[] = [];
    Reflect.set(globalThis, 'violations', seen);
    addEventListener('securitypolicyviolation', (event) => seen.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  await window.reload();
  await expect(window.getByRole('main')).toBeVisible();
  expect(await window.evaluate(() => Reflect.get(globalThis, 'violations') as unknown)).toEqual([]);
});

test.describe('what a page could try', () => {
  test.use({ expectedProblems: violates });

  let server: Server;
  let origin = '';
  let visits: string[] = [];
  test.beforeEach(async () => {
    visits = [];
    server = createServer((request, response) => {
      visits.push(request.url ?? '');
      response.setHeader('access-control-allow-origin', '*').end('globalThis.wasRemote = true');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  test.afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test('scripts that stand in the page, and text as code, are refused', async ({ triad: { window } }) => {
    const ran = await window.evaluate(async () => {
      const done: string[] = [];
      Reflect.set(globalThis, 'done', done);
      const script = document.createElement('script');
      script.textContent = "done.push('inline')";
      document.head.append(script);
      const button = document.createElement('button');
      button.setAttribute('onclick', "done.push('attribute')");
      document.body.append(button);
      button.click();
      const style = document.createElement('style');
      style.textContent = 'body { --was-styled: yes }';
      document.head.append(style);
      // Playwright itself evaluates past the policy; what a timer runs does not.
      await new Promise<void>((resolve) => {
        setTimeout(() => {
          try {
            // oxlint-disable-next-line no-eval
            eval("done.push('eval')");
          } catch {
            // As it should be.
          }
          try {
            (Reflect.construct(Function, ["done.push('function')"]) as () => void)();
          } catch {
            // As it should be.
          }
          resolve();
        }, 0);
      });
      if (getComputedStyle(document.body).getPropertyValue('--was-styled') !== '') done.push('style');
      return done;
    });
    expect(ran).toEqual([]);
  });

  test('nothing is fetched from anywhere else, by whatever way', async ({ triad: { window } }) => {
    const reached = await window.evaluate(async (from) => {
      const got: string[] = [];
      const add = (tag: string, set: Readonly<Record<string, string>>): Promise<void> =>
        new Promise((resolve) => {
          const element = Object.assign(document.createElement(tag), set);
          element.addEventListener('load', () => {
            // A frame that was refused loads an error page.
            if (tag !== 'iframe') got.push(tag);
            resolve();
          });
          element.addEventListener('error', () => resolve());
          document.body.append(element);
          setTimeout(resolve, 1500);
        });
      await Promise.all([
        add('script', { src: `${from}/script.js` }),
        add('img', { src: `${from}/picture.png` }),
        add('link', { rel: 'stylesheet', href: `${from}/style.css` }),
        add('link', { rel: 'preload', as: 'script', href: `${from}/preload.js` }),
        add('iframe', { src: `${from}/frame.html` }),
        add('object', { data: `${from}/object` }),
        add('img', { src: 'file:///etc/hostname' }),
        fetch(`${from}/fetch`).then(
          () => got.push('fetch'),
          () => undefined,
        ),
        new Promise<void>((resolve) => {
          try {
            const socket = new WebSocket(from.replace('http', 'ws'));
            socket.addEventListener('open', () => got.push('socket'));
            socket.addEventListener('error', () => resolve());
          } catch {
            resolve();
          }
        }),
      ]);
      navigator.sendBeacon(`${from}/beacon`, 'x');
      return got;
    }, origin);
    expect(reached).toEqual([]);
    expect(visits).toEqual([]);
  });

  test('a page without our policy reaches nothing either', async ({ triad: { app } }) => {
    const outcome = await app.evaluate(async ({ BrowserWindow, session }, from) => {
      const bare = new BrowserWindow({ show: false, webPreferences: { sandbox: true } });
      const frame = `<img src="${from}/picture.png"><iframe src="${from}/frame.html"></iframe><script>fetch('${from}/fetch').catch(() => 0)</script>`;
      const page = await bare.loadURL(`data:text/html,${encodeURIComponent(frame)}`).then(
        () => 'loaded',
        () => 'refused',
      );
      const straight = await bare.loadURL(`${from}/page.html`).then(
        () => 'loaded',
        () => 'refused',
      );
      const file = await bare.loadURL('file:///etc/hostname').then(
        () => 'loaded',
        () => 'refused',
      );
      const fetched = await session.defaultSession.fetch(`${from}/session`).then(
        () => 'loaded',
        () => 'refused',
      );
      bare.destroy();
      return { page, straight, file, fetched };
    }, origin);
    expect(outcome).toEqual({ page: 'refused', straight: 'refused', file: 'refused', fetched: 'refused' });
    expect(visits).toEqual([]);
  });

  test('it goes nowhere and opens nothing', async ({ triad: { app, window, folders } }) => {
    const before = window.url();
    for (const address of [`${origin}/`, 'file:///etc/hostname', 'data:text/html,x', 'triad://report/run-1', 'triad://app/assets/x.html']) {
      await window.evaluate((to) => {
        location.href = to;
      }, address);
      await window.evaluate((to) => {
        const link = Object.assign(document.createElement('a'), { href: to });
        document.body.append(link);
        link.click();
      }, address);
    }
    const opened = await window.evaluate(
      (to) => [open(to), open('about:blank'), open('triad://app/index.html')].map((made) => made === null),
      origin,
    );
    expect(opened).toEqual([true, true, true]);
    await window.evaluate((to) => {
      const link = Object.assign(document.createElement('a'), { href: to, target: '_blank' });
      document.body.append(link);
      link.click();
    }, origin);
    await expect.poll(() => logOf(folders.home)).toContain('page.openDenied');
    expect(window.url()).toBe(before);
    expect(await app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
    expect(visits).toEqual([]);
    expect(await logOf(folders.home)).toContain('page.navigationDenied');
    // The one address that Chromium asks nobody about: the window comes back by itself.
    await window.evaluate(() => {
      location.href = 'about:blank';
    });
    await expect(window.getByRole('main')).toBeVisible();
    expect(window.url()).toBe(before);
  });

  test('it gets no permission, no download, and no page inside the page', async ({ triad: { app, window, folders } }) => {
    await app.evaluate(({ session }) => {
      const downloads: boolean[] = [];
      Reflect.set(globalThis, 'refusedDownloads', downloads);
      // Heard after ours.
      session.defaultSession.on('will-download', (event) => downloads.push(event.defaultPrevented));
    });
    const granted = await window.evaluate(async () => {
      const asked = await Promise.all([
        Notification.requestPermission().then((answer) => answer === 'granted'),
        navigator.mediaDevices.getUserMedia({ audio: true }).then(
          () => true,
          () => false,
        ),
        navigator.clipboard.readText().then(
          () => true,
          () => false,
        ),
        new Promise((resolve) => {
          navigator.geolocation.getCurrentPosition(
            () => resolve(true),
            () => resolve(false),
          );
        }),
        navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state === 'granted'),
      ]);
      const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob(['x'])), download: 'x.exe' });
      document.body.append(link);
      link.click();
      const inner = document.createElement('webview');
      inner.setAttribute('src', 'triad://app/index.html');
      document.body.append(inner);
      return asked;
    });
    expect(granted).toEqual([false, false, false, false, false]);
    await expect.poll(() => logOf(folders.home)).toContain('page.downloadDenied');
    expect(await app.evaluate(() => Reflect.get(globalThis, 'refusedDownloads') as unknown)).toEqual([true]);
    expect(await app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
  });
});

/** Gives the page what a page that has broken out of its world would have: any message on any channel. Loads it again. */
async function speakRaw(app: ElectronApplication, window: Page, folder: string): Promise<void> {
  const file = join(folder, 'raw.cjs');
  await writeFile(
    file,
    `const { contextBridge, ipcRenderer } = require('electron');
     contextBridge.exposeInMainWorld('raw', {
       invoke: (channel, name, input) => ipcRenderer.invoke(channel, name, input),
       invokeJson: (channel, name, json) => ipcRenderer.invoke(channel, name, JSON.parse(json)),
       send: (channel, ...values) => ipcRenderer.send(channel, ...values),
     });`,
  );
  await app.evaluate(({ session }, path) => {
    // Renamed in Electron 35.
    if ('registerPreloadScript' in session.defaultSession) session.defaultSession.registerPreloadScript({ type: 'frame', filePath: path });
    else Reflect.apply(Reflect.get(session.defaultSession, 'setPreloads'), session.defaultSession, [[path]]);
  }, file);
  await window.reload();
  await window.waitForFunction(() => 'raw' in globalThis);
}

test.describe('a hostile page', () => {
  let folder = '';
  test.beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'triad-hostile-'));
  });
  test.afterEach(() => rm(folder, { recursive: true }));

  test('gets nothing by calls that the contract does not know', async ({ triad: { app, window, folders } }) => {
    await speakRaw(app, window, folder);
    const replies = await window.evaluate(async () => {
      const { raw } = globalThis as unknown as Published;
      const call = async (name: unknown, input: unknown): Promise<string> => JSON.stringify(await raw.invoke('triad:call', name, input));
      const circle: { self?: unknown } = {};
      circle.self = circle;
      return {
        unknown: await Promise.all(['nope', 'constructor', '__proto__', '', 7, null, {}].map((name) => call(name, undefined))),
        malformed: await Promise.all([
          call('runs.list', '../../etc'),
          call('runs.start', { draft: 'x' }),
          call('runs.events', undefined),
          call('secrets.store', circle),
          call('secrets.store', new Map([['draft', 'x']])),
          call('drafts.load', { toString: 'x' }),
          call('app.saveSettings', { theme: 'dark', language: 'en', file: '/etc/passwd' }),
        ]),
        prototypes: await raw.invokeJson('triad:call', 'app.saveSettings', '{"theme":"dark","language":"en","__proto__":{"isAdmin":true}}'),
        oversized: await call('app.copy', 'x'.repeat(30_000_000)),
        channels: await Promise.all(
          ['nope', 'triad:push', 'ELECTRON_BROWSER_GET_LAST_WEB_PREFERENCES'].map((channel) =>
            raw.invoke(channel, 'app.start', undefined).then(
              () => 'answered',
              () => 'refused',
            ),
          ),
        ),
      };
    });
    for (const reply of replies.unknown) expect(reply).toContain('something that Triad does not know');
    for (const reply of replies.malformed) expect(reply).toMatch(/does not understand|does not know/u);
    expect(JSON.stringify(replies.prototypes)).toContain('does not understand');
    expect(replies.oversized).toContain('more data than Triad takes');
    expect(replies.channels).toEqual(['refused', 'refused', 'refused']);
    expect(await app.evaluate(() => Reflect.get({}, 'isAdmin') as unknown)).toBeUndefined();
    expect(JSON.stringify(replies)).not.toContain('    at ');
    expect(await readdir(folders.home)).not.toContain('settings.json');
  });

  test('stops nothing by thousands of calls and subscriptions', async ({ triad: { app, window, folders } }) => {
    await speakRaw(app, window, folder);
    const answered = await window.evaluate(async () => {
      const { raw } = globalThis as unknown as Published;
      for (let count = 0; count < 3000; count += 1) {
        raw.send('triad:subscribe', `${'0'.repeat(36)}:${count}`, 'practice.progress', undefined);
        raw.send('triad:subscribe', count, { name: 'runs.events' }, [1, 2, 3]);
        raw.send('triad:received', `${'0'.repeat(36)}:${count}`);
        raw.send('triad:unsubscribe', [count]);
      }
      const names = ['home.list', 'runs.list', 'nope', 'app.start'];
      const replies = await Promise.all(Array.from({ length: 5000 }, (_, index) => raw.invoke('triad:call', names[index % 4], undefined)));
      return replies.length;
    });
    expect(answered).toBe(5000);
    expect(await window.evaluate(() => (globalThis as unknown as Published).triad.call('home.list', undefined))).toMatchObject({
      ok: true,
    });
    await expect.poll(() => logOf(folders.home)).toContain('contract.refusalsNotLogged');
    expect((await logOf(folders.home)).split('\n').length).toBeLessThan(100);
  });
});

test('answers nobody but its own window, not even the same page in another one', async ({ triad: { app, window } }) => {
  const replies = await app.evaluate(async ({ app: electron, BrowserWindow }) => {
    const other = new BrowserWindow({
      show: false,
      webPreferences: { preload: `${electron.getAppPath()}/out/preload/preload.cjs`, sandbox: true },
    });
    await other.loadURL('triad://app/index.html');
    const ask = "Promise.all([triad.call('home.list'), triad.call('app.start'), triad.call('drafts.create')])";
    const answers = (await other.webContents.executeJavaScript(ask)) as unknown;
    other.destroy();
    return answers;
  });
  const refused = { ok: false, failure: { code: 'internal', values: { reason: 'only the window of Triad itself is answered' } } };
  expect(replies).toMatchObject([refused, refused, refused]);
  expect(await window.evaluate(() => (globalThis as unknown as Published).triad.call('home.list', undefined))).toMatchObject({ ok: true });
});

test.describe('a report', () => {
  // This one does not exist.
  test.use({ expectedProblems: [/404/u] });

  test('has no way to the core', async ({ triad: { window } }) => {
    await window.evaluate(() => {
      const frame = Object.assign(document.createElement('iframe'), { src: 'triad://report/run-1' });
      document.body.append(frame);
    });
    await expect.poll(() => window.frames().map((frame) => frame.url())).toContain('triad://report/run-1');
    const frame = window.frames().find((one) => one.url() === 'triad://report/run-1');
    expect(await frame?.evaluate(() => 'triad' in globalThis)).toBe(false);
  });
});

test('writes no secret into its log, nor anywhere else where there is no keychain', async ({ triad: { window, folders, close } }) => {
  const secret = 'correct-horse-battery-staple';
  await window.evaluate(async (value) => {
    const call = (name: string, input: unknown): Promise<unknown> => (globalThis as unknown as Published).triad.call(name, input);
    const { value: draft } = (await call('drafts.create', undefined)) as { readonly value: { readonly id: string } };
    await call('secrets.store', { draft: draft.id, name: 'SSH_PASSWORD_1', value });
    await call('secrets.store', { draft: draft.id, name: 'NO_SUCH_NAME', value });
    await call('secrets.store', { draft: value, name: 'SSH_PASSWORD_1', value });
    await call(`drafts.load`, value);
    await call('app.copy', value);
    await call('servers.test', { draft: { ...draft, name: value }, server: 7, accept: null });
  }, secret);
  await close();
  const files = (await readdir(folders.home, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  expect(files.map(({ name }) => name)).toContain('triad.log');
  for (const { parentPath, name } of files) expect(await readFile(join(parentPath, name), 'latin1'), name).not.toContain(secret);
});

test('lets the page ask for what the contract names, and for nothing else', async ({ triad: { window } }) => {
  const outcomes = await window.evaluate(async () => {
    const { triad } = globalThis as unknown as Published;
    const tell = (asked: Promise<unknown>): Promise<string> =>
      asked.then(
        () => 'asked',
        () => 'not even asked',
      );
    const follow = (name: string): string => {
      try {
        triad.subscribe(name, undefined, () => undefined)();
        return 'asked';
      } catch {
        return 'not even asked';
      }
    };
    const names = ['home.list', 'nope', 'triad:call', '__proto__'];
    return [await Promise.all(names.map((name) => tell(triad.call(name, undefined)))), ['app.commands', 'nope', 'constructor'].map(follow)];
  });
  expect(outcomes).toEqual([
    ['asked', 'not even asked', 'not even asked', 'not even asked'],
    ['asked', 'not even asked', 'not even asked'],
  ]);
});
