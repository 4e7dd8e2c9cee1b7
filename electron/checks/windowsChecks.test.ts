import { describe, expect, it, test } from 'vitest';
import {
  freshWindowsFacts,
  sampleMemuraiBundle,
  sampleWindowsBundle,
  sampleWindowsFacts,
  sampleWindowsPlan,
} from '../artifacts/testing/sampleWindows.ts';
import type { BundleSummary } from '../shared/domain/plan.ts';
import type { FoundDisk, FoundUnit, ServerFacts, WindowsFacts } from '../shared/domain/server.ts';
import { en } from '../shared/messages/en/index.ts';
import { say } from '../shared/messages/message.ts';
import type { CheckContext } from './checkContext.ts';
import { exampleContext } from './testing/exampleFacts.ts';
import { WINDOWS_CHECKS } from './windowsChecks.ts';

const GIB = 1024 ** 3;
const said = new Set<string>();

const disk: FoundDisk = {
  path: 'C:\\Triad',
  mountPoint: 'C:\\',
  fileSystem: 'NTFS',
  freeBytes: 8 * GIB,
  sizeBytes: 100 * GIB,
  options: ['fixed'],
};
const running: FoundUnit = {
  unit: 'triad-sessions-7000',
  load: 'loaded',
  active: 'active',
  sub: 'running',
  enabled: 'enabled',
  mainPid: 1,
  needsReload: false,
  restarts: null,
};

interface Change {
  readonly windows?: Partial<WindowsFacts> | null;
  readonly disk?: Partial<FoundDisk> | null;
  readonly facts?: Partial<ServerFacts>;
  readonly maxMemory?: string;
  /** Exclusions are wanted. */
  readonly excludes?: boolean;
  readonly isAdopted?: boolean;
  readonly isOwnService?: boolean;
  readonly known?: Partial<CheckContext>;
}

/** What one check says of the first server of a plan with 1 GiB for each node: the verdict, what was observed, what to do. */
function told(
  id: string,
  {
    windows = {},
    disk: otherDisk = {},
    facts = {},
    maxMemory = '1gb',
    excludes = false,
    isAdopted = false,
    isOwnService = false,
    known = {},
  }: Change = {},
): string {
  const wanted = excludes ? { windows: { defenderExclusions: 'add' } } : isOwnService ? { windows: { service: 'own' } } : {};
  const planned = sampleWindowsPlan(['windows', 'linux', 'linux'], { redis: { maxMemory }, ...wanted });
  const plan = isAdopted ? { ...planned, adopted: true as const } : planned;
  const context = exampleContext({ plan, ...known });
  const own: ServerFacts = {
    ...freshWindowsFacts(),
    memoryBytes: 16 * GIB,
    swapBytes: 4 * GIB,
    disks: otherDisk === null ? [] : [{ ...disk, ...otherDisk }],
    windows: windows === null ? null : { ...sampleWindowsFacts, ...windows },
    ...facts,
  };
  const results = WINDOWS_CHECKS.find((check) => check.id === id)?.judge([own], context) ?? [];
  // Of the Linux servers beside it nothing is said, seen or not.
  expect(results).toHaveLength(1);
  const [result] = results;
  if (result === undefined) return 'nothing';
  const { verdict, expected, observed, remedy } = result;
  const texts = [expected, observed, ...(remedy === null ? [] : [remedy])];
  for (const { code } of texts) said.add(code);
  expect(texts.map(say).join(' ')).not.toContain('{{');
  return [`${verdict}: ${say(observed)}`, ...(remedy === null ? [] : [say(remedy)])].join(' | ');
}

