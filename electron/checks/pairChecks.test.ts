import { describe, expect, test } from 'vitest';
import { firewallRulesFor } from '../artifacts/firewall/firewallRules.ts';
import { FRONT_ENDS } from '../artifacts/firewall/frontEndCommands.ts';
import { sampleWindowsFacts } from '../artifacts/testing/sampleWindows.ts';
import type { CheckResult } from '../shared/domain/check.ts';
import type { MatrixCell, PortMatrix, Reach } from '../shared/domain/matrix.ts';
import type { ServerFacts } from '../shared/domain/server.ts';
import { formatSubject } from '../shared/domain/subject.ts';
import type { Verdict } from '../shared/domain/verdict.ts';
import { say } from '../shared/messages/message.ts';
import type { MatrixContext } from './matrixContext.ts';
import { judgeMatrix, PAIR_CHECKS } from './pairChecks.ts';
import { exampleFacts, exampleMatrix, examplePlan, SERVERS, threeServers } from './testing/exampleFacts.ts';
import { expectEveryText, expectSays, firstOf } from './testing/expectSays.ts';

const managed = examplePlan({ firewall: { manage: true } });
const ownRules = firewallRulesFor(managed, 'server-1').flatMap((rule) => FRONT_ENDS.ufw.identities(rule));

function context(known: Partial<MatrixContext> = {}): MatrixContext {
  return { plan: examplePlan(), facts: threeServers(), willOpenFirewall: false, ...known };
}

/** The context of an install that manages firewalls, with this one on server-1. */
function managing(differences: Partial<ServerFacts['firewall']>, known: Partial<MatrixContext> = {}): MatrixContext {
  const firewall = { kind: 'ufw' as const, isActive: true, ownRules: [], persistedRules: [], evidence: '', ...differences };
  return context({ plan: managed, facts: threeServers({ firewall }), willOpenFirewall: true, ...known });
}

/** A matrix with one way changed: from the given machine to server-1's port. */
function oneWay(from: string, port: number, reach: Reach | null, measuredOn: PortMatrix['measuredOn'] = 'listeners'): PortMatrix {
  const isIt = (cell: MatrixCell): boolean => cell.from === from && cell.to === 'server-1' && cell.port === port;
  return exampleMatrix((cell) => (isIt(cell) ? reach : cell.reach), measuredOn);
}

interface Row {
  readonly name: string;
  readonly from?: string;
  readonly port: number;
  readonly reach: Reach | null;
  readonly on?: PortMatrix['measuredOn'];
  readonly context?: MatrixContext;
  readonly verdict: Verdict;
  readonly says: string;
  readonly naming?: readonly string[];
}

const rule = 'ufw prepend allow proto tcp from 10.77.0.13 to 10.77.0.11 port 17001';

