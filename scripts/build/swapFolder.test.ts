import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { swapFolder } from './swapFolder.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'triad-swap-'));
});
afterEach(() => rm(folder, { recursive: true }));

const make = async (name: string): Promise<string> => {
  await mkdir(join(folder, name));
  await writeFile(join(folder, name, 'file'), name);
  return join(folder, name);
};
const place = (): string => join(folder, 'place');

it('puts a folder where none was', async () => {
  await swapFolder(await make('new'), place(), join(folder, 'old'));
  expect(await readFile(join(place(), 'file'), 'utf8')).toBe('new');
});

it('keeps what was there before aside', async () => {
  await make('place');
  await swapFolder(await make('new'), place(), join(folder, 'old'));
  expect(await readFile(join(place(), 'file'), 'utf8')).toBe('new');
  expect((await readdir(folder)).toSorted()).toEqual(['old-1', 'place']);
});

it('may run several times at once: one of them stays', async () => {
  const names = ['a', 'b', 'c', 'd'];
  for (const name of names) await make(name);
  await Promise.all(names.map((name) => swapFolder(join(folder, name), place(), join(folder, `old-${name}`))));
  expect(names).toContain(await readFile(join(place(), 'file'), 'utf8'));
});

it('fails when there is nothing to put', async () => {
  await expect(swapFolder(join(folder, 'nothing'), place(), join(folder, 'old'))).rejects.toThrow('ENOENT');
});
