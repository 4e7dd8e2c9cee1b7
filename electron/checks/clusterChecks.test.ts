import { describe, expect, test } from 'vitest';
import type { CheckResult } from '../shared/domain/check.ts';
import { formatSubject } from '../shared/domain/subject.ts';
import type { Verdict } from '../shared/domain/verdict.ts';
import type { ClusterView, NodeView } from '../shared/domain/view.ts';
import { say } from '../shared/messages/message.ts';
import { CLUSTER_CHECKS, judgeCluster } from './clusterChecks.ts';
import { examplePlan } from './testing/exampleFacts.ts';
import { exampleView, redisIdOf, saying, seenAs } from './testing/exampleView.ts';
import { expectEveryText, expectSays, firstOf } from './testing/expectSays.ts';

const plan = examplePlan();
const deaf: ClusterView = exampleView(() => null);
const oneSilent = exampleView(saying('server-2:7001', () => null));

/** Applies several changes to each view. */
function all(...changes: readonly ((view: NodeView) => NodeView)[]): ClusterView {
  return exampleView((view) => changes.reduce((changed, change) => change(changed), view));
}

function idOf(node: string): string {
  const found = plan.nodes.find((one) => one.id === node);
  return found === undefined ? '' : redisIdOf(found);
}

/** Server 1's replica was promoted to master of server 3's slots, and server 3's former master follows it. */
const afterFailover = exampleView((view) => {
  const slots = plan.nodes.find((one) => one.id === 'server-3:7000')?.slots ?? null;
  const promoted = seenAs('server-1:7001', () => ({
    role: 'master',
    masterRedisId: null,
    slots: slots === null ? [] : [slots],
    configEpoch: 7,
  }))(view);
  return seenAs('server-3:7000', () => ({ role: 'replica', masterRedisId: idOf('server-1:7001'), slots: [], configEpoch: 7 }))(promoted);
});

/** Server 2's and server 3's replicas have exchanged their masters: server 3's runs beside its own. */
const besideItsMaster = all(
  seenAs('server-3:7001', () => ({ masterRedisId: idOf('server-3:7000') })),
  seenAs('server-1:7001', () => ({ masterRedisId: idOf('server-2:7000') })),
);

/** As planned, but two replicas follow each other's master, both still on other servers than theirs: every loss is survived. */
const exchangedRoles = exampleView((view) => {
  // On each server master and replica process exchange ports of one shard ring turned the other way.
  const turned: Readonly<Record<string, string>> = {
    'server-1:7001': 'server-2:7000',
    'server-2:7001': 'server-3:7000',
    'server-3:7001': 'server-1:7000',
  };
  return Object.entries(turned).reduce(
    (changed, [replica, master]) => seenAs(replica, () => ({ masterRedisId: idOf(master) }))(changed),
    view,
  );
});

const stranger = (line: NodeView['peers'][number]): NodeView['peers'][number] => ({
  ...line,
  redisId: 'f'.repeat(40),
  address: '10.77.0.99',
  isMyself: false,
  role: 'replica',
  slots: [],
});

function adding(change: (line: NodeView['peers'][number]) => NodeView['peers'][number]): ClusterView {
  return exampleView((view) => ({ ...view, peers: [...view.peers, ...view.peers.slice(0, 1).map(change)] }));
}

