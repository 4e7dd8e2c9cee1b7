import type { FoundLog } from '../../shared/domain/server.ts';
import type { NodeObservation } from '../nodeObservation.ts';
import { exampleContext, examplePlan, logsOf, runningUnits, threeServers } from './exampleFacts.ts';
import { exampleObservation, exampleView, saying, seenAs } from './exampleView.ts';
import { master, MASTER, reading, unit, type NodeRow } from './nodeRows.ts';

const young = { uptimeSeconds: 5 };

/** The example, with what one log of server-1 says; the other servers' logs are as they were. */
function log(differences: Partial<FoundLog>): NodeObservation {
  const facts = threeServers().map((one) => ({
    ...one,
    units: runningUnits(one.server),
    logs: logsOf(one.server, one.server === 'server-1' ? differences : {}),
  }));
  return exampleObservation({ facts });
}

const slow = '77:M 22 Nov 2026 10:00:00.000 * Asynchronous AOF fsync is taking too long (disk is busy?).';
const full = '77:M 22 Nov 2026 11:00:00.000 # Error writing to the AOF file: No space left on device';

/** Rows about whether nodes keep running and what they log. */
export const RUNNING_ROWS: readonly NodeRow[] = [
  { check: 'uptime', name: 'an hour', observation: exampleObservation(), verdict: 'pass', says: 'observed', naming: ['3600'] },
  { check: 'uptime', name: 'young, and systemd never restarted it', observation: master(young), verdict: 'pass', says: 'observed' },
  { check: 'uptime', name: 'just started', observation: master({ uptimeSeconds: 0 }), verdict: 'pass', says: 'observed' },
  {
    check: 'uptime',
    name: 'young, and nobody asked systemd',
    observation: { ...master(young), facts: [] },
    verdict: 'skipped',
    says: 'young',
  },
  {
    check: 'uptime',
    name: 'young, and systemd did not tell',
    observation: unit({ restarts: null }, { view: master(young).view }),
    verdict: 'skipped',
    says: 'young',
  },
  {
    check: 'uptime',
    name: 'young, while the same unit of another server is restarted',
    observation: unit({ restarts: 12 }, { view: exampleView(saying('server-2:7000', () => young)) }),
    of: 'server-2:7000',
    verdict: 'pass',
    says: 'observed',
  },
  {
    check: 'uptime',
    name: 'a minute since the last restart',
    observation: unit({ restarts: 2 }, { view: master({ uptimeSeconds: 60 }).view }),
    verdict: 'pass',
    says: 'observed',
  },
  {
    check: 'uptime',
    name: 'restarted again and again',
    observation: unit({ restarts: 12 }, { view: master({ uptimeSeconds: 59 }).view }),
    verdict: 'warn',
    says: 'restarting remedy',
    naming: ['59 s only; restarts by systemd: 12'],
  },
  {
    check: 'uptime',
    name: 'waiting to be restarted',
    observation: unit({ active: 'activating', sub: 'auto-restart' }, { view: master(young).view }),
    verdict: 'warn',
    says: 'restarting remedy',
  },
  { check: 'uptime', name: 'not said', observation: master({ uptimeSeconds: -1 }), verdict: 'unknown', says: 'unknown unread' },

  { check: 'logErrors', name: 'none', observation: exampleObservation(), verdict: 'pass', says: 'none' },
  {
    check: 'logErrors',
    name: 'one',
    observation: log({ troubles: 1, lines: [slow] }),
    verdict: 'warn',
    says: 'one remedy',
    naming: [slow, 'The next validation'],
  },
  {
    check: 'logErrors',
    name: 'more than are kept',
    observation: log({ troubles: 31, lines: [slow, full] }),
    verdict: 'warn',
    says: 'some remedy',
    naming: ['31 lines', full],
  },
  {
    check: 'logErrors',
    name: 'of a node that does not answer any more',
    observation: { ...log({ troubles: 1, lines: [full] }), view: master(null).view },
    verdict: 'warn',
    says: 'one remedy',
    naming: ['No space left on device'],
  },
  {
    check: 'logErrors',
    name: 'of another server',
    observation: log({ troubles: 1, lines: [full] }),
    of: 'server-2:7000',
    verdict: 'pass',
    says: 'none',
  },
  {
    check: 'logErrors',
    name: 'since the last validation',
    observation: log({ since: '2026-11-22T14:00:00.000Z', troubles: 1, lines: [full] }),
    verdict: 'warn',
    says: 'one remedy',
    naming: [full],
  },
  {
    check: 'logErrors',
    name: 'none since the last validation',
    observation: log({ since: '2026-11-22T14:00:00.000Z' }),
    verdict: 'pass',
    says: 'none',
  },
  { check: 'logErrors', name: 'put aside', observation: log({ state: 'absent' }), verdict: 'pass', says: 'absent' },
  { check: 'logErrors', name: 'unreadable', observation: log({ state: 'unread' }), verdict: 'unknown', says: 'unread unread' },
  { check: 'logErrors', name: 'not looked at', observation: exampleObservation({ facts: [] }), verdict: 'unknown', says: 'unread unread' },
  {
    check: 'logErrors',
    name: 'before an installation',
    observation: log({ troubles: 1, lines: [full] }),
    context: exampleContext(),
    verdict: 'skipped',
    says: 'notYet',
  },
];

