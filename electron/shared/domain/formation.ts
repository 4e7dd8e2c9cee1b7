import { reasonOf, type ClusterReason } from './clusterReason.ts';
import { fail, type FailureError } from './failure.ts';
import { countSlots, formatSlots, nameNodes, ownLine, viewOf, type NodeNames } from './layout.ts';
import type { ClusterPlan, NodeSpec, SlotRange } from './plan.ts';
import { nodeSubject } from './subject.ts';
import type { ClusterView, NodeView, PeerView } from './view.ts';

/**
 * While forming, gossip must be fast: it spreads by pings, one random node a second and otherwise every half node timeout. With the usual 5000 ms
 * six views agree after about 3 s, with 300 ms after about 0.3 s. Only an empty cluster gets it, and only until it is formed.
 */
export const FORMING_NODE_TIMEOUT_MS = 300;

/** One command that forms the cluster, as data: `plan` shows it, forming sends it. Nodes are named by their planned ids. */
export type ClusterCommand =
  | { readonly kind: 'setConfigEpoch'; readonly node: string; readonly epoch: number }
  | { readonly kind: 'addSlots'; readonly node: string; readonly slots: SlotRange }
  | { readonly kind: 'forget'; readonly node: string; readonly redisId: string }
  | { readonly kind: 'meet'; readonly node: string; readonly peer: string }
  | { readonly kind: 'replicate'; readonly node: string; readonly master: string };

/** The command as it is sent, with planned ids in the place of Redis node ids. */
export function formatClusterCommand(command: ClusterCommand, plan: ClusterPlan): string {
  switch (command.kind) {
    case 'setConfigEpoch':
      return `CLUSTER SET-CONFIG-EPOCH ${command.epoch}`;
    case 'addSlots':
      return `CLUSTER ADDSLOTSRANGE ${command.slots.first} ${command.slots.last}`;
    case 'forget':
      return `CLUSTER FORGET ${command.redisId}`;
    case 'meet': {
      const peer = plan.nodes.find((node) => node.id === command.peer);
      return `CLUSTER MEET ${peer?.address ?? command.peer} ${peer?.dataPort ?? ''} ${peer?.busPort ?? ''}`.trimEnd();
    }
    case 'replicate':
      return `CLUSTER REPLICATE <${command.master}>`;
  }
}

/** All commands that form the planned cluster out of six fresh nodes, in order: what `plan` shows before anything runs. */
export function formationFromScratch(plan: ClusterPlan): readonly ClusterCommand[] {
  return [
    ...plan.nodes.map((node): ClusterCommand => ({ kind: 'setConfigEpoch', node: node.id, epoch: node.configEpoch })),
    ...plan.nodes.flatMap((node): ClusterCommand[] =>
      node.slots === null ? [] : [{ kind: 'addSlots', node: node.id, slots: node.slots }],
    ),
    ...plan.nodes.flatMap((node) =>
      plan.nodes.filter((peer) => peer !== node).map((peer): ClusterCommand => ({ kind: 'meet', node: node.id, peer: peer.id })),
    ),
    ...plan.nodes.flatMap((node): ClusterCommand[] =>
      node.replicaOf === null ? [] : [{ kind: 'replicate', node: node.id, master: node.replicaOf }],
    ),
  ];
}

function isAtPlannedPlace(peer: PeerView, plan: ClusterPlan): boolean {
  return plan.nodes.some((node) => node.address === peer.address && node.dataPort === peer.dataPort);
}

/** Planned nodes that a view knows beside itself, handshakes not counted. */
function knownPeers(view: NodeView, names: NodeNames): readonly string[] {
  return view.peers.flatMap((peer) => {
    const planned = peer.isMyself || peer.isHandshake ? null : names.plannedOf(peer);
    return planned === null ? [] : [planned];
  });
}

/** Slots of `ranges` outside `within`. */
function outside(ranges: readonly SlotRange[], within: SlotRange): readonly SlotRange[] {
  return ranges.flatMap(({ first, last }) =>
    [
      { first, last: Math.min(last, within.first - 1) },
      { first: Math.max(first, within.last + 1), last },
    ].filter((range) => range.first <= range.last),
  );
}

/** The planned range of the shard that a node belongs to. */
function shardSlots(plan: ClusterPlan, spec: NodeSpec): SlotRange {
  return plan.nodes.find((node) => node.shard === spec.shard && node.slots !== null)?.slots ?? { first: 0, last: -1 };
}

/**
 * Why Triad must not form a cluster of these nodes, or null. Refused are nodes without cluster support, nodes that know others than the planned ones,
 * keys on a node that is not yet among most of its planned peers (forming could discard them), and slots served by another shard than planned.
 */
export function formationRefusal(view: ClusterView, plan: ClusterPlan): FailureError | null {
  const names = nameNodes(view, plan);
  for (const spec of plan.nodes) {
    const one = viewOf(view, spec.id);
    if (one === null) continue;
    const node = spec.id;
    const subject = nodeSubject(spec.server, spec.dataPort);
    if (!one.clusterEnabled) return fail('redis.foreign', subject, { values: { node }, evidence: 'redis_mode is not cluster' });
    const foreign = one.peers.filter(
      (peer) => !peer.isMyself && names.plannedOf(peer) === null && !peer.hasNoAddress && !isAtPlannedPlace(peer, plan),
    );
    if (foreign.length > 0)
      return fail('cluster.foreignNodes', subject, { values: { node, nodes: foreign.map((peer) => names.show(peer)).join(', ') } });
    if (one.keys > 0 && knownPeers(one, names).length < plan.nodes.length / 2)
      return fail('redis.holdsKeys', subject, { values: { node, keys: one.keys } });
    const strange = outside(ownLine(one)?.slots ?? [], shardSlots(plan, spec));
    if (strange.length > 0)
      return fail('cluster.foreignNodes', subject, {
        values: { node, nodes: `${node} (${formatSlots(strange)})` },
        evidence: `slots ${formatSlots(strange)} are planned for another shard`,
      });
  }
  return null;
}

