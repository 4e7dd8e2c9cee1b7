import { formatCount, formatDuration, formatUtc, NO_FIGURE } from '../shared/domain/reportFormat.ts';
import { text } from '../shared/figures/text.ts';
import { verdictMark, type Style } from './style.ts';
import type { Trend, TrendRun } from './trendOf.ts';

/** A trend for a terminal: a row a run with its outages, and under it what was changed before it. */
export function trendText({ runs }: Trend, style: Style): string {
  if (runs.length === 0) return text('history.trend.none');
  const names = [...new Set(runs.flatMap(({ trials }) => trials.map(({ name }) => name)))];
  const heads = [text('report.trend.run'), text('report.setting.nodeTimeout'), ...names, text('report.figure.lostWrites')];
  const rows = runs.map((run) => cellsOf(run, names));
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ');
  return [
    `  ${style.dim(line(heads))}`,
    ...runs.flatMap((run, index) => [
      `${verdictMark(run.verdict, style)} ${line(rows[index] ?? [])}`,
      ...changeLines(run).map((words) => `    ${style.dim(words)}`),
    ]),
  ].join('\n');
}

function cellsOf({ startedAt, nodeTimeoutMs, trials }: TrendRun, names: readonly string[]): readonly string[] {
  return [
    formatUtc(startedAt),
    formatDuration(nodeTimeoutMs),
    ...names.map((name) => {
      const found = trials.find((one) => one.name === name);
      return found === undefined ? '' : formatDuration(found.trial.outageMs);
    }),
    lostWords(trials),
  ];
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
