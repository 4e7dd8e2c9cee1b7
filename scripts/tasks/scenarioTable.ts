import { z } from 'zod';
import { FailoverScenario, SCENARIOS } from '../../electron/shared/domain/scenario.ts';
import { say } from '../../electron/shared/messages/message.ts';

const Range = z.object({ outageFromMs: z.number(), outageToMs: z.number() });
/** What the table reads of a `report.json`. */
const Measured = z.object({
  failover: z.object({
    trials: z.array(
      z.object({
        scenario: FailoverScenario,
        outageMs: z.number().nullable(),
        promotedMs: z.number().nullable(),
        acknowledgedWrites: z.number(),
        lostWrites: z.number().nullable(),
        predicted: Range,
      }),
    ),
  }),
});
type Trial = z.infer<typeof Measured>['failover']['trials'][number];

const HEADER = [
  '| scenario | trials | writes to its shard fail for | predicted | replica promoted after | acknowledged writes lost |',
  '|---|---|---|---|---|---|',
] as const;

/**
 * The scenarios with what was measured of each, as a Markdown table in the catalogue's order, from one or more `report.json` of failover tests. Several trials of a
 * scenario are a range. Scenarios that none of them tried are left out. Throws where a report has another form.
 */
export function scenarioTable(reports: readonly unknown[]): string {
  const trials = reports.flatMap((report) => Measured.parse(report).failover.trials);
  return [...HEADER, ...SCENARIOS.flatMap((scenario) => rowOf(scenario, trials))].join('\n');
}

function rowOf(scenario: FailoverScenario, all: readonly Trial[]): readonly string[] {
  const trials = all.filter((trial) => trial.scenario === scenario);
  if (trials.length === 0) return [];
  const lost = trials.map(({ lostWrites }) => lostWrites);
  const cells = [
    `\`${scenario}\`: ${say({ code: `scenario.${scenario}`, values: {} })}`,
    String(trials.length),
    ended(trials.map(({ outageMs }) => outageMs)),
    seconds(trials.flatMap(({ predicted }) => [predicted.outageFromMs, predicted.outageToMs])),
    seconds(trials.map(({ promotedMs }) => promotedMs)),
    `${lost.includes(null) ? 'not known' : range(lost, String)} of ${range(
      trials.map(({ acknowledgedWrites }) => acknowledgedWrites),
      String,
    )}`,
  ];
  return [`| ${cells.join(' | ')} |`];
}

/** The outages; where some never ended, how many of them did. */
function ended(outagesMs: readonly (number | null)[]): string {
  const count = outagesMs.filter((ms) => ms !== null).length;
  if (count === outagesMs.length) return seconds(outagesMs);
  return count === 0 ? `0 of ${outagesMs.length} ended` : `${seconds(outagesMs)}, ${count} of ${outagesMs.length} ended`;
}

function seconds(values: readonly (number | null)[]): string {
  const text = range(values, (ms) => (ms / 1000).toFixed(2));
  return text === '-' ? text : `${text} s`;
}

/** From the least to the most; what was not measured is left out, and all of it is a dash. */
function range(values: readonly (number | null)[], show: (value: number) => string): string {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return '-';
  const [least, most] = [show(Math.min(...known)), show(Math.max(...known))];
  return least === most ? least : `${least} to ${most}`;
}
