import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { reportTrial } from '../../report/reportTrial.ts';
import { samplePlan } from '../../report/testing/sampleRecord.ts';
import { sampleTrial } from '../../report/testing/sampleTrial.ts';
import type { ReportTrial } from '../domain/report.ts';
import { FailoverTimeline } from './FailoverTimeline.tsx';
import { textWidth } from './fitText.ts';
import { TIMELINE, timelineGeometry, type TimelineTrial } from './timelineGeometry.ts';

const plan = samplePlan();
const trial = reportTrial(sampleTrial(plan, 'server-2'), plan);

describe('timelineGeometry', () => {
  it('puts the shard that lost its master first and gives all shards one scale', () => {
    const { lanes, scaleEndPerSecond } = timelineGeometry(trial);
    expect(lanes.map((lane) => lane.shard.shard)).toEqual([2, 1, 3]);
    expect(scaleEndPerSecond).toBe(Math.max(...trial.shards.flatMap((shard) => shard.rate.acknowledged)) * 4);
  });

  it('draws the outage where the writes stopped, and the expected end from the last good write on', () => {
    const { lanes, predicted, x } = timelineGeometry(trial);
    const victim = lanes[0];
    expect(victim?.outage).toEqual({ from: x(victim?.shard.outageFromMs ?? 0), to: x(victim?.shard.outageToMs ?? 0) });
    expect(predicted).toEqual({ from: x(-12 + 5500), to: x(-12 + 10_500) });
  });

  it('leaves an ordinary gap between two writes alone', () => {
    const shown = timelineGeometry(trial).lanes.filter((lane) => lane.outage !== null);
    expect(shown.map((lane) => lane.shard.outageMs >= 250)).toEqual(shown.map(() => true));
    expect(timelineGeometry(trial).lanes.find((lane) => lane.shard.shard === 3)?.outage).toBeNull();
  });

  it('keeps labels apart and inside the figure, in a fast failover and in a slow one', () => {
    const stretched = (factor: number): ReportTrial => ({
      ...trial,
      marks: trial.marks.map((mark) => ({ ...mark, atMs: mark.atMs * factor })),
      shards: trial.shards.map((shard) => ({ ...shard, outageToMs: shard.outageToMs * factor })),
      predicted: { outageFromMs: trial.predicted.outageFromMs * factor, outageToMs: trial.predicted.outageToMs * factor },
    });
    for (const factor of [0.02, 0.1, 1, 4, 12]) {
      const { marks } = timelineGeometry(stretched(factor));
      const boxes = marks.map((mark) => ({
        row: mark.row,
        from: mark.x,
        to: mark.x + textWidth(`${mark.label} ${mark.time}`, TIMELINE.label),
      }));
      for (const one of boxes) expect(one.to).toBeLessThanOrEqual(TIMELINE.width);
      const pairs = boxes.flatMap((one, index) => boxes.slice(index + 1).map((other) => ({ one, other })));
      expect(pairs.filter(({ one, other }) => one.row === other.row && one.to > other.from && other.to > one.from)).toEqual([]);
    }
  });

  it.each([520, 640, 960, 1100, 1400])('keeps the seconds of the axis off its title, %i wide', (width) => {
    const svg = renderToStaticMarkup(
      <FailoverTimeline id="t" trial={{ ...trial, marks: trial.marks.slice(0, 3), nowMs: 4500 }} width={width} />,
    );
    const seconds = [...svg.matchAll(/<text x="([\d.]+)" y="12" font-size="11" text-anchor="middle"[^>]*>([^<]+)</gu)];
    expect(seconds.map((found) => found[2])).toContain('0');
    for (const [, x, words = ''] of seconds) expect(Number(x) - textWidth(words, 11) / 2).toBeGreaterThanOrEqual(TIMELINE.left);
  });

  it('does not draw more steps than can be told apart', () => {
    const fine: ReportTrial = {
      ...trial,
      shards: trial.shards.map((shard) => ({
        ...shard,
        rate: {
          bucketMs: 10,
          fromMs: -5000,
          acknowledged: Array.from({ length: 6000 }, (_, at) => at % 7),
          failed: Array.from({ length: 6000 }, () => 0),
        },
      })),
    };
    for (const lane of timelineGeometry(fine).lanes) expect(lane.acknowledged.length).toBeLessThan(8000);
  });

  it('does not let one burst of waiting writes flatten everything else', () => {
    const bursting: ReportTrial = {
      ...trial,
      shards: trial.shards.map((shard) => ({
        ...shard,
        rate: { ...shard.rate, acknowledged: shard.rate.acknowledged.map((count, at) => (at === 60 ? count * 20 : count)) },
      })),
    };
    expect(timelineGeometry(bursting).scaleEndPerSecond).toBeLessThan(timelineGeometry(trial).scaleEndPerSecond * 1.5);
    for (const lane of timelineGeometry(bursting).lanes)
      for (const y of [...lane.acknowledged.matchAll(/[V,](-?[\d.]+)/gu)].map((found) => Number(found[1])))
        expect(y).toBeGreaterThanOrEqual(lane.top);
  });

  it('draws a trial that goes on: how far it has come, and the expected end once the fault is in', () => {
    const begun: TimelineTrial = { ...trial, nowMs: 0, marks: [], shards: trial.shards.map((shard) => ({ ...shard, outageMs: 0 })) };
    const before = timelineGeometry(begun);
    expect(before).toMatchObject({ now: before.x(0), predicted: null });
    const lost = trial.marks.filter((mark) => mark.name === 'faultInjected');
    const during = timelineGeometry({ ...begun, nowMs: 30_000, marks: lost });
    expect(during.now).toBe(during.x(30_000));
    expect(during.now).toBeLessThan(during.right);
    // Nothing is drawn beyond this moment.
    const halfWay = timelineGeometry({ ...begun, nowMs: 4100, marks: lost });
    const xs = halfWay.lanes.flatMap(({ acknowledged }) => [...acknowledged.matchAll(/[MH]([\d.]+)/gu)].map((found) => Number(found[1])));
    expect(Math.max(...xs)).toBeCloseTo(halfWay.x(4100), 0);
    expect(during.predicted).not.toBeNull();
    // Nothing jumps when the bracket or a label appears.
    expect(during.height).toBe(before.height);
    expect(timelineGeometry(trial).now).toBeNull();
  });

  it('keeps a long label inside that is not the last one', () => {
    const marks = trial.marks.filter(({ name }) => name === 'replicaLinkUp' || name === 'inSync');
    for (const width of [560, 960, 1100])
      for (const mark of timelineGeometry({ ...trial, marks, nowMs: 13_700 }, width).marks)
        expect(mark.x + textWidth(`${mark.label} ${mark.time}`, TIMELINE.label)).toBeLessThanOrEqual(width);
  });

  it('takes the width that it is given', () => {
    const narrow = timelineGeometry(trial, 600);
    expect(narrow.width).toBe(600);
    expect(narrow.right).toBe(599);
    expect(narrow.ticksMs.length).toBeLessThan(timelineGeometry(trial).ticksMs.length);
    for (const mark of narrow.marks) expect(mark.x).toBeLessThan(600);
  });

  it('draws a trial that was broken off', () => {
    const broken: ReportTrial = { ...trial, outageMs: null, marks: [], shards: [] };
    expect(timelineGeometry(broken)).toMatchObject({ lanes: [], marks: [], predicted: null });
  });
});

describe('FailoverTimeline', () => {
  const html = renderToStaticMarkup(<FailoverTimeline id="f" trial={trial} />);

  it('labels the outage with its length and says the rest in words', () => {
    expect(html).toContain('8.2 s without writes');
    expect(html).toContain('<title id="f-title">Writes per second to each shard during the trial of server-2</title>');
    expect(html).toMatch(/Writes to shard 2 stopped for 8\.2 s; expected were 5\.5–10\.5 s\./u);
    expect(html).toContain('Replica promoted 7.7 s');
  });

  it('shows every moment after the fault', () => {
    for (const mark of trial.marks.filter((one) => one.name !== 'baselineStarted')) expect(html).toContain(`>${mark.label}<tspan`);
  });

  it('shows failed writes only where there are any', () => {
    expect(html.split('class="triad-failed-writes"').length - 1).toBe(2);
  });
});
