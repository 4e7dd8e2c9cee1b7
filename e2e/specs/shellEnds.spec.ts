// What happens while nobody looks, and when the system, the page or a file fails.
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test } from '../electronApp.ts';
import { answerQuestions, asked, call, exitOf, journalOf, logOf, openSilentServers, readHeadline, type SilentServers } from '../shell.ts';
import { startUnwatched } from '../unwatchedApp.ts';

/** What the main process says of its page; a page that hangs or is dead never answers, and has no headline. */
function headline(app: ElectronApplication): Promise<unknown> {
  return app.evaluate(readHeadline);
}

/** Every notice that would be shown from now on, in place of the desktop's own. A click is told by its number. */
async function catchNotices(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ Notification }) => {
    const shown: unknown[] = [];
    Reflect.set(globalThis, 'shownNotices', shown);
    Reflect.set(Notification, 'isSupported', () => true);
    Reflect.set(Notification.prototype, 'show', function show(this: unknown) {
      shown.push(this);
    });
  });
}

const notices = (app: ElectronApplication): Promise<readonly string[]> =>
  app.evaluate(() =>
    ((Reflect.get(globalThis, 'shownNotices') as readonly { readonly title: string; readonly body: string }[] | undefined) ?? []).map(
      ({ title, body }) => `${title} | ${body}`,
    ),
  );

/** Says of the window that somebody looks at it, or that nobody does: without a window manager no window ever has the focus by itself. */
async function setFocused(app: ElectronApplication, isFocused: boolean): Promise<void> {
  await app.evaluate(({ BrowserWindow }, is) => {
    const [window] = BrowserWindow.getAllWindows();
    if (window !== undefined) Reflect.set(window, 'isFocused', () => is);
  }, isFocused);
}

test.describe('while a run goes on', () => {
  let servers: SilentServers;
  test.beforeEach(async () => {
    servers = await openSilentServers();
  });
  test.afterEach(() => servers.close());

  test('its end is told by the desktop when nobody looks, and a click on that brings the window to the front', async ({
    triad: { app, window },
  }) => {
    await catchNotices(app);
    await setFocused(app, false);
    const runId = await servers.startRun(window);
    // The servers say nothing for longer than a run takes that is worth a notice.
    await expect.poll(() => notices(app), { timeout: 60_000 }).toEqual(['Triad: sessions | The run has ended and needs you.']);
    expect(await call(window, 'runs.active', undefined)).toEqual([]);
    expect(runId).toContain('check');
    await app.evaluate(({ BrowserWindow }) => {
      const [own] = BrowserWindow.getAllWindows();
      own?.hide();
      const [notice] = Reflect.get(globalThis, 'shownNotices') as readonly { readonly emit: (event: string) => void }[];
      notice?.emit('click');
    });
    await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true);
  });

  test('its end is no notice for somebody who looks at it', async ({ triad: { app, window, folders } }) => {
    await catchNotices(app);
    await setFocused(app, true);
    const runId = await servers.startRun(window);
    await expect.poll(() => journalOf(folders.home, runId), { timeout: 60_000 }).toContain('"type":"runFinished"');
    // The notice would come right after the report is written.
    const reports = async (): Promise<readonly string[]> =>
      (await readdir(folders.home, { recursive: true })).filter((file) => file.includes(runId) && /report\.(?:html|json)$/u.test(file));
    await expect.poll(reports, { timeout: 20_000 }).toHaveLength(2);
    await call(window, 'home.list', undefined);
    expect(await notices(app)).toEqual([]);
  });

  /** Does something to the main process that ends the session, and gives whether the system was asked to wait. */
  const endSession = (app: ElectronApplication, how: 'shutdown' | 'query-session-end'): Promise<boolean> =>
    app.evaluate(({ BrowserWindow, powerMonitor }, event) => {
      let isAskedToWait = false;
      const asking = {
        preventDefault: () => {
          isAskedToWait = true;
        },
      };
      const source = event === 'shutdown' ? powerMonitor : BrowserWindow.getAllWindows()[0];
      (source as unknown as { readonly emit: (name: string, asking: unknown) => void }).emit(event, asking);
      return isAskedToWait;
    }, how);

  for (const how of ['shutdown', 'query-session-end'] as const)
    test(`it is ended safely before the system is let go on: ${how}`, async ({ triad: { app, window, folders } }) => {
      await answerQuestions(app, 0);
      const runId = await servers.startRun(window);
      const ended = exitOf(app);
      expect(await endSession(app, how)).toBe(true);
      expect(await ended).toBe(0);
      expect(await journalOf(folders.home, runId)).toMatch(/"type":"runFinished"[^\n]*"wasAborted":true/u);
      expect(await logOf(folders.home)).toMatch(/app\.stoppingRuns[\s\S]*app\.ended/u);
    });

  test('a second signal does not cut off the end of the first', async ({ triad: { app, window, folders } }) => {
    const runId = await servers.startRun(window);
    const ended = exitOf(app);
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.kill(app.process().pid ?? -1, signal);
    expect(await ended).toBe(0);
    expect(await journalOf(folders.home, runId)).toContain('"type":"runFinished"');
  });

  test('the end of a session is nobody’s business where no run goes on', async ({ triad: { app, window } }) => {
    await call(window, 'home.list', undefined);
    expect(await endSession(app, 'query-session-end')).toBe(false);
    expect(await call(window, 'home.list', undefined)).toEqual([]);
  });
});

