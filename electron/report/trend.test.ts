import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { OutageTrend } from '../shared/figures/OutageTrend.tsx';
import { doOverlap, textBox, type Box } from '../shared/figures/placeTrendLabels.ts';
import { outageTrendGeometry, pointBox, TREND, type TrendLane, type TrendPoint } from '../shared/figures/trendGeometry.ts';
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
    expect(lines[0]).toMatch(/^ {2}Run +Node timeout +server-1 +server-2 +server-3 +Expected +Acknowledged writes lost$/u);
    expect(lines[2]).toMatch(/^[✓!▲⚠] 2026-04-01 22:05:00 +5\.0 s .* 2$/u);
    const changed = lines.indexOf('  Changed before the run of 2026-05-02 22:05:00');
    expect(lines.slice(changed + 1)).toContain('    Node timeout: 5.0 s → 2.0 s');
    expect(trendText(trendOf('sessions', []), styleFor(false))).toBe('No kept run of this cluster has a failover test.');
  });

  it('has a table for each scenario, with a row a run and a column a server, however many rounds', () => {
    const many = RECORDS.map((record): RunRecord => {
      const again = record.trials.flatMap((trial) => [
        trial,
        { ...trial, outageMs: 9000 },
        { ...trial, scenario: 'processKilled' as const },
      ]);
      const slow = record.trials.flatMap((trial) =>
        Array.from({ length: 5 }, (_, at) => ({ ...trial, scenario: 'switchover' as const, outageMs: 20 + at })),
      );
      return { ...record, trials: [...again, ...slow] };
    });
    const lines = trendText(trendOf('sessions', many), styleFor(false)).split('\n');
    const heads = lines.filter((line) => line.startsWith('  Run'));
    expect(heads.map((line) => line.trim().split(/ {2,}/u))).toEqual(
      heads.map(() => ['Run', 'Node timeout', 'server-1', 'server-2', 'server-3', 'Expected', 'Acknowledged writes lost']),
    );
    expect(heads).toHaveLength(3);
    expect(lines.filter((line) => /^\S 2026-04-01/u.test(line))).toEqual([
      expect.stringMatching(/ 9\.\d s, 9\.0 s /u),
      expect.stringMatching(/ 9\.\d s /u),
      expect.stringMatching(/ 20–24 ms \(5\) /u),
    ]);
    const html = renderTrend(trendOf('sessions', many), '1');
    expect(html.match(/<table class="figures">/gu)).toHaveLength(3);
    expect(html).toContain('<th scope="col" class="number">server-3, outage</th>');
  });

  it('says that it has the newest alone where more are kept', () => {
    const some = trendOf('sessions', RECORDS, 'UTC', 37);
    const words = 'Compared are the newest 3 of 37 kept failover tests.';
    expect(trendText(some, styleFor(false))).toContain(words);
    expect(renderTrend(some, '1')).toContain(words);
    expect(trendText(trend, styleFor(false))).not.toContain('newest');
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

  const labelled = (count: number): string[] => Array.from({ length: count }, (_, run) => `run ${run}`);

  it('is exact: a point stands at its value on the scale of its lane', () => {
    const placed = outageTrendGeometry(lane([point('a', 1000)], [point('a', 4000)]), labelled(2));
    const [low, high] = placed.points;
    const perMs = ((low?.y ?? 0) - (high?.y ?? 0)) / 3000;
    expect((placed.floor - (low?.y ?? 0)) / perMs).toBeCloseTo(1000, -1);
    const [band] = placed.bands;
    expect((placed.floor - (band?.y ?? 0)) / perMs).toBeCloseTo(4000, -1);
    expect((band?.height ?? 0) / perMs).toBeCloseTo(2000, -1);
    for (const { y } of placed.ticks) expect(y).toBeGreaterThanOrEqual(TREND.top);
  });

  it('joins neighbouring runs only, and leaves out what was not measured', () => {
    const runs = lane([point('a', 1)], [point('a', 2)], [], [point('a', 3)], [point('a', null)]);
    const placed = outageTrendGeometry(runs, labelled(5));
    expect(placed.lines[0]?.path.replaceAll(/[\d.,]+/gu, '')).toBe('M L M');
    expect(placed.points).toHaveLength(3);
  });

  it('keeps servers apart that were equally long away, and everything within its frame', () => {
    const many = Array.from({ length: 60 }, () => [point('a', 5), point('b', 5), point('c', 5)]);
    const { points, width } = outageTrendGeometry(lane(...many), labelled(60));
    const xs = points.map(({ x }) => x);
    expect(new Set(xs).size).toBe(180);
    expect(Math.min(...xs)).toBeGreaterThanOrEqual(TREND.left);
    expect(Math.max(...xs)).toBeLessThanOrEqual(width - TREND.right);
  });

  /** Every text of an SVG as the box that it covers, read from the markup itself. */
  function textBoxes(svg: string): readonly (Box & { readonly words: string })[] {
    return [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/gu)].map(([, attributes = '', words = '']) => {
      const number = (name: string): number => Number(new RegExp(`(?:^| )${name}="([-\\d.]+)"`, 'u').exec(attributes)?.[1]);
      const size = number('font-size');
      const turned = /translate\(([\d.]+),([\d.]+)\) rotate\(-90\)/u.exec(attributes);
      if (turned !== null) return { ...textBox(words, size, Number(turned[1]) - size * 0.35, Number(turned[2]), true), words };
      const box = textBox(words, size, number('x'), number('y'));
      const half = attributes.includes('text-anchor="end"') ? (box.right - box.left) / 2 : 0;
      return { ...box, left: box.left - half, right: box.right - half, words };
    });
  }

  it.each([1, 2, 10, 11, 20, 35, 60])(
    'of %i runs covers no words by others nor by points of other runs, and names the newest and the longest',
    (count) => {
      for (const longDates of [false, true]) {
        const dates = Array.from({ length: count }, (_, run) =>
          longDates ? `11-${10 + (run % 20)} 22:${10 + (run % 50)}` : `11-${10 + (run % 20)}`,
        );
        // Outages that go up and down, of three servers in two rounds, one of them much longer than the others.
        const runs = Array.from({ length: count }, (_, run): TrendPoint[] =>
          ['a', 'b', 'c'].flatMap((server, at) =>
            [1, 2].map((round) =>
              point(
                server,
                run === Math.floor(count / 3) && at === 1 ? 65_000 : 7000 + ((run * 37 + at * 11 + round * 5) % 23) * 110,
                round,
              ),
            ),
          ),
        );
        const svg = renderToStaticMarkup(
          createElement(OutageTrend, { id: 'trend', lane: lane(...runs), runLabels: dates, servers: ['a', 'b', 'c'] }),
        );
        const boxes = textBoxes(svg);
        const height = Number(/viewBox="0 0 \d+ ([\d.]+)"/u.exec(svg)?.[1]);
        const pairs = boxes.flatMap((one, index) =>
          boxes.slice(index + 1).flatMap((other) => (doOverlap(one, other) ? [[one.words, other.words]] : [])),
        );
        expect(pairs).toEqual([]);
        const outside = boxes.filter(({ left, right, top, bottom }) => left < 0 || right > TREND.width || top < 0 || bottom > height);
        expect(outside).toEqual([]);
        const { points, labels } = outageTrendGeometry(lane(...runs), dates);
        const covered = labels.flatMap((label) =>
          points.filter(
            ({ run, ...one }) => run !== label.run && doOverlap(textBox(label.text, TREND.label, label.x, label.y), pointBox(one)),
          ),
        );
        expect(covered).toEqual([]);
        expect(labels.map(({ run }) => run)).toEqual(expect.arrayContaining([count - 1, Math.floor(count / 3)]));
        expect(labels.length).toBeGreaterThanOrEqual(Math.min(count, 6));
        // Every run is named: upright, sixty still have room.
        expect(svg.match(/triad-trend-date/gu)).toHaveLength(count);
      }
    },
  );
});
