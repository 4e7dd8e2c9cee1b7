import { formatDuration, formatDurationRange } from '../../../electron/shared/domain/reportFormat.ts';
import { summarize } from '../summary.ts';
import { describeMachine } from './measuredOn.ts';
import { markdownTable } from './readmeBlock.ts';
import { rowsOf, type TimeoutResults, type TimeoutRow } from './timeoutResults.ts';

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
    const predicted = own.map((row) => formatDurationRange(row.predicted.outageFromMs, row.predicted.outageToMs));
    const measured = scenarios.map((scenario) => measuredIn(own.find((row) => row.scenario === scenario)));
    return [`${nodeTimeoutMs} ms`, predicted[0] ?? '', ...measured, lostIn(own)];
  });
  return `${markdownTable([heading, ...body])}\n\n${describeMachine(results.on)}`;
}

function measuredIn(row: TimeoutRow | undefined): string {
  const summary = summarize(row?.outagesMs ?? []);
  if (summary === null) return '';
  return `${formatDuration(summary.median)} (${formatDurationRange(summary.min, summary.max)}) of ${summary.count}`;
}

function lostIn(rows: readonly TimeoutRow[]): string {
  const counts = rows.flatMap(({ trials }) => trials.map(({ lostWrites }) => lostWrites));
  if (counts.includes(null)) return 'not known';
  return String(counts.reduce<number>((sum, count) => sum + (count ?? 0), 0));
}
