import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { PlainFile } from '../shared/domain/plainExport.ts';
import { writeOwnFolder } from './ownFolder.ts';

function folderForTest(): string {
  const folder = mkdtempSync(join(tmpdir(), 'triad-own-folder-'));
  onTestFinished(() => {
    chmodSync(folder, 0o755);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

function filesOf(texts: Readonly<Record<string, string>>): readonly PlainFile[] {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const files = Object.entries(texts).map(([path, text]): PlainFile => ({
    path,
    bytes: bytes(text),
    mode: path.endsWith('.sh') ? 0o755 : 0o644,
  }));
  const sums = Object.entries(texts).map(([path, text]) => `${createHash('sha256').update(text).digest('hex')}  ${path}\n`);
  return [...files, { path: 'SHA256SUMS', bytes: bytes(sums.join('')), mode: 0o644 }];
}

const first = filesOf({ 'README.md': 'one', 'a/b/run.sh': 'echo' });
const second = filesOf({ 'README.md': 'two', 'c.txt': 'other' });

function namesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true }).map(String).toSorted();
}

const taken = (file: string): object => ({ failure: { code: 'export.folderTaken', values: { file } } });

test('a folder that is not there, or empty, is written with modes that do not depend on the umask', async () => {
  const parent = folderForTest();
  mkdirSync(join(parent, 'empty'));
  const before = process.umask(0o077);
  onTestFinished(() => void process.umask(before));
  for (const folder of [join(parent, 'new', 'deep'), join(parent, 'empty')]) {
    expect(await writeOwnFolder(folder, first)).toBe(true);
    expect(namesIn(folder)).toEqual(['README.md', 'SHA256SUMS', 'a', 'a/b', 'a/b/run.sh']);
    expect(['', 'README.md', 'a/b/run.sh'].map((path) => (statSync(join(folder, path)).mode & 0o777).toString(8))).toEqual([
      '755',
      '644',
      '755',
    ]);
  }
  expect(readdirSync(parent).toSorted()).toEqual(['empty', 'new']);
});

test('an export that nobody has changed is replaced whole, and left alone where it is the same', async () => {
  const parent = folderForTest();
  const folder = join(parent, 'out');
  await writeOwnFolder(folder, first);
  const { ino } = statSync(folder);
  expect(await writeOwnFolder(folder, first)).toBe(false);
  expect(statSync(folder).ino).toBe(ino);
  expect(await writeOwnFolder(folder, second)).toBe(true);
  expect(namesIn(folder)).toEqual(['README.md', 'SHA256SUMS', 'c.txt']);
  expect(readdirSync(parent)).toEqual(['out']);
});

test.each<readonly [string, (folder: string) => void, string]>([
  ['somebody else has files', (folder) => rmSync(join(folder, 'SHA256SUMS')), 'it has no SHA256SUMS'],
  ['a file was changed', (folder) => writeFileSync(join(folder, 'README.md'), 'mine'), 'README.md was changed'],
  ['a file was added', (folder) => writeFileSync(join(folder, 'a', 'vault.yml'), 'mine'), 'a/vault.yml is none of its files'],
  ['a file is gone', (folder) => rmSync(join(folder, 'a', 'b', 'run.sh')), 'a/b/run.sh is missing'],
  [
    'a file is a link now',
    (folder) => {
      rmSync(join(folder, 'README.md'));
      symlinkSync('/etc/hostname', join(folder, 'README.md'));
    },
    'README.md is none of its files',
  ],
])('nothing is written where %s', async (_, change, words) => {
  const parent = folderForTest();
  const folder = join(parent, 'out');
  await writeOwnFolder(folder, first);
  change(folder);
  const before = namesIn(folder).map((name) => [name, statSync(join(folder, name)).mtimeMs]);
  await expect(writeOwnFolder(folder, second)).rejects.toMatchObject(taken(words));
  expect(namesIn(folder).map((name) => [name, statSync(join(folder, name)).mtimeMs])).toEqual(before);
  expect(readdirSync(parent)).toEqual(['out']);
});

test('a file, or a link to a folder, in the place of the folder is refused', async () => {
  const parent = folderForTest();
  writeFileSync(join(parent, 'file'), 'mine');
  mkdirSync(join(parent, 'folder'));
  symlinkSync('folder', join(parent, 'link'));
  for (const name of ['file', 'link'])
    await expect(writeOwnFolder(join(parent, name), first)).rejects.toMatchObject(taken('it is no folder'));
  expect(readFileSync(join(parent, 'file'), 'utf8')).toBe('mine');
  expect(readdirSync(join(parent, 'folder'))).toEqual([]);
});

test('what cannot be written whole leaves nothing, and what was there as it was', async () => {
  const parent = folderForTest();
  const folder = join(parent, 'out');
  await writeOwnFolder(folder, first);
  // The second file wants to be where the first has made a folder.
  const impossible = [...filesOf({ 'x/y': 'one' }), { path: 'x', bytes: new Uint8Array(1), mode: 0o644 }];
  await expect(writeOwnFolder(folder, impossible)).rejects.toMatchObject({ failure: { code: 'storage.unwritable' } });
  await expect(writeOwnFolder(join(parent, 'new'), impossible)).rejects.toMatchObject({ failure: { code: 'storage.unwritable' } });
  expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe('one');
  expect(readdirSync(parent)).toEqual(['out']);
  expect(existsSync(join(parent, 'new'))).toBe(false);
});