test('what holds only where a save copies all the data is said of no other Redis for Windows', () => {
  const judged = (bundle: BundleSummary): readonly string[] => {
    const context = exampleContext({ plan: sampleWindowsPlan(['windows', 'linux', 'linux'], {}, bundle) });
    const own: ServerFacts = { ...freshWindowsFacts(), windows: sampleWindowsFacts };
    return WINDOWS_CHECKS.filter((check) => check.judge([own], context).length > 0).map(({ id }) => id);
  };
  const all = judged(sampleWindowsBundle);
  const usual = WINDOWS_CHECKS.map(({ id }) => id).filter((id) => id !== 'server.experimentalRedis');
  expect(all).toEqual(usual);
  const notThere: readonly string[] = ['server.windowsMemory', 'server.windowsCommit'];
  expect(judged(sampleMemuraiBundle)).toEqual(
    usual.flatMap((id) => (id === 'server.windows' ? [id, 'server.experimentalRedis'] : notThere.includes(id) ? [] : [id])),
  );
});

test.each<readonly [string, WindowsFacts['helper'], RegExp]>([
  ['runs', { state: 'runs', sha256: null }, /^pass: it runs/u],
  ['an older journal', undefined, /^pass/u],
  [
    'blocked',
    { state: 'blocked', sha256: 'ab12' },
    /^fail: a policy blocks it.*PowerShell.* \| Allow triad-service\.exe by its SHA-256 ab12/u,
  ],
  ['quarantined', { state: 'quarantined', sha256: 'ab12' }, /^fail: a security program took it away/u],
])("Triad's own program: %s", (_, helper, expected) => {
  expect(told('server.windowsHelper', { windows: helper === undefined ? {} : { helper } })).toMatch(expected);
});

test.each<readonly [string, string | null, RegExp]>([
  [
    'may do everything',
    'FullLanguage',
    /^warn: .* without Triad's program, by Windows' own .* \| Nothing has to be done.*switchover works.* ab12\.$/u,
  ],
  ['is limited', 'ConstrainedLanguage', /^fail: .*limited as well \(ConstrainedLanguage\).* \| Allow triad-service\.exe .*ab12, or let/u],
  ['did not answer', null, /^fail: /u],
])("Triad's own program is blocked, each node is a service of its own, and PowerShell %s", (_, languageMode, expected) => {
  const windows = { helper: { state: 'blocked' as const, sha256: 'ab12' }, languageMode };
  expect(told('server.windowsHelper', { windows, isOwnService: true })).toMatch(expected);
});

describe('memory', () => {
  it.each([
    ['2gb', 16 * GIB, /^pass: 16 GB, of which one node may take 2\.7 GB$/u],
    ['3gb', 16 * GIB, /^fail: .* \| Set redis\.maxMemory to 2785mb or less, or give the server 18 GB or more\./u],
    ['2gb', Number.NaN, /^unknown: /u],
    ['2gb', 0, /^unknown: /u],
  ])('%s for each of the nodes on a server with %i', (maxMemory, memoryBytes, expected) => {
    expect(told('server.windowsMemory', { maxMemory, facts: { memoryBytes } })).toMatch(expected);
  });
});

describe('commit', () => {
  it.each([
    [5 * GIB, [], /^pass: 5 GB/u],
    [5 * GIB - 1, [], /^fail: 4\.9 GB .*maxMemory to 1023mb/u],
    [5 * GIB - 1, [running], /^warn: 4\.9 GB/u],
    [5 * GIB - 1, [{ ...running, active: 'inactive' }], /^fail: /u],
    [0, [], /^fail: 0 bytes .*as it is, no node fits/u],
    [-1, [], /^unknown: /u],
    [Number.NaN, [running], /^unknown: /u],
  ])('%i free, with the services %j', (commitAvailableBytes, units, expected) => {
    expect(told('server.windowsCommit', { windows: { commitAvailableBytes }, facts: { units } })).toMatch(expected);
  });
});

test.each([
  [GIB, /^pass: 1 GB/u],
  [0, /^warn: .*none/iu],
  [-1, /^unknown: /u],
  [Number.NaN, /^unknown: /u],
])('a paging file of %i', (swapBytes, expected) => {
  expect(told('server.windowsPageFile', { facts: { swapBytes } })).toMatch(expected);
});

