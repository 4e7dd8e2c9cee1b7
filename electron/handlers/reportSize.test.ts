import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_PAGE_BYTES } from '../report/recordAttachment.ts';
import { LONG, ORDINARY, sampleFailoverTest, samplePlan } from '../report/testing/sampleRecord.ts';
import { sampleView } from '../report/testing/sampleView.ts';
import type { FailoverTrial } from '../shared/domain/failover.ts';
import { Report } from '../shared/domain/report.ts';
import type { Verdict } from '../shared/domain/verdict.ts';
import { journalBytes } from '../storage/runJournal.ts';
import { htmlOf, renderReport, reportOf } from './renderReport.ts';
import type { ReportSource } from './reportSource.ts';

/** Bytes that no packing makes smaller: a stand-in for what a long run measures. */
function noise(bytes: number): string {
  let state = 7;
  const hex: string[] = [];
  for (let at = 0; at < bytes; at += 6) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    hex.push(state.toString(36).padStart(6, '0'));
  }
  return hex.join('');
}

/** What a long run is like. */
interface LongRun {
  readonly trials: number;
  /** Of the journal's 20,000 events: what is each one's own. */
  readonly ownBytes: number;
  readonly hasLongNames?: boolean;
  /** Every so many trials one has not passed; 0 for none. */
  readonly failsEach?: number;
}

/** A run of many trials with 20,000 events, each with as much that is its own as a measurement has. */
function longRun({ trials: count, ownBytes, hasLongNames = false, failsEach = 0 }: LongRun): ReportSource {
  const record = sampleFailoverTest(samplePlan(hasLongNames ? LONG : ORDINARY));
  const { plan } = record;
  /** Each server is lost whole, and loses each of its nodes, so that no layout is like that of another trial but those of other rounds. */
  const during = (server: string, kind: number): FailoverTrial['layouts']['during'] => {
    const nodes = plan.nodes.filter((node) => node.server === server).map(({ id }) => id);
    return sampleView(plan, kind === 0 ? { lost: server } : { silent: nodes.slice(kind - 1, kind) });
  };
  const trials = Array.from({ length: count }, (_, index): FailoverTrial => {
    const trial = record.trials[index % record.trials.length];
    if (trial === undefined) throw new Error('the sample has no trial');
    const verdict: Verdict = failsEach > 0 && (index + 1) % failsEach === 0 ? 'fail' : 'pass';
    const round = Math.floor(index / record.trials.length);
    return { ...trial, verdict, layouts: { ...trial.layouts, during: during(trial.server, round % 3) } };
  });
  const lines = noise(20_000 * ownBytes).match(new RegExp(`.{${ownBytes}}`, 'gu')) ?? [];
  const journal = journalBytes(Buffer.from(lines.map((own, seq) => `{"seq":${seq},"type":"trialProgress","own":"${own}"}\n`).join('')));
  return { record: { ...record, trials }, journal };
}

const places = (page: string): readonly number[] => [...page.matchAll(/<article id="trial-(\d+)"/gu)].map((found) => Number(found[1]));
const rows = (page: string): number => /<table class="figures">.*?<\/table>/su.exec(page)?.[0].match(/<th scope="row"/gu)?.length ?? 0;
const isAttached = (page: string): boolean => page.includes('href="data:application/gzip;base64,H4sI');
const withLogs = (page: string): number => page.match(/<summary>What the nodes logged of it/gu)?.length ?? 0;
const SAYS_LEFT_OUT = 'This page is kept below a megabyte';

test('a page stays below a megabyte: with the record of 20,000 events where that fits, else without it', () => {
  const small = renderReport(longRun({ trials: 3, ownBytes: 6 }), 'html');
  const large = renderReport(longRun({ trials: 12, ownBytes: 48 }), 'html');
  for (const page of [small, large]) expect(Buffer.byteLength(page)).toBeLessThan(MOST_PAGE_BYTES);
  expect([small, large].map(isAttached)).toEqual([true, false]);
  const beside = 'The record is too large to be attached.';
  expect([small, large].map((page) => page.includes(beside))).toEqual([false, true]);
  // Of all twelve trials everything is there but the record; only a layout that was drawn before is referred to.
  expect(places(large)).toHaveLength(12);
  expect(large.match(/-timeline-title"/gu)).toHaveLength(12);
  expect(withLogs(large)).toBe(12);
  expect(large).not.toContain(SAYS_LEFT_OUT);
}, 30_000);

test('however many trials: the page stays below a megabyte, says what it leaves out, and leads nowhere in vain', () => {
  const aRun = fc.record({
    trials: fc.integer({ min: 1, max: 100 }),
    ownBytes: fc.constantFrom(6, 48),
    hasLongNames: fc.boolean(),
    failsEach: fc.integer({ min: 0, max: 40 }),
  });
  const holds = (run: LongRun): void => {
    const source = longRun(run);
    const page = renderReport(source, 'html');
    expect(Buffer.byteLength(page)).toBeLessThan(MOST_PAGE_BYTES);
    const shown = places(page);
    // Every trial has its figures, and where it has no part of its own the page says so.
    expect(rows(page)).toBe(run.trials);
    expect(page.includes(`pictures and tables of ${run.trials - shown.length} of ${run.trials} trials`)).toBe(shown.length < run.trials);
    expect(page.includes(SAYS_LEFT_OUT)).toBe(withLogs(page) < run.trials);
    expect(isAttached(page) && page.includes(SAYS_LEFT_OUT)).toBe(false);
    // Those that did not pass come first.
    const failed = source.record.trials.flatMap(({ verdict }, index) => (verdict === 'pass' ? [] : [index + 1]));
    const withPart = failed.filter((place) => shown.includes(place)).length;
    expect(withPart === failed.length || withPart === shown.length).toBe(true);
    const ids = new Set([...page.matchAll(/\sid="([^"]+)"/gu)].map((found) => found[1]));
    expect([...page.matchAll(/href="#([^"]+)"/gu)].filter((found) => !ids.has(found[1]))).toEqual([]);
  };
  // The first trial that does not fit, and the largest run of the largest names, whatever else is drawn.
  fc.assert(fc.property(aRun, holds), {
    numRuns: 6,
    examples: [
      [{ trials: 30, ownBytes: 48, hasLongNames: false, failsEach: 0 }],
      [{ trials: 100, ownBytes: 48, hasLongNames: true, failsEach: 2 }],
    ],
  });
}, 120_000);

test('of a night of a thousand trials and more even the table of figures is shortened; JSON has them all, and paper says the same', () => {
  const source = longRun({ trials: 2400, ownBytes: 6, failsEach: 600 });
  const report = reportOf(source);
  const page = htmlOf(report, source);
  expect(Buffer.byteLength(page)).toBeLessThan(MOST_PAGE_BYTES);
  const shown = places(page);
  expect(shown).toEqual(expect.arrayContaining([1, 2, 3, 600, 1200, 1800, 2400]));
  expect(page).toContain(`${(2400 - rows(page)).toLocaleString('en')} of 2,400 rows of the table below`);
  expect(rows(page)).toBeGreaterThanOrEqual(100);
  expect(Report.parse(JSON.parse(renderReport(source, 'json'))).failover.trials).toHaveLength(2400);
  const words = (html: string): string => html.slice(html.indexOf('<body>')).replaceAll(/<[^>]*>/gu, '');
  expect(words(htmlOf(report, source, 'paper'))).toBe(words(page));
}, 120_000);
