import { describe, expect, it, test } from 'vitest';
import { en } from '../shared/messages/en/index.ts';
import { say } from '../shared/messages/message.ts';
import type { Judgement } from './check.ts';
import { WINDOWS_JUDGES } from './windowsJudges.ts';

const GIB = 1024 ** 3;
const said = new Set<string>();

/** The verdict, what was observed, and what to do, as a reader gets them. */
function told(judgement: Judgement): string {
  const { verdict, expected, observed } = judgement;
  const remedy = 'remedy' in judgement ? [judgement.remedy] : [];
  for (const { code } of [expected, observed, ...remedy]) said.add(code);
  const text = [observed, ...remedy].map(say).join(' | ');
  expect(`${say(expected)} ${text}`).not.toContain('{{');
  return `${verdict}: ${text}`;
}

describe('memory', () => {
  const judge = WINDOWS_JUDGES['server.windowsMemory'];
  it.each([
    [2 * GIB, 16 * GIB, /^pass: 16 GB, of which one node may take 2\.7 GB$/u],
    [3 * GIB, 16 * GIB, /^fail: .* \| Set redis\.maxMemory to 2785mb or less, or give the server 18 GB or more\./u],
    [2 * GIB, Number.NaN, /^unknown: /u],
    [2 * GIB, 0, /^unknown: /u],
  ])('%i for each of the nodes on a server with %i', (maxMemoryBytes, memoryBytes, expected) => {
    expect(told(judge({ maxMemoryBytes, memoryBytes }))).toMatch(expected);
  });
});

describe('commit', () => {
  const judge = WINDOWS_JUDGES['server.windowsCommit'];
  it.each([
    [5 * GIB, 0, /^pass: 5 GB/u],
    [5 * GIB - 1, 0, /^fail: 4\.9 GB .*maxMemory to 1023mb/u],
    [2 * GIB, 3 * GIB, /^pass: 5 GB/u],
    [0, 0, /^fail: 0 bytes .*as it is, no node fits/u],
    [-1, 0, /^unknown: /u],
    [Number.NaN, 0, /^unknown: /u],
  ])('%i free, of which %i is held by nodes', (commitAvailableBytes, heldBytes, expected) => {
    expect(told(judge({ nodes: 2, maxMemoryBytes: GIB, commitAvailableBytes, heldBytes }))).toMatch(expected);
  });
});

test.each([
  [GIB, /^pass: 1 GB/u],
  [0, /^warn: .*none/iu],
  [-1, /^unknown: /u],
  [Number.NaN, /^unknown: /u],
])('a paging file of %i', (pageFileBytes, expected) => {
  expect(told(WINDOWS_JUDGES['server.windowsPageFile']({ pageFileBytes }))).toMatch(expected);
});

describe('the disk', () => {
  const disk = {
    nodes: 2,
    maxMemoryBytes: GIB,
    root: 'D:\\',
    fileSystem: 'NTFS',
    isFixed: true,
    freeBytes: 8 * GIB,
    heldBytes: 0,
  };
  it.each([
    ['enough', {}, /^pass: D:\\: 8 GB/u],
    ['ReFS in whatever letters', { fileSystem: 'ReFS' }, /^pass/u],
    ['too little', { freeBytes: 7 * GIB }, /^fail: D:\\: 7 GB .*1 GB/u],
    ['enough with what is held', { freeBytes: 7 * GIB, heldBytes: GIB }, /^pass/u],
    ['FAT', { fileSystem: 'FAT32' }, /^fail: D:\\ .*FAT32/u],
    ['a stick', { isFixed: false }, /^fail: D:\\/u],
    ['not asked', { freeBytes: Number.NaN }, /^unknown/u],
    ['without a name of its file system', { fileSystem: '' }, /^unknown/u],
  ])('%s', (_, change, expected) => {
    expect(told(WINDOWS_JUDGES['server.windowsDisk']({ ...disk, ...change }))).toMatch(expected);
  });
});

describe('the ports', () => {
  const ports = [7000, 7001, 17_000, 17_001];
  const dynamic = [49_152, 65_535] as const;
  it.each([
    ['none kept', { ports, excluded: [[50_000, 50_059]], dynamic }, /^pass/u],
    ['one kept', { ports, excluded: [[16_950, 17_000]], dynamic }, /^fail: .*17000 \(16950-17000\): .*startport=17000/u],
    ['one given to others', { ports, excluded: [], dynamic: [1025, 7000] }, /^warn: .*7000/u],
    ['not asked', { ports, excluded: null, dynamic: null }, /^warn: .*netsh/u],
    ['asked only for the others', { ports, excluded: [], dynamic: null }, /^pass/u],
  ] as const)('%s', (_, facts, expected) => {
    expect(told(WINDOWS_JUDGES['server.windowsPorts'](facts))).toMatch(expected);
  });
});

test('every text of these checks is said, and every check has a title', () => {
  const codes = Object.keys(en).filter((code) => /^check\.server\.windows(?:Memory|Commit|PageFile|Disk|Ports)\./u.test(code));
  const titles = Object.keys(WINDOWS_JUDGES).map((id) => `check.${id}.title`);
  expect(codes.filter((code) => !said.has(code)).toSorted()).toEqual(titles.toSorted());
});