const ROWS: readonly Row[] = [
  { name: 'open', port: 7000, reach: 'open', verdict: 'pass', says: 'open', naming: ['1 ms'] },
  { name: 'open bus', port: 17_000, reach: 'open', verdict: 'pass', says: 'open' },
  {
    name: 'refused',
    port: 7000,
    reach: 'refused',
    verdict: 'fail',
    says: 'refused refused.listener.remedy',
    naming: ['10.77.0.11:7000', 'master of server-1'],
  },
  {
    name: 'refused bus',
    port: 17_001,
    reach: 'refused',
    verdict: 'fail',
    says: 'refused refused.listener.remedy',
    naming: ["the cluster bus of server-1's replica is cut off from server-3", rule],
  },
  {
    name: 'refused by a stopped node',
    port: 17_001,
    reach: 'refused',
    on: 'cluster',
    verdict: 'fail',
    says: 'refused refused.cluster.remedy',
    naming: ['systemctl status triad-sessions-7001.service', rule],
  },
  { name: 'filtered', port: 7001, reach: 'filtered', verdict: 'fail', says: 'filtered filtered.remedy' },
  { name: 'filtered bus', port: 17_001, reach: 'filtered', verdict: 'fail', says: 'filtered filtered.remedy', naming: [rule] },
  { name: 'unreachable', port: 7001, reach: 'unreachable', verdict: 'fail', says: 'unreachable unreachable.remedy' },
  {
    name: 'unreachable bus',
    port: 17_001,
    reach: 'unreachable',
    verdict: 'fail',
    says: 'unreachable unreachable.remedy',
    naming: ['ip route get', rule],
  },
  { name: 'intercepted', port: 7001, reach: 'intercepted', verdict: 'fail', says: 'intercepted intercepted.remedy' },
  {
    name: 'intercepted bus',
    port: 17_001,
    reach: 'intercepted',
    verdict: 'fail',
    says: 'intercepted intercepted.remedy',
    naming: ['10.77.0.11:17001'],
  },
  { name: 'not tried', port: 7000, reach: null, verdict: 'unknown', says: 'untried untried.remedy' },
  { name: 'tried in vain', port: 17_000, reach: 'unknown', verdict: 'unknown', says: 'untried untried.remedy' },

  {
    name: 'dropped by a firewall that install opens',
    port: 7000,
    reach: 'filtered',
    context: managing({}),
    verdict: 'warn',
    says: 'willBeOpened willBeOpened.remedy',
    naming: ['ufw on server-1'],
  },
  {
    name: 'rejected with an ICMP error by a firewall that install opens',
    port: 17_000,
    reach: 'unreachable',
    context: managing({ kind: 'firewalld' }),
    verdict: 'warn',
    says: 'willBeOpened willBeOpened.remedy',
  },
  {
    name: 'closed although the rules are in force',
    port: 7000,
    reach: 'filtered',
    context: managing({ ownRules }),
    verdict: 'fail',
    says: 'filtered filtered.remedy',
  },
  {
    name: 'closed although nothing filters on the server',
    port: 7000,
    reach: 'filtered',
    context: managing({ isActive: false }),
    verdict: 'fail',
    says: 'filtered filtered.remedy',
  },
  {
    name: 'closed on a server without a firewall',
    port: 7000,
    reach: 'filtered',
    context: managing({ kind: 'none' }),
    verdict: 'fail',
    says: 'filtered filtered.remedy',
  },
  {
    name: 'closed after the firewalls were opened',
    port: 7000,
    reach: 'filtered',
    context: managing({}, { willOpenFirewall: false }),
    verdict: 'fail',
    says: 'filtered filtered.remedy',
  },
  {
    name: 'closed by a firewall that Triad may not change',
    port: 7000,
    reach: 'filtered',
    context: managing({}, { plan: examplePlan() }),
    verdict: 'fail',
    says: 'filtered filtered.remedy',
  },
  {
    name: 'closed by a firewall of Windows that a group policy lets no local rule into',
    port: 7000,
    reach: 'filtered',
    context: managing(
      { kind: 'windows' },
      {
        facts: threeServers({
          firewall: { kind: 'windows', isActive: true, ownRules: [], persistedRules: [], evidence: '' },
          windows: { ...sampleWindowsFacts, firewallProfiles: [{ profile: 'domain', isEnabled: true, takesLocalRules: false }] },
        }),
      },
    ),
    verdict: 'fail',
    says: 'filtered filtered.remedy',
  },
  {
    name: 'closed on a server that was not looked at',
    port: 7000,
    reach: 'filtered',
    context: managing({}, { facts: [exampleFacts('server-2')] }),
    verdict: 'fail',
    says: 'filtered filtered.remedy',
  },
  {
    name: 'something else answers, whatever the firewall',
    port: 7000,
    reach: 'intercepted',
    context: managing({}),
    verdict: 'fail',
    says: 'intercepted intercepted.remedy',
  },

  { name: 'open to the admin', from: 'admin', port: 7000, reach: 'open', verdict: 'pass', says: 'open' },
  { name: 'refused to the admin', from: 'admin', port: 7000, reach: 'refused', verdict: 'skipped', says: 'closed' },
  {
    name: 'filtered to the admin',
    from: 'admin',
    port: 7001,
    reach: 'filtered',
    verdict: 'skipped',
    says: 'closed',
    naming: ['through SSH'],
  },
  { name: 'unreachable to the admin', from: 'admin', port: 7001, reach: 'unreachable', verdict: 'skipped', says: 'closed' },
  {
    name: 'intercepted on the way to the admin',
    from: 'admin',
    port: 7001,
    reach: 'intercepted',
    verdict: 'warn',
    says: 'intercepted intercepted.remedy',
  },
  { name: 'not tried by the admin', from: 'admin', port: 7001, reach: null, verdict: 'unknown', says: 'untried adminUntried.remedy' },

  { name: 'bus closed to the admin', from: 'admin', port: 17_000, reach: 'refused', verdict: 'pass', says: 'closed' },
  { name: 'bus filtered to the admin', from: 'admin', port: 17_000, reach: 'filtered', verdict: 'pass', says: 'closed' },
  { name: 'bus unreachable to the admin', from: 'admin', port: 17_000, reach: 'unreachable', verdict: 'pass', says: 'closed' },
  {
    name: 'bus open to the admin',
    from: 'admin',
    port: 17_000,
    reach: 'open',
    verdict: 'warn',
    says: 'open remedy',
    naming: ["server-1's master", '10.77.0.12, 10.77.0.13'],
  },
  { name: 'bus intercepted', from: 'admin', port: 17_000, reach: 'intercepted', verdict: 'warn', says: 'intercepted remedy' },
  { name: 'bus not tried by the admin', from: 'admin', port: 17_000, reach: null, verdict: 'unknown', says: 'untried adminUntried.remedy' },
];

