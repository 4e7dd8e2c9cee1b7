import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ensurePackages } from './ensurePackages.mjs';

// npm is played by a script that notes each call and does what the test says, in place of the real one.
let folder = '';
let shown = '';
const calls = async (): Promise<number> => (existsSync(join(folder, 'calls')) ? (await readFile(join(folder, 'calls'), 'utf8')).length : 0);
const npmDoes = (code: string): Promise<void> =>
  writeFile(join(folder, 'npm.cjs'), `const fs = require('node:fs'); fs.appendFileSync('calls', 'x'); ${code}`);
const manifest = (value: object): Promise<void> => writeFile(join(folder, 'package.json'), JSON.stringify(value));

beforeEach(async () => {
  shown = '';
  folder = await mkdtemp(join(tmpdir(), 'triad-install-'));
  await manifest({ name: 'x', devDependencies: { a: '1.0.0' } });
  await writeFile(join(folder, 'package-lock.json'), '{}');
  await npmDoes("fs.mkdirSync('node_modules', { recursive: true });");
  vi.stubEnv('npm_execpath', join(folder, 'npm.cjs'));
  vi.stubEnv('npm_node_execpath', process.execPath);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    shown += String(text);
    return true;
  });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

it('installs once', async () => {
  expect(await ensurePackages(folder)).toBeUndefined();
  expect(await ensurePackages(folder)).toBeUndefined();
  expect(await calls()).toBe(1);
});

it('installs again when the lock or a dependency changes', async () => {
  await ensurePackages(folder);
  await writeFile(join(folder, 'package-lock.json'), '{ }');
  await ensurePackages(folder);
  await manifest({ name: 'x', devDependencies: { a: '1.0.1' } });
  await ensurePackages(folder);
  expect(await calls()).toBe(3);
});

it('does not install again for a new script or a new file time', async () => {
  await ensurePackages(folder);
  await manifest({ name: 'x', scripts: { b: 'c' }, devDependencies: { a: '1.0.0' } });
  await utimes(join(folder, 'package-lock.json'), new Date(0), new Date(0));
  await ensurePackages(folder);
  expect(await calls()).toBe(1);
});

it('says in one sentence that the registry cannot be reached, and tries again the next time', async () => {
  await npmDoes("console.error('npm error code ECONNREFUSED\\nnpm error a long tale'); process.exit(1);");
  const problem = await ensurePackages(folder);
  expect(problem).toBe('The packages could not be installed because the npm registry cannot be reached (ECONNREFUSED).');
  await ensurePackages(folder);
  expect(await calls()).toBe(2);
});

it("shows npm's words for any other failure", async () => {
  await npmDoes("console.error('npm error EUSAGE lock out of date'); process.exit(3);");
  expect(await ensurePackages(folder)).toContain('"npm ci" ended with 3');
  expect(shown).toContain('lock out of date');
});

it('lets a second process wait for the first instead of installing too', async () => {
  await npmDoes("fs.mkdirSync('node_modules', { recursive: true }); setTimeout(() => {}, 300);");
  expect(await Promise.all([ensurePackages(folder), ensurePackages(folder)])).toEqual([undefined, undefined]);
  expect(await calls()).toBe(1);
  expect((await readdir(folder)).filter((name) => name.startsWith('.installing'))).toEqual([]);
});

it('is not held up by the lock of a process that has died', async () => {
  const dead = spawn(process.execPath, ['--version']);
  await new Promise((resolve) => dead.on('close', resolve));
  await writeFile(join(folder, '.installing'), String(dead.pid));
  expect(await ensurePackages(folder)).toBeUndefined();
});
