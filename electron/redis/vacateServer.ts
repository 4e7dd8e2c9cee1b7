import { fail } from '../shared/domain/failure.ts';
import { evacuationsOf, mastersOn } from '../shared/domain/evacuation.ts';
import type { ClusterPlan } from '../shared/domain/plan.ts';
import { formingReasons } from '../shared/domain/readiness.ts';
import type { PlannedSwitchover } from '../shared/domain/roles.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import type { ClusterView } from '../shared/domain/view.ts';
import type { RedisNodes } from './clusterView.ts';
import { secondLook, switchOver, type SwitchoverOptions, type SwitchoverResult } from './switchOver.ts';

/** The next master to move away from a server; throws where one has no replica elsewhere. */
function nextOf(view: ClusterView, plan: ClusterPlan, server: string): PlannedSwitchover | null {
  const masters = mastersOn(view, plan, server);
  const [first] = masters;
  if (first === undefined) return null;
  const [next] = evacuationsOf(view, plan, server);
  if (next !== undefined) return next;
  throw fail('maintenance.noSuccessor', serverSubject(server), { values: { server, node: first } });
}

/**
 * Moves every master away from a server by planned switchovers to their in-sync replicas elsewhere, one at a time. Does nothing when the server holds none.
 *
 * Fails with `maintenance.noSuccessor` (a master whose replica is not elsewhere) and with what `switchOver` fails with.
 */
export async function vacateServer(
  nodes: RedisNodes,
  plan: ClusterPlan,
  server: string,
  options: SwitchoverOptions,
): Promise<SwitchoverResult> {
  return switchOver(
    nodes,
    plan,
    {
      isReached: (view) => mastersOn(view, plan, server).length === 0,
      obstacles: (view, earlier) => {
        const reasons = formingReasons(view, plan, earlier);
        return reasons.length > 0 || earlier !== undefined ? reasons : secondLook(view);
      },
      next: (view) => nextOf(view, plan, server),
    },
    options,
  );
}
