import { useDraft } from '../state/draft.ts';
import { runStore, standingOf, standingOfSummary, type RunStanding } from '../state/runs.ts';
import { stepStates, type StepState } from './stepStates.ts';

/** The rail's steps for the open draft; follows its edits and its runs. */
export function useStepStates(): readonly StepState[] {
  const { draft, reading, runs } = useDraft();
  const followed = runStore((store) => store.followed);
  const standing = (runId: string | null): RunStanding | null => {
    if (runId === null) return null;
    return standingOf(followed[runId]) ?? standingOfSummary(runs.find((one) => one.runId === runId));
  };
  return stepStates(draft, reading, {
    check: standing(draft.runs.check),
    plan: standing(draft.runs.plan),
    install: standing(draft.runs.install),
    failoverTest: standing(draft.runs.failoverTest),
    validate: standing(draft.runs.validate),
  });
}
