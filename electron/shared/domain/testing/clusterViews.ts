import { planCluster, type ClusterPlan, type NodeSpec, type SlotRange } from '../plan.ts';
import { ClusterSpec } from '../spec.ts';
import type { ClusterView, NodeView, PeerView } from '../view.ts';

/** A plan for three servers at 10.0.0.1 to 10.0.0.3 with ports 7000 and 7001. */
export function samplePlan(): ClusterPlan {
  const spec = ClusterSpec.parse({
    schemaVersion: 1,
    name: 'test',
    servers: [1, 2, 3].map((n) => ({ name: `server-${n}`, address: `10.0.0.${n}`, ssh: { user: 'root', auth: { agent: true } } })),
  });
  return planCluster(spec, {
    version: '7.0.15',
    origin: 'built',
    folderName: 'redis-7.0.15',
    licence: 'BSD-3-Clause',
    sourceArchive: 'redis-7.0.15.tar.gz',
    sourceSha256: '0'.repeat(64),
    files: [],
  });
}

/** The Redis node id that a planned node has in these views. */
export function redisIdOf(node: string): string {
  return node.replaceAll(/\D/gu, '').padEnd(40, '0');
}

/** Who is master where: for each shard the planned id of its master, and of its replicas. */
export type Layout = readonly {
  readonly master: string;
  readonly replicas: readonly string[];
  readonly slots: readonly SlotRange[];
  readonly epoch: number;
}[];

/** The layout that the plan wants. */
export function plannedLayout(plan: ClusterPlan): Layout {
  return plan.nodes.flatMap((node) =>
    node.slots === null
      ? []
      : [
          {
            master: node.id,
            replicas: plan.nodes.filter((other) => other.replicaOf === node.id).map((other) => other.id),
            slots: [node.slots],
            epoch: node.configEpoch,
          },
        ],
  );
}

/** The planned layout after failovers: in the shards named, the replica has become the master. */
export function swappedLayout(plan: ClusterPlan, shards: readonly number[]): Layout {
  return plannedLayout(plan).map((one, index) => {
    const [replica] = one.replicas;
    return shards.includes(index + 1) && replica !== undefined
      ? { ...one, master: replica, replicas: [one.master], epoch: one.epoch + 10 }
      : one;
  });
}

function peerOf(spec: NodeSpec, layout: Layout, isMyself: boolean): PeerView {
  const asMaster = layout.find((one) => one.master === spec.id);
  const asReplica = layout.find((one) => one.replicas.includes(spec.id));
  return {
    redisId: redisIdOf(spec.id),
    address: spec.address,
    dataPort: spec.dataPort,
    busPort: spec.busPort,
    isMyself,
    role: asReplica === undefined ? 'master' : 'replica',
    health: 'ok',
    isHandshake: false,
    hasNoAddress: false,
    isNoFailover: false,
    masterRedisId: asReplica === undefined ? null : redisIdOf(asReplica.master),
    configEpoch: asMaster?.epoch ?? asReplica?.epoch ?? spec.configEpoch,
    isLinkConnected: true,
    slots: [...(asMaster?.slots ?? [])],
    openSlots: 0,
  };
}

/** What one node says in a healthy cluster of this layout. */
export function nodeViewOf(plan: ClusterPlan, layout: Layout, id: string): NodeView {
  const isReplica = layout.some((one) => one.replicas.includes(id));
  return {
    node: id,
    redisId: redisIdOf(id),
    version: '7.0.15',
    runId: `run of ${id}`,
    uptimeSeconds: 60,
    clusterState: 'ok',
    clusterEnabled: true,
    currentEpoch: 6,
    myEpoch: 1,
    slotsAssigned: 16_384,
    slotsFailing: 0,
    keys: 0,
    usedMemoryBytes: 2_000_000,
    role: isReplica ? 'replica' : 'master',
    isLoading: false,
    persistence: { lastSaveOk: true, lastAofWriteOk: true, aofEnabled: true },
    replication: { isLinkUp: true, isSyncing: false, linkDownSeconds: null, offset: 1_000_000, replicas: [] },
    peers: plan.nodes.map((spec) => peerOf(spec, layout, spec.id === id)),
  };
}

/** A healthy cluster of this layout, seen by all six. */
export function viewOfLayout(plan: ClusterPlan, layout: Layout = plannedLayout(plan)): ClusterView {
  return { at: '2026-01-01T00:00:00.000Z', views: plan.nodes.map((node) => nodeViewOf(plan, layout, node.id)), silent: [] };
}

/** Six running nodes that know nobody. */
export function freshView(plan: ClusterPlan): ClusterView {
  const views = viewOfLayout(plan, []).views.map((one) => ({
    ...one,
    clusterState: 'fail' as const,
    currentEpoch: 0,
    myEpoch: 0,
    slotsAssigned: 0,
    peers: one.peers.filter((peer) => peer.isMyself).map((peer) => ({ ...peer, configEpoch: 0 })),
  }));
  return { at: '2026-01-01T00:00:00.000Z', views, silent: [] };
}

/** The view with one node's answer changed. */
export function withNode(view: ClusterView, node: string, change: (one: NodeView) => NodeView): ClusterView {
  return { ...view, views: view.views.map((one) => (one.node === node ? change(one) : one)) };
}

/** The view with what `node` (or everybody, for null) says of `peer` changed. */
export function withPeer(view: ClusterView, node: string | null, peer: string, change: Partial<PeerView>): ClusterView {
  const edit = (one: NodeView): NodeView => ({
    ...one,
    peers: one.peers.map((line) => (line.redisId === redisIdOf(peer) ? { ...line, ...change } : line)),
  });
  return { ...view, views: view.views.map((one) => (node === null || one.node === node ? edit(one) : one)) };
}

/** The view with replication of one node changed. */
export function withReplication(view: ClusterView, node: string, change: Partial<NodeView['replication']>): ClusterView {
  return withNode(view, node, (one) => ({ ...one, replication: { ...one.replication, ...change } }));
}

/** The view without the answers of some nodes. */
export function withSilent(view: ClusterView, nodes: readonly string[], reason = 'ECONNREFUSED'): ClusterView {
  return {
    ...view,
    views: view.views.filter((one) => !nodes.includes(one.node)),
    silent: [...view.silent, ...nodes.map((node) => ({ node, reason }))],
  };
}
