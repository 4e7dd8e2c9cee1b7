import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFile, mustLockFile } from './fileLock.ts';

let folder = '';
const file = (): string => join(folder, 'deep', 'set.lock');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'triad-lock-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('one holds it, the next waits, and is told for whom', async () => {
  const first = await lockFile(file(), { waitMs: 0 });
  expect(await lockFile(file(), { waitMs: 0 })).toBeUndefined();
  await expect(mustLockFile(file(), 'the set', { waitMs: 10 })).rejects.toThrow(`Another process (${process.pid}) is working on the set`);
  const waitedFor: string[] = [];
  const second = lockFile(file(), { waitMs: 10_000, onWait: (pid) => waitedFor.push(pid) });
  await expect.poll(() => waitedFor).toEqual([String(process.pid)]);
  // Removed while the second waits on it: it must not hold a file that a third cannot find.
  await first?.release({ remove: true });
  const held = await second;
  expect(held).toBeDefined();
  expect(await lockFile(file(), { waitMs: 0 })).toBeUndefined();
  await held?.release({ remove: true });
  expect(existsSync(file())).toBe(false);
});

test('it ends with the process that holds it, however that ends', async () => {
  const module = JSON.stringify(join(import.meta.dirname, 'fileLock.ts'));
  const script = `const { lockFile } = await import(${module}); await lockFile(${JSON.stringify(file())}, { waitMs: 0 }); console.log('held');`;
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => {
    holder.stdout.once('data', resolve);
  });
  expect(await lockFile(file(), { waitMs: 0 })).toBeUndefined();
  holder.kill('SIGKILL');
  const lock = await lockFile(file(), { waitMs: 10_000 });
  expect(lock).toBeDefined();
  await lock?.release();
});
