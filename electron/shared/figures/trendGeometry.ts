import { scaleLinear } from '@visx/scale';
import { formatDuration } from '../domain/reportFormat.ts';
import type { Verdict } from '../domain/verdict.ts';

/** Sizes of the trend, in its own units. */
export const TREND = { width: 960, left: 72, right: 16, top: 30, lane: 168, laneGap: 46, dot: 4.5, label: 11, dates: 20 } as const;

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

/** Where everything of a lane stands. */
export interface PlacedLane {
  readonly title: string;
  readonly top: number;
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
  /** The longest outage of each run, in words, above its point. */
  readonly labels: readonly { readonly run: number; readonly x: number; readonly y: number; readonly text: string }[];
}

/** Where everything of a trend stands. */
export interface TrendGeometry {
  readonly width: number;
  readonly height: number;
  readonly runX: readonly number[];
  readonly lanes: readonly PlacedLane[];
}

/** Lays out a trend: one lane a scenario above a common axis of runs, each from zero to a little above its longest outage. */
export function outageTrendGeometry(lanes: readonly TrendLane[], runCount: number): TrendGeometry {
  const room = TREND.width - TREND.left - TREND.right;
  const step = room / Math.max(runCount, 1);
  const runX = Array.from({ length: runCount }, (_, run) => round(TREND.left + step * (run + 0.5)));
  const placed = lanes.map((lane, index) => {
    const top = TREND.top + index * (TREND.lane + TREND.laneGap);
    return placeLane(lane, top, runX, step);
  });
  const height = TREND.top + lanes.length * (TREND.lane + TREND.laneGap) - TREND.laneGap + TREND.dates * 2;
  return { width: TREND.width, height, runX, lanes: placed };
}

/** The servers of a trend, in the order in which they appear: each has one shape throughout. */
export function trendServers(lanes: readonly TrendLane[]): readonly string[] {
  return [...new Set(lanes.flatMap(({ runs }) => runs.flat().map(({ server }) => server)))];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function placeLane({ title, runs }: TrendLane, top: number, runX: readonly number[], step: number): PlacedLane {
  const all = runs.flat();
  const highest = Math.max(1, ...all.flatMap(({ outageMs, predicted }) => [outageMs ?? 0, predicted.outageToMs]));
  const floor = top + TREND.lane;
  const scale = scaleLinear<number>({ domain: [0, highest * 1.12], range: [floor, top] });
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
    title,
    top,
    floor,
    ticks: scale.ticks(4).map((ms) => ({ y: y(ms), label: formatDuration(ms) })),
    bands: runs.flatMap((trials, run) => bandOf(trials, run, (runX[run] ?? 0) - step * 0.4, step * 0.8, y)),
    points,
    lines: servers.map((server) => ({ server, path: lineOf(points.filter(({ point }) => point.server === server && point.round === 1)) })),
    labels: runs.flatMap((_, run) => {
      const [longest] = points.filter((one) => one.run === run).toSorted((one, other) => one.y - other.y);
      return longest === undefined
        ? []
        : [{ run, x: longest.x, y: round(longest.y - TREND.dot - 5), text: formatDuration(longest.point.outageMs) }];
    }),
  };
}

function bandOf(trials: readonly TrendPoint[], run: number, x: number, width: number, y: (ms: number) => number): PlacedLane['bands'] {
  if (trials.length === 0) return [];
  const from = Math.min(...trials.map(({ predicted }) => predicted.outageFromMs));
  const to = Math.max(...trials.map(({ predicted }) => predicted.outageToMs));
  return [{ run, x: round(x), width: round(width), y: y(to), height: round(y(from) - y(to)) }];
}

/** Through the first round of each run; only neighbouring runs are joined. */
function lineOf(points: readonly PlacedPoint[]): string {
  return points.map(({ x, y, run }, at) => `${at > 0 && points[at - 1]?.run === run - 1 ? 'L' : 'M'}${x},${y}`).join(' ');
}
