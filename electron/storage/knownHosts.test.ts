import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openKnownHosts } from './knownHosts.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'triad-known-hosts-'));
});
afterEach(async () => rm(folder, { recursive: true }));

const endpoint = { address: '10.0.0.1', port: 22 };
const key = { type: 'ssh-ed25519', fingerprint: `SHA256:${'a'.repeat(43)}` };

test('an accepted key is known to the next run, in a file only its owner can read', async () => {
  const file = join(folder, 'home', 'known-hosts.json');
  const first = await openKnownHosts(file);
  expect(first.keyOf(endpoint)).toBeNull();
  await first.accept(endpoint, key);
  const second = await openKnownHosts(file);
  expect(second.keyOf(endpoint)).toEqual(key);
  expect(second.keyOf({ ...endpoint, port: 2222 })).toBeNull();
  // Permission bits mean something on POSIX systems only.
  expect(process.platform === 'win32' ? 0o600 : (await stat(file)).mode & 0o777).toBe(0o600);
});

test('three keys accepted at once are all kept', async () => {
  const file = join(folder, 'known-hosts.json');
  const hosts = await openKnownHosts(file);
  const endpoints = [1, 2, 3].map((index) => ({ address: `10.0.0.${index}`, port: 22 }));
  await Promise.all(endpoints.map(async (one) => hosts.accept(one, key)));
  const again = await openKnownHosts(file);
  expect(endpoints.map((one) => again.keyOf(one))).toEqual([key, key, key]);
});

test('a forgotten key is unknown again', async () => {
  const file = join(folder, 'known-hosts.json');
  const hosts = await openKnownHosts(file);
  await hosts.accept(endpoint, key);
  expect(await hosts.forget('10.0.0.1:22')).toBe(true);
  expect(await hosts.forget('10.0.0.1:22')).toBe(false);
  expect((await openKnownHosts(file)).keyOf(endpoint)).toBeNull();
});

test('a damaged file is kept aside and named, never overwritten', async () => {
  const file = join(folder, 'known-hosts.json');
  await writeFile(file, '{"schemaVersion": 1, "hosts": {"10.0.0.1:22": {"type": "ssh-ed2');
  await expect(openKnownHosts(file)).rejects.toMatchObject({ failure: { code: 'storage.damaged', values: { file } } });
  const [kept = ''] = await readdir(folder);
  expect(kept).toMatch(/^known-hosts\.json\.damaged-\d+$/u);
  expect(await readFile(join(folder, kept), 'utf8')).toContain('ssh-ed2');
});
