import { z } from 'zod';
import type { CheckResult } from './check.ts';
import { LOOKING_WORKFLOWS } from './events.ts';
import type { KeptFindings } from './keptFindings.ts';
import type { RunRecord } from './run.ts';
import { formatSubject, Subject } from './subject.ts';
import { allowsToContinue } from './verdict.ts';

/** Which results of a check are looked at again: those that forbid to go on, or some that are named. */
export const CheckChoice = z.union([
  z.literal('failed'),
  z
    .array(z.strictObject({ id: z.string().max(100), subject: Subject }))
    .min(1)
    .max(400),
]);
export type CheckChoice = z.infer<typeof CheckChoice>;

/** The results of a record that a choice names. */
export function chosenChecks(choice: CheckChoice, { checks }: Pick<RunRecord, 'checks'>): readonly CheckResult[] {
  if (choice === 'failed') return checks.filter(({ verdict }) => !allowsToContinue(verdict));
  const keys = new Set(choice.map(({ id, subject }) => `${id} ${formatSubject(subject)}`));
  return checks.filter(({ id, subject }) => keys.has(`${id} ${formatSubject(subject)}`));
}

/**
 * Whether a part of a check can be looked at again and the rest be kept: only of one that came to its end. Of a check that was broken off, what was
 * never looked at would be missing in the whole, and a whole that misses something must not pass.
 */
export function canBeRepeatedInPart(earlier: RunRecord): boolean {
  const { workflow, finishedAt, wasAborted, failure, matrices, checks } = earlier;
  return workflow === 'check' && finishedAt !== null && !wasAborted && failure === null && matrices.length > 0 && checks.length > 0;
}

/** When a result was judged; for a record whose events bear no such time, when its run ended. */
export function seenAtOf(check: Pick<CheckResult, 'seenAt'>, record: Pick<RunRecord, 'startedAt' | 'finishedAt'>): string {
  return check.seenAt ?? record.finishedAt ?? record.startedAt;
}

/** The checks of a server that lay all servers beside each other: to be made again they need a look at all three. */
export const COMPARING_CHECKS: readonly string[] = ['server.ownMachine', 'server.sameSystem', 'server.clock', 'server.maintenance'];

/** The check that needs every way into its server to be tried: whether listeners end can only be seen after some were started. */
export const LISTENERS_CHECK = 'server.listenersGone';

/** A run that only looks: after any other one an earlier check says nothing any more of how the servers are. */
const LOOKING = new RegExp(`-(?:${LOOKING_WORKFLOWS.join('|')})$`, 'u');

/** Whether something has changed the servers since a run, as far as is known here; `runIds` are those of its cluster's kept runs. They sort by time. */
export function hasChangedSince(runId: string, runIds: readonly string[]): boolean {
  return runIds.some((other) => other > runId && !LOOKING.test(other));
}

/** Everything that a check found, each result and each way with the time at which it was seen. */
export function keptFrom(earlier: RunRecord): KeptFindings {
  const matrix = earlier.matrices.at(-1) ?? null;
  const timeOfWay = (way: { readonly from: string; readonly to: string; readonly port: number }): string => {
    const own = earlier.checks.find(
      ({ subject }) => subject.kind === 'pair' && formatSubject(subject) === formatSubject({ kind: 'pair', ...way }),
    );
    return seenAtOf(own ?? {}, earlier);
  };
  return {
    runId: earlier.runId,
    checks: earlier.checks.map((check) => ({ ...check, seenAt: seenAtOf(check, earlier) })),
    facts: earlier.facts,
    plannedChanges: earlier.plannedChanges,
    matrix:
      matrix === null ? null : { ...matrix, cells: matrix.cells.map((cell) => ({ ...cell, seenAt: cell.seenAt ?? timeOfWay(cell) })) },
  };
}
