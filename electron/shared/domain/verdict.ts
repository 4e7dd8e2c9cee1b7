import { z } from 'zod';

/**
 * The scale of every judgement. `passWithoutTolerance`: works, but the next lost server breaks it.
 * `unknown`: could not be observed, never to be read as a pass. `skipped`: does not apply here.
 */
export const Verdict = z.enum(['pass', 'passWithoutTolerance', 'warn', 'fail', 'unknown', 'skipped']);
export type Verdict = z.infer<typeof Verdict>;

const SEVERITY: Readonly<Record<Verdict, number>> = { skipped: 0, pass: 1, warn: 2, passWithoutTolerance: 3, unknown: 4, fail: 5 };

/** The most severe of several verdicts; `skipped` when there are none. */
export function worstVerdict(verdicts: Iterable<Verdict>): Verdict {
  let worst: Verdict = 'skipped';
  for (const verdict of verdicts) if (SEVERITY[verdict] > SEVERITY[worst]) worst = verdict;
  return worst;
}

/** Whether work that depends on this verdict may go on. An observation that could not be made (`unknown`) stops it like a failure. */
export function allowsToContinue(verdict: Verdict): boolean {
  return verdict !== 'fail' && verdict !== 'unknown';
}