/** Rows about what a node turns away, or does not tell. */
export const ACCESS_ROWS: readonly NodeRow[] = [
  { check: 'connections', name: 'a few', observation: exampleObservation(), verdict: 'pass', says: 'observed', naming: ['30', '10000'] },
  {
    check: 'connections',
    name: 'just 80 %',
    observation: master({ clients: { connected: 8000, limit: 10_000 } }),
    verdict: 'pass',
    says: 'observed',
  },
  {
    check: 'connections',
    name: 'more than 80 %',
    observation: master({ clients: { connected: 8001, limit: 10_000 } }),
    verdict: 'warn',
    says: 'observed remedy',
  },
  {
    check: 'connections',
    name: 'no room for another',
    observation: master({ clients: { connected: 10_000, limit: 10_000 } }),
    verdict: 'fail',
    says: 'observed remedy',
  },
  {
    check: 'connections',
    name: 'a limit that is not told',
    observation: master({ clients: { connected: 3, limit: null } }),
    verdict: 'unknown',
    says: 'unknown unknown.remedy',
  },
  {
    check: 'password',
    name: 'not told',
    observation: exampleObservation({ settings: [], refused: new Map([[MASTER, 'NOPERM']]) }),
    verdict: 'unknown',
    says: 'refused settings.refused.remedy',
    naming: ['NOPERM'],
  },
  {
    check: 'settings',
    name: 'not told',
    observation: exampleObservation({ settings: [], refused: new Map([[MASTER, "unknown command 'CONFIG'"]]) }),
    verdict: 'unknown',
    says: 'refused refused.remedy',
    naming: ["unknown command 'CONFIG'", 'CONFIG GET'],
  },
  {
    check: 'answers',
    name: 'not to this computer, while its peers hear of it',
    observation: { ...master(null), isFromHere: true },
    verdict: 'unknown',
    says: 'notFromHere notFromHere.remedy',
    naming: ['connection refused', '7000'],
  },
  {
    check: 'answers',
    name: 'not to this computer, and its peers hear nothing either',
    observation: {
      ...exampleObservation({
        view: exampleView((view) =>
          view.node === MASTER ? null : seenAs(MASTER, () => ({ health: 'pfail', isLinkConnected: false }))(view),
        ),
      }),
      isFromHere: true,
    },
    verdict: 'fail',
    says: 'silentBecause remedy',
  },
];

/** The example as somebody else has installed it: nobody has said what runs the nodes, or where they log. */
const theirs: NodeRow['context'] = exampleContext(
  { plan: { ...examplePlan(), adopted: true, nodes: examplePlan().nodes.map((node) => ({ ...node, unit: '', logFile: '' })) } },
  'installed',
);

function held(by: string | null): NodeObservation {
  const holder = { address: '10.77.0.11', port: 7000, pid: 77, program: 'redis-server', unit: by };
  return exampleObservation({ facts: threeServers().map((one) => ({ ...one, listening: [holder] })) });
}

/** Rows about clusters that Triad did not install. */
export const ADOPTED_ROWS: readonly NodeRow[] = [
  {
    check: 'service',
    name: 'of a unit that is not named',
    observation: held('hand-redis@7000.service'),
    context: theirs,
    verdict: 'skipped',
    says: 'unnamed',
    naming: ['hand-redis@7000.service'],
  },
  {
    check: 'service',
    name: 'of no unit',
    observation: held('session-3.scope'),
    context: theirs,
    verdict: 'warn',
    says: 'noUnit noUnit.remedy',
    naming: ['77'],
  },
  {
    check: 'service',
    name: 'of a port that nothing is known of',
    observation: exampleObservation(),
    context: theirs,
    verdict: 'unknown',
    says: 'noHolder unread',
    naming: ['7000'],
  },
  { check: 'logErrors', name: 'without a file', observation: exampleObservation(), context: theirs, verdict: 'skipped', says: 'noFile' },
  {
    check: 'settings',
    name: "the owner's choice",
    observation: reading({ loglevel: 'debug' }),
    context: theirs,
    verdict: 'pass',
    says: 'observed',
  },
  {
    check: 'settings',
    name: 'another limit than when it was adopted',
    observation: reading({ maxmemory: '0' }),
    context: theirs,
    verdict: 'warn',
    says: 'different remedy',
    naming: ['maxmemory: "0"'],
  },
];
