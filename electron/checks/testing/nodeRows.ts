import type { Change } from '../../shared/domain/change.ts';
import type { FoundUnit } from '../../shared/domain/server.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import type { NodeView } from '../../shared/domain/view.ts';
import { message } from '../../shared/messages/message.ts';
import type { CheckContext } from '../checkContext.ts';
import type { NodeObservation } from '../nodeObservation.ts';
import { exampleContext, examplePlan, runningUnits, threeServers } from './exampleFacts.ts';
import { exampleObservation, exampleReading, exampleView, saying, seenAs } from './exampleView.ts';

const plan = examplePlan();
/** The node that rows are about where they name no other. */
export const MASTER = 'server-1:7000';
/** Replicates server-3:7000, as the crossed layout has it. */
const REPLICA = 'server-1:7001';

/** One row of the table: what was seen of the nodes, and what a check says of one of them. */
export interface NodeRow {
  readonly check: string;
  readonly name: string;
  readonly observation: NodeObservation;
  readonly context?: CheckContext;
  /** Whose result is meant; server-1's master where not given. */
  readonly of?: string;
  readonly verdict: Verdict;
  readonly says: string;
  readonly naming?: readonly string[];
}

/** The example, with differences in what server-1's master says, or its silence. */
export function master(differences: Partial<NodeView> | null): NodeObservation {
  return exampleObservation({ view: exampleView(saying(MASTER, () => differences)) });
}

function replica(differences: Partial<NodeView['replication']>): NodeObservation {
  return exampleObservation({ view: exampleView(saying(REPLICA, (view) => ({ replication: { ...view.replication, ...differences } }))) });
}

/** The example, with differences in what server-1's master answers to CONFIG GET. */
export function reading(differences: Readonly<Record<string, string | undefined>>): NodeObservation {
  return exampleObservation({ settings: plan.nodes.map((node) => exampleReading(node, plan, node.id === MASTER ? differences : {})) });
}

/** The example, with differences in how systemd has server-1's master. */
export function unit(differences: Partial<FoundUnit>, known: Partial<NodeObservation> = {}): NodeObservation {
  const facts = threeServers().map((one) => ({
    ...one,
    units: runningUnits(one.server).map((found) =>
      one.server === 'server-1' && found.unit === 'triad-sessions-7000.service' ? { ...found, ...differences } : found,
    ),
  }));
  return exampleObservation({ facts, ...known });
}

function persisting(persistence: 'rdb' | 'none', differences: Partial<NodeView['persistence']>): Pick<NodeRow, 'observation' | 'context'> {
  const own = examplePlan({ redis: { persistence } });
  const view = exampleView(
    saying(MASTER, (one) => ({ persistence: { ...one.persistence, ...differences } })),
    own,
  );
  return { observation: exampleObservation({ view }, own), context: exampleContext({ plan: own }, 'installed') };
}

/** A file that differs from the plan. */
export const fileChange: Extract<Change, { kind: 'file' }> = {
  kind: 'file',
  id: 'file:/opt/triad/sessions/7000.conf',
  path: '/opt/triad/sessions/7000.conf',
  owner: 'root',
  group: 'triad-redis',
  mode: 0o640,
  content: 'port 7000\n',
  holdsSecret: false,
  action: 'replace',
  diff: '-port 7005\n+port 7000\n',
  purpose: message('check.unobserved.noReason'),
};
const kernelChange: Change = { kind: 'kernel', id: 'kernel:x', setting: 'x', path: '/proc/sys/x', before: '0', after: '1' };

/** The example, with changes pending on server-1; not compared where there are none given. */
export function pending(changes: readonly Change[] | undefined): NodeObservation {
  const known: [string, readonly Change[]][] = changes === undefined ? [] : [['server-1', changes]];
  return exampleObservation({ pending: new Map([...known, ['server-2', []], ['server-3', []]]) });
}

const MB = 1024 ** 2;

