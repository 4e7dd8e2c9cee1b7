import { formatCount, formatDuration, formatUtc, NO_FIGURE } from '../shared/domain/reportFormat.ts';
import { text } from '../shared/figures/text.ts';
import { verdictMark, type Style } from './style.ts';
import type { Trend, TrendRun } from './trendOf.ts';
import { expectedOf, outagesOf, trendScenarios, type ScenarioTrend } from './trendScenarios.ts';

/** A trend for a terminal: for each scenario a table with a row a run and a column a server, then what was changed from run to run. */
export function trendText({ runs, kept }: Trend, style: Style): string {
  if (runs.length === 0) return text('history.trend.none');
  const scenarios = trendScenarios(runs);
  const tables = scenarios.flatMap((scenario) => [
    ...(scenarios.length === 1 ? [] : [style.bold(scenario.title)]),
    ...tableOf(scenario, style),
    '',
  ]);
  const changes = runs.flatMap((run) => {
    const lines = changeLines(run);
    return lines.length === 0
      ? []
      : [`  ${text('report.trend.since', { at: formatUtc(run.startedAt) })}`, ...lines.map((words) => `    ${style.dim(words)}`)];
  });
  const newest = kept > runs.length ? ['', `  ${text('report.trend.newest', { runs: runs.length, kept })}`] : [];
  return [...tables.slice(0, -1), ...(changes.length === 0 ? [] : ['', ...changes]), ...newest].join('\n');
}

function tableOf({ servers, runs }: ScenarioTrend, style: Style): readonly string[] {
  const heads = [
    text('report.trend.run'),
    text('report.setting.nodeTimeout'),
    ...servers,
    text('report.trial.expected'),
    text('report.figure.lostWrites'),
  ];
  const rows = runs.map((one) => [
    formatUtc(one.run.startedAt),
    formatDuration(one.run.nodeTimeoutMs),
    ...servers.map((server) => outagesOf(one, server)),
    expectedOf(one),
    lostWords(one.trials),
  ]);
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ');
  return [`  ${style.dim(line(heads))}`, ...runs.map(({ verdict }, index) => `${verdictMark(verdict, style)} ${line(rows[index] ?? [])}`)];
}

/** The acknowledged writes that a run lost; a dash where that is not known of all its trials. */
export function lostWords(trials: TrendRun['trials']): string {
  const lost = trials.map(({ trial }) => trial.lostWrites);
  return lost.includes(null) ? NO_FIGURE : formatCount(lost.reduce<number>((sum, one) => sum + (one ?? 0), 0));
}

/** What was planned or found otherwise than in the run before, one line each. */
function changeLines({ facts, checks }: TrendRun): readonly string[] {
  return [
    ...facts.map(
      ({ what, subject, before, after }) =>
        `${subject === '' ? what : `${what} ${subject}`}: ${before ?? NO_FIGURE} → ${after ?? NO_FIGURE}`,
    ),
    ...checks.map(
      ({ title, subject, before, after }) =>
        `${title} ${subject}: ${before === null ? NO_FIGURE : text(`report.verdict.${before}`)} → ${after === null ? NO_FIGURE : text(`report.verdict.${after}`)}`,
    ),
  ];
}
