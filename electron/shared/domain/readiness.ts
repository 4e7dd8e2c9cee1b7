import { agreementOf } from './agreement.ts';
import { reasonOf, type ClusterReason } from './clusterReason.ts';
import { coverageOf } from './coverage.ts';
import { nameNodes, ownLine, viewOf } from './layout.ts';
import type { ClusterPlan } from './plan.ts';
import type { ClusterView } from './view.ts';

/**
 * How far a replica's offset may be behind its master's when both were read at about one moment, bytes: what a busy cluster writes between
 * two reads. Where an earlier view is at hand this is not needed, see {@link syncOf}.
 */
export const OFFSET_TOLERANCE_BYTES = 65_536;

/** One replica and how well it follows its master. */
export interface ReplicaSync {
  readonly node: string;
  /** Planned id of the master that it really replicates, where known. */
  readonly master: string | null;
  readonly isInSync: boolean;
  /** Bytes behind the master as far as this view tells; null when one of the two did not answer. */
  readonly lagBytes: number | null;
  readonly reasons: readonly ClusterReason[];
}

/**
 * Judges each node that is a replica now: link up, first copy done, offset caught up. With an `earlier` view the answer is exact: a replica whose
 * offset has reached what its master had then was in sync in between. Without it {@link OFFSET_TOLERANCE_BYTES} is allowed.
 */
export function syncOf(view: ClusterView, plan: ClusterPlan, earlier?: ClusterView): readonly ReplicaSync[] {
  const names = nameNodes(view, plan);
  return view.views.flatMap((one): ReplicaSync[] => {
    const own = ownLine(one);
    if (own?.role !== 'replica') return [];
    const { node, replication } = one;
    const master = names.byRedisId(own.masterRedisId);
    const masterView = master === null ? null : viewOf(view, master);
    const before = master === null || earlier === undefined ? null : viewOf(earlier, master);
    const lagBytes = masterView === null ? null : Math.max(0, masterView.replication.offset - replication.offset);
    // A restart counts offsets anew: then the earlier number says nothing.
    const isComparable = before !== null && before.runId === masterView?.runId;
    const isCaughtUp = isComparable ? replication.offset >= before.replication.offset : (lagBytes ?? 0) <= OFFSET_TOLERANCE_BYTES;
    const reasons: ClusterReason[] = [];
    if (replication.isSyncing) reasons.push(reasonOf('cluster.firstCopy', { node }));
    else if (!replication.isLinkUp) reasons.push(reasonOf('cluster.linkDown', { node }));
    else if (lagBytes === null) reasons.push(reasonOf('cluster.silent', { node: master ?? '-', reason: '-' }));
    else if (!isCaughtUp) reasons.push(reasonOf('cluster.lagging', { node, master: master ?? '-', bytes: lagBytes }));
    return [{ node, master, isInSync: reasons.length === 0, lagBytes, reasons }];
  });
}

/** Every replica in sync, and every owner of slots with a replica. Says nothing of agreement. */
export function syncReasons(view: ClusterView, plan: ClusterPlan, earlier?: ClusterView): readonly ClusterReason[] {
  const syncs = syncOf(view, plan, earlier);
  const copied = new Set(syncs.map((one) => one.master));
  const bare = view.views.filter((one) => (ownLine(one)?.slots.length ?? 0) > 0 && !copied.has(one.node));
  return [...syncs.flatMap((one) => one.reasons), ...bare.map((one) => reasonOf('cluster.noReplica', { node: one.node }))];
}

/**
 * Why the cluster is not formed yet; empty when six views agree on one configuration, all slots are served, and every replica is in sync.
 * `cluster_state` may still be `fail` then: masters say so until 2 s after their start.
 */
export function formingReasons(view: ClusterView, plan: ClusterPlan, earlier?: ClusterView): readonly ClusterReason[] {
  return [...agreementOf(view, plan).reasons, ...coverageOf(view, plan).reasons, ...syncReasons(view, plan, earlier)];
}

/** Whether the cluster is ready in the sense of {@link readinessOf}, and if not, why. */
export interface Readiness {
  readonly isReady: boolean;
  readonly reasons: readonly ClusterReason[];
}

/**
 * Ready: formed, and `cluster_state:ok` on every node. A server that is lost before this is not survived, because a replica that never synced
 * does not stand for election. Says nothing of planned roles: see `rolesOf` and `toleranceOf`.
 */
export function readinessOf(view: ClusterView, plan: ClusterPlan, earlier?: ClusterView): Readiness {
  const failing = view.views.filter((one) => one.clusterState !== 'ok' && one.clusterEnabled && !one.isLoading);
  const reasons = [...formingReasons(view, plan, earlier), ...failing.map((one) => reasonOf('cluster.stateFail', { node: one.node }))];
  return { isReady: reasons.length === 0, reasons };
}
