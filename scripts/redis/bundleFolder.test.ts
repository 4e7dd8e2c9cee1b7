import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { faultsOfBundle, replaceFolder } from './bundleFolder.ts';
import { writeMadeBundle } from './testing/madeBundle.ts';

const build = { engine: 'redis', version: '7.0.15', platform: 'linux-x64' } as const;
const recipeHash = '7'.repeat(64);

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'triad-folder-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

describe('faultsOfBundle', () => {
  async function wholeBundle(): Promise<string> {
    const folder = await temporaryFolder();
    await writeMadeBundle(folder, build, recipeHash);
    return folder;
  }

  it('finds none in a whole one', async () => {
    expect(await faultsOfBundle(await wholeBundle(), recipeHash)).toEqual([]);
  });

  it('says that there is none', async () => {
    expect(await faultsOfBundle(join(await temporaryFolder(), 'nowhere'), recipeHash)).toEqual(['it has not been built']);
  });

  it('names every file that is missing, changed or too many', async () => {
    const folder = await wholeBundle();
    await rm(join(folder, 'redis-server'));
    await writeFile(join(folder, 'redis-cli.gz'), 'changed');
    await writeFile(join(folder, 'LICENSE'), 'changed');
    await mkdir(join(folder, 'source'));
    await writeFile(join(folder, 'source', 'archive'), 'new');
    expect(await faultsOfBundle(folder, recipeHash)).toEqual([
      'redis-server is missing',
      'redis-cli.gz was changed',
      'LICENSE was changed',
      'source/archive does not belong to it',
    ]);
  });

  it('tells a bundle of an older recipe', async () => {
    expect(await faultsOfBundle(await wholeBundle(), '8'.repeat(64))).toEqual(['it was built by another recipe']);
  });

  it('tells a manifest that is cut off', async () => {
    const folder = await wholeBundle();
    await writeFile(join(folder, 'manifest.json'), '{"schemaVersion":');
    expect(await faultsOfBundle(folder, recipeHash)).toEqual(['manifest.json cannot be read']);
  });
});

describe('replaceFolder', () => {
  it('puts the new folder in the place of the old one, and leaves nothing beside it', async () => {
    const parent = await temporaryFolder();
    const place = join(parent, 'place');
    for (const text of ['old', 'new']) await replaceFolder(place, (folder) => writeFile(join(folder, text), text));
    expect(await readdir(place)).toEqual(['new']);
    expect(await readdir(parent)).toEqual(['place']);
  });

  it('keeps the old folder when the new one fails', async () => {
    const parent = await temporaryFolder();
    const place = join(parent, 'place');
    await replaceFolder(place, (folder) => writeFile(join(folder, 'file'), 'old'));
    const failing = replaceFolder(place, async (folder) => {
      await writeFile(join(folder, 'file'), 'half');
      throw new Error('disk full');
    });
    await expect(failing).rejects.toThrow('disk full');
    expect(await readFile(join(place, 'file'), 'utf8')).toBe('old');
    expect(await readdir(parent)).toEqual(['place']);
  });

  it('removes what a killed process left behind, and nothing else', async () => {
    const parent = await temporaryFolder();
    for (const name of ['.place.AbCdEf', '.place.AbCdEf-old', '.other.AbCdEf', 'place.log']) await mkdir(join(parent, name));
    await replaceFolder(join(parent, 'place'), (folder) => writeFile(join(folder, 'file'), 'new'));
    expect((await readdir(parent)).toSorted()).toEqual(['.other.AbCdEf', 'place', 'place.log']);
  });
});
