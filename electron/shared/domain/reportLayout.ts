import { z } from 'zod';
import { NodeRole, SlotRange, type ClusterPlan, type NodeSpec } from './plan.ts';
import type { ClusterView, NodeView, PeerView } from './view.ts';

/**
 * How a node stood. `lost`: a majority of the views that answered call it failed. `suspected`: at least one of them misses it.
 * `unknown`: it did not answer us and nobody accuses it, so nothing is proved. `planned`: it was not looked at yet.
 */
export const LayoutState = z.enum(['up', 'suspected', 'lost', 'unknown', 'planned']);
export type LayoutState = z.infer<typeof LayoutState>;

/** One Redis process as a picture needs it. */
export const LayoutNode = z.object({
  /** `server:port`, as in the plan. */
  id: z.string(),
  server: z.string(),
  port: z.number().int(),
  shard: z.number().int(),
  /** The role it had; null when nobody could tell. */
  role: NodeRole.nullable(),
  state: LayoutState,
  /** Slots that it served as master; for a replica the slots that it copies. */
  slots: z.array(SlotRange),
  /** `id` of the node that it copied, for a replica. */
  replicaOf: z.string().nullable(),
  /** For a replica: whether the link to its master was up and the first copy done; null for a master or when nobody could tell. */
  isLinkUp: z.boolean().nullable(),
  /** Planned as a replica, but a master with slots at this moment. */
  tookOver: z.boolean(),
});
export type LayoutNode = z.infer<typeof LayoutNode>;

/** Where the six processes stood at one moment, and which single server could have been lost then. */
export const ClusterLayout = z
  .object({
    moment: z.enum(['planned', 'before', 'during', 'after']),
    /** UTC; null for a layout that is only planned. */
    at: z.string().nullable(),
    servers: z.array(z.object({ name: z.string(), address: z.string(), state: z.enum(['up', 'partly', 'lost', 'unknown', 'planned']) })),
    nodes: z.array(LayoutNode),
    /** For each server, whether the cluster as it stood would have survived its loss; null when nobody could tell. */
    survives: z.array(z.object({ server: z.string(), survives: z.boolean().nullable() })),
  })
  .meta({ id: 'layout', description: 'Where the six processes stood at one moment.' });
export type ClusterLayout = z.infer<typeof ClusterLayout>;

type LayoutMoment = ClusterLayout['moment'];

/** The layout that a plan asks for; nothing in it was observed. */
export function plannedLayout(plan: ClusterPlan): ClusterLayout {
  const nodes = plan.nodes.map((node): LayoutNode => ({
    id: node.id,
    server: node.server,
    port: node.dataPort,
    shard: node.shard,
    role: node.role,
    state: 'planned',
    slots: slotsOfShard(plan, node.shard),
    replicaOf: node.replicaOf,
    isLinkUp: null,
    tookOver: false,
  }));
  return layoutOfNodes(plan, 'planned', null, nodes);
}

/**
 * What the views of one moment say, told in the words of the plan. A node's own view counts first; of a silent node, what the others say.
 * Nodes that are not planned do not appear: they are the business of a check.
 */
export function layoutOf(plan: ClusterPlan, view: ClusterView, moment: LayoutMoment): ClusterLayout {
  const idOf = redisIdsOf(plan, view);
  const observed = plan.nodes.map((node): LayoutNode => {
    const own = view.views.find((one) => one.node === node.id);
    const myself = own?.peers.find((peer) => peer.isMyself);
    const opinions = view.views
      .filter((one) => one.node !== node.id)
      .flatMap((one) => one.peers.filter((peer) => !peer.isMyself && idOf.get(peer.redisId) === node.id));
    const told = own === undefined ? latest(opinions) : myself;
    const role = own?.role ?? told?.role ?? null;
    const masterRedisId = told?.masterRedisId ?? null;
    return {
      id: node.id,
      server: node.server,
      port: node.dataPort,
      shard: node.shard,
      role,
      state: stateOf(own, opinions),
      slots: role === 'master' ? (told?.slots ?? []) : [],
      replicaOf: role === 'replica' && masterRedisId !== null ? (idOf.get(masterRedisId) ?? null) : null,
      isLinkUp: role === 'replica' && own !== undefined ? own.replication.isLinkUp : null,
      tookOver: node.role === 'replica' && role === 'master' && (told?.slots.length ?? 0) > 0,
    };
  });
  const nodes = observed.map((node) =>
    node.role === 'replica' ? { ...node, slots: observed.find((one) => one.id === node.replicaOf)?.slots ?? [] } : node,
  );
  return layoutOfNodes(plan, moment, view.at, nodes);
}