/** What is missing to form the cluster. */
export interface FormationNeed {
  readonly commands: readonly ClusterCommand[];
  /** What only time can resolve: nothing is sent about it. */
  readonly waiting: readonly ClusterReason[];
}

/** The node of a shard that owns its slots by its own word, or would, were it told to; null while that is not clear. */
function ownerOf(
  pair: readonly NodeSpec[],
  view: ClusterView,
): { readonly owner: NodeSpec | null; readonly reasons: readonly ClusterReason[] } {
  const claims = pair.filter((spec) => countSlots(lineIn(view, spec)?.slots ?? []) > 0);
  const planned = pair.find((spec) => spec.role === 'master') ?? null;
  const [first, second] = claims;
  if (first === undefined) {
    // Slots that somebody still ascribes to a node must not be given to another: its replica may hold the data and be about to take over.
    const range = planned?.slots ?? { first: 0, last: -1 };
    const isClaimed = view.views.some((one) =>
      one.peers.some((peer) => peer.slots.some((slots) => slots.first <= range.last && slots.last >= range.first)),
    );
    return isClaimed
      ? { owner: null, reasons: [reasonOf('cluster.slotsUncovered', { count: countSlots([range]), slots: formatSlots([range]) })] }
      : { owner: planned, reasons: [] };
  }
  if (second === undefined) return { owner: first, reasons: [] };
  const slots = formatSlots(lineIn(view, first)?.slots ?? []);
  return { owner: null, reasons: [reasonOf('cluster.slotsTwice', { node: first.id, peer: second.id, slots })] };
}

function lineIn(view: ClusterView, spec: NodeSpec): PeerView | null {
  const one = viewOf(view, spec.id);
  return one === null ? null : ownLine(one);
}

/**
 * The commands that are still missing, given what the six nodes say now. A shard whose nodes exchanged their roles is complete: the one that owns
 * the slots stays their master, the other becomes its replica. Assumes that {@link formationRefusal} found nothing.
 */
export function formationNeed(view: ClusterView, plan: ClusterPlan): FormationNeed {
  const names = nameNodes(view, plan);
  const commands: ClusterCommand[] = [];
  const waiting: ClusterReason[] = [];
  const replications: ClusterCommand[] = [];

  for (const spec of plan.nodes) {
    const one = viewOf(view, spec.id);
    // Redis takes an epoch only from a node that has none and knows nobody. A node that met others before gets a distinct one from Redis, in time.
    if (one !== null && one.peers.length === 1 && one.myEpoch === 0 && one.currentEpoch === 0)
      commands.push({ kind: 'setConfigEpoch', node: spec.id, epoch: spec.configEpoch });
  }

  for (const master of plan.nodes.filter((node) => node.role === 'master')) {
    const pair = plan.nodes.filter((node) => node.shard === master.shard);
    const { owner, reasons } = ownerOf(pair, view);
    waiting.push(...reasons);
    const ownerLine = owner === null ? null : lineIn(view, owner);
    if (owner === null || ownerLine === null || master.slots === null) continue;
    for (const slots of missingSlots(master.slots, ownerLine.slots)) commands.push({ kind: 'addSlots', node: owner.id, slots });
    for (const other of pair) {
      const line = other === owner ? null : lineIn(view, other);
      if (line === null || (line.role === 'replica' && line.masterRedisId === ownerLine.redisId)) continue;
      const current = names.byRedisId(line.masterRedisId);
      // A replica whose present master does not answer may hold the only copy of its data: nothing is sent to it.
      if (line.role === 'replica' && (current === null || viewOf(view, current) === null))
        waiting.push(
          reasonOf('cluster.replicatesAnother', { node: other.id, expected: owner.id, observed: current ?? line.masterRedisId ?? '-' }),
        );
      else replications.push({ kind: 'replicate', node: other.id, master: owner.id });
    }
  }

  const masterIds = new Set(view.views.map((one) => ownLine(one)?.masterRedisId));
  for (const one of view.views) {
    const known = new Set(knownPeers(one, names));
    const greeted = one.peers.filter((peer) => peer.isHandshake);
    for (const peer of one.peers) {
      // A former node of this cluster that came back under another id (its nodes.conf was lost): it owns nothing and nobody replicates it.
      const isGhost = !peer.isMyself && !peer.isHandshake && names.plannedOf(peer) === null;
      if (isGhost && peer.slots.length === 0 && !masterIds.has(peer.redisId))
        commands.push({ kind: 'forget', node: one.node, redisId: peer.redisId });
    }
    for (const spec of plan.nodes) {
      const isGreeted = greeted.some((peer) => peer.address === spec.address && peer.dataPort === spec.dataPort);
      if (spec.id !== one.node && !known.has(spec.id) && !isGreeted) commands.push({ kind: 'meet', node: one.node, peer: spec.id });
    }
  }
  return { commands: [...commands, ...replications], waiting };
}

/** The parts of `planned` that `owned` does not hold. */
function missingSlots(planned: SlotRange, owned: readonly SlotRange[]): readonly SlotRange[] {
  let rest: readonly SlotRange[] = [planned];
  for (const range of owned) rest = outside(rest, range);
  return rest;
}

/** Whether clients may be using the cluster: then nothing is done to it that only suits an empty one. */
export function isInService(view: ClusterView): boolean {
  return view.views.some((one) => one.keys > 0 || one.clusterState === 'ok');
}
