import { scaleLinear } from '@visx/scale';
import type { ShardLedger } from '../domain/failover.ts';
import type { ReportTrial } from '../domain/report.ts';
import { formatDuration } from '../domain/reportFormat.ts';
import { textWidth } from './fitText.ts';
import { placeLabels } from './placeLabels.ts';

/** Sizes of the timeline, in its own units. */
export const TIMELINE = {
  width: 960,
  left: 132,
  top: 24,
  lane: 62,
  laneGap: 10,
  axis: 12,
  bracket: 26,
  labelRow: 19,
  label: 12,
  tick: 11,
  gap: 8,
} as const;

/** A point of time on the axis, with its label's row. */
export interface PlacedMark {
  readonly name: string;
  readonly label: string;
  readonly time: string;
  readonly explanation: string;
  readonly x: number;
  readonly row: number;
}

/** What of a shard is drawn. */
export type TimelineShard = Pick<ShardLedger, 'shard' | 'isVictims' | 'outageMs' | 'outageFromMs' | 'outageToMs' | 'rate'>;

/** A trial as the timeline needs it: one of a report, or one that still goes on. */
export type TimelineTrial = Pick<ReportTrial, 'server' | 'marks' | 'predicted'> & {
  readonly shards: readonly TimelineShard[];
  /** How far a trial has come that still goes on, milliseconds after the fault (0 as long as there is none); left out when it is over. */
  readonly nowMs?: number;
};

/** The writes of one shard as outlines: `acknowledged` stands on the lane's floor, `failed` too, in front of it. */
export interface Lane {
  readonly shard: TimelineShard;
  readonly top: number;
  readonly acknowledged: string;
  readonly failed: string;
  /** The most writes per second in any bucket of any lane: the lanes share one scale. */
  readonly outage: { readonly from: number; readonly to: number } | null;
}

/** Where everything of a timeline stands. */
export interface TimelineGeometry {
  readonly width: number;
  readonly height: number;
  readonly axisY: number;
  readonly labelsY: number;
  readonly right: number;
  readonly x: (ms: number) => number;
  readonly ticksMs: readonly number[];
  /** Where the common scale of all lanes ends. */
  readonly scaleEndPerSecond: number;
  readonly lanes: readonly Lane[];
  readonly marks: readonly PlacedMark[];
  readonly predicted: { readonly from: number; readonly to: number } | null;
  /** Where a trial that goes on has come to; null for one that is over. */
  readonly now: number | null;
}

/** The baseline is long and dull: this much of it is shown. */
const SHOWN_BEFORE_MS = 3000;
const SHOWN_AFTER_MS = 1500;
/** Outages shorter than this of the other shards are ordinary gaps between two writes. */
const LEAST_OUTAGE_MS = 250;

/** Rows that are kept free for the labels of a trial that goes on: what stands below must not jump with each of them. */
const LIVE_ROWS = 5;

/**
 * Lays out a trial: one lane per shard with a common scale, the axis, the expected end of the outage, and the marks below. `mostSteps`: what a curve of writes
 * has at most.
 */
