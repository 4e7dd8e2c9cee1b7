import { describe, expect, it } from 'vitest';
import { samplePlan } from '../../report/testing/sampleRecord.ts';
import { sampleView } from '../../report/testing/sampleView.ts';
import { layoutOf, plannedLayout, type ClusterLayout } from './reportLayout.ts';
import type { ClusterView } from './view.ts';

const plan = samplePlan();
const nodeOf = (layout: ClusterLayout, id: string) => layout.nodes.find((node) => node.id === id);
const survival = (layout: ClusterLayout): readonly (boolean | null)[] => layout.survives.map((one) => one.survives);

describe('plannedLayout', () => {
  it('shows the crossed roles with the slots of both nodes of a shard, and that any one server can be lost', () => {
    const layout = plannedLayout(plan);
    expect(nodeOf(layout, 'server-1:7000')).toMatchObject({ role: 'master', state: 'planned', slots: [{ first: 0, last: 5460 }] });
    expect(nodeOf(layout, 'server-1:7001')).toMatchObject({
      role: 'replica',
      replicaOf: 'server-3:7000',
      slots: [{ first: 10_923, last: 16_383 }],
    });
    expect(survival(layout)).toEqual([true, true, true]);
    expect(layout.at).toBeNull();
  });
});

describe('layoutOf', () => {
  it('shows a healthy cluster as planned', () => {
    const layout = layoutOf(plan, sampleView(plan), 'after');
    expect(layout.servers.map((server) => server.state)).toEqual(['up', 'up', 'up']);
    expect(layout.nodes.map(({ role, replicaOf, tookOver }) => ({ role, replicaOf, tookOver }))).toEqual(
      plan.nodes.map(({ role, replicaOf }) => ({ role, replicaOf, tookOver: false })),
    );
    expect(survival(layout)).toEqual([true, true, true]);
  });

  it('shows a lost server, and the replica that took its slots over', () => {
    const layout = layoutOf(plan, sampleView(plan, { lost: 'server-3' }), 'during');
    expect(layout.servers.map((server) => server.state)).toEqual(['up', 'up', 'lost']);
    expect(nodeOf(layout, 'server-3:7000')).toMatchObject({ state: 'lost', slots: [] });
    expect(nodeOf(layout, 'server-1:7001')).toMatchObject({
      role: 'master',
      tookOver: true,
      slots: [{ first: 10_923, last: 16_383 }],
      state: 'up',
    });
    expect(nodeOf(layout, 'server-2:7001')).toMatchObject({ role: 'replica', replicaOf: 'server-1:7000', isLinkUp: true });
    // Server 1 holds two of three masters now, and server 2's replica is gone with server 3.
    expect(survival(layout)).toEqual([false, false, true]);
  });

  it('does not call a cluster safe whose roles have gathered on one server', () => {
    const layout = layoutOf(plan, sampleView(plan, { returned: 'server-3' }), 'after');
    expect(nodeOf(layout, 'server-3:7000')).toMatchObject({ role: 'replica', replicaOf: 'server-1:7001' });
    expect(survival(layout)).toEqual([false, true, true]);
  });

  it('does not count a replica whose link is down', () => {
    const view = sampleView(plan);
    const broken: ClusterView = {
      ...view,
      views: view.views.map((one) =>
        one.node === 'server-2:7001' ? { ...one, replication: { ...one.replication, isLinkUp: false } } : one,
      ),
    };
    expect(survival(layoutOf(plan, broken, 'after'))).toEqual([false, true, true]);
  });

  it('says unknown of a node that is silent while nobody misses it, and of what depends on it', () => {
    const layout = layoutOf(plan, sampleView(plan, { silent: ['server-2:7001'] }), 'after');
    expect(nodeOf(layout, 'server-2:7001')?.state).toBe('unknown');
    expect(survival(layout)).toEqual([null, null, null]);
  });

  it('says suspected of a node that only some miss', () => {
    const view = sampleView(plan);
    const doubted: ClusterView = {
      ...view,
      views: view.views.map((one, index) =>
        index === 0
          ? {
              ...one,
              peers: one.peers.map((peer) =>
                peer.address === '10.77.0.12' && peer.dataPort === 7000 ? { ...peer, health: 'pfail' } : peer,
              ),
            }
          : one,
      ),
    };
    const layout = layoutOf(plan, doubted, 'during');
    expect(nodeOf(layout, 'server-2:7000')?.state).toBe('suspected');
    expect(layout.servers[1]?.state).toBe('partly');
  });

  it('has nothing to say of a cluster that does not answer', () => {
    const layout = layoutOf(plan, { at: '2026-03-14T22:05:10.000Z', views: [], silent: [] }, 'before');
    expect(layout.nodes.every((node) => node.state === 'unknown' && node.role === null)).toBe(true);
    expect(survival(layout)).toEqual([null, null, null]);
  });
});
