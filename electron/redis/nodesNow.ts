import { nodeIdOf, type ClusterPlan } from '../shared/domain/plan.ts';
import type { LayoutNode, LayoutState } from '../shared/domain/reportLayout.ts';
import type { PeerView } from '../shared/domain/view.ts';
import type { Glance } from './failoverMarks.ts';

/** What a watch has seen so far. */
export interface Seen {
  /** The latest answer of each node, by planned id. */
  readonly glances: ReadonlyMap<string, Glance>;
  /** Planned ids of nodes that have not answered since then. */
  readonly silent: ReadonlySet<string>;
  /** Planned ids of the nodes that were hit; none before the fault. A silent one of them is lost, and not only unknown. */
  readonly lost: readonly string[];
}

/**
 * The planned nodes as the latest glances show them, for a picture. Pure. What a node says of itself counts first; of a silent one, what those who
 * answer say, the highest configuration epoch above all. Nodes that no glance shows yet come as `unknown`.
 */
export function nodesNow(plan: ClusterPlan, seen: Seen): LayoutNode[] {
  const idOf = new Map<string, string>();
  for (const [node, { peers }] of seen.glances) {
    const own = peers.find((peer) => peer.isMyself);
    if (own !== undefined) idOf.set(own.redisId, node);
  }
  const answering = [...seen.glances.values()].filter(({ node }) => !seen.silent.has(node));
  const nodes = plan.nodes.map((spec): LayoutNode => {
    const glance = answering.find(({ node }) => node === spec.id);
    const opinions = answering
      .filter(({ node }) => node !== spec.id)
      .flatMap(({ peers }) => peers.filter((peer) => !peer.isMyself && idOf.get(peer.redisId) === spec.id));
    const told = glance?.peers.find((peer) => peer.isMyself) ?? latest(opinions);
    const role = told?.role ?? null;
    const slots = role === 'master' ? (told?.slots ?? []) : [];
    const master = told?.masterRedisId ?? null;
    return {
      id: nodeIdOf(spec.server, spec.dataPort),
      server: spec.server,
      port: spec.dataPort,
      shard: spec.shard,
      role,
      state: stateOf(glance !== undefined, opinions, seen.lost.includes(spec.id)),
      slots,
      replicaOf: role === 'replica' && master !== null ? (idOf.get(master) ?? null) : null,
      isLinkUp: role === 'replica' && glance !== undefined ? glance.isLinkUp : null,
      tookOver: spec.role === 'replica' && slots.length > 0,
    };
  });
  return nodes.map((node) =>
    node.role === 'replica' ? { ...node, slots: nodes.find(({ id }) => id === node.replicaOf)?.slots ?? [] } : node,
  );
}

function stateOf(answers: boolean, opinions: readonly PeerView[], isHit: boolean): LayoutState {
  if (!answers && isHit) return 'lost';
  const failed = opinions.filter((peer) => peer.health === 'fail').length;
  if (failed > 0 && (!answers || failed * 2 > opinions.length)) return 'lost';
  if (opinions.some((peer) => peer.health !== 'ok')) return 'suspected';
  return answers ? 'up' : 'unknown';
}

function latest(opinions: readonly PeerView[]): PeerView | undefined {
  let best: PeerView | undefined;
  for (const one of opinions) if (best === undefined || one.configEpoch > best.configEpoch) best = one;
  return best;
}
