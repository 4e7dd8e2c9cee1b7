import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formingReasons, readinessOf, syncOf, syncReasons } from './readiness.ts';
import {
  plannedLayout,
  redisIdOf,
  samplePlan,
  swappedLayout,
  viewOfLayout,
  withNode,
  withPeer,
  withReplication,
  withSilent,
  type Layout,
} from './testing/clusterViews.ts';
import { hasLostMajority, toleranceOf } from './tolerance.ts';
import type { ClusterView } from './view.ts';

const plan = samplePlan();
const healthy = viewOfLayout(plan);
const survived = (view: ClusterView): readonly boolean[] => toleranceOf(view, plan).map((one) => one.survives);
const reasonsFor = (view: ClusterView, server: string): readonly string[] =>
  toleranceOf(view, plan)
    .find((one) => one.server === server)
    ?.reasons.map((reason) => reason.code) ?? [];
const serverOf = (node: string): string => node.split(':')[0] ?? '';

describe('toleranceOf', () => {
  it('survives the loss of any server when the layout is crossed', () => {
    expect(toleranceOf(healthy, plan)).toEqual(plan.servers.map(({ name }) => ({ server: name, survives: true, reasons: [] })));
  });

  it.each([
    ['server-2', [1]],
    ['server-3', [2]],
    ['server-1', [3]],
  ])('does not survive the loss of %s after a failover has put two masters there', (server, shards) => {
    const view = viewOfLayout(plan, swappedLayout(plan, shards));
    expect(toleranceOf(view, plan).filter((one) => !one.survives)).toMatchObject([
      { server, reasons: [{ code: 'cluster.noMajorityLeft', values: { server, left: 1, masters: 3 } }] },
    ]);
  });

  it('survives when all three shards have changed sides, which is crossed again', () => {
    expect(survived(viewOfLayout(plan, swappedLayout(plan, [1, 2, 3])))).toEqual([true, true, true]);
  });

  it('does not survive when a replica runs beside its master', () => {
    const beside: Layout = plannedLayout(plan).map((one) => ({
      ...one,
      replicas: plan.nodes.filter((node) => node.role === 'replica' && node.server === serverOf(one.master)).map((node) => node.id),
    }));
    const view = viewOfLayout(plan, beside);
    expect(survived(view)).toEqual([false, false, false]);
    expect(reasonsFor(view, 'server-1')).toEqual(['cluster.replicaBesideMaster']);
  });

  const table: readonly (readonly [string, ClusterView, readonly boolean[], string])[] = [
    [
      'a replica whose link is down',
      withReplication(healthy, 'server-2:7001', { isLinkUp: false }),
      [false, true, true],
      'cluster.linkDown',
    ],
    [
      'a replica in its first copy',
      withReplication(healthy, 'server-2:7001', { isSyncing: true }),
      [false, true, true],
      'cluster.firstCopy',
    ],
    ['a replica far behind', withReplication(healthy, 'server-2:7001', { offset: 0 }), [false, true, true], 'cluster.lagging'],
    ['a silent replica', withSilent(healthy, ['server-2:7001']), [false, true, true], 'cluster.silent'],
    ['a failed replica', withPeer(healthy, null, 'server-2:7001', { health: 'fail' }), [false, true, true], 'cluster.silent'],
    [
      'a replica that never stands',
      withPeer(healthy, null, 'server-2:7001', { isNoFailover: true }),
      [false, true, true],
      'cluster.replicaNeverStands',
    ],
    [
      'a replica that follows another master',
      withPeer(healthy, null, 'server-2:7001', { masterRedisId: redisIdOf('server-3:7000') }),
      [false, true, true],
      'cluster.noReplica',
    ],
    [
      'slots without a master',
      withPeer(healthy, null, 'server-1:7000', { slots: [{ first: 0, last: 5459 }] }),
      [false, false, false],
      'cluster.slotsUncovered',
    ],
    ['a silent master', withSilent(healthy, ['server-1:7000']), [false, false, false], 'cluster.slotsUncovered'],
  ];
  it.each(table)('counts %s', (_, view, expected, code) => {
    expect(survived(view)).toEqual(expected);
    expect(reasonsFor(view, 'server-1')).toContain(code);
  });

  it('holds a second replica elsewhere for enough', () => {
    const more: Layout = plannedLayout(plan).map((one) =>
      one.master === 'server-1:7000' ? { ...one, replicas: ['server-2:7001', 'server-3:7001'] } : one,
    );
    const view = withReplication(viewOfLayout(plan, more), 'server-2:7001', { isLinkUp: false });
    expect(reasonsFor(view, 'server-1')).toEqual([]);
    expect(reasonsFor(view, 'server-2')).toEqual(['cluster.noReplica']);
  });

  it('survives nothing when nobody answers', () => {
    expect(survived({ at: '', views: [], silent: [] })).toEqual([false, false, false]);
  });

  // Any placement of three masters and their replicas on the six nodes, one shard each.
  const placement = fc
    .shuffledSubarray(
      plan.nodes.map((node) => node.id),
      { minLength: 6, maxLength: 6 },
    )
    .map((order): Layout =>
      plannedLayout(plan).map((one, index) => ({ ...one, master: order[index] ?? '', replicas: [order[index + 3] ?? ''] })),
    );

  it('survives everything exactly when no server has two masters and no replica is beside its master', () => {
    fc.assert(
      fc.property(placement, (layout) => {
        const masters = layout.map((one) => serverOf(one.master));
        const isCrossed = new Set(masters).size === 3 && layout.every((one) => serverOf(one.replicas[0] ?? '') !== serverOf(one.master));
        expect(survived(viewOfLayout(plan, layout)).every(Boolean)).toBe(isCrossed);
      }),
    );
  });

  it('never survives the loss of a server with two masters, whatever else is true', () => {
    fc.assert(
      fc.property(placement, fc.subarray(plan.nodes.map((node) => node.id)), (layout, silent) => {
        const view = withSilent(viewOfLayout(plan, layout), silent);
        if (view.views.length === 0) return;
        const doubled = (server: string): boolean => layout.filter((one) => serverOf(one.master) === server).length > 1;
        expect(toleranceOf(view, plan).filter((one) => one.survives && doubled(one.server))).toEqual([]);
      }),
    );
  });

  it('never becomes better when a node falls silent', () => {
    const nodes = plan.nodes.map((node) => node.id);
    fc.assert(
      fc.property(placement, fc.subarray(nodes), fc.constantFrom(...nodes), (layout, silent, next) => {
        const before = toleranceOf(withSilent(viewOfLayout(plan, layout), silent), plan);
        const after = toleranceOf(withSilent(viewOfLayout(plan, layout), [...silent, next]), plan);
        expect(after.filter((one, index) => one.survives && before[index]?.survives !== true)).toEqual([]);
      }),
    );
  });
});

