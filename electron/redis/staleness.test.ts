import { describe, expect, it } from 'vitest';
import { replicaReadsOf, stalenessOf, type NumberedRead } from './staleness.ts';

/** Number n is acknowledged at 1000 + 10 n; 50 to 79 never were. */
const values = Array.from({ length: 100 }, (_, n) => ({ n, atMs: 1000 + 10 * n })).filter(({ n }) => n < 50 || n >= 80);
const journal = { startedAtMs: 990 };

describe('stalenessOf', () => {
  it.each([
    ['the last one', 49, 1495, 0],
    ['one that is not acknowledged yet', 50, 1495, 0],
    ['the one before the last', 48, 1495, 10],
    ['an old one in an outage: nothing newer was acknowledged', 49, 1790, 0],
    ['an old one after it', 49, 1805, 310],
    ['one that was never acknowledged counts as the one before it', 60, 1805, 310],
    ['no value at all', -1, 1095, 100],
    ['before anything was acknowledged', -1, 995, 0],
  ])('%s', (_, n, sentAtMs, expected) => {
    expect(stalenessOf({ n, sentAtMs }, journal, values)).toBe(expected);
  });
});

it('counts stale and failed reads by stretch, and a former master apart', () => {
  const read = (sentAtMs: number, n: number | null, from: NumberedRead['from'] = 'replica'): NumberedRead => ({
    shard: 2,
    from,
    sentAtMs,
    n,
  });
  const reads = [read(1095, 9), read(1195, 18), read(1600, null), read(1600, 40), read(1805, 80), read(1805, 49, 'formerMaster')];
  const figures = replicaReadsOf(
    { ...journal, acknowledged: new Map([[2, values]]), reads },
    { faultAtMs: 1500, outageEndsAtMs: 1800, ratePerSecond: 50, writesPerSecond: 100 },
  );
  expect(figures).toEqual({
    ratePerSecond: 50,
    resolutionMs: 10,
    replicas: {
      before: { reads: 2, stale: 1, failed: 0, p95Ms: 10, maxMs: 10 },
      during: { reads: 2, stale: 1, failed: 1, p95Ms: 90, maxMs: 90 },
      after: { reads: 1, stale: 0, failed: 0, p95Ms: 0, maxMs: 0 },
    },
    formerMaster: {
      before: { reads: 0, stale: 0, failed: 0, p95Ms: null, maxMs: null },
      during: { reads: 0, stale: 0, failed: 0, p95Ms: null, maxMs: null },
      after: { reads: 1, stale: 1, failed: 0, p95Ms: 310, maxMs: 310 },
    },
  });
  expect(
    replicaReadsOf(
      { ...journal, acknowledged: new Map(), reads: [] },
      { faultAtMs: 0, outageEndsAtMs: 0, ratePerSecond: 50, writesPerSecond: 100 },
    ).formerMaster,
  ).toBeNull();
});