describe('the disk', () => {
  it.each<readonly [string, Change, RegExp]>([
    ['enough', {}, /^pass: C:\\: 8 GB/u],
    ['ReFS in whatever letters', { disk: { fileSystem: 'ReFS' } }, /^pass/u],
    ['too little', { disk: { freeBytes: 7 * GIB } }, /^fail: C:\\: 7 GB .*1 GB/u],
    ['too little, with a node that runs', { disk: { freeBytes: 7 * GIB }, facts: { units: [running] } }, /^warn: C:\\: 7 GB/u],
    ['FAT', { disk: { fileSystem: 'FAT32' } }, /^fail: C:\\ .*FAT32/u],
    ['a stick', { disk: { options: ['removable'] } }, /^fail: C:\\/u],
    ['not asked', { disk: null }, /^unknown: /u],
    ['without a name of its file system', { disk: { fileSystem: '' } }, /^unknown/u],
  ])('%s', (_, change, expected) => {
    expect(told('server.windowsDisk', change)).toMatch(expected);
  });
});

describe('the ports', () => {
  it.each<readonly [string, Partial<WindowsFacts>, RegExp]>([
    ['none kept', {}, /^pass/u],
    ['one that cannot be listened on', { reservedPorts: [17_001] }, /^fail: .*17001/u],
    ['a port of somebody else', { reservedPorts: [8080] }, /^pass/u],
    ['one in a range', { excludedPorts: [[6990, 7000]] }, /^fail: .*7000 \(6990-7000\)/u],
    ['one given to others', { dynamicPorts: [1025, 7000] }, /^warn: .*7000/u],
    ['not asked what is given to others', { dynamicPorts: null }, /^pass/u],
  ])('%s', (_, windows, expected) => {
    expect(told('server.windowsPorts', { windows })).toMatch(expected);
  });
});