describe('syncOf', () => {
  it('lists the replicas that there are, with their real masters', () => {
    expect(syncOf(healthy, plan).map(({ node, master, isInSync, lagBytes }) => [node, master, isInSync, lagBytes])).toEqual([
      ['server-1:7001', 'server-3:7000', true, 0],
      ['server-2:7001', 'server-1:7000', true, 0],
      ['server-3:7001', 'server-2:7000', true, 0],
    ]);
    expect(syncOf(viewOfLayout(plan, swappedLayout(plan, [1])), plan).map((one) => one.node)).toContain('server-1:7000');
  });

  const of = (view: ClusterView, earlier?: ClusterView): ReturnType<typeof syncOf>[number] | undefined =>
    syncOf(view, plan, earlier).find((one) => one.node === 'server-2:7001');

  it('allows what a moment brings, when there is only one look', () => {
    expect(of(withReplication(healthy, 'server-2:7001', { offset: 1_000_000 - 65_536 }))).toMatchObject({
      isInSync: true,
      lagBytes: 65_536,
    });
    expect(of(withReplication(healthy, 'server-2:7001', { offset: 1_000_000 - 65_537 }))).toMatchObject({ isInSync: false });
    expect(of(withReplication(healthy, 'server-2:7001', { offset: 2_000_000 }))).toMatchObject({ isInSync: true, lagBytes: 0 });
  });

  it('is exact with an earlier look: what the master had then must have arrived', () => {
    const busy = withReplication(healthy, 'server-1:7000', { offset: 90_000_000 });
    expect(of(withReplication(busy, 'server-2:7001', { offset: 1_000_000 }), healthy)).toMatchObject({
      isInSync: true,
      lagBytes: 89_000_000,
    });
    expect(of(withReplication(busy, 'server-2:7001', { offset: 999_999 }), healthy)).toMatchObject({ isInSync: false });
  });

  it('does not compare with the time before a restart', () => {
    const restarted = withNode(withReplication(healthy, 'server-1:7000', { offset: 10 }), 'server-1:7000', (one) => ({
      ...one,
      runId: 'new',
    }));
    expect(of(withReplication(restarted, 'server-2:7001', { offset: 10 }), healthy)).toMatchObject({ isInSync: true });
  });

  it('cannot call a replica in sync when its master is silent', () => {
    expect(of(withSilent(healthy, ['server-1:7000']))).toMatchObject({
      isInSync: false,
      lagBytes: null,
      reasons: [{ code: 'cluster.silent' }],
    });
  });

  it('misses the replica of a master that has none', () => {
    const bare = withPeer(healthy, null, 'server-2:7001', { masterRedisId: redisIdOf('server-3:7000') });
    expect(syncReasons(bare, plan)).toMatchObject([{ code: 'cluster.noReplica', values: { node: 'server-1:7000' } }]);
  });
});

