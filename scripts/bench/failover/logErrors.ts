import type { FailoverTrial } from '../../../electron/shared/domain/failover.ts';
import { alignColumns } from '../alignColumns.ts';
import { summarize } from '../summary.ts';

/** What of a trial is compared. */
type ComparedTrial = Pick<FailoverTrial, 'scenario' | 'clocks' | 'logMarks'>;

/** How far what was seen may be from the log: the median, and the largest of all, milliseconds. */
const REACH = { medianMs: 20, maxMs: 100 } as const;

/** The moments that are compared, by what they are called in the table. */
const COMPARED = { failAgreed: 'FAIL agreed: seen after log', promoted: 'promotion: seen after log' } as const;

/** Seen minus log of one kind of moment, over all trials that have both, milliseconds. */
export function errorsOf(trials: readonly ComparedTrial[], name: keyof typeof COMPARED): readonly number[] {
  return trials.flatMap(({ logMarks = [] }) => logMarks.flatMap((mark) => (mark.name === name ? (mark.seenAfterMs ?? []) : [])));
}

/** Whether a failover of this scenario has the moment at all: nobody is held for lost in a planned switchover. */
function isExpected(name: keyof typeof COMPARED, scenario: ComparedTrial['scenario']): boolean {
  return name === 'promoted' || scenario !== 'switchover';
}

/**
 * The errors of each scenario and of all together, beside what is to be reached; then how far the clocks may be off. A trial that should have the moment, and
 * in whose logs it is missing or where Triad did not see it, is counted: then the target is not reached.
 */
export function tableOfErrors(trials: readonly ComparedTrial[]): string {
  const scenarios = [...new Set(trials.map(({ scenario }) => scenario))];
  const groups = [
    ...scenarios.map((scenario) => ({ of: scenario, trials: trials.filter((one) => one.scenario === scenario) })),
    { of: 'all', trials },
  ];
  const rows = (Object.keys(COMPARED) as (keyof typeof COMPARED)[]).flatMap((name) =>
    groups.flatMap((group) => {
      const expected = group.trials.filter(({ scenario }) => isExpected(name, scenario));
      return expected.length === 0 ? [] : [[`${COMPARED[name]}, ${group.of}`, ...rowOf(errorsOf(expected, name), expected.length)]];
    }),
  );
  const heading = ['', 'trials', 'median', 'min', 'max', 'median of size', 'target', 'reached'];
  return `${alignColumns([heading, ...rows])}${clockSentence(trials)}\n`;
}

/** Signed errors show in which direction they lie; the target is one of their size: errors in both directions must not cancel out. */
function rowOf(errors: readonly number[], expected: number): readonly string[] {
  const [signed, sizes] = [summarize(errors), summarize(errors.map(Math.abs))];
  const figures = signed === null || sizes === null ? [] : [signed.median, signed.min, signed.max, sizes.median];
  const isReached = errors.length >= expected && sizes !== null && sizes.median <= REACH.medianMs && sizes.max <= REACH.maxMs;
  return [
    errors.length < expected ? `${errors.length} of ${expected}` : String(errors.length),
    ...(figures.length === 0 ? ['', '', '', ''] : figures.map((ms) => `${ms.toFixed(1)} ms`)),
    `<= ${REACH.medianMs} / ${REACH.maxMs} ms`,
    isReached ? 'yes' : 'NO',
  ];
}

function clockSentence(trials: readonly ComparedTrial[]): string {
  const off = summarize(trials.flatMap(({ clocks = [] }) => clocks.flatMap(({ during }) => during?.uncertaintyMs ?? [])));
  const apart = trials.flatMap(({ logMarks = [] }) => logMarks.filter(({ apartMs }) => apartMs !== 0)).length;
  const all = trials.flatMap(({ logMarks = [] }) => logMarks).length;
  const clocks = off === null ? 'No clock was measured' : `Clocks off by at most ${off.median} ms (median; worst ${off.max} ms)`;
  return `${clocks}; ${apart} of ${all} marks in the logs contradict what was seen by more than both may be off.`;
}
