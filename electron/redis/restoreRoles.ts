import type { ClusterReason } from '../shared/domain/clusterReason.ts';
import { fail } from '../shared/domain/failure.ts';
import type { ClusterPlan } from '../shared/domain/plan.ts';
import { formingReasons } from '../shared/domain/readiness.ts';
import { areRolesAsPlanned, plannedSwitchovers, rolesOf, type NodeStanding, type PlannedSwitchover } from '../shared/domain/roles.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import type { ClusterView } from '../shared/domain/view.ts';
import { say } from '../shared/messages/message.ts';
import type { RedisNodes } from './clusterView.ts';
import { secondLook, switchOver, type SwitchoverOptions, type SwitchoverResult } from './switchOver.ts';

/** The planned master to give its role back to next, or null when all roles are as planned. */
function nextOf(view: ClusterView, plan: ClusterPlan): PlannedSwitchover | null {
  const standings = rolesOf(view, plan);
  const off = standings.filter((one) => one.standing !== 'asPlanned');
  if (off.length === 0) return null;
  const [next] = plannedSwitchovers(view, plan);
  if (next !== undefined) return next;
  throw fail('cluster.rolesNotAsPlanned', clusterSubject, { values: { reason: reasonsOf(off) }, evidence: reasonsOf(off) });
}

function reasonsOf(standings: readonly NodeStanding[]): string {
  return standings.flatMap(({ reason }) => (reason === null ? [] : [say(reason)])).join('; ');
}

/**
 * Gives every planned master its role back by planned switchovers, one at a time, lowest shard first. Does nothing when all roles are as planned.
 *
 * Fails with `cluster.rolesNotAsPlanned` (roles that no switchover within a shard can restore) and with what `switchOver` fails with.
 */
export async function restoreRoles(nodes: RedisNodes, plan: ClusterPlan, options: SwitchoverOptions): Promise<SwitchoverResult> {
  return switchOver(
    nodes,
    plan,
    {
      isReached: (view) => areRolesAsPlanned(view, plan),
      obstacles: (view, earlier) => stableReasons(view, plan, earlier),
      next: (view) => nextOf(view, plan),
    },
    options,
  );
}

/**
 * Whether roles can be concluded from a view: six views agree, and whoever is a replica keeps up. Needs a view before it, because one look cannot
 * tell that. A master without a replica is no obstacle here: it is one of the things to be found.
 */
function stableReasons(view: ClusterView, plan: ClusterPlan, earlier: ClusterView | undefined): readonly ClusterReason[] {
  const reasons = formingReasons(view, plan, earlier).filter((reason) => reason.code !== 'cluster.noReplica');
  return reasons.length > 0 || earlier !== undefined ? reasons : secondLook(view);
}