describe('readinessOf', () => {
  it('is reached when six views agree, replicas are in sync and every node says ok', () => {
    expect(readinessOf(healthy, plan)).toEqual({ isReady: true, reasons: [] });
  });

  it('is formed, not ready, while a node still says fail', () => {
    const starting = withNode(healthy, 'server-1:7000', (one) => ({ ...one, clusterState: 'fail' }));
    expect(formingReasons(starting, plan)).toEqual([]);
    expect(readinessOf(starting, plan)).toEqual({
      isReady: false,
      reasons: [{ code: 'cluster.stateFail', values: { node: 'server-1:7000' } }],
    });
  });

  it('gathers what agreement, coverage and replication lack', () => {
    const view = withReplication(withSilent(healthy, ['server-1:7000']), 'server-3:7001', { isLinkUp: false });
    const codes = readinessOf(view, plan).reasons.map((reason) => reason.code);
    expect(codes).toEqual(expect.arrayContaining(['cluster.silent', 'cluster.slotsUncovered', 'cluster.linkDown']));
  });
});

describe('hasLostMajority', () => {
  const isLost = (silent: readonly string[], change: (view: ClusterView) => ClusterView = (view) => view): boolean =>
    hasLostMajority(change(withSilent(healthy, silent)), plan);
  const twoServers = ['server-1:7000', 'server-1:7001', 'server-2:7000', 'server-2:7001'];
  const suspected = (view: ClusterView, by: string | null): ClusterView =>
    ['server-1:7000', 'server-2:7000'].reduce((seen, peer) => withPeer(seen, by, peer, { health: 'pfail' }), view);

  it.each(['server-3:7000', 'server-3:7001', null])('is so when two masters are silent and suspected by %s', (by) => {
    expect(isLost(twoServers, (view) => suspected(view, by))).toBe(true);
  });

  it('is not so while those that answer have contact with them, or when only one is lost', () => {
    expect(isLost(twoServers)).toBe(false);
    expect(isLost(twoServers.slice(0, 2), (view) => suspected(view, null))).toBe(false);
  });
});
