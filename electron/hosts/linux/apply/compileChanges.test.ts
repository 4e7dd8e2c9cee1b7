import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Change } from '../../../shared/domain/change.ts';
import { completeScript } from '../commandLine.ts';
import { markedFailure } from '../failureMark.ts';
import { readOutcomes } from './applyChanges.ts';
import { compileChanges } from './compileChanges.ts';

type FileChange = Extract<Change, { kind: 'file' }>;

const purpose = { code: 'x', values: {} };
const owner = userInfo().username;
const group = spawnSync('id', ['-gn'], { encoding: 'utf8' }).stdout.trim();
const top = mkdtempSync(join(tmpdir(), 'triad-apply-'));
let count = 0;
let folder = top;

beforeEach(() => {
  count += 1;
  folder = join(top, String(count));
  mkdirSync(folder);
});
afterAll(() => rmSync(top, { recursive: true }));

const file = (name: string, content: string, more: Partial<FileChange> = {}): FileChange => ({
  kind: 'file',
  id: `file:${name}`,
  path: join(folder, name),
  owner,
  group,
  mode: 0o640,
  content,
  holdsSecret: false,
  action: 'create',
  diff: null,
  purpose,
  ...more,
});

/** Runs a batch as a server would, with an unfriendly umask; `cutBytes` leaves the end of the payload out. */
function applyHere(changes: readonly Change[], payload: ReadonlyMap<string, Uint8Array> = new Map(), cutBytes = 0) {
  const { script, input = [] } = compileChanges(changes, payload);
  const bytes = Buffer.concat(input);
  const run = spawnSync('/bin/sh', ['-c', `umask 077\n${completeScript(script).toString('utf8')}`], {
    input: bytes.subarray(0, bytes.length - cutBytes),
  });
  const [stdout, stderr] = [run.stdout.toString('utf8'), run.stderr.toString('utf8')];
  return { code: run.status, stdout, stderr, failure: markedFailure('s', stdout, stderr)?.failure ?? null };
}

const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
const mode = (name: string): number => statSync(join(folder, name)).mode % 0o10000;

test('any bytes arrive as they are, several in a row, with owner and mode whatever the umask', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 3000 }), { minLength: 1, maxLength: 4 }), (contents) => {
      const changes = contents.map((_, index) => file(`any-${index}`, '', { mode: 0o604 }));
      const payload = new Map(contents.map((bytes, index) => [`file:any-${index}`, bytes]));
      const result = applyHere(changes, payload);
      expect([result.code, result.stderr]).toEqual([0, '']);
      expect(readOutcomes(changes, result.stdout).map(({ outcome }) => outcome)).toEqual(contents.map(() => 'done'));
      expect(contents.map((_, index) => [...readFileSync(join(folder, `any-${index}`))])).toEqual(contents.map((bytes) => [...bytes]));
      expect(mode('any-0')).toBe(0o604);
    }),
    { numRuns: 15 },
  );
});

test('names that shells stumble over', () => {
  const name = `it's $(x) "q" ü -n`;
  const changes: Change[] = [
    { kind: 'folder', id: 'd', path: join(folder, name), owner, group, mode: 0o710, exists: false },
    file(`${name}/${name}`, 'content'),
  ];
  expect(applyHere(changes)).toMatchObject({ code: 0, stderr: '' });
  expect(text(`${name}/${name}`)).toBe('content');
  expect(mode(name)).toBe(0o710);
});

test('a replaced file is kept, the first one for good; a secret one is not', () => {
  writeFileSync(join(folder, 'a'), 'foreign');
  writeFileSync(join(folder, 'b'), 'old secret');
  chmodSync(join(folder, 'a'), 0o600);
  const payload = new Map([['file:b', Buffer.from('new secret')]]);
  const round = (content: string): Change[] => [
    file('a', content, { action: 'replace' }),
    file('b', 'hidden', { action: 'replace', holdsSecret: true }),
  ];
  expect(applyHere(round('ours'), payload).code).toBe(0);
  expect(applyHere(round('ours, later'), payload).code).toBe(0);
  expect([text('a'), text('a.triad-before'), text('b')]).toEqual(['ours, later', 'foreign', 'new secret']);
  expect(mode('a.triad-before')).toBe(0o600);
  expect(readdirSync(folder).toSorted()).toEqual(['a', 'a.triad-before', 'b']);
});

