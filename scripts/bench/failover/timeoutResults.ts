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
  readonly predicted: MeasuredTrial['predicted'];
}

/** One row for each node timeout and scenario, in the order of the results. */
export function rowsOf({ groups }: TimeoutResults): readonly TimeoutRow[] {
  return groups.flatMap(({ nodeTimeoutMs, trials }) =>
    [...new Set(trials.map(({ scenario }) => scenario))].flatMap((scenario): TimeoutRow[] => {
      const own = trials.filter((trial) => trial.scenario === scenario);
      const [first] = own;
      if (first === undefined) return [];
      const outagesMs = own.flatMap(({ outageMs }) => (outageMs === null ? [] : [outageMs]));
      return [{ nodeTimeoutMs, scenario, trials: own, outagesMs, predicted: first.predicted }];
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
  const within = outagesMs.filter((ms) => ms >= outageFromMs && ms <= outageToMs).length;
  const lost = trials.map(({ lostWrites }) => lostWrites);
  return [
    `${nodeTimeoutMs} ms`,
    scenario,
    String(trials.length),
    formatDurationRange(outageFromMs, outageToMs),
    ...figures,
    `${within} of ${trials.length}`,
    lost.includes(null) ? 'not known' : String(lost.reduce<number>((sum, one) => sum + (one ?? 0), 0)),
  ];
}
