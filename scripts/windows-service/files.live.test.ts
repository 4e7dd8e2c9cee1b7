import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { mustRun } from '../practice/runCommand.ts';
import { helperFile } from './helperBuild.ts';
import { windowsMachineForTest } from './testing/testMachine.ts';

const windows = windowsMachineForTest();

const CLOSED = 'O:BAG:BAD:P(A;;FA;;;SY)(A;;FA;;;BA)';
const CLOSED_FOLDER = 'O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)';
const sha256Of = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

/** Writes a file of drive C, with the folders above it. */
function write(path: string, text: string | Buffer): void {
  mkdirSync(windows.file(path.slice(0, path.lastIndexOf('/'))), { recursive: true });
  writeFileSync(windows.file(path), text);
}

/** A line of `place` for a file of the staging folder. */
function line(staged: string, target: string, text: string | Buffer, how: 'keep' | 'replace' = 'replace'): string {
  return [`C:\\stage\\${staged}`, target, sha256Of(text), CLOSED, how].join('\t');
}

it('loads no library at its start but those that Windows has at hand for every program', async () => {
  const words = await mustRun('list imports', 'x86_64-w64-mingw32-objdump', ['-p', helperFile]);
  const names = [...words.matchAll(/DLL Name: (\S+)/gu)].map(([, name = '']) => name.toLowerCase()).toSorted();
  expect(names).toEqual(['advapi32.dll', 'kernel32.dll', 'msvcrt.dll', 'ntdll.dll', 'ws2_32.dll']);
});

it('a library that lies beside the program is not loaded', async () => {
  for (const name of ['bcrypt.dll', 'iphlpapi.dll']) writeFileSync(windows.file(`Triad/bin/${name}`), 'no library');
  write('planted/a', 'a');
  expect(await windows.verb(['hash', 'C:\\planted\\a'])).toMatchObject({ code: 0, answer: { files: [{ sha256: sha256Of('a') }] } });
  expect((await windows.verb(['observe'], 'path\tC:\\planted\n')).answer['listening']).toEqual(expect.any(Array));
});

it('folders: makes them, and gives those that are there their lists; a link and a missing parent are refused', async () => {
  mkdirSync(windows.file('made/there'), { recursive: true });
  mkdirSync(windows.file('elsewhere'));
  symlinkSync(windows.file('elsewhere'), windows.file('made/link'));
  const paths = ['C:\\made\\new', 'C:\\made\\there', 'C:\\made\\link', 'C:\\made\\none\\below'];
  const said = await windows.verb(['folders', '-'], `${paths.map((path) => `${path}\t${CLOSED_FOLDER}`).join('\n')}\n\n`);
  expect(said.answer['paths']).toMatchObject([{ error: 0 }, { error: 0 }, {}, { error: 3 }]);
  expect(statSync(windows.file('made/new')).isDirectory()).toBe(true);
  expect(await windows.verb(['folders', 'x'])).toMatchObject({ code: 160 });
});

it('stage: an empty folder, whatever was there', async () => {
  write('stage/left/of a run', 'x');
  expect(await windows.verb(['stage', 'C:\\stage'])).toMatchObject({ code: 0, answer: { path: 'C:\\stage' } });
  expect(readdirSync(windows.file('stage'))).toEqual([]);
  expect(await windows.verb(['stage', 'C:\\none\\stage'])).toMatchObject({ code: 3, answer: { error: 3, at: 'CreateDirectoryW' } });
});

it('place: files take their places in one step; what was there is kept once where that is wanted', async () => {
  write('target/kept.conf', 'theirs');
  write('stage/1', 'first');
  write('stage/2', 'new');
  const said = await windows.verb(
    ['place', '-'],
    `${line('1', 'C:\\target\\kept.conf', 'first', 'keep')}\n${line('2', 'C:\\target\\new.conf', 'new', 'keep')}\n\n`,
  );
  expect(said).toMatchObject({
    code: 0,
    answer: {
      files: [
        { path: 'C:\\target\\kept.conf', error: 0, placed: true, left: false },
        { error: 0, placed: true },
      ],
    },
  });
  write('stage/1', 'second');
  expect((await windows.verb(['place', '-'], `${line('1', 'C:\\target\\kept.conf', 'second', 'keep')}\n\n`)).code).toBe(0);
  const now = Object.fromEntries(readdirSync(windows.file('target')).map((name) => [name, windows.read(`target/${name}`)]));
  expect(now).toEqual({ 'kept.conf': 'second', 'kept.conf.triad-before': 'theirs', 'new.conf': 'new' });
  expect(readdirSync(windows.file('stage'))).toEqual([]);
});

