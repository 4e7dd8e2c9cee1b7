import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkLock } from './lock.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'triad-lock-'));
});
afterAll(() => rm(folder, { recursive: true }));

const check = async (packages: Readonly<Record<string, unknown>>): ReturnType<typeof checkLock> => {
  const file = join(folder, 'package-lock.json');
  await writeFile(file, JSON.stringify({ packages }));
  return checkLock(file);
};

const complete = {
  '': {},
  'node_modules/tool': { integrity: 'sha512-a', optionalDependencies: { 'tool-linux': '1', 'tool-win': '1' } },
  'node_modules/tool-linux': { integrity: 'sha512-b' },
  'node_modules/tool/node_modules/tool-win': { integrity: 'sha512-c' },
};

it('accepts a lock in which every optional dependency has an entry, nested or not', async () => {
  expect(await check(complete)).toEqual({ ok: true, saw: '3 packages', output: '' });
});

it('names an optional dependency that has no entry', async () => {
  const { 'node_modules/tool-linux': _, ...partial } = complete;
  const result = await check(partial);
  expect(result.ok).toBe(false);
  expect(result.output).toContain('node_modules/tool: its optional dependency tool-linux is missing');
});

it('finds no entry inside an unrelated package', async () => {
  const result = await check({
    '': {},
    'node_modules/tool': { integrity: 'sha512-a', optionalDependencies: { part: '1' } },
    'node_modules/other': { integrity: 'sha512-b' },
    'node_modules/other/node_modules/part': { integrity: 'sha512-c' },
  });
  expect(result.output).toContain('part is missing');
});

it.each([
  ['an address', { integrity: 'sha512-a', resolved: 'https://registry.invalid/x.tgz' }, 'names where it was fetched from'],
  ['no hash', {}, 'has no integrity hash'],
])('refuses an entry with %s', async (_, entry, words) => {
  const result = await check({ '': {}, 'node_modules/x': entry });
  expect(result.ok).toBe(false);
  expect(result.output).toContain(words);
});

it('refuses a lock without packages', async () => {
  expect((await check({ '': {} })).ok).toBe(false);
});
