import { scaleBand, scaleLinear } from '@visx/scale';
import { formatDuration, formatDurationRange } from '../../../electron/shared/domain/reportFormat.ts';
import type { FailoverScenario } from '../../../electron/shared/domain/scenario.ts';
import { ink, paletteCss } from '../../../electron/shared/figures/palette.ts';
import { summarize } from '../summary.ts';
import { element, words, type Svg } from './svg.ts';
import { endedOf, rangeOver, rowsOf, type TimeoutResults, type TimeoutRow } from './timeoutResults.ts';

const size = { width: 800, height: 430, left: 56, right: 16, top: 64, bottom: 52 } as const;
const markSize = 4.5;
const fontFamily = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif";
const title = 'Outage of a lost shard against the node timeout';

/** How the trials of a scenario are drawn: by shape as well as by colour. */
const looks: Readonly<Partial<Record<FailoverScenario, (x: number, y: number) => Svg>>> = {
  processKilled: (cx, cy) => element('circle', { cx, cy, r: markSize, fill: ink('master') }),
  serverLost: (x, y) => {
    const reach = markSize + 1;
    const d = `M${round(x)},${round(y - reach)} L${round(x + reach)},${round(y)} L${round(x)},${round(y + reach)} L${round(x - reach)},${round(y)} Z`;
    return element('path', { d, fill: ink('page'), stroke: ink('fail'), 'stroke-width': 2 });
  },
};

/**
 * The outages of all trials as points, with their median, in front of the predicted range of each node timeout: an SVG that stands alone, in the
 * reader's light or dark scheme, the same bytes for the same results.
 */
