import { alignColumns } from './alignColumns.ts';
import type { FigureResult } from './figures.ts';

const header = ['', 'rounds', 'median', 'min', 'max', 'target', 'of Ansible', 'of floor', 'reached'] as const;

/** The results as a table of text with aligned columns, to be read on a terminal. */
export function renderTable(results: readonly FigureResult[]): string {
  return alignColumns([header, ...results.map(cellsOf)]);
}

function cellsOf(result: FigureResult): readonly string[] {
  const show = (value: number): string => formatFigure(value, result.unit);
  return [
    result.what,
    String(result.count),
    show(result.median),
    show(result.min),
    show(result.max),
    targetText(result),
    ratioText(result.ofAnsible),
    ratioText(result.ofFloor),
    result.reached === null ? '' : result.reached ? 'yes' : 'NO',
  ];
}

/** Milliseconds below a second, seconds above; counts as they are. */
export function formatFigure(value: number, unit: 'ms' | 'count'): string {
  if (unit === 'count') return String(value);
  return Math.round(value) < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(2)} s`;
}

function targetText({ target, unit }: FigureResult): string {
  if (target === null) return '';
  const ofAnsible = target.ofAnsible === undefined ? '' : ` and ${target.ofAnsible} of Ansible`;
  return `<= ${formatFigure(target.atMost, unit)}${ofAnsible}`;
}

function ratioText(ratio: number | null): string {
  if (ratio === null) return '';
  return ratio < 0.1 ? ratio.toFixed(3) : ratio.toFixed(2);
}
