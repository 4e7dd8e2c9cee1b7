import { expect, test } from 'vitest';
import { MOST_PAGE_BYTES } from '../report/recordAttachment.ts';
import { sampleFailoverTest } from '../report/testing/sampleRecord.ts';
import { sampleView } from '../report/testing/sampleView.ts';
import type { FailoverTrial } from '../shared/domain/failover.ts';
import { journalBytes } from '../storage/runJournal.ts';
import { renderReport } from './renderReport.ts';
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

/** A run of three trials a round with 20,000 events, each with as much that is its own as a measurement has. */
function longRun(rounds: number, ownBytes: number): ReportSource {
  const record = sampleFailoverTest();
  const { plan } = record;
  /** Each server is lost whole, and loses each of its nodes, so that no layout is like that of another trial but those of other rounds. */
  const during = (server: string, kind: number): FailoverTrial['layouts']['during'] => {
    const nodes = plan.nodes.filter((node) => node.server === server).map(({ id }) => id);
    return sampleView(plan, kind === 0 ? { lost: server } : { silent: nodes.slice(kind - 1, kind) });
  };
  const trials = Array.from({ length: rounds }, (_, round) =>
    record.trials.map((trial) => ({ ...trial, layouts: { ...trial.layouts, during: during(trial.server, round % 3) } })),
  ).flat();
  const lines = noise(20_000 * ownBytes).match(new RegExp(`.{${ownBytes}}`, 'gu')) ?? [];
  const journal = journalBytes(Buffer.from(lines.map((own, seq) => `{"seq":${seq},"type":"trialProgress","own":"${own}"}\n`).join('')));
  return { record: { ...record, trials }, journal };
}

test('a page stays below a megabyte: with the record of 20,000 events where that fits, else without it', () => {
  const small = renderReport(longRun(1, 6), 'html');
  const large = renderReport(longRun(8, 48), 'html');
  for (const page of [small, large]) expect(Buffer.byteLength(page)).toBeLessThan(MOST_PAGE_BYTES);
  expect([small, large].map((page) => page.includes('href="data:application/gzip;base64,H4sI'))).toEqual([true, false]);
  const beside = 'The record is too large to be attached.';
  expect([small, large].map((page) => page.includes(beside))).toEqual([false, true]);
  // Of all 24 trials every figure is there; only a layout that was drawn before is referred to.
  expect(large.match(/<article id="trial-/gu)).toHaveLength(24);
  expect(large.match(/-timeline-title"/gu)).toHaveLength(24);
}, 30_000);