test.describe('a page that hangs', () => {
  let folder = '';
  test.beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'triad-hang-'));
  });
  test.afterEach(() => rm(folder, { recursive: true, maxRetries: 5 }));

  test('is asked about, and comes back when that is wished', async () => {
    const folders = { home: join(folder, 'home'), profile: join(folder, 'profile') };
    const { evaluate, kill } = await startUnwatched(test.info().project.name, folders);
    const headlineNow = (): Promise<unknown> => evaluate(readHeadline);
    try {
      await expect.poll(headlineNow, { timeout: 30_000 }).toBeTruthy();
      await evaluate(({ BrowserWindow, dialog }) => {
        const questions: string[] = [];
        Reflect.set(globalThis, 'asked', questions);
        Reflect.set(dialog, 'showMessageBox', (...args: readonly unknown[]) => {
          const question = args.at(-1) as { readonly message: string; readonly buttons: readonly string[] };
          questions.push([question.message, ...question.buttons].join(' | '));
          return Promise.resolve({ response: 1, checkboxChecked: false });
        });
        const page = BrowserWindow.getAllWindows()[0]?.webContents;
        page?.executeJavaScript('setTimeout(() => { for (;;); }, 0)').catch(() => undefined);
        // A page of which nobody wants anything hangs for nobody.
        setInterval(() => {
          page?.sendInputEvent({ type: 'keyDown', keyCode: 'A' });
          page?.sendInputEvent({ type: 'keyUp', keyCode: 'A' });
        }, 500);
      });
      await expect.poll(headlineNow).toBe('');
      // Chromium gives a page fifteen seconds.
      await expect
        .poll(() => evaluate(() => Reflect.get(globalThis, 'asked') as unknown), { timeout: 60_000 })
        .toEqual(['The window does not answer | Wait | Reload the window']);
      await expect.poll(headlineNow, { timeout: 30_000 }).toBeTruthy();
      expect(await logOf(folders.home)).toMatch(/window\.hangs[\s\S]*window\.processGone/u);
    } finally {
      await kill();
    }
  });
});

test.describe('a page that ends again and again', () => {
  /** Ends it until somebody is asked. */
  async function crashUntilAsked(app: ElectronApplication): Promise<void> {
    await expect
      .poll(
        async () => {
          const questions = await asked(app).catch(() => ['ended']);
          if (questions.length > 0) return questions;
          if ((await headline(app)) !== '')
            await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
          return questions;
        },
        { timeout: 60_000 },
      )
      .not.toEqual([]);
  }
  const question = 'The window has ended unexpectedly several times | Open it again | Quit';

  test('is asked about, and loaded once more when that is wished', async ({ triad: { app } }) => {
    await answerQuestions(app, 0);
    await crashUntilAsked(app);
    expect(await asked(app)).toEqual([question]);
    await expect.poll(() => headline(app), { timeout: 20_000 }).not.toBe('');
  });

  test('ends Triad when that is wished', async ({ triad: { app, folders } }) => {
    await answerQuestions(app, 1);
    const ended = exitOf(app);
    await crashUntilAsked(app);
    expect(await ended).toBe(0);
    expect(await logOf(folders.home)).toContain('app.ended');
  });
});

test.describe('a file that is damaged', () => {
  test('is told at the start with where it was kept, also when it was read before the window asked, and is no reason not to work', async ({
    launch,
    triad,
  }) => {
    await triad.close();
    await mkdir(triad.folders.home, { recursive: true });
    await writeFile(join(triad.folders.home, 'vault.json'), '{ half of it');
    const { window }: { readonly window: Page } = await launch({ folders: triad.folders });
    await expect(window.getByText(/vault\.json\.damaged-\d+/u).first()).toBeVisible({ timeout: 20_000 });
    await window.getByRole('main').getByRole('button', { name: 'Load the window again' }).click();
    await expect(window.getByRole('button', { name: 'Begin', exact: true })).toBeVisible();
    expect(await call(window, 'home.list', undefined)).toEqual([]);
  });
});

test('a secret that Triad made is in no line of the log, wherever it turns up later', async ({ triad: { app, window, folders } }) => {
  await answerQuestions(app, 0);
  const draft = await call(window, 'drafts.create', undefined);
  await call(window, 'secrets.generate', { draft: draft.id, anew: false });
  await call(window, 'secrets.copy', { draft: draft.id, name: 'REDIS_PASSWORD' });
  // Never shown in the window: the log knows it from where it was made.
  const secret = await app.evaluate(async ({ clipboard }) => {
    // A promise of it in newer versions of Electron.
    const text: unknown = await clipboard.readText();
    setTimeout(() => {
      throw new Error(`planted with ${String(text)} in it`);
    }, 0);
    return text;
  });
  expect(secret).toMatch(/^[\w-]{43}$/u);
  await expect.poll(() => logOf(folders.home)).toContain('planted with [hidden] in it');
  expect(await logOf(folders.home)).not.toContain(secret);
});
