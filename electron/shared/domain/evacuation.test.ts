import { describe, expect, it } from 'vitest';
import { evacuationsOf, mastersOn } from './evacuation.ts';
import { maintenanceRefusals } from './maintenanceRefusals.ts';
import { plannedLayout, samplePlan, swappedLayout, viewOfLayout, withReplication, withSilent } from './testing/clusterViews.ts';

const plan = samplePlan();
const healthy = viewOfLayout(plan);
const codes = (view: typeof healthy, server = 'server-1'): readonly string[] =>
  maintenanceRefusals(view, plan, server).map(({ code }) => code);

describe('evacuationsOf', () => {
  it('moves the one master of a crossed layout to its replica', () => {
    expect(evacuationsOf(healthy, plan, 'server-1')).toEqual([{ shard: 1, from: 'server-1:7000', to: 'server-2:7001' }]);
  });

  it('moves both masters of a server that a failover has left with two, lowest shard first', () => {
    const view = viewOfLayout(plan, swappedLayout(plan, [1]));
    expect(evacuationsOf(view, plan, 'server-2')).toEqual([
      { shard: 1, from: 'server-2:7001', to: 'server-1:7000' },
      { shard: 2, from: 'server-2:7000', to: 'server-3:7001' },
    ]);
  });

  it('has nothing to move from a server without a master, as when it was done before', () => {
    const view = viewOfLayout(plan, swappedLayout(plan, [1]));
    expect(mastersOn(view, plan, 'server-1')).toEqual([]);
    expect(evacuationsOf(view, plan, 'server-1')).toEqual([]);
  });

  it('does not move a master to a replica on the same server', () => {
    // Shards 1 and 3 have exchanged their replicas.
    const [one, two, three] = plannedLayout(plan);
    if (one === undefined || two === undefined || three === undefined) throw new Error('three shards');
    const beside = viewOfLayout(plan, [{ ...one, replicas: three.replicas }, two, { ...three, replicas: one.replicas }]);
    expect(mastersOn(beside, plan, 'server-1')).toEqual(['server-1:7000']);
    expect(evacuationsOf(beside, plan, 'server-1')).toEqual([]);
    expect(codes(beside)).toContain('cluster.noReplica');
  });
});

describe('maintenanceRefusals', () => {
  it('has none for any server of a whole cluster, nor for one that was vacated', () => {
    for (const server of ['server-1', 'server-2', 'server-3']) expect(codes(healthy, server)).toEqual([]);
    expect(codes(viewOfLayout(plan, swappedLayout(plan, [1])))).toEqual([]);
  });

  it('refuses while the replica of its master does not follow', () => {
    expect(codes(withReplication(healthy, 'server-2:7001', { isLinkUp: false }))).toEqual(['cluster.linkDown']);
  });

  it('refuses while a replica elsewhere does not follow: the absence would leave that shard with less', () => {
    expect(codes(withReplication(healthy, 'server-3:7001', { isLinkUp: false }))).toEqual(['cluster.linkDown']);
  });

  it('refuses while a node is silent', () => {
    expect(codes(withSilent(healthy, ['server-3:7000']))).toContain('cluster.silent');
  });
});
