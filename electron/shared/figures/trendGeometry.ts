import { scaleLinear } from '@visx/scale';
import { formatDuration } from '../domain/reportFormat.ts';
import type { Verdict } from '../domain/verdict.ts';
import { axisLabels, labelsWithRoom, textBox, type Box } from './placeTrendLabels.ts';

/** Sizes of the trend, in its own units. */
export const TREND = { width: 960, left: 72, right: 16, top: 12, lane: 168, dot: 4.5, label: 11, dates: 10 } as const;

/** One trial in a trend. `outageMs` is null where none was measured. */
export interface TrendPoint {
  readonly server: string;
  /** Counted from 1 within its run. */
  readonly round: number;
  readonly outageMs: number | null;
  readonly predicted: { readonly outageFromMs: number; readonly outageToMs: number };
  readonly verdict: Verdict;
}

/** One scenario over all runs: what was measured in each, in the order of time. */
export interface TrendLane {
  readonly title: string;
  /** As many as there are runs; empty where a run had none of this scenario. */
  readonly runs: readonly (readonly TrendPoint[])[];
}

/** A trial where it stands. */
export interface PlacedPoint {
  readonly point: TrendPoint;
  readonly run: number;
  readonly x: number;
  readonly y: number;
}

/** A text where it stands: around `x` on the baseline `y`, or, turned by a quarter, from `y` downwards. */
export interface PlacedText {
  readonly run: number;
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** Where everything of a trend stands. */
export interface TrendGeometry {
  readonly width: number;
  readonly height: number;
  readonly floor: number;
  readonly ticks: readonly { readonly y: number; readonly label: string }[];
  /** What was expected, run by run. */
  readonly bands: readonly {
    readonly run: number;
    readonly x: number;
    readonly width: number;
    readonly y: number;
    readonly height: number;
  }[];
  readonly points: readonly PlacedPoint[];
  /** One path a server, from run to run; a run without it is a gap. */
  readonly lines: readonly { readonly server: string; readonly path: string }[];
  /** The longest outage of a run, in words, above its point: the newest and the longest of all, and of the others those that have room. */
  readonly labels: readonly PlacedText[];
  /** The runs along the axis, as many as have room. */
  readonly dates: readonly PlacedText[];
  readonly areDatesUpright: boolean;
}

/** Lays out the trend of a scenario above an axis of runs, from zero to a little above its longest outage. */
export function outageTrendGeometry(lane: TrendLane, runLabels: readonly string[]): TrendGeometry {
  const room = TREND.width - TREND.left - TREND.right;
  const step = room / Math.max(runLabels.length, 1);
  const runX = runLabels.map((_, run) => round(TREND.left + step * (run + 0.5)));
  const dates = axisLabels(runLabels, step, TREND.label);
  const placed = placeLane(lane, runX, step);
  const dateY = placed.floor + TREND.dates + (dates.isUpright ? 0 : TREND.label);
  return {
    ...placed,
    width: TREND.width,
    height: round(placed.floor + TREND.dates + dates.height + 6),
    dates: dates.shown.map((run) => ({ run, x: runX[run] ?? 0, y: dateY, text: runLabels[run] ?? '' })),
    areDatesUpright: dates.isUpright,
  };
}

/** What a point covers. */
export function pointBox({ x, y }: Pick<PlacedPoint, 'x' | 'y'>): Box {
  return { left: x - TREND.dot, right: x + TREND.dot, top: y - TREND.dot, bottom: y + TREND.dot };
}

/** The servers of a scenario's trend, in the order in which they appear. */
export function trendServers({ runs }: Pick<TrendLane, 'runs'>): readonly string[] {
  return [...new Set(runs.flat().map(({ server }) => server))];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function placeLane(
  { runs }: TrendLane,
  runX: readonly number[],
  step: number,
): Omit<TrendGeometry, 'width' | 'height' | 'dates' | 'areDatesUpright'> {
  const all = runs.flat();
  const highest = Math.max(1, ...all.flatMap(({ outageMs, predicted }) => [outageMs ?? 0, predicted.outageToMs]));
  const floor = TREND.top + TREND.lane;
  const scale = scaleLinear<number>({ domain: [0, highest * 1.12], range: [floor, TREND.top] });
  const y = (ms: number): number => round(scale(ms));
  const servers = [...new Set(all.map(({ server }) => server))];
  /** Servers stand beside each other in their run, so that equal outages do not hide one another. */
  const spread = Math.min(14, (step * 0.7) / Math.max(servers.length, 1));
  const xOf = (run: number, server: string): number =>
    round((runX[run] ?? 0) + (servers.indexOf(server) - (servers.length - 1) / 2) * spread);
  const points = runs.flatMap((trials, run) =>
    trials.flatMap((point) => (point.outageMs === null ? [] : [{ point, run, x: xOf(run, point.server), y: y(point.outageMs) }])),
  );
  return {
    floor,
    ticks: scale.ticks(4).map((ms) => ({ y: y(ms), label: formatDuration(ms) })),
    bands: runs.flatMap((trials, run) => bandOf(trials, run, (runX[run] ?? 0) - step * 0.4, step * 0.8, y)),
    points,
    lines: servers.map((server) => ({ server, path: lineOf(points.filter(({ point }) => point.server === server && point.round === 1)) })),
    labels: labelsOf(points, runs.length),
  };
}

/** The longest outage of each run above its point: of runs that stand close together only those whose words cover nothing. */
function labelsOf(points: readonly PlacedPoint[], runCount: number): readonly PlacedText[] {
  const boxes = points.map((one) => ({ one, box: pointBox(one) }));
  const longest = Array.from({ length: runCount }, (_, run) => {
    const [first] = boxes.filter(({ one }) => one.run === run).toSorted((a, b) => a.one.y - b.one.y);
    return first;
  }).filter((found) => found !== undefined);
  const top = Math.min(...longest.map(({ one }) => one.y));
  const last = longest.at(-1)?.one.run;
  const rank = ({ one }: (typeof longest)[number]): number => (one.run === last ? 0 : one.y === top ? 1 : 2);
  const wanted = longest
    .toSorted((one, other) => rank(one) - rank(other) || other.one.run - one.one.run)
    .map(({ one: { run, x, y, point }, box: own }) => {
      const words = formatDuration(point.outageMs);
      const baseline = round(y - TREND.dot - 5);
      return { run, x, y: baseline, text: words, own, box: textBox(words, TREND.label, x, baseline) };
    });
  const taken = boxes.map(({ box }) => box);
  return labelsWithRoom(wanted, taken).map(({ run, x, y, text }) => ({ run, x, y, text }));
}

function bandOf(trials: readonly TrendPoint[], run: number, x: number, width: number, y: (ms: number) => number): TrendGeometry['bands'] {
  if (trials.length === 0) return [];
  const from = Math.min(...trials.map(({ predicted }) => predicted.outageFromMs));
  const to = Math.max(...trials.map(({ predicted }) => predicted.outageToMs));
  return [{ run, x: round(x), width: round(width), y: y(to), height: round(y(from) - y(to)) }];
}

/** Through the first round of each run; only neighbouring runs are joined. */
function lineOf(points: readonly PlacedPoint[]): string {
  return points.map(({ x, y, run }, at) => `${at > 0 && points[at - 1]?.run === run - 1 ? 'L' : 'M'}${x},${y}`).join(' ');
}