interface Row {
  readonly check: string;
  readonly name: string;
  readonly view: ClusterView;
  readonly of?: string;
  readonly verdict: Verdict;
  readonly says: string;
  readonly naming?: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    check: 'agreement',
    name: 'all answer, but know nothing yet',
    view: exampleView((view) => ({ ...view, peers: [] })),
    verdict: 'unknown',
    says: 'silent silent.remedy',
    naming: ['server-1:7000'],
  },
  { check: 'agreement', name: 'all agree', view: exampleView(), verdict: 'pass', says: 'observed' },
  {
    check: 'agreement',
    name: 'one dissents',
    view: exampleView(
      saying('server-2:7000', (view) => ({ peers: seenAs('server-1:7001', () => ({ role: 'master', masterRedisId: null }))(view).peers })),
    ),
    verdict: 'fail',
    says: 'cluster.roleDiffers remedy',
    naming: ['server-2:7000 holds server-1:7001 for a master'],
  },
  {
    check: 'agreement',
    name: 'one knows nobody',
    view: exampleView(saying('server-2:7000', (view) => ({ peers: view.peers.filter((line) => line.isMyself) }))),
    verdict: 'fail',
    says: 'manyReasons remedy',
    naming: ['and 1 more'],
  },
  { check: 'agreement', name: 'two reasons', view: adding((line) => stranger({ ...line })), verdict: 'fail', says: 'manyReasons remedy' },
  {
    check: 'agreement',
    name: 'nobody answers',
    view: deaf,
    verdict: 'unknown',
    says: 'silent silent.remedy',
    naming: ['server-1:7000', 'server-3:7001'],
  },

  { check: 'state', name: 'ok', view: exampleView(), verdict: 'pass', says: 'ok' },
  {
    check: 'state',
    name: 'one fails',
    view: exampleView(saying('server-3:7000', () => ({ clusterState: 'fail' }))),
    verdict: 'fail',
    says: 'fail remedy',
    naming: ['server-3:7000'],
  },
  { check: 'state', name: 'one is silent', view: oneSilent, verdict: 'unknown', says: 'silent silent.remedy', naming: ['server-2:7001'] },

  { check: 'slots', name: 'all', view: exampleView(), verdict: 'pass', says: 'observed', naming: ['16384'] },
  {
    check: 'slots',
    name: 'the master of a third is silent',
    view: exampleView(saying('server-1:7000', () => null)),
    verdict: 'fail',
    says: 'cluster.slotsUncovered remedy',
    naming: ['0-5460'],
  },
  {
    check: 'slots',
    name: 'two claim the same',
    view: exampleView(
      saying('server-1:7000', (view) => ({
        peers: seenAs('server-1:7000', (line) => ({ slots: [...line.slots, { first: 5461, last: 5461 }] }))(view).peers,
      })),
    ),
    verdict: 'fail',
    says: 'cluster.slotsTwice remedy',
    naming: ['5461'],
  },

  { check: 'roles', name: 'as planned', view: exampleView(), verdict: 'pass', says: 'observed' },
  {
    check: 'roles',
    name: 'after a failover',
    view: afterFailover,
    verdict: 'passWithoutTolerance',
    says: 'reasons remedy',
    naming: ['server-1:7001 is a master, planned as replica', 'restore-roles'],
  },
  {
    check: 'roles',
    name: 'turned the other way round',
    view: exchangedRoles,
    verdict: 'warn',
    says: 'reasons remedy',
    naming: ['server-1:7001 replicates server-2:7000 instead of server-3:7000'],
  },
  {
    check: 'roles',
    name: 'one nobody knows',
    view: exampleView((view) =>
      view.node === 'server-2:7001' ? null : { ...view, peers: view.peers.filter((line) => line.redisId !== idOf('server-2:7001')) },
    ),
    verdict: 'unknown',
    says: 'silent silent.remedy',
  },

  { check: 'placement', name: 'crossed', view: exampleView(), verdict: 'pass', says: 'observed' },
  {
    check: 'placement',
    name: 'a replica beside its master',
    view: besideItsMaster,
    verdict: 'passWithoutTolerance',
    says: 'together roles.remedy',
    naming: ['server-3:7001 → server-3:7000'],
  },
  {
    check: 'placement',
    name: 'one nobody knows',
    view: exampleView((view) =>
      view.node === 'server-2:7001' ? null : { ...view, peers: view.peers.filter((line) => line.redisId !== idOf('server-2:7001')) },
    ),
    verdict: 'unknown',
    says: 'silent silent.remedy',
  },

  { check: 'survivesLoss', name: 'of any server', view: exampleView(), of: 'server-1', verdict: 'pass', says: 'observed' },
  {
    check: 'survivesLoss',
    name: 'not of the one that holds two masters',
    view: afterFailover,
    of: 'server-1',
    verdict: 'passWithoutTolerance',
    says: 'cluster.noMajorityLeft remedy',
    naming: ['without server-1 only 1 of 3 masters'],
  },
  { check: 'survivesLoss', name: 'still of another one', view: afterFailover, of: 'server-2', verdict: 'pass', says: 'observed' },
  {
    check: 'survivesLoss',
    name: 'not of the server of a master whose replica is not in sync',
    view: exampleView(saying('server-1:7001', (view) => ({ replication: { ...view.replication, isLinkUp: false } }))),
    of: 'server-3',
    verdict: 'passWithoutTolerance',
    says: 'cluster.linkDown remedy',
  },
  {
    check: 'survivesLoss',
    name: 'not while slots are lost already',
    view: exampleView(saying('server-1:7000', () => null)),
    of: 'server-2',
    verdict: 'fail',
    says: 'reasons slots.remedy',
  },
  { check: 'survivesLoss', name: 'nobody answers', view: deaf, of: 'server-2', verdict: 'unknown', says: 'silent silent.remedy' },

  { check: 'members', name: 'six', view: exampleView(), verdict: 'pass', says: 'observed' },
  { check: 'members', name: 'a stranger', view: adding(stranger), verdict: 'fail', says: 'manyReasons foreign.remedy' },
  {
    check: 'members',
    name: 'one half met',
    view: exampleView(saying('server-1:7000', (view) => ({ peers: seenAs('server-2:7000', () => ({ isHandshake: true }))(view).peers }))),
    verdict: 'fail',
    says: 'cluster.peerHandshake broken.remedy',
    naming: ['server-1:7000 has not finished meeting server-2:7000'],
  },
  {
    check: 'members',
    name: 'one failed',
    view: all(seenAs('server-2:7001', () => ({ health: 'fail' }))),
    verdict: 'fail',
    says: 'manyReasons broken.remedy',
    naming: ['server-2:7001 for failed'],
  },
  {
    check: 'members',
    name: 'a ghost',
    view: adding((line) => stranger({ ...line, hasNoAddress: true })),
    verdict: 'warn',
    says: 'manyReasons ghost.remedy',
    naming: ['CLUSTER FORGET'],
  },
  {
    check: 'members',
    name: 'one suspected',
    view: exampleView(saying('server-1:7000', (view) => ({ peers: seenAs('server-2:7000', () => ({ health: 'pfail' }))(view).peers }))),
    verdict: 'warn',
    says: 'cluster.peerSuspected suspected.remedy',
  },
  { check: 'members', name: 'one silent, seen healthy by all others', view: oneSilent, verdict: 'unknown', says: 'silent silent.remedy' },

  { check: 'epochs', name: 'distinct', view: exampleView(), verdict: 'pass', says: 'observed', naming: ['1, 2, 3'] },
  {
    check: 'epochs',
    name: 'two alike',
    view: all(seenAs('server-2:7000', () => ({ configEpoch: 1 }))),
    verdict: 'warn',
    says: 'cluster.epochsCollide remedy',
    naming: ['epoch 1'],
  },
  { check: 'epochs', name: 'one silent', view: oneSilent, verdict: 'unknown', says: 'silent silent.remedy' },

  { check: 'addresses', name: 'as entered', view: exampleView(), verdict: 'pass', says: 'observed', naming: ['10.77.0.11:7000'] },
  {
    check: 'addresses',
    name: 'another one announced',
    view: all(seenAs('server-2:7000', () => ({ address: '192.0.2.7' }))),
    verdict: 'fail',
    says: 'manyReasons remedy',
    naming: ['192.0.2.7:7000@17000 instead of 10.77.0.12:7000@17000'],
  },
  { check: 'addresses', name: 'one silent', view: oneSilent, verdict: 'unknown', says: 'silent silent.remedy' },

  { check: 'sameVersion', name: 'one', view: exampleView(), verdict: 'pass', says: 'observed', naming: ['7.0.15'] },
  {
    check: 'sameVersion',
    name: 'two',
    view: exampleView(saying('server-1:7000', () => ({ version: '7.2.4' }))),
    verdict: 'warn',
    says: 'different remedy',
    naming: ['server-1:7000 7.2.4'],
  },
  { check: 'sameVersion', name: 'one silent', view: oneSilent, verdict: 'unknown', says: 'silent silent.remedy' },
];