describe('the virus scanner', () => {
  const own = ['C:\\Triad\\nodes\\sessions\\7000', 'C:\\Triad\\nodes\\sessions\\7001'] as const;
  const defender = { isRunning: true, isRealTime: true, isTamperProtected: false, exclusions: [] };
  it.each<readonly [string, WindowsFacts['defender'], RegExp]>([
    ['not there', null, /^skipped: /u],
    ['not running', { ...defender, isRunning: false }, /^pass: It does not scan/u],
    ['not watching', { ...defender, isRealTime: false }, /^pass: It does not scan/u],
    ['with both folders excluded', { ...defender, exclusions: own.map((path) => `${path.toUpperCase()}\\`) }, /^pass: Its exclusions/u],
    ['with a folder above them excluded', { ...defender, exclusions: ['c:\\triad'] }, /^pass: Its exclusions/u],
    [
      'with one folder excluded',
      { ...defender, exclusions: [own[0], 'C:\\Triad\\nodes\\sessions\\70'] },
      /^warn: It scans C:\\Triad\\nodes\\sessions\\7001: .* `Add-MpPreference -ExclusionPath 'C:\\Triad\\nodes\\sessions\\7001'`/u,
    ],
    [
      'under tamper protection',
      { ...defender, isTamperProtected: true },
      /^warn: .*Tamper protection is on.* `Add-MpPreference -ExclusionPath 'C:\\Triad\\nodes\\sessions\\7000','C:\\Triad\\nodes\\sessions\\7001'`/u,
    ],
  ])('%s', (_, found, expected) => {
    expect(told('server.windowsDefender', { windows: { defender: found } })).toMatch(expected);
  });

  it('of a cluster that Triad did not install is told, and nothing is offered', () => {
    const scanned = { ...defender, isTamperProtected: true };
    expect(told('server.windowsDefender', { windows: { defender }, isAdopted: false })).toContain('windows.defenderExclusions: add');
    const remedy = told('server.windowsDefender', { windows: { defender: scanned }, isAdopted: true });
    expect(remedy).toMatch(/^warn: .*as an administrator: `Add-MpPreference -ExclusionPath 'C:/u);
    expect(remedy).not.toContain('defenderExclusions');
  });

  const bin = 'C:\\Triad\\bin\\redis-7.0.15-89abcdef';
  const change = { kind: 'defender', id: `defender:${bin}`, path: bin, action: 'exclude' } as const;
  const refused = [{ server: 'server-1', change, outcome: { id: change.id, outcome: 'refused', evidence: 'its own words' } as const }];
  const installed = { stage: 'installed' } as const;
  it.each<readonly [string, WindowsFacts['defender'], Partial<CheckContext>, RegExp]>([
    ['with all of them excluded', { ...defender, exclusions: [...own, bin] }, {}, /^pass: Its exclusions/u],
    ['with them excluded by a policy', { ...defender, exclusions: ['C:\\Triad'], takesLocalExclusions: false }, installed, /^pass: /u],
    [
      'with none of them excluded, before an install',
      defender,
      { stage: 'beforeInstall' },
      /^warn: It scans .*; install excludes them \|/u,
    ],
    [
      'where somebody took one away',
      { ...defender, exclusions: [...own] },
      installed,
      /^warn: It scans C:\\Triad\\bin\\\S+, .*`triad install` again/u,
    ],
    [
      'where it refused one',
      { ...defender, exclusions: [...own] },
      { ...installed, applied: refused },
      /^warn: .*does not take .*`Add-MpPreference -ExclusionPath 'C:\\Triad\\bin\\[^',]*'`/u,
    ],
    [
      'where a policy has them ignored',
      { ...defender, takesLocalExclusions: false },
      { stage: 'beforeInstall' },
      /^warn: .*does not take the exclusion/u,
    ],
    ['not there', null, {}, /^warn: It does not run, or does not say.*another virus scanner/u],
    ['switched off', { ...defender, isRunning: false }, installed, /^warn: It does not run/u],
  ])('where exclusions are wanted: %s', (_, found, known, expected) => {
    expect(told('server.windowsDefender', { windows: { defender: found }, excludes: true, known })).toMatch(expected);
  });
});

test.each([
  ['FullLanguage', /^pass: It may do everything$/u],
  ['ConstrainedLanguage', /^pass: A policy limits it \(ConstrainedLanguage\), \.NET is closed to it: Triad needs its own program/u],
  [null, /^pass: It did not answer/u],
])('PowerShell in %s', (languageMode, expected) => {
  expect(told('server.windowsPowershell', { windows: { languageMode } })).toMatch(expected);
});

/** What is said of a cluster by its plan alone. */
const ABOUT_THE_CLUSTER: readonly string[] = ['server.windows', 'server.experimentalRedis'];

test('a server whose Windows told nothing is unknown, never a pass', () => {
  const ids = WINDOWS_CHECKS.map(({ id }) => id).filter((id) => !ABOUT_THE_CLUSTER.includes(id));
  expect(ids.map((id) => told(id, { windows: null }).split(':')[0])).toEqual(ids.map(() => 'unknown'));
});

test('nothing is said of a cluster on Linux', () => {
  const context = exampleContext({ plan: sampleWindowsPlan(['linux', 'linux', 'linux']) });
  expect(WINDOWS_CHECKS.flatMap((check) => check.judge([], context))).toEqual([]);
});

test('every text of these checks is said, and every check has a title', () => {
  const codes = Object.keys(en).filter((code) =>
    /^check\.server\.windows(?:Helper|Memory|Commit|PageFile|Disk|Ports|Defender|Powershell)\./u.test(code),
  );
  const titles = WINDOWS_CHECKS.flatMap(({ id }) => (ABOUT_THE_CLUSTER.includes(id) ? [] : [`check.${id}.title`]));
  expect(codes.filter((code) => !said.has(code)).toSorted()).toEqual(titles.toSorted());
});
