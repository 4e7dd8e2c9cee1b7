import type { Change } from './change.ts';
import type { RunRecord } from './run.ts';

/** What of the planned changes of one server is done. */
export interface ServerProgress {
  readonly server: string;
  readonly done: readonly Change[];
  /** The system does not allow them here. */
  readonly refused: readonly Change[];
  /** Planned and not done. */
  readonly open: readonly Change[];
}

/**
 * What was done and what was not, for each server of the plan in its order. A phase that was cut off in the middle has told nothing of its changes:
 * they stand as open, and the next run finds out.
 */
export function changeProgressOf({ plan, plannedChanges, appliedChanges }: RunRecord): readonly ServerProgress[] {
  return plan.servers.map(({ name: server }) => {
    const applied = appliedChanges.filter((one) => one.server === server);
    const told = new Set(applied.map(({ change }) => change.id));
    const planned = plannedChanges.find((one) => one.server === server)?.changes ?? [];
    return {
      server,
      done: applied.filter(({ outcome }) => outcome.outcome === 'done').map(({ change }) => change),
      refused: applied.filter(({ outcome }) => outcome.outcome === 'refused').map(({ change }) => change),
      open: planned.filter(({ id }) => !told.has(id)),
    };
  });
}

/** What differs on one server between two looks at it. */
export interface PlanDifference {
  readonly server: string;
  /** To be done now, and not reviewed, or not with this content. */
  readonly added: readonly Change[];
  /** Reviewed, and not to be done any more. */
  readonly gone: readonly Change[];
}

type Planned = RunRecord['plannedChanges'];

/** How what is to be done now differs from what was reviewed; servers without a difference are left out. */
export function planDifferences(reviewed: Planned, now: Planned): readonly PlanDifference[] {
  return now.flatMap(({ server, changes }) => {
    const before = reviewed.find((one) => one.server === server)?.changes ?? [];
    const known = new Set(before.map((change) => JSON.stringify(change)));
    const added = changes.filter((change) => !known.has(JSON.stringify(change)));
    const ids = new Set(changes.map(({ id }) => id));
    const gone = before.filter(({ id }) => !ids.has(id));
    return added.length + gone.length === 0 ? [] : [{ server, added, gone }];
  });
}
