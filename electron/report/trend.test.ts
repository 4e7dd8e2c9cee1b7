import { describe, expect, it } from 'vitest';
import { outageTrendGeometry, TREND, type TrendLane } from '../shared/figures/trendGeometry.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import { renderTrend } from './renderTrend.tsx';
import { styleFor } from './style.ts';
import { sampleFailoverTest, sampleInstall, samplePlan } from './testing/sampleRecord.ts';
import { trendOf } from './trendOf.ts';
import { trendText } from './trendText.ts';

/** A failover test of another day, `slower` milliseconds slower, with another node timeout where one is given. */
function testOf(day: string, slower: number, nodeTimeoutMs?: number, lost = 0): RunRecord {
  const record = sampleFailoverTest(samplePlan(), lost);
  return {
    ...record,
    runId: `${day}-failoverTest`,
    startedAt: `${day}T22:05:00.000Z`,
    plan: nodeTimeoutMs === undefined ? record.plan : { ...record.plan, settings: { ...record.plan.settings, nodeTimeoutMs } },
    trials: record.trials.map((trial) => ({ ...trial, outageMs: (trial.outageMs ?? 0) + slower })),
  };
}

const RECORDS = [testOf('2026-05-02', -6000, 2000), testOf('2026-03-14', 0), sampleInstall(), testOf('2026-04-01', 1500, undefined, 2)];
const trend = trendOf('sessions', RECORDS, 'Europe/Lisbon');

describe('the trend of a cluster', () => {
  it('has the runs with trials, oldest first, each compared with the one before', () => {
    expect(trend.runs.map(({ runId }) => runId)).toEqual(['2026-03-14-failoverTest', '2026-04-01-failoverTest', '2026-05-02-failoverTest']);
    const [first, second, third] = trend.runs;
    expect([first?.facts, first?.checks, second?.facts, second?.checks]).toEqual([[], [], [], []]);
    expect(third?.facts.map(({ what, before, after }) => [what, before, after])).toContainEqual(['Node timeout', '5.0 s', '2.0 s']);
  });

  it('is a table on a terminal, with what was changed under the run', () => {
    const lines = trendText(trend, styleFor(false)).split('\n');
    expect(lines[0]).toMatch(/^ {2}Run +Node timeout +server-1 +server-2 +server-3 +Acknowledged writes lost$/u);
    expect(lines[2]).toMatch(/^✓ 2026-04-01 22:05:00 +5\.0 s .* 2$/u);
    expect(lines.some((line) => /^ {4}Node timeout: 5\.0 s → 2\.0 s$/u.test(line))).toBe(true);
    expect(trendText(trendOf('sessions', []), styleFor(false))).toBe('No kept run of this cluster has a failover test.');
  });

  it('is a page that loads nothing, with every figure of the chart in a table, and the same twice', () => {
    const html = renderTrend(trend, '1.2.3');
    expect(renderTrend(trendOf('sessions', structuredClone(RECORDS), 'Europe/Lisbon'), '1.2.3')).toBe(html);
    expect(html).not.toMatch(/https?:\/\/|<script|<link|<img|<iframe|@import|url\((?!#)|\son[a-z]+=|<[^>]*\sstyle=/iu);
    expect(html).toContain('default-src &#x27;none&#x27;');
    expect(html.match(/triad-outage-point"/gu)).toHaveLength(9);
    const table = html.slice(html.indexOf('<tbody>'), html.indexOf('</tbody>'));
    for (const { trials } of trend.runs)
      for (const { trial } of trials) expect(table).toContain(`<strong>${((trial.outageMs ?? 0) / 1000).toFixed(1)} s</strong>`);
    expect(html).toContain('Changed before the run of 2026-05-02');
    expect(html).not.toMatch(/\{\{|\bundefined\b|\bNaN\b|\[object/u);
  });

  it('keeps text of others as text', () => {
    const records = JSON.parse(JSON.stringify(RECORDS).replaceAll('server-2', '</svg><script>alert(1)</script>')) as RunRecord[];
    expect(renderTrend(trendOf('<b>', records), '1')).not.toMatch(/<script|<b>/iu);
  });
});

describe('the chart', () => {
  const predicted = { outageFromMs: 2000, outageToMs: 4000 };
  const point = (server: string, outageMs: number | null, round = 1) => ({ server, round, outageMs, predicted, verdict: 'pass' as const });
  const lane = (...runs: TrendLane['runs']): TrendLane => ({ title: 'server lost', runs });

  it('is exact: a point stands at its value on the scale of its lane', () => {
    const [placed] = outageTrendGeometry([lane([point('a', 1000)], [point('a', 4000)])], 2).lanes;
    if (placed === undefined) throw new Error('no lane');
    const [low, high] = placed.points;
    const perMs = ((low?.y ?? 0) - (high?.y ?? 0)) / 3000;
    expect((placed.floor - (low?.y ?? 0)) / perMs).toBeCloseTo(1000, -1);
    const [band] = placed.bands;
    expect((placed.floor - (band?.y ?? 0)) / perMs).toBeCloseTo(4000, -1);
    expect((band?.height ?? 0) / perMs).toBeCloseTo(2000, -1);
    for (const { y } of placed.ticks) expect(y).toBeGreaterThanOrEqual(placed.top);
  });

  it('joins neighbouring runs only, and leaves out what was not measured', () => {
    const [placed] = outageTrendGeometry([lane([point('a', 1)], [point('a', 2)], [], [point('a', 3)], [point('a', null)])], 5).lanes;
    expect(placed?.lines[0]?.path.replaceAll(/[\d.,]+/gu, '')).toBe('M L M');
    expect(placed?.points).toHaveLength(3);
  });

  it('keeps servers apart that were equally long away, and everything within its frame', () => {
    const many = Array.from({ length: 60 }, () => [point('a', 5), point('b', 5), point('c', 5)]);
    const { lanes, width } = outageTrendGeometry([lane(...many)], 60);
    const xs = lanes.flatMap(({ points }) => points.map(({ x }) => x));
    expect(new Set(xs).size).toBe(180);
    expect(Math.min(...xs)).toBeGreaterThanOrEqual(TREND.left);
    expect(Math.max(...xs)).toBeLessThanOrEqual(width - TREND.right);
  });
});
