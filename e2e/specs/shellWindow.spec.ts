import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import type { TriadBridge } from '../../electron/shared/contract/bridge.ts';
import { expect, test } from '../electronApp.ts';
import { beginInstallation, field, wizardOf } from '../pages/wizard.ts';
import { pdfPages } from '../pdfText.ts';
import { answerQuestions, asked, call, exitOf, journalOf, logOf, openSilentServers, readHeadline, type SilentServers } from '../shell.ts';

/** Chooses an item of the native menu, which comes with the words: a moment after the window. */
async function choose(app: ElectronApplication, id: string): Promise<void> {
  await expect.poll(() => app.evaluate(({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.id, id)).toBe(id);
  await app.evaluate(({ Menu, BrowserWindow }, item) => {
    const found = Menu.getApplicationMenu()?.getMenuItemById(item);
    Reflect.apply(found?.click as () => void, found, [{}, BrowserWindow.getAllWindows()[0], {}]);
  }, id);
}

const closeWindow = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.close();
  });

test('comes back as it was left: place, size, size of the text, look', async ({ launch }) => {
  const first = await launch();
  const bounds = { x: 140, y: 90, width: 1111, height: 777 };
  await first.app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), bounds);
  for (const _ of ['110 %', '125 %']) await choose(first.app, 'textSize.larger');
  await call(first.window, 'app.saveSettings', { theme: 'dark', language: 'pt' });
  await expect.poll(() => first.window.evaluate(() => devicePixelRatio)).toBe(1.25);
  await first.close();
  const second = await launch({ folders: first.folders });
  await expect.poll(() => second.window.evaluate(() => devicePixelRatio)).toBe(1.25);
  const found = await second.app.evaluate(({ BrowserWindow, nativeTheme }) => ({
    bounds: BrowserWindow.getAllWindows()[0]?.getBounds(),
    theme: nativeTheme.themeSource,
    background: BrowserWindow.getAllWindows()[0]?.getBackgroundColor().toLowerCase(),
  }));
  expect(found).toEqual({ bounds, theme: 'dark', background: '#12161b' });
  await expect.poll(() => second.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items[0]?.label)).toBe('&Ficheiro');
});

test('enlarges the text up to 200 % and no further, and keeps it over a reload', async ({ triad: { app, window } }) => {
  for (let step = 0; step < 12; step += 1) await choose(app, 'textSize.larger');
  await expect.poll(() => window.evaluate(() => devicePixelRatio)).toBe(2);
  await window.reload();
  await expect.poll(() => window.evaluate(() => devicePixelRatio)).toBe(2);
  await choose(app, 'textSize.normal');
  await expect.poll(() => window.evaluate(() => devicePixelRatio)).toBe(1);
});