export function timeoutChart(results: TimeoutResults): string {
  const rows = rowsOf(results);
  const scales = scalesOf(rows);
  const style = element('style', {}, words(paletteCss));
  const frame = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${size.width} ${size.height}`,
    width: size.width,
    height: size.height,
    role: 'img',
    'aria-labelledby': 'title desc',
    'font-family': fontFamily,
  };
  const parts = [
    element('title', { id: 'title' }, words(title)),
    element('desc', { id: 'desc' }, words(describe(rows))),
    style,
    element('rect', { width: size.width, height: size.height, fill: ink('page') }),
    ...heading(rows),
    ...yAxis(scales),
    ...scales.timeouts.flatMap((nodeTimeoutMs) => column(nodeTimeoutMs, rows, scales)),
    label(size.left + scales.width / 2, size.height - 10, 'node timeout', { 'text-anchor': 'middle', fill: ink('muted') }),
  ];
  return `${element('svg', frame, ...parts.map((part) => `\n${part}`), '\n')}\n`;
}

interface Scales {
  readonly timeouts: readonly number[];
  readonly width: number;
  readonly floor: number;
  readonly band: number;
  readonly x: (nodeTimeoutMs: number) => number;
  readonly y: (ms: number) => number;
  readonly ticksMs: readonly number[];
}

function scalesOf(rows: readonly TimeoutRow[]): Scales {
  const timeouts = [...new Set(rows.map(({ nodeTimeoutMs }) => nodeTimeoutMs))];
  const [from, to, floor] = [size.left, size.width - size.right, size.height - size.bottom];
  const x = scaleBand({ domain: timeouts, range: [from, to], paddingInner: 0.35, paddingOuter: 0.2 });
  const longest = Math.max(...rows.flatMap(({ outagesMs, predicted }) => [...outagesMs, predicted.outageToMs]));
  const y = scaleLinear({ domain: [0, longest], range: [floor, size.top], nice: true });
  return {
    timeouts,
    width: to - from,
    floor,
    band: x.bandwidth(),
    x: (nodeTimeoutMs) => x(nodeTimeoutMs) ?? from,
    y: (ms) => y(ms),
    ticksMs: y.ticks(6),
  };
}

function describe(rows: readonly TimeoutRow[]): string {
  return rows
    .map(({ nodeTimeoutMs, scenario, trials, outagesMs, predicted }) => {
      const summary = summarize(outagesMs);
      const range = formatDurationRange(predicted.outageFromMs, predicted.outageToMs);
      const measured =
        summary === null
          ? endedOf({ outagesMs, trials })
          : `${summary.count === trials.length ? `${summary.count} outages` : `${endedOf({ outagesMs, trials })},`} from ${formatDuration(summary.min)} to ${formatDuration(summary.max)}, median ${formatDuration(summary.median)}`;
      return `${nodeTimeoutMs} ms, ${scenario}: ${measured}; predicted ${range}.`;
    })
    .join(' ');
}

function heading(rows: readonly TimeoutRow[]): readonly Svg[] {
  const scenarios = [...new Set(rows.map(({ scenario }) => scenario))];
  const [y, step] = [46, 150];
  const entry = (index: number, mark: (x: number) => Svg, text: string): readonly Svg[] => {
    const x = size.left + 8 + index * step;
    return [mark(x), label(x + 14, y + 4, text, { fill: ink('ink') })];
  };
  return [
    label(size.left, 22, `${title}, in seconds`, { 'font-size': 15, 'font-weight': 600, fill: ink('ink') }),
    ...scenarios.flatMap((scenario, index) => entry(index, (x) => looks[scenario]?.(x, y) ?? '', scenario)),
    ...entry(scenarios.length, (x) => bandRect(x - 7, y - 7, 14, 14), 'predicted range'),
    ...entry(scenarios.length + 1, (x) => medianLine(x - 8, x + 8, y), 'median'),
  ];
}

function yAxis({ ticksMs, y, width }: Scales): readonly Svg[] {
  return ticksMs.flatMap((ms) => [
    element('line', { x1: size.left, x2: size.left + width, y1: y(ms), y2: y(ms), stroke: ink(ms === 0 ? 'edge' : 'line') }),
    label(size.left - 8, y(ms) + 4, `${ms / 1000} s`, { 'text-anchor': 'end', fill: ink('muted') }),
  ]);
}

function column(nodeTimeoutMs: number, rows: readonly TimeoutRow[], { x, y, band, floor }: Scales): readonly Svg[] {
  const own = rows.filter((row) => row.nodeTimeoutMs === nodeTimeoutMs);
  if (own.length === 0) return [];
  const { outageFromMs, outageToMs } = rangeOver(own.map(({ predicted }) => predicted));
  const left = x(nodeTimeoutMs);
  const share = band / own.length;
  return [
    bandRect(left, y(outageToMs), band, y(outageFromMs) - y(outageToMs)),
    ...own.flatMap((row, index) => trialMarks(row, { from: left + index * share, share, y })),
    label(left + band / 2, floor + 20, `${nodeTimeoutMs} ms`, { 'text-anchor': 'middle', fill: ink('ink') }),
  ];
}

function trialMarks(
  { scenario, outagesMs }: TimeoutRow,
  { from, share, y }: { readonly from: number; readonly share: number; readonly y: Scales['y'] },
): readonly Svg[] {
  const look = looks[scenario];
  const summary = summarize(outagesMs);
  if (look === undefined || summary === null) return [];
  const step = share / (outagesMs.length + 1);
  return [
    medianLine(from + share * 0.08, from + share * 0.92, y(summary.median)),
    ...outagesMs.map((ms, index) => look(from + step * (index + 1), y(ms))),
  ];
}

function bandRect(x: number, y: number, width: number, height: number): Svg {
  return element('rect', { x, y, width, height, rx: 3, fill: ink('areaSoft'), stroke: ink('area') });
}

function medianLine(x1: number, x2: number, y: number): Svg {
  return element('line', { x1, x2, y1: y, y2: y, stroke: ink('ink'), 'stroke-width': 2 });
}

function label(x: number, y: number, text: string, attributes: Readonly<Record<string, string | number>>): Svg {
  return element('text', { x, y, 'font-size': 12.5, ...attributes }, words(text));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