it('place: moves nothing where one file is not what was sent, is missing or has a second name', async () => {
  write('target/a.conf', 'old');
  write('stage/1', 'good');
  write('stage/2', 'cut');
  const good = line('1', 'C:\\target\\a.conf', 'good');
  expect(await windows.verb(['place', '-'], `${good}\n${line('2', 'C:\\target\\b.conf', 'whole')}\n\n`)).toMatchObject({
    code: 23,
    answer: {
      files: [
        { error: 0, placed: false },
        { error: 23, placed: false },
      ],
    },
  });
  expect(await windows.verb(['place', '-'], `${good}\n${line('3', 'C:\\target\\b.conf', 'x')}\n\n`)).toMatchObject({ code: 2 });
  await mustRun('a second name', 'ln', [windows.file('stage/2'), windows.file('stage/4')]);
  expect(await windows.verb(['place', '-'], `${good}\n${line('4', 'C:\\target\\b.conf', 'cut')}\n\n`)).toMatchObject({ code: 1142 });
  expect(await windows.verb(['place', '-'], 'C:\\stage\\1\tC:\\target\\a.conf\n\n')).toMatchObject({ code: 160 });
  expect([windows.read('target/a.conf'), existsSync(windows.file('target/b.conf'))]).toEqual(['old', false]);
});

it('place: a program that runs is moved aside, and goes with the next replacement', async () => {
  mkdirSync(windows.file('programs'), { recursive: true });
  copyFileSync(helperFile, windows.file('programs/run.exe'));
  const running = windows.start(['lock', 'C:\\programs-lock'], 'C:\\programs\\run.exe');
  running.process.stdin?.write('Ana\n');
  await running.line(0);
  const other = Buffer.concat([readFileSync(helperFile), Buffer.from('other')]);
  write('stage/1', other);
  expect(await windows.verb(['place', '-'], `${line('1', 'C:\\programs\\run.exe', other)}\n\n`)).toMatchObject({
    code: 0,
    answer: { files: [{ error: 0, placed: true, left: true }] },
  });
  expect(readdirSync(windows.file('programs')).toSorted()).toEqual(['run.exe', 'run.exe.triad-old']);
  expect(sha256Of(readFileSync(windows.file('programs/run.exe')))).toBe(sha256Of(other));
  running.process.stdin?.end();
  await running.ended;
  write('stage/1', 'third');
  expect((await windows.verb(['place', '-'], `${line('1', 'C:\\programs\\run.exe', 'third')}\n\n`)).answer).toMatchObject({
    files: [{ error: 0, placed: true, left: false }],
  });
  expect(readdirSync(windows.file('programs'))).toEqual(['run.exe']);
});

it('remove-tree: everything goes, also what may only be read', async () => {
  write('tree/node/a/b/c', 'x');
  write('tree/node/read only', 'x');
  chmodSync(windows.file('tree/node/read only'), 0o444);
  expect(await windows.verb(['remove-tree', 'C:\\tree\\node'])).toMatchObject({ code: 0, answer: { removed: 5 } });
  expect(readdirSync(windows.file('tree'))).toEqual([]);
  expect(await windows.verb(['remove-tree', 'C:\\tree\\node'])).toMatchObject({ code: 0, answer: { removed: 0 } });
  for (const path of ['C:\\tree', 'C:\\', 'tree\\node', 'C:\\tree\\..\\windows'])
    expect(await windows.verb(['remove-tree', path])).toMatchObject({ code: 160 });
  expect(existsSync(windows.file('tree'))).toBe(true);
});

// Wine knows a link to a folder for one, but cannot remove it.
it('remove-tree: never descends into a link to a folder, below or as the tree itself', async () => {
  write('behind/file', 'keep me');
  mkdirSync(windows.file('links/node'), { recursive: true });
  symlinkSync(windows.file('behind'), windows.file('links/node/link'));
  symlinkSync(windows.file('behind'), windows.file('links/itself'));
  const link = 'C:\\links\\node\\link';
  expect(await windows.verb(['remove-tree', 'C:\\links\\node'])).toMatchObject({ code: 145, answer: { error: 145, detail: link } });
  expect(await windows.verb(['remove-tree', 'C:\\links\\itself'])).toMatchObject({ code: 145 });
  expect(windows.read('behind/file')).toBe('keep me');
});

it('remove-tree: names what is held open for longer than a moment', async () => {
  mkdirSync(windows.file('held/inside'), { recursive: true });
  const holder = windows.start(['lock', 'C:\\held\\inside']);
  holder.process.stdin?.write('Ana\n');
  await holder.line(0);
  expect(await windows.verb(['remove-tree', 'C:\\held\\inside'])).toMatchObject({
    code: 32,
    answer: { error: 32, detail: 'C:\\held\\inside\\lock' },
  });
  holder.process.stdin?.end();
  await holder.ended;
  expect(await windows.verb(['remove-tree', 'C:\\held\\inside'])).toMatchObject({ code: 0 });
});

it('lock: a folder that is used for anything else is left as it is', async () => {
  write('used/by somebody', 'x');
  expect(await windows.verb(['lock', 'C:\\used'], 'Rui\n')).toMatchObject({ code: 1307, answer: { error: 1307, at: 'lock' } });
  expect(readdirSync(windows.file('used'))).toEqual(['by somebody']);
});

it('install: refuses every account but the one of the service itself', async () => {
  for (const account of ['LocalSystem', 'NT AUTHORITY\\SYSTEM', 'NT SERVICE\\another']) {
    const ini = windows.writeNode('triad-account', 47_300, { account });
    expect(await windows.verb(['install', ini])).toMatchObject({ code: 1057, answer: { error: 1057, at: 'account', detail: account } });
  }
  expect((await windows.verb(['status', 'triad-account'])).answer).toMatchObject({ services: [{ state: 'missing' }] });
});