test('what was replaced comes back when ours is removed, unless it is to go too', () => {
  const remove = (name: string): Change => ({ kind: 'removeFile', id: `remove:${name}`, path: join(folder, name) });
  for (const name of ['a', 'a.triad-before', 'b', 'b.triad-before', 'c']) writeFileSync(join(folder, name), name);
  expect(applyHere([remove('a'), remove('b'), remove('b.triad-before'), remove('c'), remove('missing')]).code).toBe(0);
  expect(readdirSync(folder)).toEqual(['a']);
  expect(text('a')).toBe('a.triad-before');
});

test('an upload that is cut is told with its file; nothing of the group was replaced and nothing is left', () => {
  writeFileSync(join(folder, 'first'), 'old');
  const changes = [file('first', 'new'), file('second', 'x'.repeat(1000))];
  const result = applyHere(changes, new Map(), 1);
  expect(result.failure).toMatchObject({ code: 'host.uploadCut', values: { file: join(folder, 'second') } });
  expect([readdirSync(folder), text('first')]).toEqual([['first'], 'old']);
  expect(applyHere(changes).code).toBe(0);
});

test("what an earlier run has left under our suffix is in nobody's way", () => {
  writeFileSync(join(folder, 'a.triad-new'), 'left over');
  chmodSync(join(folder, 'a.triad-new'), 0o400);
  expect(applyHere([file('a', 'new')]).code).toBe(0);
  expect(readdirSync(folder)).toEqual(['a']);
});

test('a full disk is told as such', () => {
  // The device that is always full stands for the disk: writing to it fails as writing to a full one does.
  const { script, input = [] } = compileChanges([file('a', 'x'.repeat(5000))], new Map());
  const onFull = script.replaceAll(`>"$2.triad-new"`, '>/dev/full');
  expect(onFull).not.toBe(script);
  const run = spawnSync('/bin/sh', ['-c', completeScript(onFull).toString('utf8')], { input: Buffer.concat(input), encoding: 'utf8' });
  expect(markedFailure('s', run.stdout, run.stderr)?.failure).toMatchObject({ code: 'host.diskFull', values: { path: join(folder, 'a') } });
});

test('a file in the place of a folder, and a folder in the place of a file, are failures with the reason', () => {
  mkdirSync(join(folder, 'a'));
  const onFolder = applyHere([file('a', 'x')]);
  expect(onFolder.code).not.toBe(0);
  expect(onFolder.stderr).toContain('a');
  writeFileSync(join(folder, 'b'), '');
  const onFile = applyHere([{ kind: 'folder', id: 'd', path: join(folder, 'b'), owner, group, mode: 0o755, exists: false }]);
  expect(onFile.code).not.toBe(0);
  expect(readdirSync(folder).toSorted()).toEqual(['a', 'b']);
});

test('only owner and mode', () => {
  writeFileSync(join(folder, 'a'), 'stays');
  expect(applyHere([file('a', 'not written', { action: 'permissions', mode: 0o400 })]).code).toBe(0);
  expect([text('a'), mode('a')]).toEqual(['stays', 0o400]);
});

test('folders: made with their parents, put right, removed only when empty or with their contents', () => {
  const path = join(folder, 'p/q/r');
  const make: Change = { kind: 'folder', id: 'd', path, owner, group, mode: 0o750, exists: false };
  expect(applyHere([make]).code).toBe(0);
  expect([mode('p'), mode('p/q'), mode('p/q/r')]).toEqual([0o755, 0o755, 0o750]);
  chmodSync(path, 0o777);
  expect(applyHere([make]).code).toBe(0);
  expect(mode('p/q/r')).toBe(0o750);

  writeFileSync(join(path, 'data'), 'x');
  const remove = (name: string, withContents: boolean): Change => ({
    kind: 'removeFolder',
    id: name,
    path: join(folder, name),
    withContents,
  });
  const first = applyHere([remove('p/q/r', false), remove('p', false), remove('missing', false)]);
  expect([first.code, existsSync(join(path, 'data'))]).toEqual([0, true]);
  expect(applyHere([remove('p/q/r', true), remove('missing', true), remove('p/q', false)]).code).toBe(0);
  expect(readdirSync(join(folder, 'p'))).toEqual([]);
});

