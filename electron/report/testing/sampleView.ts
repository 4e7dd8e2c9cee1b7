import type { ClusterPlan, NodeSpec } from '../../shared/domain/plan.ts';
import type { ClusterView, NodeView, PeerView } from '../../shared/domain/view.ts';

/** How a sample view differs from the plan. */
export interface SampleViewOptions {
  readonly at?: string;
  /** A server whose two nodes are down and agreed to be; the replica of its master has taken over. */
  readonly lost?: string;
  /** The same failover, but the server is back: its former master copies from the one that took over. */
  readonly returned?: string;
  /** Nodes that did not answer although nobody misses them. */
  readonly silent?: readonly string[];
}

/** A Redis node id that is the same in every run. */
export function sampleRedisId(plan: ClusterPlan, node: string): string {
  const place = plan.nodes.findIndex((one) => one.id === node) + 1;
  return `${place}`.repeat(40);
}

/** The views of all six nodes at one moment, as planned or after a failover. */
export function sampleView(plan: ClusterPlan, options: SampleViewOptions = {}): ClusterView {
  const { at = '2026-03-14T22:05:10.000Z', lost = null, returned = null, silent = [] } = options;
  const failed = lost ?? returned;
  const isDown = (node: NodeSpec): boolean => node.server === lost;
  const successorOf = (master: NodeSpec): NodeSpec | undefined => plan.nodes.find((one) => one.replicaOf === master.id);
  const formerMaster = plan.nodes.find((node) => node.server === failed && node.role === 'master');
  const successor = formerMaster === undefined ? undefined : successorOf(formerMaster);

  const roleOf = (node: NodeSpec): 'master' | 'replica' => {
    if (node.id === successor?.id) return 'master';
    // A lost master keeps calling itself one in the others' lists; once it is back it has become a replica.
    return node.id === formerMaster?.id && returned !== null ? 'replica' : node.role;
  };
  const slotsOf = (node: NodeSpec): PeerView['slots'] => {
    if (node.id === successor?.id) return [formerMaster?.slots ?? []].flat();
    return node.id === formerMaster?.id || node.slots === null ? [] : [node.slots];
  };
  const masterOf = (node: NodeSpec): string | null => {
    if (roleOf(node) === 'master') return null;
    const master = node.id === formerMaster?.id ? (successor?.id ?? null) : node.replicaOf;
    return master === null ? null : sampleRedisId(plan, master);
  };

  const peer = (node: NodeSpec, seenBy: NodeSpec): PeerView => ({
    redisId: sampleRedisId(plan, node.id),
    address: node.address,
    dataPort: node.dataPort,
    busPort: node.busPort,
    isMyself: node.id === seenBy.id,
    role: roleOf(node),
    health: isDown(node) ? 'fail' : 'ok',
    isHandshake: false,
    isNoFailover: false,
    hasNoAddress: false,
    masterRedisId: masterOf(node),
    configEpoch: node.id === successor?.id ? 7 : node.configEpoch,
    isLinkConnected: !isDown(node),
    slots: slotsOf(node),
    openSlots: 0,
  });

  const view = (node: NodeSpec): NodeView => ({
    node: node.id,
    redisId: sampleRedisId(plan, node.id),
    version: plan.version,
    runId: `run-of-${node.id}`,
    uptimeSeconds: 3600,
    clusterState: 'ok',
    clusterEnabled: true,
    currentEpoch: failed === null ? 6 : 7,
    myEpoch: node.id === successor?.id ? 7 : node.configEpoch,
    slotsAssigned: 16_384,
    slotsFailing: 0,
    keys: 1200,
    usedMemoryBytes: 9 * 1024 ** 2,
    role: roleOf(node),
    isLoading: false,
    persistence: { lastSaveOk: true, lastAofWriteOk: true, aofEnabled: true },
    replication: {
      isLinkUp: !plan.nodes.some((one) => one.id === node.replicaOf && isDown(one)),
      isSyncing: false,
      linkDownSeconds: null,
      offset: 48_211,
      replicas: [],
    },
    peers: plan.nodes.map((one) => peer(one, node)),
  });

  const answering = plan.nodes.filter((node) => !isDown(node) && !silent.includes(node.id));
  return {
    at,
    views: answering.map((node) => view(node)),
    silent: plan.nodes.filter((node) => !answering.includes(node)).map((node) => ({ node: node.id, reason: 'connection refused' })),
  };
}
