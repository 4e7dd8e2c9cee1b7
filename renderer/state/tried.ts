import { trialSummaryOf, triedServers, type TriedServer, type TryingRun } from '../../electron/shared/domain/triedServers.ts';
import { useDraft, type OpenDraft } from './draft.ts';
import { runStore, type FollowedRun } from './runs.ts';

/**
 * Each server of the open draft with its last trial since the newest installation. Runs that this window follows count as they stand: the core's list
 * was read before they ended.
 */
export function triedIn(
  { draft, runs }: Pick<OpenDraft, 'draft' | 'runs'>,
  followed: Readonly<Record<string, FollowedRun>>,
): readonly TriedServer[] {
  const known = new Map<string, TryingRun>(runs.map((run) => [run.runId, run]));
  for (const runId of [...known.keys(), draft.runs.install, draft.runs.failoverTest]) {
    const record = runId === null ? null : (followed[runId]?.fold.record ?? null);
    if (runId === null || record === null) continue;
    known.set(runId, { workflow: record.workflow, startedAt: record.startedAt, trials: record.trials.map(trialSummaryOf) });
  }
  return triedServers(
    draft.servers.map(({ name }) => name.trim()),
    [...known.values()],
  );
}

/** {@link triedIn} for what is open; follows the runs. */
export function useTried(): readonly TriedServer[] {
  const open = useDraft();
  const followed = runStore((store) => store.followed);
  return triedIn(open, followed);
}
