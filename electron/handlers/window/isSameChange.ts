import { isDeepStrictEqual } from 'node:util';
import type { RunRecord } from '../../shared/domain/run.ts';

type Changing = Pick<RunRecord, 'plan' | 'plannedChanges'>;

function changesOf({ plannedChanges }: Changing): unknown {
  return plannedChanges.toSorted((a, b) => (a.server < b.server ? -1 : 1));
}

/** Whether an installation would do exactly what was reviewed: the same plan, and on each server the same changes to the same found state. */
export function isSameChange(reviewed: Changing, found: Changing): boolean {
  return isDeepStrictEqual(reviewed.plan, found.plan) && isDeepStrictEqual(changesOf(reviewed), changesOf(found));
}