/** Everything that each check of a node says, at least one row for each text. */
export const NODE_ROWS: readonly NodeRow[] = [
  {
    check: 'service',
    name: 'of another server failed',
    observation: unit({ active: 'failed' }),
    of: 'server-2:7000',
    verdict: 'pass',
    says: 'observed',
  },
  { check: 'answers', name: 'yes', observation: exampleObservation(), verdict: 'pass', says: 'observed' },
  {
    check: 'answers',
    name: 'no',
    observation: master(null),
    verdict: 'fail',
    says: 'silentBecause remedy',
    naming: ['connection refused', 'journalctl -u triad-sessions-7000.service'],
  },
  {
    check: 'answers',
    name: 'nobody knows',
    observation: exampleObservation({ view: { at: '', views: [], silent: [] } }),
    verdict: 'fail',
    says: 'silent remedy',
  },
  {
    check: 'answers',
    name: 'without cluster support',
    observation: master({ clusterEnabled: false }),
    verdict: 'fail',
    says: 'noCluster noCluster.remedy',
  },
  { check: 'answers', name: 'loading', observation: master({ isLoading: true }), verdict: 'warn', says: 'loading loading.remedy' },

  { check: 'version', name: 'as planned', observation: exampleObservation(), verdict: 'pass', says: 'observed', naming: ['7.0.15'] },
  {
    check: 'version',
    name: 'an older one',
    observation: master({ version: '7.0.11' }),
    verdict: 'warn',
    says: 'observed remedy',
    naming: ['7.0.11', 'systemctl restart triad-sessions-7000.service'],
  },
  { check: 'version', name: 'not said', observation: master({ version: '' }), verdict: 'unknown', says: 'unknown unread' },
  {
    check: 'version',
    name: 'of a silent node',
    observation: master(null),
    verdict: 'unknown',
    says: 'unobserved.observed unobserved.remedy',
    naming: ['systemctl status triad-sessions-7000.service'],
  },

  { check: 'settings', name: 'as planned', observation: exampleObservation(), verdict: 'pass', says: 'observed' },
  {
    check: 'settings',
    name: 'a node time-out from forming',
    observation: reading({ 'cluster-node-timeout': '300' }),
    verdict: 'fail',
    says: 'different remedy',
    naming: ['cluster-node-timeout: "300" ≠ "5000"'],
  },
  {
    check: 'settings',
    name: 'an odd log level',
    observation: reading({ loglevel: 'debug' }),
    verdict: 'warn',
    says: 'different remedy',
    naming: ['loglevel: "debug" ≠ "notice"'],
  },
  {
    check: 'settings',
    name: 'another bind address',
    observation: reading({ bind: '0.0.0.0' }),
    verdict: 'fail',
    says: 'different restart.remedy',
    naming: ['bind: "0.0.0.0"'],
  },
  {
    check: 'settings',
    name: 'another backlog',
    observation: reading({ 'tcp-backlog': '128' }),
    verdict: 'warn',
    says: 'different restart.remedy',
  },
  {
    check: 'settings',
    name: 'snapshots beside the append-only file',
    observation: reading({ save: '3600 1' }),
    verdict: 'fail',
    says: 'different remedy',
    naming: ['save: "3600 1" ≠ ""'],
  },
  { check: 'settings', name: 'the folder is not compared', observation: reading({ dir: '/elsewhere' }), verdict: 'pass', says: 'observed' },
  {
    check: 'settings',
    name: 'one unread',
    observation: reading({ maxmemory: undefined }),
    verdict: 'unknown',
    says: 'someUnread unread',
    naming: ['maxmemory'],
  },
  { check: 'settings', name: 'unread', observation: exampleObservation({ settings: [] }), verdict: 'unknown', says: 'unread unread' },

  { check: 'password', name: 'one everywhere', observation: exampleObservation(), verdict: 'pass', says: 'observed' },
  { check: 'password', name: 'none', observation: reading({ requirepass: '' }), verdict: 'fail', says: 'open remedy' },
  { check: 'password', name: 'none between nodes', observation: reading({ masterauth: '' }), verdict: 'fail', says: 'noneOffered remedy' },
  {
    check: 'password',
    name: 'another between nodes',
    observation: reading({ masterauth: 'other secret' }),
    verdict: 'fail',
    says: 'different remedy',
  },
  {
    check: 'password',
    name: 'another than the other nodes',
    observation: reading({ masterauth: 'other secret', requirepass: 'other secret' }),
    verdict: 'fail',
    says: 'another remedy',
  },
  { check: 'password', name: 'unread', observation: reading({ masterauth: undefined }), verdict: 'unknown', says: 'unread unread' },

  { check: 'persistence', name: 'the append-only file works', observation: exampleObservation(), verdict: 'pass', says: 'observed' },
  {
    check: 'persistence',
    name: 'the append-only file cannot be written',
    observation: master({ persistence: { lastSaveOk: true, lastAofWriteOk: false, aofEnabled: true } }),
    verdict: 'fail',
    says: 'aofFailed remedy',
    naming: ['7000.log'],
  },
  {
    check: 'persistence',
    name: 'the append-only file is off',
    observation: master({ persistence: { lastSaveOk: true, lastAofWriteOk: true, aofEnabled: false } }),
    verdict: 'fail',
    says: 'aofOff settings.remedy',
  },
  { check: 'persistence', name: 'snapshots work', ...persisting('rdb', { aofEnabled: false }), verdict: 'pass', says: 'observed' },
  {
    check: 'persistence',
    name: 'a snapshot failed',
    ...persisting('rdb', { lastSaveOk: false }),
    verdict: 'fail',
    says: 'saveFailed remedy',
  },
  { check: 'persistence', name: 'none is planned', ...persisting('none', { lastSaveOk: false }), verdict: 'skipped', says: 'none' },
  {
    check: 'persistence',
    name: 'of a silent node',
    observation: master(null),
    verdict: 'unknown',
    says: 'unobserved.observed unobserved.remedy',
  },

  {
    check: 'usedMemory',
    name: 'little',
    observation: exampleObservation(),
    verdict: 'pass',
    says: 'observed',
    naming: ['4 MB', '12 keys'],
  },
  { check: 'usedMemory', name: 'just 80 %', observation: master({ usedMemoryBytes: 256 * MB * 0.8 }), verdict: 'pass', says: 'observed' },
  {
    check: 'usedMemory',
    name: 'above 80 %',
    observation: master({ usedMemoryBytes: 206 * MB }),
    verdict: 'warn',
    says: 'observed remedy',
    naming: ['206 MB', '80 %'],
  },
  {
    check: 'usedMemory',
    name: 'full',
    observation: master({ usedMemoryBytes: 256 * MB }),
    verdict: 'fail',
    says: 'observed remedy',
    naming: ['100 %'],
  },
  { check: 'usedMemory', name: 'not said', observation: master({ usedMemoryBytes: 0 }), verdict: 'unknown', says: 'unknown unread' },

  {
    check: 'replication',
    name: 'a master with its replica',
    observation: exampleObservation(),
    verdict: 'pass',
    says: 'followed',
    naming: ['server-2:7001'],
  },
  {
    check: 'replication',
    name: 'a replica',
    observation: exampleObservation(),
    of: REPLICA,
    verdict: 'pass',
    says: 'inSync',
    naming: ['server-3:7000, 0 bytes'],
  },
  {
    check: 'replication',
    name: 'a replica whose link is down',
    observation: replica({ isLinkUp: false }),
    of: REPLICA,
    verdict: 'passWithoutTolerance',
    says: 'cluster.linkDown remedy',
    naming: ['7001.log'],
  },
  {
    check: 'replication',
    name: 'a replica in its first copy',
    observation: replica({ isSyncing: true }),
    of: REPLICA,
    verdict: 'passWithoutTolerance',
    says: 'cluster.firstCopy remedy',
  },
  {
    check: 'replication',
    name: 'the master of a replica whose link is down',
    observation: replica({ isLinkUp: false }),
    of: 'server-3:7000',
    verdict: 'passWithoutTolerance',
    says: 'alone alone.remedy',
  },
  {
    check: 'replication',
    name: 'a replica that lags',
    observation: replica({ offset: -100_000 }),
    of: REPLICA,
    verdict: 'warn',
    says: 'cluster.lagging lagging.remedy',
    naming: ['101000'],
  },
  {
    check: 'replication',
    name: 'a replica of a silent master',
    observation: exampleObservation({ view: exampleView(saying('server-3:7000', () => null)) }),
    of: REPLICA,
    verdict: 'unknown',
    says: 'cluster.silent unread',
  },
  {
    check: 'replication',
    name: 'a master without slots',
    observation: exampleObservation({
      view: exampleView((view) => {
        const empty = seenAs(MASTER, () => ({ slots: [] }))(view);
        return seenAs('server-2:7001', () => ({ role: 'master', masterRedisId: null }))(empty);
      }),
    }),
    verdict: 'pass',
    says: 'noSlots',
  },
  {
    check: 'replication',
    name: 'a node that does not know itself yet',
    observation: master({ peers: [] }),
    verdict: 'unknown',
    says: 'unknown unread',
  },

  { check: 'service', name: 'runs', observation: exampleObservation(), verdict: 'pass', says: 'observed', naming: ['active (running)'] },
  {
    check: 'service',
    name: 'absent',
    observation: unit({ load: 'not-found', active: 'inactive' }),
    verdict: 'fail',
    says: 'absent absent.remedy',
  },
  {
    check: 'service',
    name: 'failed',
    observation: unit({ active: 'failed', sub: 'failed' }),
    verdict: 'fail',
    says: 'notActive notActive.remedy',
    naming: ['failed (failed)', 'server-1'],
  },
  {
    check: 'service',
    name: 'not enabled',
    observation: unit({ enabled: 'disabled' }),
    verdict: 'warn',
    says: 'notEnabled notEnabled.remedy',
  },
  {
    check: 'service',
    name: 'an older unit in memory',
    observation: unit({ needsReload: true }),
    verdict: 'warn',
    says: 'needsReload needsReload.remedy',
  },
  { check: 'service', name: 'not looked at', observation: exampleObservation({ facts: [] }), verdict: 'unknown', says: 'unread unread' },

  { check: 'drift', name: 'nothing', observation: exampleObservation(), of: 'server-1', verdict: 'pass', says: 'none' },
  {
    check: 'drift',
    name: 'a file',
    observation: pending([fileChange, kernelChange]),
    of: 'server-1',
    verdict: 'warn',
    says: 'some remedy',
    naming: ['1 differ: file:/opt/triad/sessions/7000.conf'],
  },
  {
    check: 'drift',
    name: 'only what other checks judge',
    observation: pending([kernelChange]),
    of: 'server-1',
    verdict: 'pass',
    says: 'none',
  },
  { check: 'drift', name: 'not compared', observation: pending(undefined), of: 'server-1', verdict: 'unknown', says: 'unknown unread' },
];