function judgeRow({ check, view, of = 'cluster' }: Row): CheckResult {
  const found = CLUSTER_CHECKS.find((one) => one.id === `cluster.${check}`);
  return firstOf((found?.judge(view, { plan }) ?? []).filter((one) => formatSubject(one.subject) === of));
}

describe('the cluster', () => {
  test.each(ROWS.map((row) => ({ ...row, title: `${row.check}: ${row.name}` })))('$title is $verdict', (row) => {
    const result = judgeRow(row);
    expect(result.verdict).toBe(row.verdict);
    expectSays(result, row.says);
    const text = `${say(result.observed)} ${result.remedy === null ? '' : say(result.remedy)}`;
    for (const word of row.naming ?? []) expect(text).toContain(word);
  });

  test('each check gives exactly the verdicts that it names', () => {
    const unheard = judgeCluster(deaf, { plan });
    for (const check of CLUSTER_CHECKS) {
      const own = [...ROWS.map(judgeRow), ...unheard].filter((one) => one.id === check.id).map((one) => one.verdict);
      expect([check.id, ...new Set(own)].toSorted()).toEqual([check.id, ...check.verdicts].toSorted());
    }
  });

  test('the rows reach every text', () => {
    expectEveryText(
      ROWS.map(judgeRow),
      [...CLUSTER_CHECKS.map(({ id }) => `check.${id}.`), 'check.cluster.silent', 'check.cluster.reasons', 'check.cluster.manyReasons'],
      CLUSTER_CHECKS.map((check) => check.id),
    );
  });

  test('healthy and as planned passes everything, each judged once', () => {
    const results = judgeCluster(exampleView(), { plan });
    expect(results.filter((one) => one.verdict !== 'pass')).toEqual([]);
    expect(new Set(results.map((one) => `${one.id} ${formatSubject(one.subject)}`)).size).toBe(results.length);
    expect(results.filter((one) => one.id === 'cluster.survivesLoss').map((one) => formatSubject(one.subject))).toEqual([
      'server-1',
      'server-2',
      'server-3',
    ]);
  });

  test('after a failover works, but says that it has no tolerance', () => {
    const verdicts = Object.fromEntries(
      judgeCluster(afterFailover, { plan }).map((one) => [`${one.id} ${formatSubject(one.subject)}`, one.verdict]),
    );
    expect(verdicts).toMatchObject({
      'cluster.agreement cluster': 'pass',
      'cluster.slots cluster': 'pass',
      'cluster.roles cluster': 'passWithoutTolerance',
      'cluster.survivesLoss server-1': 'passWithoutTolerance',
      'cluster.survivesLoss server-2': 'pass',
      'cluster.survivesLoss server-3': 'pass',
    });
  });
});
