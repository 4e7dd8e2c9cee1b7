import { describe, expect, test } from 'vitest';
import type { Change } from '../../shared/domain/change.ts';
import type { ServerFacts, WindowsFacts } from '../../shared/domain/server.ts';
import { beforeFile, beforeInstall, parseBeforeRecord } from '../beforeRecord.ts';
import type { ServerBlueprint } from '../blueprint.ts';
import { changesOfPhase } from '../changePhases.ts';
import { parseManifest } from '../manifest.ts';
import { planChanges } from '../planChanges.ts';
import { planRemoval } from '../removal.ts';
import {
  freshWindowsFacts,
  installedWindowsFacts,
  sampleWindowsBlueprint,
  sampleWindowsFacts,
  sampleWindowsPlan,
} from '../testing/sampleWindows.ts';

type Defender = NonNullable<WindowsFacts['defender']>;

const on: Defender = { isRunning: true, isRealTime: true, isTamperProtected: false, exclusions: [], takesLocalExclusions: true };
const plain = sampleWindowsBlueprint();
const wanting = sampleWindowsBlueprint(sampleWindowsPlan(undefined, { windows: { defenderExclusions: 'add' } }));
const [MASTER, REPLICA, BIN] = [
  'C:\\Triad\\nodes\\sessions\\7000',
  'C:\\Triad\\nodes\\sessions\\7001',
  'C:\\Triad\\bin\\redis-7.0.15-89abcdef',
] as const;

function defenderOf(defender: Partial<Defender> | null): Partial<ServerFacts> {
  return { windows: { ...sampleWindowsFacts, defender: defender === null ? null : { ...on, ...defender } } };
}

const fresh = (defender: Partial<Defender> | null = {}): ServerFacts => freshWindowsFacts(defenderOf(defender));

/** What Defender is told, and by whom it is recorded. */
function told(changes: readonly Change[]): readonly string[] {
  return changes.flatMap((change) => (change.kind === 'defender' ? [`${change.action} ${change.path}`] : []));
}

/** A server that an install of this blueprint has gone over: what was recorded, and the exclusions as they stand. */
function after(blueprint: ServerBlueprint, facts: ServerFacts): ServerFacts {
  const record = beforeFile(blueprint.beforePath, beforeInstall(blueprint, facts)).content;
  const changes = planChanges(blueprint, facts);
  const paths = (action: string): readonly string[] =>
    changes.flatMap((change) => (change.kind === 'defender' && change.action === action ? [change.path] : []));
  const exclusions = [...(facts.windows?.defender?.exclusions ?? []), ...paths('exclude')].filter(
    (path) => !paths('include').includes(path),
  );
  return installedWindowsFacts(
    blueprint,
    record,
    defenderOf(facts.windows?.defender === null ? null : { ...facts.windows?.defender, exclusions }),
  );
}

function recordOf(facts: ServerFacts): unknown {
  return parseBeforeRecord(facts.paths.find(({ path }) => path === plain.beforePath)?.content ?? '')?.clusters;
}