function judgeRow({ from = 'server-3', port, reach, on, context: known }: Row): CheckResult {
  const results = judgeMatrix(oneWay(from, port, reach, on), known ?? context());
  return firstOf(results.filter((one) => formatSubject(one.subject) === `${from} → server-1:${port}`));
}

describe('a way', () => {
  test.each(ROWS)('$name is $verdict', (row) => {
    const result = judgeRow(row);
    expect(result.verdict).toBe(row.verdict);
    expectSays(result, row.says);
    const text = `${say(result.observed)} ${result.remedy === null ? '' : say(result.remedy)}`;
    for (const word of row.naming ?? []) expect(text).toContain(word);
    // What was seen is never lost.
    expect(result.evidence).toContain(row.reach === null ? '' : `${row.from ?? 'server-3'} server-1 ${row.port}`);
  });

  test('each check gives exactly the verdicts that it names', () => {
    for (const check of PAIR_CHECKS) {
      const own = ROWS.map(judgeRow).filter((one) => one.id === check.id);
      expect([check.id, ...new Set(own.map((one) => one.verdict))].toSorted()).toEqual([check.id, ...check.verdicts].toSorted());
    }
  });

  test('the rows reach every text', () => {
    expectEveryText(
      ROWS.map(judgeRow),
      ['check.pair.'],
      PAIR_CHECKS.map((check) => check.id),
    );
  });
});

describe('a matrix', () => {
  test('has 24 ways between the servers and 12 from the admin, each judged once', () => {
    const results = judgeMatrix(exampleMatrix(), context());
    const subjects = results.map((one) => formatSubject(one.subject));
    expect(new Set(subjects).size).toBe(36);
    expect(results).toHaveLength(36);
    expect(subjects.filter((one) => one.startsWith('admin'))).toHaveLength(12);
    expect(results.every((one) => one.verdict === 'pass')).toBe(true);
  });

  test('that was not measured is unknown everywhere', () => {
    const results = judgeMatrix({ measuredOn: 'listeners', ports: [], servers: [], cells: [] }, context());
    expect(results.map((one) => one.verdict)).toEqual(Array.from({ length: 36 }).fill('unknown'));
  });

  test('closed in one direction fails in that direction only', () => {
    const results = judgeMatrix(oneWay('server-2', 17_000, 'filtered'), context());
    expect(results.filter((one) => one.verdict !== 'pass').map((one) => formatSubject(one.subject))).toEqual(['server-2 → server-1:17000']);
  });

  test('keeps the servers of the plan apart by name', () => {
    expect(SERVERS).toHaveLength(3);
    const swapped = exampleMatrix((cell) => (cell.to === 'server-3' ? 'refused' : cell.reach));
    const failed = judgeMatrix(swapped, context()).filter((one) => one.verdict === 'fail');
    expect(new Set(failed.map((one) => (one.subject.kind === 'pair' ? one.subject.to : '')))).toEqual(new Set(['server-3']));
    expect(failed).toHaveLength(8);
  });
});
