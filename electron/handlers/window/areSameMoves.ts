import { isDeepStrictEqual } from 'node:util';
import type { WorkflowId } from '../../shared/domain/events.ts';
import { evacuationsOf } from '../../shared/domain/evacuation.ts';
import { plannedSwitchovers, type PlannedSwitchover } from '../../shared/domain/roles.ts';
import type { RunRecord } from '../../shared/domain/run.ts';

type Seen = Pick<RunRecord, 'plan' | 'views'>;

/** The switchovers that a workflow makes of what a run saw last; null where the run saw no cluster. */
function movesOf(workflow: WorkflowId, server: string | null, { plan, views }: Seen): readonly PlannedSwitchover[] | null {
  const view = views.after ?? views.before;
  if (view === null) return null;
  return workflow === 'maintenanceBegin' && server !== null ? evacuationsOf(view, plan, server) : plannedSwitchovers(view, plan);
}

/**
 * Whether a run on planned roles would move exactly what the admin was shown; true for all other workflows, which move nothing. What was
 * shown is worked out again from what the reviewed run saw, by the same rule as on the screen.
 */
export function areSameMoves(
  { workflow, servers }: { readonly workflow: WorkflowId; readonly servers: readonly string[] },
  reviewed: Seen,
  now: Seen,
): boolean {
  if (workflow !== 'maintenanceBegin' && workflow !== 'maintenanceEnd' && workflow !== 'restoreRoles') return true;
  const [shown, needed] = [reviewed, now].map((seen) => movesOf(workflow, servers[0] ?? null, seen));
  return shown !== null && isDeepStrictEqual(shown, needed);
}
