import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formationFromScratch, formationNeed, formationRefusal, formatClusterCommand, isInService } from './formation.ts';
import {
  freshView,
  plannedLayout,
  redisIdOf,
  samplePlan,
  swappedLayout,
  viewOfLayout,
  withNode,
  withPeer,
  withSilent,
} from './testing/clusterViews.ts';
import type { ClusterView, PeerView } from './view.ts';

const plan = samplePlan();
const healthy = viewOfLayout(plan);
const fresh = freshView(plan);
const show = (view: ClusterView): readonly string[] =>
  formationNeed(view, plan).commands.map((command) => `${command.node} ${formatClusterCommand(command, plan)}`);

describe('formationFromScratch', () => {
  it('gives each node an epoch, the masters their slots, makes all meet, then makes the replicas', () => {
    const commands = formationFromScratch(plan);
    const kinds = commands.map((command) => command.kind);
    expect(Object.fromEntries([...new Set(kinds)].map((kind) => [kind, kinds.filter((one) => one === kind).length]))).toEqual({
      setConfigEpoch: 6,
      addSlots: 3,
      meet: 30,
      replicate: 3,
    });
    const lines = commands.map((command) => `${command.node} ${formatClusterCommand(command, plan)}`);
    expect(lines[0]).toBe('server-1:7000 CLUSTER SET-CONFIG-EPOCH 1');
    expect(lines).toContain('server-2:7000 CLUSTER ADDSLOTSRANGE 5461 10922');
    expect(lines).toContain('server-1:7001 CLUSTER MEET 10.0.0.3 7000 17000');
    expect(lines.at(-1)).toBe('server-3:7001 CLUSTER REPLICATE <server-2:7000>');
  });

  it('is what six fresh nodes need', () => {
    const wanted = formationFromScratch(plan).map((command) => `${command.node} ${formatClusterCommand(command, plan)}`);
    expect(show(fresh).toSorted()).toEqual(wanted.toSorted());
  });
});

describe('formationNeed', () => {
  it('is nothing for a formed cluster, whatever shards have changed sides', () => {
    fc.assert(
      fc.property(fc.subarray([1, 2, 3]), (shards) => {
        expect(formationNeed(viewOfLayout(plan, swappedLayout(plan, shards)), plan)).toEqual({ commands: [], waiting: [] });
      }),
    );
  });

  it('leaves out what is done: epochs, slots, meetings', () => {
    const view = withNode(fresh, 'server-1:7000', (one) => ({
      ...one,
      myEpoch: 1,
      currentEpoch: 1,
      peers: one.peers.map((peer) => ({ ...peer, configEpoch: 1, slots: [{ first: 0, last: 5460 }] })),
    }));
    expect(show(view).filter((line) => line.startsWith('server-1:7000'))).toEqual([
      'server-1:7000 CLUSTER MEET 10.0.0.1 7001 17001',
      'server-1:7000 CLUSTER MEET 10.0.0.2 7000 17000',
      'server-1:7000 CLUSTER MEET 10.0.0.2 7001 17001',
      'server-1:7000 CLUSTER MEET 10.0.0.3 7000 17000',
      'server-1:7000 CLUSTER MEET 10.0.0.3 7001 17001',
    ]);
  });

  it('adds only the slots that are missing', () => {
    const view = withPeer(healthy, null, 'server-2:7000', {
      slots: [
        { first: 6000, last: 7000 },
        { first: 9000, last: 9000 },
      ],
    });
    expect(show(view)).toEqual([
      'server-2:7000 CLUSTER ADDSLOTSRANGE 5461 5999',
      'server-2:7000 CLUSTER ADDSLOTSRANGE 7001 8999',
      'server-2:7000 CLUSTER ADDSLOTSRANGE 9001 10922',
    ]);
  });

  it('asks for no second meeting while a handshake is under way', () => {
    const view = withPeer(healthy, 'server-1:7000', 'server-2:7000', { isHandshake: true, redisId: 'e'.repeat(40) });
    expect(show(view)).toEqual([]);
  });

  it('gives no epoch to a node that knows others: Redis would refuse', () => {
    const view = withNode(healthy, 'server-1:7000', (one) => ({ ...one, myEpoch: 0, currentEpoch: 0 }));
    expect(show(view)).toEqual([]);
  });

  it('makes the node that has no slots the replica of the one that has, in its own shard', () => {
    const lonely = withPeer(viewOfLayout(plan, swappedLayout(plan, [1])), null, 'server-1:7000', { role: 'master', masterRedisId: null });
    expect(show(lonely)).toEqual(['server-1:7000 CLUSTER REPLICATE <server-2:7001>']);
  });

  it('moves a replica that follows the master of another shard', () => {
    const view = withPeer(healthy, null, 'server-2:7001', { masterRedisId: redisIdOf('server-3:7000') });
    expect(show(view)).toEqual(['server-2:7001 CLUSTER REPLICATE <server-1:7000>']);
  });

  it('sends nothing to a replica whose master is gone: it may hold the only copy', () => {
    const view = withPeer(healthy, null, 'server-2:7001', { masterRedisId: 'd'.repeat(40) });
    expect(formationNeed(view, plan)).toMatchObject({ commands: [], waiting: [{ code: 'cluster.replicatesAnother' }] });
  });

  it('gives no slots away that anybody still ascribes to a node', () => {
    // The master of shard 1 came back without its nodes.conf; its replica has not been promoted yet and holds the data.
    const old: PeerView = { ...(healthy.views[0]?.peers[0] as PeerView), redisId: 'a'.repeat(40), isMyself: false, health: 'pfail' };
    const renamed = withSilent(healthy, ['server-1:7000']);
    const view: ClusterView = {
      ...renamed,
      silent: [],
      views: [
        ...renamed.views.map((one) => ({
          ...one,
          peers: one.peers.map((peer) =>
            peer.redisId === redisIdOf('server-1:7000')
              ? old
              : peer.masterRedisId === redisIdOf('server-1:7000')
                ? { ...peer, masterRedisId: old.redisId }
                : peer,
          ),
        })),
        ...fresh.views.filter((one) => one.node === 'server-1:7000'),
      ],
    };
    const need = formationNeed(view, plan);
    expect(need.commands.filter((command) => command.kind === 'addSlots' || command.kind === 'forget')).toEqual([]);
    expect(need.waiting).toMatchObject([{ code: 'cluster.slotsUncovered', values: { slots: '0-5460' } }]);
  });

  it('waits when both nodes of a shard claim its slots', () => {
    const view = withPeer(healthy, 'server-2:7001', 'server-2:7001', { role: 'master', slots: [{ first: 0, last: 5460 }] });
    expect(formationNeed(view, plan)).toMatchObject({ commands: [], waiting: [{ code: 'cluster.slotsTwice' }] });
  });

  it('forgets a former node that owns nothing, on every node that lists it', () => {
    const ghost: PeerView = {
      ...(healthy.views[0]?.peers[1] as PeerView),
      redisId: 'b'.repeat(40),
      isMyself: false,
      address: '',
      dataPort: 0,
      busPort: 0,
      health: 'fail',
      hasNoAddress: true,
    };
    const view = { ...healthy, views: healthy.views.map((one) => ({ ...one, peers: [...one.peers, ghost] })) };
    expect(show(view)).toEqual(plan.nodes.map((node) => `${node.id} CLUSTER FORGET ${'b'.repeat(40)}`));
    expect(formationRefusal(view, plan)).toBeNull();
  });
});

