import { isDeepStrictEqual } from 'node:util';
import { missingCommands } from '../../shared/domain/missingCommands.ts';
import type { RunRecord } from '../../shared/domain/run.ts';

type Changing = Pick<RunRecord, 'plan' | 'plannedChanges' | 'views'>;

/** Whether everything of one list stands in the other, word for word. */
function isPartOf(some: readonly unknown[], all: readonly unknown[]): boolean {
  return some.every((one) => all.some((other) => isDeepStrictEqual(one, other)));
}

/**
 * Whether an installation would do nothing but what was reviewed: the same plan, on each server only changes that stood in the review, and only
 * cluster commands that stood there. Less is no question: the rest is done already, as after an installation that was broken off.
 */
export function isWithinReview(reviewed: Changing, found: Changing): boolean {
  if (!isDeepStrictEqual(reviewed.plan, found.plan)) return false;
  if (!isPartOf(missingCommands(found), missingCommands(reviewed))) return false;
  return found.plannedChanges.every(({ server, changes }) =>
    isPartOf(changes, reviewed.plannedChanges.find((one) => one.server === server)?.changes ?? []),
  );
}
