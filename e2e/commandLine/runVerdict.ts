import type { FinishedCommand } from './triadCommand.ts';

/** Exit code, failure and every check that stands in the way, in one comparable value: a failing test then says why. */
export function runVerdict({ code, result, stderr }: FinishedCommand): unknown {
  const bad = result.checks.filter((check) => ['fail', 'unknown', 'passWithoutTolerance'].includes(check.verdict));
  return { code, stderr, failure: result.failure, bad };
}

/** The value of {@link runVerdict} for a run in which everything passed. */
export const passedRun = { code: 0, stderr: '', failure: null, bad: [] };