export function timelineGeometry(trial: TimelineTrial, width: number = TIMELINE.width, mostSteps: number = MOST_STEPS): TimelineGeometry {
  const shown = trial.marks.filter((mark) => mark.name !== 'baselineStarted');
  const labels = shown.map((mark) => {
    const time = formatDuration(mark.atMs);
    return { mark, time, width: textWidth(`${mark.label} ${time}`, TIMELINE.label) + 6 };
  });
  const fromMs = -SHOWN_BEFORE_MS;
  const isLive = trial.nowMs !== undefined;
  const nowMs = trial.nowMs ?? fromMs;
  const lastMs = Math.max(
    ...shown.map((mark) => mark.atMs),
    trial.predicted.outageToMs,
    ...trial.shards.map((shard) => shard.outageToMs),
    nowMs,
  );
  const room = width - TIMELINE.left;
  // Labels stand to the right of their marks: the axis goes on far enough for each of them.
  const roomFor = ({ mark, width: labelWidth }: (typeof labels)[number]): number =>
    fromMs + ((mark.atMs - fromMs) * room) / Math.max(room - labelWidth - 4, room / 3);
  const toMs = Math.max(lastMs + SHOWN_AFTER_MS, ...labels.map(roomFor));
  const scale = scaleLinear<number>({ domain: [fromMs, toMs], range: [TIMELINE.left, width - 1] });
  const x = (ms: number): number => tenth(scale(ms));

  const shards = trial.shards
    .map((shard) => coarser(shard, toMs - fromMs, mostSteps))
    .toSorted((one, other) => Number(other.isVictims) - Number(one.isVictims) || one.shard - other.shard);
  const peak = peakOf(shards);
  const floor = (top: number): number => top + TIMELINE.lane;
  const lanes = shards.map((shard, index): Lane => {
    const top = TIMELINE.top + index * (TIMELINE.lane + TIMELINE.laneGap);
    const y = scaleLinear<number>({ domain: [0, peak], range: [floor(top), top + 2], clamp: true });
    const outline = (counts: readonly number[]): string =>
      steps(
        counts.map((count) => y(perSecond(count, shard.rate))),
        shard.rate,
        // The bucket that fills now reaches into the future.
        [fromMs, isLive ? Math.min(nowMs, toMs) : toMs],
        x,
        floor(top),
      );
    const isOutage = shard.isVictims || shard.outageMs >= LEAST_OUTAGE_MS;
    return {
      shard,
      top,
      acknowledged: outline(shard.rate.acknowledged),
      failed: outline(shard.rate.failed),
      outage:
        isOutage && shard.outageMs > 0 ? { from: x(Math.max(shard.outageFromMs, fromMs)), to: x(Math.min(shard.outageToMs, toMs)) } : null,
    };
  });

  const axisY = TIMELINE.top + shards.length * (TIMELINE.lane + TIMELINE.laneGap);
  const victim = shards.find((shard) => shard.isVictims);
  const hasFault = !isLive || shown.some((mark) => mark.name === 'faultInjected');
  const predicted =
    victim === undefined || !hasFault
      ? null
      : { from: x(victim.outageFromMs + trial.predicted.outageFromMs), to: x(victim.outageFromMs + trial.predicted.outageToMs) };
  const labelsY = axisY + TIMELINE.axis + (victim === undefined ? 0 : TIMELINE.bracket);
  const rows = placeLabels(
    labels.map((label) => ({ x: x(label.mark.atMs), width: label.width })),
    TIMELINE.gap,
  );
  return {
    width,
    height: labelsY + Math.max(Math.max(...rows, 0) + 1, isLive ? LIVE_ROWS : 0) * TIMELINE.labelRow + 6,
    axisY,
    labelsY,
    right: width - 1,
    x,
    ticksMs: scale.ticks(Math.max(4, Math.round(width / 96))).filter((ms) => ms % 1000 === 0),
    scaleEndPerSecond: peak,
    lanes,
    marks: labels.map(({ mark, time }, index) => ({
      name: mark.name,
      label: mark.label,
      time,
      explanation: mark.explanation,
      x: x(mark.atMs),
      row: rows[index] ?? 0,
    })),
    predicted,
    now: isLive ? x(nowMs) : null,
  };
}

/** Writes that waited come in a burst when they can; one of those must not flatten everything else: the scale ends a little above most steps. */
function peakOf(shards: readonly TimelineShard[]): number {
  const rates = shards
    .flatMap(({ rate }) => [...rate.acknowledged, ...rate.failed].map((count) => perSecond(count, rate)))
    .filter((rate) => rate > 0)
    .toSorted((one, other) => one - other);
  return Math.max(Math.min((rates.at(Math.floor(rates.length * 0.9)) ?? 0) * 1.35, rates.at(-1) ?? 0), 1);
}

/** More steps than this cannot be told apart at the figure's width, and would make the report large. */
const MOST_STEPS = 120;

/** The same ledger with so many buckets joined that at most `mostSteps` are shown. */
function coarser(shard: TimelineShard, shownMs: number, mostSteps: number): TimelineShard {
  const { rate } = shard;
  const joined = Math.ceil(shownMs / rate.bucketMs / mostSteps);
  if (joined <= 1) return shard;
  const sums = (counts: readonly number[]): number[] =>
    Array.from({ length: Math.ceil(counts.length / joined) }, (_, index) =>
      counts.slice(index * joined, (index + 1) * joined).reduce((sum, count) => sum + count, 0),
    );
  return {
    ...shard,
    rate: { ...rate, bucketMs: rate.bucketMs * joined, acknowledged: sums(rate.acknowledged), failed: sums(rate.failed) },
  };
}

function perSecond(count: number, rate: ShardLedger['rate']): number {
  return (count * 1000) / rate.bucketMs;
}

/** A closed outline in steps, one per bucket: what was counted in a bucket is not spread over its neighbours. */
function steps(
  ys: readonly number[],
  rate: ShardLedger['rate'],
  [fromMs, toMs]: readonly [number, number],
  x: (ms: number) => number,
  floor: number,
): string {
  const points: string[] = [];
  let lastY: number | null = null;
  ys.map(tenth).forEach((y, index) => {
    const start = Math.max(rate.fromMs + index * rate.bucketMs, fromMs);
    const end = Math.min(rate.fromMs + (index + 1) * rate.bucketMs, toMs);
    if (end <= start) return;
    if (points.length === 0) points.push(`M${x(start)},${tenth(floor)}`);
    // A step as high as the one before only makes that longer.
    if (y === lastY) points.pop();
    else points.push(`V${y}`);
    points.push(`H${x(end)}`);
    lastY = y;
    if (index === ys.length - 1 || end === toMs) points.push(`V${tenth(floor)}Z`);
  });
  return ys.every((y) => y === floor) ? '' : points.join('');
}

/** A tenth of a pixel is nothing that can be seen, and fifteen digits make a page of many trials large. */
function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
