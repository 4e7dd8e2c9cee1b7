import { formatDuration, formatDurationRange } from '../../../electron/shared/domain/reportFormat.ts';
import { summarize } from '../summary.ts';
import { describeMachine } from './measuredOn.ts';
import { markdownTable } from './readmeBlock.ts';
import { endedOf, rangeOver, rowsOf, type TimeoutResults, type TimeoutRow } from './timeoutResults.ts';

/** The figures of the chart as a table of Markdown, a row for each node timeout, and what they were measured on: for a page, below the picture. */
export function timeoutsInReadme(results: TimeoutResults): string {
  const rows = rowsOf(results);
  const scenarios = [...new Set(rows.map(({ scenario }) => scenario))];
  const timeouts = [...new Set(rows.map(({ nodeTimeoutMs }) => nodeTimeoutMs))];
  const heading = [
    'node timeout',
    'predicted',
    ...scenarios.map((scenario) => `\`${scenario}\`: median (range) of trials`),
    'lost acknowledged writes',
  ];
  const body = timeouts.map((nodeTimeoutMs) => {
    const own = rows.filter((row) => row.nodeTimeoutMs === nodeTimeoutMs);
    const { outageFromMs, outageToMs } = rangeOver(own.map(({ predicted }) => predicted));
    const measured = scenarios.map((scenario) => measuredIn(own.find((row) => row.scenario === scenario)));
    return [`${nodeTimeoutMs} ms`, formatDurationRange(outageFromMs, outageToMs), ...measured, lostIn(own)];
  });
  return `${markdownTable([heading, ...body])}\n\n${describeMachine(results.on)}`;
}

function measuredIn(row: TimeoutRow | undefined): string {
  if (row === undefined) return '';
  const summary = summarize(row.outagesMs);
  if (summary === null) return endedOf(row);
  const measured = `${formatDuration(summary.median)} (${formatDurationRange(summary.min, summary.max)})`;
  return summary.count === row.trials.length ? `${measured} of ${summary.count}` : `${measured}, ${endedOf(row)}`;
}

function lostIn(rows: readonly TimeoutRow[]): string {
  const counts = rows.flatMap(({ trials }) => trials.map(({ lostWrites }) => lostWrites));
  if (counts.includes(null)) return 'not known';
  return String(counts.reduce<number>((sum, count) => sum + (count ?? 0), 0));
}
