import type { RunSummary } from '../../../electron/shared/contract/procedures.ts';
import { latestLayout } from '../../../electron/shared/domain/provedTolerance.ts';
import { trialSummaryOf } from '../../../electron/shared/domain/triedServers.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';

/** What the list of reports shows of a run. */
export type ReportedRun = Pick<RunSummary, 'runId' | 'workflow' | 'startedAt' | 'verdict' | 'trials'>;

/**
 * The runs that a reader may want a report of, newest first: those that have ended. A plan has the step Review, a look for a maintenance
 * its screen. `seen` are runs that this window has
 * followed to their end: the core's list may still call the newest of them active.
 */
export function reportedRuns(runs: readonly RunSummary[], seen: readonly (RunRecord | null)[]): readonly ReportedRun[] {
  const kept = runs.filter(({ finishedAt }) => finishedAt !== null);
  const followed = seen.flatMap((record) => (record === null || record.finishedAt === null ? [] : [record]));
  const all = new Map<string, ReportedRun>();
  for (const { runId, workflow, startedAt, verdict, trials } of [...followed, ...kept])
    if (workflow !== 'plan' && workflow !== 'maintenanceStatus')
      all.set(runId, { runId, workflow, startedAt, verdict, trials: trials.map(trialSummaryOf) });
  // Ids begin with the time.
  return [...all.values()].toSorted((one, other) => other.startedAt.localeCompare(one.startedAt) || other.runId.localeCompare(one.runId));
}

/** The run whose report is shown first: the newest that did something to the cluster or looked at all of it. */
export function firstReport(reported: readonly ReportedRun[]): string | null {
  return (reported.find(({ workflow }) => workflow !== 'check') ?? reported[0])?.runId ?? null;
}

/** Replicas that have the part of their master, as the newest of some runs saw it; empty when none did, or none looked. */
export function exchangedNodes(records: readonly (RunRecord | null)[]): readonly string[] {
  const newest = records
    .flatMap((record) => (record === null ? [] : [{ record, layout: latestLayout(record) }]))
    .filter(({ layout }) => layout !== null)
    .toSorted((one, other) => one.record.startedAt.localeCompare(other.record.startedAt))
    .at(-1);
  return newest?.layout?.nodes.filter(({ tookOver }) => tookOver).map(({ id }) => id) ?? [];
}
