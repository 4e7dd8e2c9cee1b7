import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { rightsCallOf, rightsOf } from './rights.ts';

const HELPER = '.triad\\triad-service-5c9928d3.exe';
const HOME = 'C:\\Users\\Administrator';
const OURS = 'O:BAG:BAD:P(A;;FA;;;SY)';

function started(): {
  readonly driveC: string;
  readonly rights: ReturnType<typeof rightsOf>;
  readonly again: () => ReturnType<typeof rightsOf>;
} {
  const folder = mkdtempSync(join(tmpdir(), 'triad-rights-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const driveC = join(folder, 'c');
  mkdirSync(join(driveC, 'Triad'), { recursive: true });
  const open = (): ReturnType<typeof rightsOf> => rightsOf(join(folder, 'rights.json'), driveC, HOME);
  return { driveC, rights: open(), again: open };
}

const set = (path: string, error = 0): string => JSON.stringify({ paths: [{ path, error }] });
const seen = (path: string): string => JSON.stringify({ timeMs: 1, paths: [{ path, kind: 'file', sddl: 'O:S-1-5-21-0D:' }] });
const sddlIn = (output: string): unknown => (JSON.parse(output) as { readonly paths: readonly { readonly sddl: string }[] }).paths[0]?.sddl;

test.each([
  [`${HELPER} acl -`, { kind: 'sets', verb: 'acl', words: ['-'] }],
  [`${HELPER} place -`, { kind: 'sets', verb: 'place', words: ['-'] }],
  [`"C:\\Triad\\bin\\triad-service.exe" acl "C:\\a b" D:P`, { kind: 'sets', verb: 'acl', words: ['C:\\a b', 'D:P'] }],
  [`${HELPER} observe`, { kind: 'tells' }],
  [`${HELPER} version`, null],
  ['icacls.exe observe', null],
  ['', null],
])('%s', (line, expected) => {
  expect(rightsCallOf(line)).toEqual(expected);
});

test('what was set is told, by another connection too, and goes along when the file is renamed', () => {
  const { driveC, rights, again } = started();
  const file = join(driveC, 'Triad', 'a.conf.triad-new');
  writeFileSync(file, '');
  rights.learn({ kind: 'sets', verb: 'acl', words: ['-'] }, `C:\\Triad\\a.conf.triad-new\t${OURS}\n\n`, set('C:\\Triad\\a.conf.triad-new'));
  renameSync(file, join(driveC, 'Triad', 'a.conf'));
  expect(sddlIn(again().told(seen('c:\\triad\\A.conf')))).toBe(OURS);
  expect(JSON.parse(again().told(seen('C:\\Triad\\a.conf')))).toMatchObject({ timeMs: 1, paths: [{ kind: 'file' }] });
});

test('files that took their places, folders that were made, and the folder for them', () => {
  const { driveC, rights } = started();
  const place = { kind: 'sets', verb: 'place', words: ['-'] } as const;
  for (const name of ['a', 'b']) writeFileSync(join(driveC, 'Triad', name), '');
  const lines = ['a', 'b'].map((name) => ['C:\\s\\0', `C:\\Triad\\${name}`, 'hash', OURS, 'keep'].join('\t'));
  const files = [
    { path: 'C:\\Triad\\a', error: 0, placed: true },
    { path: 'C:\\Triad\\b', error: 0, placed: false },
  ];
  rights.learn(place, `${lines.join('\n')}\n\n`, JSON.stringify({ files }));
  expect(['a', 'b'].map((name) => sddlIn(rights.told(seen(`C:\\Triad\\${name}`))))).toEqual([OURS, 'O:S-1-5-21-0D:']);
  for (const name of ['made', 'stage']) mkdirSync(join(driveC, name));
  rights.learn({ kind: 'sets', verb: 'folders', words: ['-'] }, `C:\\made\t${OURS}\n\n`, set('C:\\made'));
  rights.learn({ kind: 'sets', verb: 'stage', words: ['C:\\stage'] }, '', JSON.stringify({ path: 'C:\\stage' }));
  expect([sddlIn(rights.told(seen('C:\\made'))), sddlIn(rights.told(seen('C:\\stage')))]).toEqual([
    OURS,
    expect.stringMatching(/^O:BAG:BAD:P\(A;OICI;/u),
  ]);
});

test('what was refused, was never set, or belonged to a file that has gone is told as Wine says', () => {
  const { driveC, rights } = started();
  const file = join(driveC, 'Triad', 'a.conf');
  writeFileSync(file, '');
  rights.learn({ kind: 'sets', verb: 'acl', words: ['C:\\Triad\\a.conf', OURS] }, '', set('C:\\Triad\\a.conf', 5));
  expect(sddlIn(rights.told(seen('C:\\Triad\\a.conf')))).toBe('O:S-1-5-21-0D:');
  rights.learn({ kind: 'sets', verb: 'acl', words: ['C:\\Triad\\a.conf', OURS] }, '', set('C:\\Triad\\a.conf'));
  expect(sddlIn(rights.told(seen('C:\\Triad\\a.conf')))).toBe(OURS);
  expect(sddlIn(rights.told(seen('C:\\Triad')))).toBe('O:S-1-5-21-0D:');
  rmSync(file);
  writeFileSync(file, '');
  expect(sddlIn(rights.told(seen('C:\\Triad\\a.conf')))).toBe('O:S-1-5-21-0D:');
  expect(sddlIn(rights.told(seen('C:\\Triad\\b.conf')))).toBe('O:S-1-5-21-0D:');
});

test('what is no answer goes through as it is', () => {
  const { rights } = started();
  for (const output of ['', 'not JSON\r\n', '{"error":5}\r\n']) expect(rights.told(output)).toBe(output);
});
