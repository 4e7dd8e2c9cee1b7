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

/** The errors of each scenario and of all together, beside what is to be reached; then how far the clocks may be off. */
export function tableOfErrors(trials: readonly ComparedTrial[]): string {
  const scenarios = [...new Set(trials.map(({ scenario }) => scenario))];
  const groups = [
    ...scenarios.map((scenario) => ({ of: scenario, trials: trials.filter((one) => one.scenario === scenario) })),
    { of: 'all', trials },
  ];
  const rows = (Object.keys(COMPARED) as (keyof typeof COMPARED)[]).flatMap((name) =>
    groups.flatMap((group) => {
      const found = rowOf(errorsOf(group.trials, name));
      return found === null ? [] : [[`${COMPARED[name]}, ${group.of}`, ...found]];
    }),
  );
  const heading = ['', 'trials', 'median', 'min', 'max', 'target', 'reached'];
  return `${alignColumns([heading, ...rows])}${clockSentence(trials)}\n`;
}

function rowOf(errors: readonly number[]): readonly string[] | null {
  const summary = summarize(errors);
  if (summary === null) return null;
  const furthestMs = Math.max(...errors.map(Math.abs));
  const isReached = Math.abs(summary.median) <= REACH.medianMs && furthestMs <= REACH.maxMs;
  return [
    String(summary.count),
    ...[summary.median, summary.min, summary.max].map((ms) => `${ms.toFixed(1)} ms`),
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