test('follows another theme and language at once', async ({ triad: { app, window } }) => {
  const look = (): Promise<unknown> =>
    app.evaluate(({ nativeTheme, Menu }) => [
      nativeTheme.themeSource,
      Menu.getApplicationMenu()?.getMenuItemById('newInstallation')?.label,
    ]);
  await call(window, 'app.saveSettings', { theme: 'dark', language: 'pt' });
  await expect.poll(look).toEqual(['dark', 'Nova instalação']);
  expect(await window.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
  await call(window, 'app.saveSettings', { theme: 'light', language: 'en' });
  await expect.poll(look).toEqual(['light', 'New installation']);
});

test('hands the commands of its menu to the page', async ({ triad: { app, window } }) => {
  await window.evaluate(() => {
    const got: unknown[] = [];
    Reflect.set(globalThis, 'got', got);
    (globalThis as unknown as { readonly triad: TriadBridge }).triad.subscribe('app.commands', undefined, (values) => got.push(...values));
  });
  const got = (): Promise<unknown> => window.evaluate(() => Reflect.get(globalThis, 'got') as unknown);
  await expect
    .poll(async () => {
      await choose(app, 'help');
      return got();
    })
    .toContain('help');
  for (const command of ['settings', 'about', 'home']) await choose(app, command);
  await expect.poll(got).toEqual(expect.arrayContaining(['settings', 'about', 'home']));
});

test('comes to the front when it is started again, and opens the file of that start', async ({ launch }) => {
  const first = await launch();
  const folder = await mkdtemp(join(tmpdir(), 'triad-second-'));
  try {
    const file = join(folder, 'other.triad');
    const server = (number: number): string =>
      `  - { name: node-${number}, address: 192.0.2.${number}, ssh: { user: root, auth: { agent: true } } }`;
    await writeFile(file, `schemaVersion: 1\nname: opened-from-outside\nservers:\n${[1, 2, 3].map(server).join('\n')}\n`);
    const { spawnargs, spawnfile } = first.app.process();
    const args = spawnargs.slice(1).filter((arg) => !/^--(?:inspect|remote-debugging-port)/u.test(arg));
    const env = { ...process.env, TRIAD_HOME: first.folders.home };
    const code = await new Promise<number>((resolve) => {
      const second = execFile(spawnfile, [...args, file], { env });
      second.once('exit', (ended) => resolve(ended ?? -1));
    });
    expect(code).toBe(0);
    await expect
      .poll(async () => (await call(first.window, 'home.list', undefined)).map(({ name }) => name))
      .toEqual(['opened-from-outside']);
    expect(first.app.windows()).toHaveLength(1);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test.describe('a page whose process ends', () => {
  test('comes back by itself', async ({ triad: { app, folders } }) => {
    const crash = (): Promise<void> =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
    const headline = (): Promise<unknown> => app.evaluate(readHeadline);
    let before: unknown = '';
    await expect.poll(async () => (before = await headline())).not.toBe('');
    await crash();
    await expect.poll(() => logOf(folders.home)).toContain('window.processGone');
    await expect.poll(headline).toBe(before);
  });
});

test('logs and tells a fault that nobody caught, and goes on', async ({ triad: { app, window, folders } }) => {
  await answerQuestions(app, 0);
  await app.evaluate(() => {
    setTimeout(() => {
      throw new Error('planted with masterauth hunter2');
    }, 0);
  });
  await expect.poll(() => asked(app)).toEqual(['Something happened that Triad did not foresee | Go on | Open the folder of the log']);
  await expect.poll(() => logOf(folders.home)).toContain('planted with masterauth [hidden]');
  expect(await call(window, 'home.list', undefined)).toEqual([]);
});

test('tells how long its first paint took', async ({ triad: { folders } }) => {
  await expect.poll(() => logOf(folders.home)).toMatch(/"what":"window.shown","sinceStartMs":\d+/u);
});

test('does not look again for a graphics processor that was missing', async ({ launch }) => {
  const first = await launch({ args: ['--disable-gpu'] });
  await expect.poll(() => logOf(first.folders.home)).toMatch(/"what":"window.shown"/u);
  await first.close();
  expect(await logOf(first.folders.home)).toMatch(/"what":"app.started".*"isGpuMissing":false/u);
  const second = await launch({ folders: first.folders });
  await expect.poll(() => logOf(second.folders.home)).toMatch(/"what":"app.started".*"isGpuMissing":true/u);
});

test('what was typed a moment before the window closes is kept', async ({ triad: { app, window, folders } }) => {
  const wizard = wizardOf(window);
  await beginInstallation(wizard);
  await field(wizard, 'window.servers.address').first().fill('192.0.2.77');
  const ended = exitOf(app);
  await closeWindow(app);
  expect(await ended).toBe(0);
  const [draft = ''] = await readdir(join(folders.home, 'drafts'));
  expect(await readFile(join(folders.home, 'drafts', draft), 'utf8')).toContain('192.0.2.77');
});

/** The pieces of a printed page without its number, which is painted before or after everything else. */
function withoutNumber(pieces: readonly string[], number: string): readonly string[] {
  for (let count = 1; count <= 5; count += 1) {
    if (pieces.slice(0, count).join('') === number) return pieces.slice(count);
    if (pieces.slice(-count).join('') === number) return pieces.slice(0, -count);
  }
  throw new Error(`A printed page does not bear its number ${number}: ${pieces.slice(-3).join(' | ')}`);
}

test.describe('while a run goes on', () => {
  let servers: SilentServers;
  test.beforeEach(async () => {
    servers = await openSilentServers();
  });
  test.afterEach(() => servers.close());
  const startRun = (window: Page): Promise<string> => servers.startRun(window);

  const question = 'A run is still going on | Keep it open | Stop the run safely and close';

  test('it asks before it closes, and stays open when told to', async ({ triad: { app, window } }) => {
    await answerQuestions(app, 0);
    await startRun(window);
    await closeWindow(app);
    await expect.poll(() => asked(app)).toEqual([question]);
    expect(await call(window, 'runs.active', undefined)).toHaveLength(1);
    expect(app.windows()).toHaveLength(1);
    await answerQuestions(app, 1);
  });

  test('it ends the run before it closes, when told to', async ({ triad: { app, window, folders } }) => {
    await answerQuestions(app, 1);
    const runId = await startRun(window);
    const ended = exitOf(app);
    await closeWindow(app);
    expect(await ended).toBe(0);
    expect(await journalOf(folders.home, runId)).toContain('"type":"runFinished"');
    expect(await logOf(folders.home)).toMatch(/app\.stoppingRuns[\s\S]*app\.ended/u);
  });

  test('it ends the run without a question when the system tells it to end', async ({ triad: { app, window, folders } }) => {
    await answerQuestions(app, 0);
    const runId = await startRun(window);
    const ended = exitOf(app);
    process.kill(app.process().pid ?? -1, 'SIGTERM');
    expect(await ended).toBe(0);
    expect(await journalOf(folders.home, runId)).toContain('"type":"runFinished"');
  });

  test('its report is shown in a frame under its own policy, and printed', async ({ triad: { app, window, folders } }) => {
    const runId = await startRun(window);
    await call(window, 'runs.cancel', runId);
    await expect.poll(() => call(window, 'runs.active', undefined)).toEqual([]);
    const link = await call(window, 'reports.link', runId);
    await window.evaluate((src) => {
      const frame = Object.assign(document.createElement('iframe'), { src, id: 'report-under-test' });
      frame.setAttribute('sandbox', '');
      document.body.append(frame);
    }, link);
    await expect(window.frameLocator('#report-under-test').getByRole('heading', { level: 1 })).toBeVisible();
    const styled = await window
      .frameLocator('#report-under-test')
      .locator('main')
      .evaluate((main) => getComputedStyle(main).maxWidth);
    expect(styled).toBe('1100px');
    // What is folded on screen is open on the page that is printed, whatever the runtime's Chromium does with closed parts.
    const frame = window.frameLocator('#report-under-test');
    expect(await frame.locator('details:not([open])').count()).toBeGreaterThan(0);
    await window.evaluate((src) => document.querySelector('#report-under-test')?.setAttribute('src', src), `${link}?paper`);
    await expect(frame.locator('details:not([open])')).toHaveCount(0);
    await expect(frame.locator('details')).not.toHaveCount(0);
    const file = join(folders.home, 'report.pdf');
    await app.evaluate(({ dialog }, filePath) => {
      Reflect.set(dialog, 'showSaveDialog', () => Promise.resolve({ canceled: false, filePath }));
    }, file);
    expect(await call(window, 'reports.save', { runId, format: 'pdf' })).toEqual({ name: 'report.pdf' });
    const pdf = await readFile(file);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(10_000);

    // Every text of the page is printed somewhere, and every piece of print stands somewhere on the page, beside page numbers and marks of lists. Neither their
    // order nor how often they are there is compared: a PDF is painted in an order of its own.
    await window.emulateMedia({ media: 'print' });
    const shown = await frame.locator('body').evaluate((body) => {
      const texts: string[] = [];
      const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
        if (node.parentElement?.checkVisibility() === true && node.parentElement.closest('title, desc') === null)
          texts.push(node.textContent ?? '');
      return texts;
    });
    await window.emulateMedia({ media: null });
    // A PDF has some pairs of letters as one sign.
    const bare = (text: string): string => text.normalize('NFKC').replaceAll(/[\s\u2060]/gu, '');
    const pages = pdfPages(pdf).map((pieces) => pieces.map((piece) => bare(piece)));
    const printed = pages.map((pieces, index) => withoutNumber(pieces, `${index + 1}/${pages.length}`));
    const onPaper = printed.flat().join('');
    const onPage = shown.map((text) => bare(text)).join('');
    expect(shown.length).toBeGreaterThan(100);
    expect(shown.filter((text) => !onPaper.includes(bare(text)))).toEqual([]);
    expect(printed.flat().filter((piece) => !onPage.includes(piece) && !/^[·•]+$/u.test(piece))).toEqual([]);
  });
});
