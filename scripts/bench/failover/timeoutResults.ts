import { z } from 'zod';
import { FailoverScenario } from '../../../electron/shared/domain/scenario.ts';
import { formatDuration, formatDurationRange } from '../../../electron/shared/domain/reportFormat.ts';
import { summarize } from '../summary.ts';
import { MeasuredOn } from './measuredOn.ts';

/** What the benchmark keeps of a trial; the rest is in the product's own report. All times in milliseconds. */
export const MeasuredTrial = z.object({
  scenario: FailoverScenario,
  server: z.string(),
  outageMs: z.number().nullable(),
  detectedMs: z.number().nullable(),
  promotedMs: z.number().nullable(),
  lostWrites: z.number().nullable(),
  predicted: z.object({ outageFromMs: z.number(), outageToMs: z.number() }),
  verdict: z.string(),
});
export type MeasuredTrial = z.infer<typeof MeasuredTrial>;

/** Results of the part `timeouts`. */
export const TimeoutResults = z.object({
  schemaVersion: z.literal(1),
  on: MeasuredOn,
  groups: z.array(z.object({ nodeTimeoutMs: z.number(), trials: z.array(MeasuredTrial) })),
});
export type TimeoutResults = z.infer<typeof TimeoutResults>;

/** The trials of one scenario with one node timeout, and what they came to. */
export interface TimeoutRow {
  readonly nodeTimeoutMs: number;
  readonly scenario: FailoverScenario;
  readonly trials: readonly MeasuredTrial[];
  /** Outages that have an end, milliseconds, in the order in which they were measured. */
  readonly outagesMs: readonly number[];
  /** From the shortest to the longest that was predicted for any of the trials. */
  readonly predicted: MeasuredTrial['predicted'];
}

/** One range over several. */
export function rangeOver(predictions: readonly MeasuredTrial['predicted'][]): MeasuredTrial['predicted'] {
  return {
    outageFromMs: Math.min(...predictions.map(({ outageFromMs }) => outageFromMs)),
    outageToMs: Math.max(...predictions.map(({ outageToMs }) => outageToMs)),
  };
}

/** How many outages a row has; where some never ended, how many of them did. */
export function endedOf({ outagesMs, trials }: Pick<TimeoutRow, 'outagesMs' | 'trials'>): string {
  return outagesMs.length === trials.length ? String(trials.length) : `${outagesMs.length} of ${trials.length} ended`;
}

/** One row for each node timeout and scenario, in the order of the results. */
export function rowsOf({ groups }: TimeoutResults): readonly TimeoutRow[] {
  return groups.flatMap(({ nodeTimeoutMs, trials }) =>
    [...new Set(trials.map(({ scenario }) => scenario))].map((scenario): TimeoutRow => {
      const own = trials.filter((trial) => trial.scenario === scenario);
      const outagesMs = own.flatMap(({ outageMs }) => (outageMs === null ? [] : [outageMs]));
      return { nodeTimeoutMs, scenario, trials: own, outagesMs, predicted: rangeOver(own.map(({ predicted }) => predicted)) };
    }),
  );
}

/** The table of all rows, heading first: what the prediction said, what was measured, and how many outages the prediction holds. */
export function timeoutCells(results: TimeoutResults): readonly (readonly string[])[] {
  const heading = ['node timeout', 'scenario', 'trials', 'predicted', 'median outage', 'shortest', 'longest', 'within', 'lost writes'];
  return [heading, ...rowsOf(results).map(cellsOf)];
}

function cellsOf({ nodeTimeoutMs, scenario, trials, outagesMs, predicted }: TimeoutRow): readonly string[] {
  const { outageFromMs, outageToMs } = predicted;
  const summary = summarize(outagesMs);
  const figures = summary === null ? ['', '', ''] : [summary.median, summary.min, summary.max].map((ms) => formatDuration(ms));
  const within = trials.filter(
    ({ outageMs, predicted: own }) => outageMs !== null && outageMs >= own.outageFromMs && outageMs <= own.outageToMs,
  ).length;
  const lost = trials.map(({ lostWrites }) => lostWrites);
  return [
    `${nodeTimeoutMs} ms`,
    scenario,
    endedOf({ outagesMs, trials }),
    formatDurationRange(outageFromMs, outageToMs),
    ...figures,
    `${within} of ${trials.length}`,
    lost.includes(null) ? 'not known' : String(lost.reduce<number>((sum, one) => sum + (one ?? 0), 0)),
  ];
}
