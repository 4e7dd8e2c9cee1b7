import { reasonOf, type ClusterReason } from './clusterReason.ts';
import { formatSlots, nameNodes, ownLine, referenceOf, viewOf } from './layout.ts';
import type { ClusterPlan, NodeRole, NodeSpec, SlotRange } from './plan.ts';
import type { ClusterView, PeerView } from './view.ts';

/** What one planned node is, compared with the plan. */
export interface NodeStanding {
  readonly node: string;
  /**
   * `roleDiffers`: master and replica are exchanged, as after a failover. `replicatesAnother`: a replica, but of another master than planned.
   * `slotsDiffer`: a master that serves other slots. `unknown`: neither the node nor its peers can tell.
   */
  readonly standing: 'asPlanned' | 'roleDiffers' | 'replicatesAnother' | 'slotsDiffer' | 'unknown';
  readonly planned: NodeRole;
  readonly observed: NodeRole | null;
  /** Planned id of the master that it really replicates, where known. */
  readonly replicates: string | null;
  readonly slots: readonly SlotRange[];
  readonly reason: ClusterReason | null;
}

/** What a node says of itself; for a silent node what most others say of it. Null when nobody can tell. */
export function lineOf(view: ClusterView, plan: ClusterPlan, node: string): PeerView | null {
  const own = viewOf(view, node);
  if (own !== null) return ownLine(own);
  const names = nameNodes(view, plan);
  return referenceOf(view)?.peers.find((peer) => names.plannedOf(peer) === node) ?? null;
}

function standingOf(spec: NodeSpec, line: PeerView, replicates: string | null): Pick<NodeStanding, 'standing' | 'reason'> {
  const { id: node } = spec;
  if (line.role !== spec.role)
    return { standing: 'roleDiffers', reason: reasonOf('cluster.roleNotAsPlanned', { node, expected: spec.role, observed: line.role }) };
  if (spec.role === 'replica') {
    if (replicates === spec.replicaOf) return { standing: 'asPlanned', reason: null };
    const values = { node, expected: spec.replicaOf ?? '-', observed: replicates ?? '-' };
    return { standing: 'replicatesAnother', reason: reasonOf('cluster.replicatesAnother', values) };
  }
  const [expected, observed] = [formatSlots(spec.slots === null ? [] : [spec.slots]), formatSlots(line.slots)];
  return expected === observed
    ? { standing: 'asPlanned', reason: null }
    : { standing: 'slotsDiffer', reason: reasonOf('cluster.slotsNotAsPlanned', { node, expected, observed }) };
}

/** Compares the role, master and slots of every planned node with the plan, in the plan's order. */
export function rolesOf(view: ClusterView, plan: ClusterPlan): readonly NodeStanding[] {
  const names = nameNodes(view, plan);
  return plan.nodes.map((spec) => {
    const line = lineOf(view, plan, spec.id);
    const planned = spec.role;
    if (line === null) {
      const reason = reasonOf('cluster.silent', { node: spec.id, reason: view.silent.find((one) => one.node === spec.id)?.reason ?? '-' });
      return { node: spec.id, standing: 'unknown', planned, observed: null, replicates: null, slots: [], reason };
    }
    const replicates = names.byRedisId(line.masterRedisId);
    return { node: spec.id, planned, observed: line.role, replicates, slots: line.slots, ...standingOf(spec, line, replicates) };
  });
}

/** Whether every node has its planned role, master and slots. */
export function areRolesAsPlanned(view: ClusterView, plan: ClusterPlan): boolean {
  return rolesOf(view, plan).every((one) => one.standing === 'asPlanned');
}

/** A switchover that would give a planned master its role back. */
export interface PlannedSwitchover {
  readonly shard: number;
  /** Planned id of the node that is master now. */
  readonly from: string;
  /** Planned id of the planned master. */
  readonly to: string;
}

/** The switchovers that restore planned roles, in the order in which they are made; roles that no switchover within a shard restores are not among them. */
export function plannedSwitchovers(view: ClusterView, plan: ClusterPlan): readonly PlannedSwitchover[] {
  const standings = rolesOf(view, plan);
  return plan.nodes.flatMap((spec): readonly PlannedSwitchover[] => {
    const standing = standings.find((one) => one.node === spec.id);
    const partner = plan.nodes.find((one) => one.replicaOf === spec.id)?.id;
    const isExchanged = spec.role === 'master' && standing?.observed === 'replica' && standing.replicates === partner;
    return isExchanged && partner !== undefined ? [{ shard: spec.shard, from: partner, to: spec.id }] : [];
  });
}