/** Redis node ids by planned node: a node's own word first, then the address that others know it by. */
function redisIdsOf(plan: ClusterPlan, view: ClusterView): ReadonlyMap<string, string> {
  const idOf = new Map<string, string>();
  const planned = new Map(plan.nodes.map((node) => [endpointKey(node.address, node.dataPort), node.id]));
  for (const one of view.views)
    for (const peer of one.peers) {
      const id = planned.get(endpointKey(peer.address, peer.dataPort));
      if (id !== undefined) idOf.set(peer.redisId, id);
    }
  for (const one of view.views) idOf.set(one.redisId, one.node);
  return idOf;
}

function endpointKey(address: string, port: number): string {
  return `${address} ${port}`;
}

/** Of several descriptions the one with the highest configuration epoch: that is how Redis itself settles a contradiction. */
function latest(opinions: readonly PeerView[]): PeerView | undefined {
  let best: PeerView | undefined;
  for (const one of opinions) if (best === undefined || one.configEpoch > best.configEpoch) best = one;
  return best;
}

function stateOf(own: NodeView | undefined, opinions: readonly PeerView[]): LayoutState {
  const failed = opinions.filter((one) => one.health === 'fail').length;
  if (failed > 0 && (own === undefined || failed * 2 > opinions.length)) return 'lost';
  if (opinions.some((one) => one.health !== 'ok')) return 'suspected';
  return own === undefined ? 'unknown' : 'up';
}

function slotsOfShard(plan: ClusterPlan, shard: number): SlotRange[] {
  return plan.nodes.flatMap((node: NodeSpec) => (node.shard === shard && node.slots !== null ? [node.slots] : []));
}

/** A layout made of six nodes that were looked at by other means than a {@link ClusterView}; servers and tolerance follow from them. */
export function layoutOfNodes(plan: ClusterPlan, moment: LayoutMoment, at: string | null, nodes: LayoutNode[]): ClusterLayout {
  return {
    moment,
    at,
    servers: plan.servers.map(({ name, address }) => ({ name, address, state: serverState(nodes.filter((node) => node.server === name)) })),
    nodes,
    survives: plan.servers.map(({ name }) => ({ server: name, survives: survivesLossOf(nodes, name) })),
  };
}

function serverState(nodes: readonly LayoutNode[]): ClusterLayout['servers'][number]['state'] {
  if (nodes.every((node) => node.state === 'planned')) return 'planned';
  if (nodes.every((node) => node.state === 'lost')) return 'lost';
  if (nodes.some((node) => node.state === 'lost' || node.state === 'suspected')) return 'partly';
  return nodes.some((node) => node.state === 'unknown') ? 'unknown' : 'up';
}

/**
 * Whether the cluster goes on without `server`: a majority of the masters with slots must stay, and every master that goes must have a
 * replica in sync elsewhere. Null when a node that matters could not be observed.
 */
function survivesLossOf(nodes: readonly LayoutNode[], server: string): boolean | null {
  if (nodes.some((node) => node.state === 'unknown' || node.role === null)) return null;
  const isPlan = nodes.every((node) => node.state === 'planned');
  const works = (node: LayoutNode): boolean => node.state === 'up' || node.state === 'planned';
  const masters = nodes.filter((node) => node.role === 'master' && node.slots.length > 0);
  const staying = masters.filter((node) => node.server !== server && works(node));
  if (masters.length === 0 || staying.length * 2 <= masters.length) return false;
  return masters
    .filter((node) => node.server === server || !works(node))
    .every((master) =>
      nodes.some((node) => node.replicaOf === master.id && node.server !== server && works(node) && (isPlan || node.isLinkUp === true)),
    );
}