describe('exclusions from Microsoft Defender', () => {
  test('are the folders of the nodes and of their programs, and no process', () => {
    expect(wanting.exclusions).toEqual([MASTER, REPLICA, BIN]);
    expect(parseManifest(wanting.files.at(-1)?.content ?? '')?.exclusions).toEqual([MASTER, REPLICA, BIN]);
    const mixed = sampleWindowsPlan(['linux', 'windows', 'linux'], { windows: { defenderExclusions: 'add' } });
    expect(sampleWindowsBlueprint(mixed, 'server-2').exclusions).toHaveLength(3);
    expect(sampleWindowsBlueprint(mixed, 'server-1').exclusions).toEqual([]);
  });

  test('leave no trace in plan, manifest and record where they are not wanted', () => {
    const refusing = sampleWindowsPlan(undefined, { windows: { defenderExclusions: 'none' } });
    expect(JSON.stringify(refusing)).toBe(JSON.stringify(sampleWindowsPlan()));
    const onLinux = sampleWindowsPlan(['linux', 'linux', 'linux'], { windows: { defenderExclusions: 'add' } });
    expect(JSON.stringify(onLinux)).toBe(JSON.stringify(sampleWindowsPlan(['linux', 'linux', 'linux'])));
    expect(plain.files.at(-1)?.content).not.toContain('xclusion');
    expect(JSON.stringify(beforeInstall(plain, fresh()))).not.toContain('xclusion');
    expect(told(planChanges(plain, fresh()))).toEqual([]);
  });

  test('are made after the programs were brought and before they run, and once only', () => {
    const changes = planChanges(wanting, fresh());
    expect(told(changesOfPhase(changes, 'layOutServer'))).toEqual([`exclude ${MASTER}`, `exclude ${REPLICA}`, `exclude ${BIN}`]);
    expect(planChanges(wanting, after(wanting, fresh()))).toEqual([]);
  });

  test('that are there, also by a folder above, are not made again and never taken back', () => {
    const found = fresh({ exclusions: ['c:\\triad\\BIN\\', REPLICA] });
    expect(told(planChanges(wanting, found))).toEqual([`exclude ${MASTER}`]);
    const installed = after(wanting, found);
    expect(recordOf(installed)).toMatchObject({ sessions: { exclusionsAdded: [MASTER] } });
    expect(told(planRemoval(wanting, installed, { deleteData: true }))).toEqual([`include ${MASTER}`]);
  });

  test.each<readonly [string, Partial<Defender> | null]>([
    ['is not there', null],
    ['is off', { isRunning: false }],
    ['is told by a policy alone', { takesLocalExclusions: false }],
  ])('are not planned where Defender %s: no run would come to an end', (_, defender) => {
    const facts = fresh(defender);
    expect(told(planChanges(wanting, facts))).toEqual([]);
    expect(planChanges(wanting, after(wanting, facts))).toEqual([]);
    expect(JSON.stringify(recordOf(after(wanting, facts)))).not.toContain('xclusion');
  });

  test('of a broken-off run are known to be ours', () => {
    const brokenOff = after(wanting, fresh());
    const record = beforeFile('', beforeInstall(wanting, fresh())).content;
    const again = after(wanting, { ...brokenOff, paths: brokenOff.paths.filter(({ path }) => path !== wanting.manifestPath) });
    expect(again.paths.find(({ path }) => path === wanting.beforePath)?.content).toBe(record);
    expect(told(planRemoval(wanting, again, { deleteData: true }))).toHaveLength(3);
  });

  test('that are not wanted any more are taken back in one run, before the record forgets them', () => {
    const installed = after(wanting, fresh({ exclusions: ['D:\\theirs'] }));
    const changes = planChanges(plain, installed);
    expect(told(changes)).toEqual([`include ${MASTER}`, `include ${REPLICA}`, `include ${BIN}`]);
    const first = changesOfPhase(changes, 'stageBinaries');
    expect(first.slice(0, 4).map(({ id }) => id)).toEqual([
      ...told(changes).map((one) => one.replace('include ', 'defender:')),
      `file:${plain.beforePath}`,
    ]);
    const without = after(plain, installed);
    expect(without.windows?.defender?.exclusions).toEqual(['D:\\theirs']);
    expect(planChanges(plain, without)).toEqual([]);
    // What somebody excludes from then on is theirs, also when exclusions are wanted again.
    const theirs = { ...without, ...defenderOf({ exclusions: [MASTER] }) };
    expect(told(planChanges(plain, theirs))).toEqual([]);
    expect(told(planRemoval(wanting, after(wanting, theirs), { deleteData: true }))).toEqual([`include ${REPLICA}`, `include ${BIN}`]);
  });

  test('stay on record while Defender cannot be told to forget them', () => {
    const off = { ...after(wanting, fresh()), ...defenderOf({ isRunning: false }) };
    expect(told(planChanges(plain, off))).toEqual([]);
    expect(recordOf(after(plain, off))).toMatchObject({ sessions: { exclusionsAdded: [MASTER, REPLICA, BIN] } });
    // A removal tries all the same: what is left then is told.
    expect(told(planRemoval(wanting, off, { deleteData: true }))).toHaveLength(3);
  });

  test('that another cluster here needs go with the last of them', () => {
    const installed = after(wanting, fresh());
    const record = parseBeforeRecord(installed.paths.find(({ path }) => path === wanting.beforePath)?.content ?? '');
    const both = {
      ...record,
      clusters: { ...record?.clusters, other: { isInstalled: true, filesFound: [], programs: [BIN], exclusionsAdded: [BIN] } },
    };
    const shared = installedWindowsFacts(wanting, JSON.stringify(both), defenderOf({ exclusions: [MASTER, REPLICA, BIN] }));
    expect(told(planRemoval(wanting, shared, { deleteData: true }))).toEqual([`include ${MASTER}`, `include ${REPLICA}`]);
    // The one that came second found it there, made by Triad: it is its own, too.
    const first = { ...both, clusters: { other: both.clusters.other } };
    const second = installedWindowsFacts(plain, JSON.stringify(first), defenderOf({ exclusions: [BIN] }));
    expect(beforeInstall(wanting, second).clusters['sessions']?.exclusionsAdded).toEqual([MASTER, REPLICA, BIN]);
  });

  test('that somebody has taken away are not taken back', () => {
    const installed = { ...after(wanting, fresh()), ...defenderOf({ exclusions: [BIN] }) };
    expect(told(planRemoval(wanting, installed, { deleteData: false }))).toEqual([`include ${BIN}`]);
    expect(told(planChanges(wanting, installed))).toEqual([`exclude ${MASTER}`, `exclude ${REPLICA}`]);
  });
});
