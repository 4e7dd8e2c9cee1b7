import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { makeMemurai, makePe, makeRelease, releaseFiles, releaseFolder } from '../storage/windowsArchive/testing/windowsArchives.ts';
import { redisWindowsInspect } from './redisWindowsCommand.ts';

const VERSION = '8.2.1';
let out = '';
let told = '';
let folder = '';

beforeEach(async () => {
  [out, told] = ['', ''];
  folder = await mkdtemp(join(tmpdir(), 'triad-inspect-'));
  vi.stubEnv('TRIAD_BUNDLES', 'resources/redis');
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => (out += String(text)) !== '');
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => (told += String(text)) !== '');
});

async function release(files = releaseFiles(VERSION)): Promise<{ readonly file: string; readonly sha256: string }> {
  onTestFinished(async () => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });
  const bytes = makeRelease(VERSION, files);
  const file = join(folder, `${releaseFolder(VERSION)}.zip`);
  await writeFile(file, bytes);
  return { file, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Somebody at a terminal who types this, line feed included. */
function atTerminal(answer: string): void {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  input.end(answer);
  vi.spyOn(process, 'stdin', 'get').mockReturnValue(input as unknown as typeof process.stdin);
  const { isTTY } = process.stderr;
  Object.assign(process.stderr, { isTTY: true });
  onTestFinished(() => {
    Object.assign(process.stderr, { isTTY });
  });
}

test('an archive that nobody vouches for is shown, and not to be used', async () => {
  const { file, sha256 } = await release();
  expect(await redisWindowsInspect(file, {})).toBe(1);
  expect(out).toContain(`${releaseFolder(VERSION)}.zip: Redis 8.2.1 for Windows servers (x64)`);
  expect(out).toContain(sha256);
  for (const name of ['redis-server.exe', 'redis-cli.exe', 'msys-2.0.dll', 'msys-ssl-3.dll']) expect(out).toContain(name);
  expect(out).toContain('README.md, redis.conf, start.bat');
  expect(out).toContain('No Redis for Windows is supported by Redis or by OutSystems. Linux servers are recommended.');
  expect(out).toContain('LicenseRef-RSALv2 OR SSPL-1.0 OR AGPL-3.0-only');
  expect(out).toContain('Nobody vouches for this file yet.');
  expect(out).toContain('https://github.com/redis-windows/redis-windows/releases');
  expect(out).not.toContain('windowsArchive:');
});

test('the hash of the release page makes it usable, and gives the lines of the specification', async () => {
  const { file, sha256 } = await release();
  expect(await redisWindowsInspect(file, { sha256: ` ${sha256.toUpperCase()} ` })).toBe(0);
  expect(out).toContain(`  redis:\n    version: 8.2.1\n    windowsArchive:\n      file: ${file}\n      sha256: ${sha256}\n`);
});

test('so do the first eight characters, as an option and at a terminal', async () => {
  const { file, sha256 } = await release();
  const typed = sha256.slice(0, 8);
  expect(await redisWindowsInspect(file, { useAnyway: typed })).toBe(0);
  expect(out).toContain(`      useAnyway: ${/^\d+$|^\d+e\d+$/u.test(typed) ? `"${typed}"` : typed}\n`);
  expect(out).toContain('Used on your word alone: nobody else vouches for this file.');
  expect(told).toBe('');
  atTerminal(`${typed}\n`);
  expect(await redisWindowsInspect(file, {})).toBe(0);
  expect(told).toContain('type the first 8 characters of its SHA-256:');
  expect(told).toContain('Linux servers are recommended');
});

test('nothing typed leaves it unused, and something else is refused', async () => {
  const { file } = await release();
  atTerminal('\n');
  expect(await redisWindowsInspect(file, {})).toBe(1);
  atTerminal('12345678\n');
  expect(await redisWindowsInspect(file, {})).toBe(2);
  expect(told + out).toContain('[bundle.windows.mistyped]');
});

test('the end of input leaves it unused as well', async () => {
  const { file } = await release();
  atTerminal('');
  expect(await redisWindowsInspect(file, {})).toBe(1);
});

test('JSON holds everything in one line and never asks', async () => {
  const { file, sha256 } = await release();
  atTerminal(`${sha256.slice(0, 8)}\n`);
  expect(await redisWindowsInspect(file, { json: true })).toBe(1);
  expect(told).toBe('');
  expect(out.trimEnd().split('\n')).toHaveLength(1);
  expect(JSON.parse(out)).toMatchObject({
    type: 'windowsArchive',
    file,
    name: `${releaseFolder(VERSION)}.zip`,
    sha256,
    version: VERSION,
    isListed: false,
    trust: 'nobody',
    leftOut: ['README.md', 'redis.conf', 'start.bat'],
  });
  out = '';
  expect(await redisWindowsInspect(file, { json: true, sha256: 'ab'.repeat(32) })).toBe(2);
  expect(JSON.parse(out)).toMatchObject({ failure: { code: 'bundle.hashMismatch' } });
  expect(out).toContain(sha256);
});

test('the service program of the other package is named, with the reason why it stays behind', async () => {
  const { file } = await release(new Map(releaseFiles(VERSION)).set('RedisService.exe', makePe()));
  expect(await redisWindowsInspect(file, {})).toBe(1);
  expect(out).toContain('RedisService.exe is left out: it stops Redis without its password');
});

test.each([
  [{ sha256: 'abc' }, 'usage.invalid'],
  [{ redisVersion: '8' }, 'usage.invalid'],
  [{ redisVersion: '8.2.2' }, 'bundle.windows.otherVersion'],
  [{ sha256: 'ab'.repeat(32) }, 'bundle.hashMismatch'],
  [{ useAnyway: '0000000x' }, 'bundle.windows.mistyped'],
])('exit code 2 with %j: %s', async (options, code) => {
  const { file } = await release();
  expect(await redisWindowsInspect(file, options)).toBe(2);
  expect(out + told).toContain(`[${code}]`);
});

test('an installer of Memurai is recognised, and told what can be done with it', async () => {
  const { file } = await release();
  await writeFile(file, Buffer.from('d0cf11e0a1b11ae1'.padEnd(1024, '0'), 'hex'));
  expect(await redisWindowsInspect(file, {})).toBe(2);
  expect((out + told).replaceAll(/\s+/gu, ' ')).toMatch(
    /as Memurai comes in: Triad runs no installer.*msiexec \/a Memurai\.msi \/qn TARGETDIR=C:\\unpacked.*triad adopt/u,
  );
});

test('Memurai is shown as an experiment, with what it needs, and the line that says yes to it', async () => {
  const { file } = await release();
  const bytes = makeMemurai();
  await writeFile(file, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(await redisWindowsInspect(file, { sha256 })).toBe(0);
  const shown = out.replaceAll(/\s+/gu, ' ');
  expect(shown).toContain('Memurai 4.2.3 (compatible with Redis 7.4.9) for Windows servers (x64)');
  expect(shown).toContain('Experimental: Triad was never tried with the real Memurai');
  expect(shown).toContain('Taken along as licence files: license.lic.');
  expect(shown).toContain('this cluster needs six, two on each server');
  expect(shown).toContain(`redis: version: 7.4.9 windowsArchive: file: ${file} sha256: ${sha256} experimental: memurai`);
  expect(shown).not.toContain('msys-2.0.dll');
  out = '';
  expect(await redisWindowsInspect(file, {})).toBe(1);
  expect(out).toContain('Nobody publishes the hash of a zip that you made');
});
