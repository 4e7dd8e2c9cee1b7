import { useDraft } from '../state/draft.ts';
import { runStore, standingOf, standingOfSummary, useRun, type RunStanding } from '../state/runs.ts';
import { useCurrentTest, useTried } from '../state/tried.ts';
import { stepStates, type StepState } from './stepStates.ts';

/** The rail's steps for the open draft; follows its edits and its runs. */
export function useStepStates(): readonly StepState[] {
  const { draft, reading, runs } = useDraft();
  const tried = useTried();
  const test = useCurrentTest();
  const followed = runStore((store) => store.followed);
  // Whether a check that passed has proved everything stands in its results only.
  useRun(draft.runs.check);
  const standing = (runId: string | null): RunStanding | null => {
    if (runId === null) return null;
    return standingOf(followed[runId]) ?? standingOfSummary(runs.find((one) => one.runId === runId));
  };
  const provedStanding = (runId: string | null): RunStanding | null => {
    const known = standing(runId);
    const isSeen = runId !== null && standingOf(followed[runId]) !== null;
    return known?.kind === 'ended' && known.verdict === 'pass' && !isSeen ? null : known;
  };
  const standings = {
    check: provedStanding(draft.runs.check),
    plan: standing(draft.runs.plan),
    install: standing(draft.runs.install),
    failoverTest: standing(test),
    validate: standing(draft.runs.validate),
  };
  return stepStates(draft, reading, standings, tried);
}
