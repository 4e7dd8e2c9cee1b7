import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fallbackFolder } from './fallbackRuntime.ts';
import { officialRuntime } from './officialRuntime.ts';
import { findRuntime } from './runtime.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'triad-runtime-'));
});
afterEach(() => rm(folder, { recursive: true }));

const progress = (): void => undefined;
const write = async (file: string, text: string): Promise<void> => {
  await mkdir(join(folder, file, '..'), { recursive: true });
  await writeFile(join(folder, file), text);
};

describe('TRIAD_ELECTRON', () => {
  it.each(['chosen', 'chosen/electron'])('takes %s', async (path) => {
    await write('chosen/electron', '');
    await write('chosen/version', 'v40.1.2\n');
    const runtime = await findRuntime(progress, { env: { TRIAD_ELECTRON: join(folder, path) }, cache: folder });
    expect(runtime).toEqual({
      kind: 'chosen',
      executable: join(folder, 'chosen/electron'),
      folder: join(folder, 'chosen'),
      version: '40.1.2',
      sentence: 'Electron 40.1.2, named by TRIAD_ELECTRON.',
    });
  });

  it.each(['nowhere', 'chosen', 'chosen/other'])('refuses %s, where no Electron is', async (path) => {
    await write('chosen/other', '');
    await expect(findRuntime(progress, { env: { TRIAD_ELECTRON: join(folder, path) }, cache: folder })).rejects.toThrow(
      'no Electron is there',
    );
  });
});

describe('the official runtime', () => {
  const find = (retry = false): ReturnType<typeof officialRuntime> =>
    officialRuntime({ root: folder, cache: join(folder, 'cache'), progress, retry });
  /** The installer of the package, which here writes what a download would, or fails. */
  const installer = (script: string): Promise<void> => write('node_modules/electron/install.js', `const fs = require('node:fs');${script}`);
  const download = `
    fs.mkdirSync(__dirname + '/dist');
    fs.writeFileSync(__dirname + '/dist/version', '45.4.1');
    fs.writeFileSync(__dirname + '/dist/electron', '');
    fs.writeFileSync(__dirname + '/path.txt', 'electron');`;
  beforeEach(() => write('node_modules/electron/package.json', JSON.stringify({ version: '45.4.1' })));

  it('is downloaded by its own installer, and then found', async () => {
    await installer(download);
    const executable = join(folder, 'node_modules/electron/dist/electron');
    expect(await find()).toEqual({ found: true, executable, version: '45.4.1' });
    await installer('process.exit(1)');
    expect(await find()).toEqual({ found: true, executable, version: '45.4.1' });
    expect(await readdir(join(folder, 'cache'))).toEqual([]);
  });

  it('is not asked for again on the same day, unless that is wanted', async () => {
    await installer("console.error('Error: ENOTFOUND'); process.exit(1)");
    expect(await find()).toEqual({ found: false, version: '45.4.1', reason: 'its download failed (Error: ENOTFOUND)' });
    await installer(download);
    const again = await find();
    expect(again).toMatchObject({ found: false });
    expect(again.found || again.reason).toMatch(/^its download failed \(Error: ENOTFOUND\), tried at \d{4}-/u);
    expect(await find(true)).toMatchObject({ found: true });
  });

  it('is asked for again after a day', async () => {
    await installer('process.exit(1)');
    await find();
    const [note = ''] = await readdir(join(folder, 'cache'));
    const { reason } = JSON.parse(await readFile(join(folder, 'cache', note), 'utf8')) as { readonly reason: string };
    const yesterday = new Date(Date.now() - 25 * 3_600_000).toISOString();
    await write(`cache/${note}`, JSON.stringify({ at: yesterday, reason }));
    await installer(download);
    expect(await find()).toMatchObject({ found: true });
  });

  it('is not taken when it is half unpacked or of another version', async () => {
    await installer(`${download} fs.writeFileSync(__dirname + '/dist/version', '44.0.0');`);
    expect(await find()).toEqual({ found: false, version: '45.4.1', reason: 'its download failed (it is incomplete)' });
  });

  it('needs its package', async () => {
    await rm(join(folder, 'node_modules'), { recursive: true });
    expect(await find()).toEqual({ found: false, version: 'none', reason: 'the package electron is not installed' });
  });
});

describe('the fallback', () => {
  it('is taken where the official runtime cannot be had, and says that it is one, for what, and why', async () => {
    await write('node_modules/electron/package.json', JSON.stringify({ version: '45.4.1' }));
    await write('node_modules/electron/install.js', "console.error('Error: ENOTFOUND'); process.exit(1)");
    const cache = join(folder, 'cache');
    const place = await fallbackFolder(cache);
    await mkdir(place, { recursive: true });
    await writeFile(join(place, 'electron'), '');
    expect(await findRuntime(progress, { env: {}, cache, checkout: folder })).toEqual({
      kind: 'fallback',
      executable: join(place, 'electron'),
      folder: place,
      version: '33.2.1',
      sentence:
        'Electron 33.2.1, a fallback for development and tests, because the official runtime 45.4.1 is not here: its download failed (Error: ENOTFOUND).',
    });
  });
});
