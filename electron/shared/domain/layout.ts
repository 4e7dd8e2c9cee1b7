import { formatEndpoint } from './address.ts';
import type { ClusterPlan, SlotRange } from './plan.ts';
import type { ClusterView, NodeView, PeerView } from './view.ts';

/** Slot ranges as Redis writes them: `0-5460,7000`; `-` for none. */
export function formatSlots(ranges: readonly SlotRange[]): string {
  if (ranges.length === 0) return '-';
  return ranges.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`)).join(',');
}

/** How many slots some ranges hold together. */
export function countSlots(ranges: readonly SlotRange[]): number {
  return ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

/** The one line in which a node describes itself, or null when it could not tell (loading, no cluster support). */
export function ownLine(view: NodeView): PeerView | null {
  return view.peers.find((peer) => peer.isMyself) ?? null;
}

/** The view of one planned node, or null when it was silent. */
export function viewOf(view: ClusterView, node: string): NodeView | null {
  return view.views.find((one) => one.node === node) ?? null;
}

/** Knows which planned node a Redis node id belongs to. */
export interface NodeNames {
  /** The planned id of a peer, or null: a foreign node, or one that no longer exists. */
  plannedOf(peer: { readonly redisId: string; readonly address: string; readonly dataPort: number }): string | null;
  /** The planned id of a Redis node id, or null. */
  byRedisId(redisId: string | null): string | null;
  /** A name for people: the planned id, else the address, else the start of the Redis node id. */
  show(peer: { readonly redisId: string; readonly address: string; readonly dataPort: number }): string;
}

/**
 * Relates Redis node ids to planned nodes. A node that answers is known by the id it gives itself: an entry with another id at its address
 * is a ghost. For a silent one the address that its peers know decides.
 */
export function nameNodes(view: ClusterView, plan: ClusterPlan): NodeNames {
  const byId = new Map(view.views.filter((one) => one.redisId !== '').map((one) => [one.redisId, one.node]));
  const answering = new Set(byId.values());
  const byPlace = new Map(plan.nodes.map((node) => [formatEndpoint({ address: node.address, port: node.dataPort }), node.id]));
  for (const peer of view.views.flatMap((one) => one.peers)) {
    const planned = byPlace.get(formatEndpoint({ address: peer.address, port: peer.dataPort }));
    if (planned !== undefined && !answering.has(planned) && !peer.isHandshake && !peer.hasNoAddress) byId.set(peer.redisId, planned);
  }
  const plannedOf = (peer: { readonly redisId: string }): string | null => byId.get(peer.redisId) ?? null;
  return {
    plannedOf,
    byRedisId: (redisId) => (redisId === null ? null : (byId.get(redisId) ?? null)),
    show: (peer) =>
      plannedOf(peer) ?? (peer.address === '' ? peer.redisId.slice(0, 8) : formatEndpoint({ address: peer.address, port: peer.dataPort })),
  };
}

/** What identifies a configuration: for every proved member its address, role, master, slots and, for owners of slots, the epoch. */
function signatureOf(view: NodeView): string {
  return view.peers
    .filter((peer) => !peer.isHandshake && !peer.hasNoAddress)
    .map(({ redisId, address, dataPort, busPort, role, masterRedisId, slots, configEpoch }) => {
      const place = `${formatEndpoint({ address, port: dataPort })}@${busPort}`;
      // A replica's epoch is shown as its master's by newer versions and as its own by older ones.
      const epoch = slots.length > 0 ? configEpoch : '-';
      return `${redisId} ${place} ${role} ${masterRedisId ?? '-'} ${epoch} ${formatSlots(slots)}`;
    })
    .toSorted()
    .join('\n');
}

/** The configuration that most answering nodes share. */
export interface Reference {
  readonly signature: string;
  readonly peers: readonly PeerView[];
  /** Planned ids of the nodes that share it. */
  readonly holders: readonly string[];
}

/** The configuration that most nodes share; among equals the one with the newest epoch, then the first. Null when no node can tell. */
export function referenceOf(view: ClusterView): Reference | null {
  const groups = new Map<string, NodeView[]>();
  for (const one of view.views) {
    if (one.peers.length === 0) continue;
    const signature = signatureOf(one);
    groups.set(signature, [...(groups.get(signature) ?? []), one]);
  }
  const epochOf = (group: readonly NodeView[]): number => Math.max(...group.map((one) => one.currentEpoch));
  const [best] = [...groups].toSorted(([, a], [, b]) => b.length - a.length || epochOf(b) - epochOf(a));
  if (best === undefined) return null;
  const [signature, holders] = best;
  return { signature, peers: holders[0]?.peers ?? [], holders: holders.map((one) => one.node) };
}