describe('formationRefusal', () => {
  it('refuses nothing that Triad itself may have left', () => {
    for (const view of [fresh, healthy, viewOfLayout(plan, swappedLayout(plan, [2]))]) expect(formationRefusal(view, plan)).toBeNull();
    const inUse = { ...healthy, views: healthy.views.map((one) => ({ ...one, keys: 5 })) };
    expect(formationRefusal(inUse, plan)).toBeNull();
  });

  const stranger: PeerView = {
    ...(healthy.views[0]?.peers[0] as PeerView),
    redisId: 'c'.repeat(40),
    isMyself: false,
    address: '10.9.9.9',
    slots: [],
  };
  it.each([
    [
      'no cluster support',
      withNode(fresh, 'server-2:7000', (one) => ({ ...one, clusterEnabled: false })),
      'redis.foreign',
      { node: 'server-2:7000' },
    ],
    [
      'a node of another cluster',
      withNode(fresh, 'server-2:7000', (one) => ({ ...one, peers: [...one.peers, stranger] })),
      'cluster.foreignNodes',
      { node: 'server-2:7000', nodes: '10.9.9.9:7000' },
    ],
    [
      'a handshake with another cluster',
      withNode(fresh, 'server-2:7000', (one) => ({ ...one, peers: [...one.peers, { ...stranger, isHandshake: true }] })),
      'cluster.foreignNodes',
      { node: 'server-2:7000' },
    ],
    [
      'keys on a node that is alone',
      withNode(fresh, 'server-3:7001', (one) => ({ ...one, keys: 12 })),
      'redis.holdsKeys',
      { node: 'server-3:7001', keys: 12 },
    ],
    [
      'keys in another cluster at our addresses',
      withNode(healthy, 'server-3:7001', (one) => ({
        ...one,
        keys: 12,
        peers: one.peers.slice(3),
      })),
      'redis.holdsKeys',
      { node: 'server-3:7001' },
    ],
    [
      'slots of another shard',
      withPeer(fresh, 'server-3:7000', 'server-3:7000', { slots: [{ first: 10_900, last: 11_000 }] }),
      'cluster.foreignNodes',
      { node: 'server-3:7000', nodes: 'server-3:7000 (10900-10922)' },
    ],
  ])('refuses %s', (_, view, code, values) => {
    expect(formationRefusal(view, plan)?.failure).toMatchObject({ code, values });
  });
});

describe('isInService', () => {
  it('is true as soon as a node holds keys or says ok', () => {
    expect(isInService(fresh)).toBe(false);
    expect(isInService(withNode(fresh, 'server-1:7000', (one) => ({ ...one, keys: 1 })))).toBe(true);
    expect(isInService(withNode(fresh, 'server-1:7000', (one) => ({ ...one, clusterState: 'ok' })))).toBe(true);
  });
});

describe('the planned layout', () => {
  it('is crossed', () => {
    for (const { master, replicas } of plannedLayout(plan))
      expect(replicas.map((one) => one.split(':')[0])).not.toContain(master.split(':')[0]);
  });
});