test('a kernel setting that cannot be written is refused with the reason, and work goes on', () => {
  writeFileSync(join(folder, 'setting'), '0\n');
  const set = (path: string): Change => ({ kind: 'kernel', id: path, setting: 'x', path, before: null, after: '1' });
  const changes = [set('/proc/version/x'), set(join(folder, 'setting'))];
  const result = applyHere(changes);
  const [refused, done] = readOutcomes(changes, result.stdout);
  expect(refused).toMatchObject({ outcome: 'refused' });
  expect(refused?.evidence).toMatch(/directory|nonexistent/iu);
  expect(done).toEqual({ id: join(folder, 'setting'), outcome: 'done', evidence: '' });
  expect(text('setting')).toBe('1\n');
});

test('firewall commands run in order, each by itself; the first that fails ends the batch and is named', () => {
  const firewall = (id: string, ...commands: string[]): Change => ({
    kind: 'firewall',
    id,
    tool: 'nftables',
    commands,
    undo: [],
    summary: purpose,
  });
  const log = join(folder, 'log');
  const changes = [
    firewall('a', `x=1; echo "one's" >>'${log}'`, `echo "two \${x-unset}" >>'${log}'; exit 0`),
    firewall('b', `echo said; (exit 3)`, `echo never >>'${log}'`),
    firewall('c', `echo never >>'${log}'`),
  ];
  const result = applyHere(changes);
  expect([result.code, text('log')]).toEqual([3, "one's\ntwo unset\n"]);
  expect(result.stderr).toContain('said');
  expect(result.stderr).toContain('(exit 3)');
  expect(() => readOutcomes(changes, result.stdout)).toThrow('nothing was said about b');
});

test('mistakes of the program are refused before anything is sent', () => {
  for (const path of ['relative', '/a/../b', '/a//b', '/a/', '/', '/a\nb'])
    expect(() => compileChanges([{ kind: 'removeFile', id: 'x', path }], new Map())).toThrow('not a clean absolute path');
  expect(() => compileChanges([{ kind: 'removeFolder', id: 'x', path: '/var', withContents: true }], new Map())).toThrow('too high');
  expect(() => compileChanges([file('a', 'stand-in', { holdsSecret: true })], new Map())).toThrow('no bytes');
  const binary: Change = { kind: 'binary', id: 'b', path: '/x/y', mode: 0o755, sha256: '', sizeBytes: 1 };
  expect(() => compileChanges([binary], new Map())).toThrow('no bytes');
});

test('services: enabled first, systemd reads its files if it must, neighbours start together, restarts by themselves', () => {
  const service = (unit: string, action: 'enable' | 'start' | 'enableAndStart' | 'restart'): Change => ({
    kind: 'service',
    id: unit,
    unit,
    action,
  });
  const lines = compileChanges(
    [service('a', 'enableAndStart'), service('b', 'start'), service('c', 'restart'), service('d', 'enable')],
    new Map(),
  ).script.split('\n');
  expect(lines.filter((line) => /^(?:systemctl|if must_read|work) /u.test(line))).toEqual([
    "systemctl --no-reload --quiet enable -- 'a' 'd' >&2 || exit",
    "if must_read 2 'a' 'd' 'b' 'c'; then systemctl daemon-reload >&2 || exit; fi",
    "work start 'a' 'b'",
    "work restart 'c'",
  ]);
});

test('systemd reads its units again after one was removed', () => {
  const remove = (path: string): Change => ({ kind: 'removeFile', id: path, path });
  expect(compileChanges([remove('/etc/systemd/system/a.service')], new Map()).script).toMatch(/^systemctl daemon-reload/mu);
  expect(compileChanges([remove('/etc/other/a.service')], new Map()).script).not.toMatch(/^systemctl daemon-reload/mu);
});
