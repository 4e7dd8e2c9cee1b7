import { mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cliSourceState } from './cliState.mjs';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'triad-state-'));
  await mkdir(join(folder, 'electron/shared'), { recursive: true });
  await writeFile(join(folder, 'package-lock.json'), '{}');
  await writeFile(join(folder, 'electron/shared/slot.ts'), 'export const slot = 1;');
  await writeFile(join(folder, 'electron/shared/slot.test.ts'), 'test');
});
afterEach(() => rm(folder, { recursive: true }));

const slot = (): string => join(folder, 'electron/shared/slot.ts');
const past = new Date('2020-01-01T00:00:00Z');

it.each<readonly [string, () => Promise<void>]>([
  ['edited', () => writeFile(slot(), 'export const slot = 22;')],
  ['replaced by an older one of the same size', () => utimes(slot(), past, past)],
  ['removed', () => rm(slot())],
  ['renamed', () => rename(slot(), join(folder, 'electron/shared/port.ts'))],
  ['added', () => writeFile(join(folder, 'electron/shared/port.tsx'), '')],
  ['the lock', () => writeFile(join(folder, 'package-lock.json'), '{ }')],
])('changes when a source file is %s', async (_, change) => {
  const before = cliSourceState(folder);
  expect(cliSourceState(folder)).toBe(before);
  await change();
  expect(cliSourceState(folder)).not.toBe(before);
});

it('stays the same when only a test changes', async () => {
  const before = cliSourceState(folder);
  await writeFile(join(folder, 'electron/shared/slot.test.ts'), 'another test');
  expect(cliSourceState(folder)).toBe(before);
});
