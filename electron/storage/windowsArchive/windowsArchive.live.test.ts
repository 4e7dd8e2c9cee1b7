import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { ensureTools } from '../../../scripts/practice/hostTools.ts';
import { inspectPe } from './peFile.ts';
import { loadWindowsCatalogue, readWindowsArchive } from './readWindowsArchive.ts';
import { releaseFolder } from './testing/windowsArchives.ts';

const VERSION = '8.2.1';
const compiler = 'x86_64-w64-mingw32-gcc';

beforeAll(async () => {
  await ensureTools('This test needs', { [compiler]: 'gcc-mingw-w64-x86-64', zip: 'zip' }, () => undefined);
}, 600_000);

function folderForTest(): string {
  const folder = mkdtempSync(join(tmpdir(), 'triad-windows-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Compiles C for Windows in a folder. */
function compile(folder: string, source: string, ...args: readonly string[]): void {
  writeFileSync(join(folder, 'source.c'), source);
  execFileSync(compiler, ['source.c', ...args], { cwd: folder });
}

/** A release as its makers make one, with programs of a real compiler and linker, packed by Info-ZIP. */
function realRelease(version: string): string {
  const folder = folderForTest();
  const root = join(folder, releaseFolder(VERSION));
  mkdirSync(root);
  const library = (name: string, symbol: string, ...needs: readonly string[]): void =>
    compile(root, `__declspec(dllexport) int ${symbol}(void) { return 1; }`, '-shared', '-o', name, ...needs);
  library('msys-2.0.dll', 'fork_is_emulated');
  library('msys-crypto-3.dll', 'encrypt');
  compile(
    root,
    '__declspec(dllimport) int encrypt(void); __declspec(dllexport) int handshake(void) { return encrypt(); }',
    '-shared',
    '-o',
    'msys-ssl-3.dll',
    'msys-crypto-3.dll',
  );
  const program = `#include <stdio.h>
int __declspec(dllimport) fork_is_emulated(void); int __declspec(dllimport) handshake(void);
int main(void) { printf("Redis server v=%s\\n", "${version}"); return fork_is_emulated() + handshake(); }`;
  for (const name of ['redis-server.exe', 'redis-cli.exe']) compile(root, program, '-s', '-o', name, 'msys-2.0.dll', 'msys-ssl-3.dll');
  rmSync(join(root, 'source.c'));
  copyFileSync(join(root, 'redis-cli.exe'), join(root, 'redis-benchmark.exe'));
  writeFileSync(join(root, 'redis.conf'), 'port 6379\n');
  writeFileSync(join(root, 'README.zh_CN.md'), '# Redis\n');
  execFileSync('zip', ['-q', '-r', `${releaseFolder(VERSION)}.zip`, releaseFolder(VERSION)], { cwd: folder });
  return join(folder, `${releaseFolder(VERSION)}.zip`);
}

test('a zip of Info-ZIP with programs of a real compiler is read, and each byte of them is as it was', async () => {
  const file = realRelease(VERSION);
  const catalogue = await loadWindowsCatalogue('resources/redis');
  const { archive, programs } = await readWindowsArchive(file, { catalogue, version: VERSION });
  expect(archive.files.map(({ name }) => name)).toEqual([
    'redis-server.exe',
    'redis-cli.exe',
    'msys-2.0.dll',
    'msys-crypto-3.dll',
    'msys-ssl-3.dll',
  ]);
  expect(archive.leftOut).toEqual(['README.zh_CN.md', 'redis-benchmark.exe', 'redis.conf']);
  expect(archive.sha256).toBe(createHash('sha256').update(readFileSync(file)).digest('hex'));
  for (const { name, bytes } of programs)
    expect(Buffer.compare(Buffer.from(bytes), readFileSync(join(file.replace(/\.zip$/u, ''), name)))).toBe(0);
  const server = inspectPe(programs[0]?.bytes ?? new Uint8Array());
  expect(server).toMatchObject({ machine: 'x64', kind: 'program' });
  expect(server?.imports).toEqual(expect.arrayContaining(['KERNEL32.dll', 'msys-2.0.dll', 'msys-ssl-3.dll']));
});

test('what a real linker leaves out, or makes of another version, is noticed', async () => {
  const catalogue = await loadWindowsCatalogue('resources/redis');
  const refusal = async (file: string): Promise<unknown> => readWindowsArchive(file, { catalogue, version: undefined });
  await expect(refusal(realRelease('8.2.10'))).rejects.toMatchObject({ failure: { code: 'bundle.windows.refused' } });
  const whole = realRelease(VERSION);
  execFileSync('zip', ['-q', '-d', whole, '*/msys-crypto-3.dll']);
  await expect(refusal(whole)).rejects.toMatchObject({
    failure: { code: 'bundle.windows.missing', values: { name: 'msys-crypto-3.dll' } },
  });
});
