import { reasonOf, type ClusterReason } from './clusterReason.ts';
import { evacuationsOf, mastersOn } from './evacuation.ts';
import type { ClusterPlan } from './plan.ts';
import { readinessOf } from './readiness.ts';
import type { ClusterView } from './view.ts';

/**
 * Why a server must not be taken away now; empty where it may be. The cluster must be ready (six views agree, every slot served, every replica
 * in sync: with one already lagging, the absence would leave a shard with one copy that may be old), and every master on the server needs a replica on another.
 */
export function maintenanceRefusals(view: ClusterView, plan: ClusterPlan, server: string, earlier?: ClusterView): readonly ClusterReason[] {
  const moving = new Set(evacuationsOf(view, plan, server).map(({ from }) => from));
  const stuck = mastersOn(view, plan, server).filter((node) => !moving.has(node));
  return [...readinessOf(view, plan, earlier).reasons, ...stuck.map((node) => reasonOf('cluster.noReplica', { node }))];
}
