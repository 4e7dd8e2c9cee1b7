import { nodeSettings } from '../../artifacts/nodeSettings.ts';
import type { ClusterPlan, NodeSpec } from '../../shared/domain/plan.ts';
import type { ClusterView, NodeView, PeerView } from '../../shared/domain/view.ts';
import type { NodeConfigReading, NodeObservation } from '../nodeObservation.ts';
import { examplePlan, logsOf, runningUnits, threeServers } from './exampleFacts.ts';

/** A Redis node id that tells which planned node it is. */
export function redisIdOf(node: Pick<NodeSpec, 'server' | 'dataPort'>): string {
  return `${node.server.slice(-1)}${node.dataPort}`.padEnd(40, 'a');
}

function peerLine(peer: NodeSpec, viewer: NodeSpec, plan: ClusterPlan): PeerView {
  const master = plan.nodes.find((one) => one.id === peer.replicaOf);
  return {
    redisId: redisIdOf(peer),
    address: peer.address,
    dataPort: peer.dataPort,
    busPort: peer.busPort,
    isMyself: peer.id === viewer.id,
    role: peer.role,
    health: 'ok',
    isHandshake: false,
    hasNoAddress: false,
    isNoFailover: false,
    masterRedisId: master === undefined ? null : redisIdOf(master),
    configEpoch: peer.configEpoch,
    isLinkConnected: true,
    slots: peer.slots === null ? [] : [peer.slots],
    openSlots: 0,
  };
}

function nodeView(node: NodeSpec, plan: ClusterPlan): NodeView {
  const follower = plan.nodes.find((one) => one.replicaOf === node.id);
  return {
    node: node.id,
    redisId: redisIdOf(node),
    version: plan.version,
    runId: `run-${node.id}`,
    uptimeSeconds: 3600,
    clusterState: 'ok',
    clusterEnabled: true,
    currentEpoch: 6,
    myEpoch: node.configEpoch,
    slotsAssigned: 16_384,
    slotsFailing: 0,
    keys: 12,
    clients: { connected: 30, limit: 10_000 },
    usedMemoryBytes: 4 * 1024 ** 2,
    role: node.role,
    isLoading: false,
    persistence: { lastSaveOk: true, lastAofWriteOk: true, aofEnabled: true },
    replication: {
      isLinkUp: true,
      isSyncing: false,
      linkDownSeconds: null,
      offset: 1000,
      replicas: follower === undefined ? [] : [{ address: follower.address, dataPort: follower.dataPort, isOnline: true, offset: 1000 }],
    },
    peers: plan.nodes.map((peer) => peerLine(peer, node, plan)),
  };
}

/** What six healthy nodes of a plan say; `change` alters the view of one node, or silences it with null. */
export function exampleView(change: (view: NodeView) => NodeView | null = (view) => view, plan: ClusterPlan = examplePlan()): ClusterView {
  const views = plan.nodes.map((node) => nodeView(node, plan));
  const changed = views.map((view) => ({ node: view.node, view: change(view) }));
  return {
    at: '2026-01-01T00:00:00.000Z',
    views: changed.flatMap(({ view }) => view ?? []),
    silent: changed.flatMap(({ node, view }) => (view === null ? [{ node, reason: 'connection refused' }] : [])),
  };
}

/** A change of what one node says of itself and others. */
export function saying(node: string, differences: (view: NodeView) => Partial<NodeView> | null): (view: NodeView) => NodeView | null {
  return (view) => {
    if (view.node !== node) return view;
    const changed = differences(view);
    return changed === null ? null : { ...view, ...changed };
  };
}

/** A change of what every node says of one peer. */
export function seenAs(peer: string, differences: (line: PeerView) => Partial<PeerView>): (view: NodeView) => NodeView {
  const node = examplePlan().nodes.find((one) => one.id === peer);
  const redisId = node === undefined ? '' : redisIdOf(node);
  return (view) => ({ ...view, peers: view.peers.map((line) => (line.redisId === redisId ? { ...line, ...differences(line) } : line)) });
}

/** The password of the example; no result may show it. */
export const EXAMPLE_PASSWORD = 'correct horse battery staple';

/** What a node of the example answers to CONFIG GET. */
export function exampleReading(
  node: NodeSpec,
  plan: ClusterPlan,
  differences: Readonly<Record<string, string | undefined>> = {},
): NodeConfigReading {
  const settings = nodeSettings(node, plan).flatMap((group) => group.settings.map(({ name, value }) => [name, value] as const));
  const values = new Map<string, string>([...settings, ['requirepass', EXAMPLE_PASSWORD], ['masterauth', EXAMPLE_PASSWORD]]);
  for (const [name, value] of Object.entries(differences)) {
    if (value === undefined) values.delete(name);
    else values.set(name, value);
  }
  return { node: node.id, values };
}

/** Six healthy nodes on three servers as planned. */
export function exampleObservation(known: Partial<NodeObservation> = {}, plan: ClusterPlan = examplePlan()): NodeObservation {
  return {
    view: exampleView(undefined, plan),
    settings: plan.nodes.map((node) => exampleReading(node, plan)),
    facts: threeServers().map((one) => ({ ...one, units: runningUnits(one.server), logs: logsOf(one.server) })),
    pending: new Map(plan.servers.map(({ name }) => [name, []])),
    ...known,
  };
}
