import { useCallback, useEffect, useRef, useState } from 'react';
import type { WorkflowId } from '../../../electron/shared/domain/events.ts';
import { failureOf, type Failure } from '../../../electron/shared/domain/failure.ts';
import { PATCH_WORKFLOWS } from '../../../electron/shared/domain/maintenancePhases.ts';
import { adminSubject } from '../../../electron/shared/domain/subject.ts';
import { useDraft } from '../../state/draft.ts';
import { runStore, startRun, useOtherRun, useRun, type FollowedRun, type OtherRun, type RunState } from '../../state/runs.ts';
import { seenIn, type Seen } from './patchDay.ts';

/** The runs that this screen shows. */
const SHOWN: readonly WorkflowId[] = [...PATCH_WORKFLOWS, 'maintenanceStatus'];

/** A run that changes something, with what is known of it. */
export interface PatchRun {
  readonly runId: string;
  readonly workflow: WorkflowId;
  readonly run: RunState;
  /** It ended, or was cut off, while this screen was open. */
  readonly isNews: boolean;
}

/** What is known on patch day. */
export interface PatchDay {
  /** The run that goes on, and whether it only looks. */
  readonly going: (PatchRun & { readonly isLook: boolean }) | null;
  /** The newest run that changed something; null: none was made. */
  readonly acting: PatchRun | null;
  /** Where the cluster stands, read from the servers since this screen was opened; null: not known. */
  readonly seen: Seen | null;
  /** What was read last before the run that goes on began; null where this screen has read nothing. */
  readonly seenBefore: Seen | null;
  /** Why looking failed. */
  readonly lookFailure: Failure | null;
  /** A run that keeps others from beginning and is shown elsewhere. */
  readonly other: OtherRun | null;
  /** Reads from the servers where it stands; asks for a login where one is missing. */
  readonly look: () => Promise<void>;
}

interface Known {
  readonly runId: string;
  readonly workflow: WorkflowId;
  readonly isActive: boolean;
}

/** The runs of this screen, newest first. */
function useShownRuns(): readonly Known[] {
  const { draft, runs, active } = useDraft();
  const own = active.filter((one) => one.draft === draft.id && SHOWN.includes(one.workflow)).toReversed();
  const isOwn = new Set(own.map(({ runId }) => runId));
  return [
    ...own.map(({ runId, workflow }) => ({ runId, workflow, isActive: true })),
    ...runs
      .filter((one) => SHOWN.includes(one.workflow) && !isOwn.has(one.runId))
      .map(({ runId, workflow }) => ({ runId, workflow, isActive: false })),
  ];
}

/** What was read last and still holds: nothing that changed something has begun since. */
function lastSeen(shown: readonly Known[], before: ReadonlySet<string>, followed: Readonly<Record<string, FollowedRun>>): Seen | null {
  for (const { runId, workflow } of shown) {
    if (before.has(runId)) return null;
    const record = followed[runId]?.fold.record ?? null;
    const seen = record === null ? null : seenIn(record);
    if (seen !== null) return seen;
    // A look that goes on, or failed, takes nothing away from an earlier one.
    if (workflow !== 'maintenanceStatus') return null;
  }
  return null;
}

/**
 * Where patch day stands. Nothing is taken from memory: when the screen opens, and after a run that did not come to its end, the servers are looked at
 * anew, once and by itself where no login is missing.
 */
export function usePatchDay(): PatchDay {
  const shown = useShownRuns();
  const [before] = useState<ReadonlySet<string>>(() => new Set(shown.flatMap(({ runId, isActive }) => (isActive ? [] : [runId]))));
  const followed = runStore((store) => store.followed);
  const other = useOtherRun(SHOWN);
  const isReady = useDraft(({ reading, missingSecrets }) => reading.ok && missingSecrets().length === 0);
  const newest = shown[0];
  const newestRun = useRun(newest?.runId ?? null);
  const changing = shown.find(({ workflow }) => workflow !== 'maintenanceStatus');
  const changingRun = useRun(changing?.runId ?? null);
  const [startFailure, setStartFailure] = useState<Failure | null>(null);
  const lookedAfter = useRef<string | null>(null);

  const asRun = ({ runId, workflow }: Known, run: RunState): PatchRun => ({ runId, workflow, run, isNews: !before.has(runId) });
  // One whose last events have not arrived yet goes on, too, even where the core's list calls it ended.
  const isGoing = newest !== undefined && !before.has(newest.runId) && newestRun.status === 'active';
  const seen = lastSeen(shown, before, followed);
  const hasLookedInVain =
    newest !== undefined && newest.workflow === 'maintenanceStatus' && !before.has(newest.runId) && newestRun.status !== 'active';
  const needsLook = seen === null && !isGoing && !hasLookedInVain && other === null && isReady;

  const look = useCallback(async (): Promise<void> => {
    setStartFailure(null);
    try {
      await startRun('maintenanceStatus');
    } catch (error) {
      setStartFailure(failureOf(error, adminSubject));
    }
  }, []);

  const after = newest?.runId ?? '';
  useEffect(() => {
    if (!needsLook || lookedAfter.current === after) return;
    lookedAfter.current = after;
    void look();
  }, [needsLook, after, look]);

  return {
    going: isGoing ? { ...asRun(newest, newestRun), isLook: newest.workflow === 'maintenanceStatus' } : null,
    acting: changing === undefined ? null : asRun(changing, changingRun),
    seen,
    seenBefore: seen ?? lastSeen(shown.slice(1), before, followed),
    lookFailure:
      startFailure ?? (hasLookedInVain && !newestRun.record?.wasAborted ? (newestRun.record?.failure ?? newestRun.failure) : null),
    other,
    look,
  };
}
