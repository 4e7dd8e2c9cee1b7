import { isDeepStrictEqual } from 'node:util';
import { scopeOf } from '../checks/checkScope.ts';
import type { CheckAgain } from '../phases/runContext.ts';
import { canBeRepeatedInPart, chosenChecks, keptFrom, type CheckChoice } from '../shared/domain/checkAgain.ts';
import type { WorkflowId } from '../shared/domain/events.ts';
import { fail } from '../shared/domain/failure.ts';
import type { ClusterPlan } from '../shared/domain/plan.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import { adminSubject } from '../shared/domain/subject.ts';

/** Which part of which check is to be looked at again. */
export interface PartWish {
  readonly earlier: RunRecord;
  readonly choice: CheckChoice;
}

/**
 * What a check in part looks at, and what it keeps. Throws `run.otherCheck` where the two would make no whole: another plan, a check that did not come
 * to its end, or nothing that was chosen.
 */
export function partOfCheck({ earlier, choice }: PartWish, workflow: WorkflowId, plan: ClusterPlan): CheckAgain {
  const chosen = chosenChecks(choice, earlier);
  const isSameMatter = workflow === 'check' && canBeRepeatedInPart(earlier) && isDeepStrictEqual(earlier.plan, plan);
  if (!isSameMatter || chosen.length === 0) throw fail('run.otherCheck', adminSubject);
  return { scope: scopeOf(chosen, plan), kept: keptFrom(earlier) };
}
