import { isDeepStrictEqual } from 'node:util';
import type { RunRecord } from '../../shared/domain/run.ts';

type Changing = Pick<RunRecord, 'plan' | 'plannedChanges'>;

/**
 * Whether an installation would do nothing but what was reviewed: the same plan, and on each server only changes that stood in the review, word for
 * word. Less is no question: the rest is done already, as after an installation that was broken off.
 */
export function isWithinReview(reviewed: Changing, found: Changing): boolean {
  if (!isDeepStrictEqual(reviewed.plan, found.plan)) return false;
  return found.plannedChanges.every(({ server, changes }) => {
    const known = reviewed.plannedChanges.find((one) => one.server === server)?.changes ?? [];
    return changes.every((change) => known.some((one) => isDeepStrictEqual(one, change)));
  });
}
