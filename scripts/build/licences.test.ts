import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectLicences, packageFolder, writeLicences } from './licences.ts';

describe('packageFolder', () => {
  it.each([
    ['/x/node_modules/react/index.js', '/x/node_modules/react'],
    ['/x/node_modules/@mantine/core/styles.css', '/x/node_modules/@mantine/core'],
    ['/x/node_modules/a/node_modules/b/lib/c.js', '/x/node_modules/a/node_modules/b'],
    ['C:/x/node_modules/react/index.js', 'C:/x/node_modules/react'],
    ['/x/electron/main.ts', undefined],
    ['/x/node_modules/.vite/deps/react.js', undefined],
  ])('of %s is %s', (module, folder) => {
    expect(packageFolder(module)).toBe(folder);
  });
});

describe('collectLicences', () => {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'triad-licences-'));
    await writeFile(join(root, 'LICENSE'), 'MIT License\n\nCopyright (c) 2026 Us\n\nPermission is granted.\n');
  });
  afterEach(() => rm(root, { recursive: true }));

  const install = async (name: string, manifest: object, files: Readonly<Record<string, string>> = {}): Promise<string> => {
    const folder = join(root, 'node_modules', name);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name, version: '1.0.0', ...manifest }));
    for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
    return join(folder, 'index.js');
  };

  it('finds each package once, sorted, with the text that it brings', async () => {
    const zod = await install('zod', { license: 'MIT' }, { LICENSE: 'Zod text\n' });
    const axe = await install('@a/axe', { license: 'ISC' }, { 'licence.md': 'Axe text' });
    const modules = new Set([zod, join(zod, '..', 'other.js'), axe, join(root, 'electron/main.ts')]);
    expect(await collectLicences(modules, root)).toEqual([
      { name: '@a/axe', version: '1.0.0', licence: 'ISC', text: 'Axe text' },
      { name: 'zod', version: '1.0.0', licence: 'MIT', text: 'Zod text' },
    ]);
  });

  it('reads the old way to name a licence', async () => {
    const module = await install('ssh', { licenses: [{ type: 'MIT', url: 'http://host.example/LICENSE' }] }, { LICENSE: 'text' });
    expect(await collectLicences(new Set([module]), root)).toMatchObject([{ licence: 'MIT' }]);
  });

  it("gives the standard text with the author's name where a package forgot it", async () => {
    const module = await install('zod', { license: 'MIT', author: { name: 'Colin' } });
    const [licence] = await collectLicences(new Set([module]), root);
    expect(licence?.text).toBe('MIT License\n\nCopyright (c) Colin\n\nPermission is granted.');
  });

  it.each([
    ['a licence that nobody has accepted', { license: 'GPL-3.0-only' }, { LICENSE: 'text' }, 'comes under "GPL-3.0-only"'],
    ['no licence', {}, { LICENSE: 'text' }, 'comes under ""'],
    ['no text', { license: 'Apache-2.0' }, {}, 'brings no text'],
  ])('refuses %s', async (_, manifest, files, words) => {
    const module = await install('zod', manifest, files);
    await expect(collectLicences(new Set([module]), root)).rejects.toThrow(words);
  });

  it('refuses to find nothing', async () => {
    await expect(collectLicences(new Set([join(root, 'electron/main.ts')]), root)).rejects.toThrow('names no package');
  });

  it('writes them for the program and for people', async () => {
    const licences = [{ name: 'zod', version: '1.0.0', licence: 'MIT', text: 'Zod text' }];
    await writeLicences(licences, join(root, 'licences'));
    expect(await readdir(join(root, 'licences'))).toEqual(['third-party.json', 'third-party.txt']);
    expect(JSON.parse(await readFile(join(root, 'licences/third-party.json'), 'utf8'))).toEqual({ schemaVersion: 1, licences });
    expect(await readFile(join(root, 'licences/third-party.txt'), 'utf8')).toBe('zod 1.0.0 (MIT)\n\nZod text\n');
  });
});
