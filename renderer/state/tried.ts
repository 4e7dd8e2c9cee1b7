import {
  sinceInstallation,
  trialSummaryOf,
  triedServers,
  type TriedServer,
  type TryingRun,
} from '../../electron/shared/domain/triedServers.ts';
import { useDraft, type OpenDraft } from './draft.ts';
import { runStore, type FollowedRun } from './runs.ts';

type Open = Pick<OpenDraft, 'draft' | 'runs'>;
type Followed = Readonly<Record<string, FollowedRun>>;

/** The runs of the open draft. Those that this window follows count as they stand: the core's list was read before they ended. */
function knownRuns({ draft, runs }: Open, followed: Followed): ReadonlyMap<string, TryingRun & { readonly runId: string }> {
  const known = new Map<string, TryingRun & { readonly runId: string }>(runs.map((run) => [run.runId, run]));
  for (const runId of [...known.keys(), draft.runs.install, draft.runs.failoverTest]) {
    const record = runId === null ? null : (followed[runId]?.fold.record ?? null);
    if (runId === null || record === null) continue;
    const { workflow, startedAt, verdict } = record;
    known.set(runId, { runId, workflow, startedAt, verdict, trials: record.trials.map(trialSummaryOf) });
  }
  return known;
}

/** Each server of the open draft with its last trial since the newest installation. */
export function triedIn(open: Open, followed: Followed): readonly TriedServer[] {
  return triedServers(
    open.draft.servers.map(({ name }) => name.trim()),
    [...knownRuns(open, followed).values()],
  );
}

/**
 * The draft's failover test, or null where it has none, or where the cluster was installed again or taken away since: then it says nothing of this
 * cluster. One of which nothing is known yet may be of this cluster.
 */
export function currentTestIn(open: Open, followed: Followed): string | null {
  const runId = open.draft.runs.failoverTest;
  const known = knownRuns(open, followed);
  if (runId === null || !known.has(runId)) return runId;
  return sinceInstallation([...known.values()]).some((run) => run.runId === runId) ? runId : null;
}

/** {@link triedIn} for what is open; follows the runs. */
export function useTried(): readonly TriedServer[] {
  const open = useDraft();
  const followed = runStore((store) => store.followed);
  return triedIn(open, followed);
}

/** {@link currentTestIn} for what is open; follows the runs. */
export function useCurrentTest(): string | null {
  const open = useDraft();
  const followed = runStore((store) => store.followed);
  return currentTestIn(open, followed);
}
