import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstFailure, ledgerOf, percentilesOf, type ProbeOutcome, type ProbeWrite, type ShardJournal } from './ledger.ts';

/** Writes begun every 10 ms from 0, each answered after 1 ms; `outcomeOf` says how. */
function journal(count: number, outcomeOf: (n: number) => ProbeOutcome): ShardJournal {
  const writes = Array.from({ length: count }, (_, n): ProbeWrite => {
    const outcome = outcomeOf(n);
    return { n, startedAtMs: n * 10, endedAtMs: n * 10 + 1, outcome, reason: outcome === 'acknowledged' ? '' : 'no' };
  });
  return { shard: 2, startedAtMs: 0, endedAtMs: count * 10, writes };
}

const facts = { faultAtMs: 500, isVictims: true, lost: [] };

describe('ledgerOf', () => {
  it('counts by outcome and measures the outage from the last good write before to the first after', () => {
    const ledger = ledgerOf(
      journal(100, (n) => (n >= 50 && n < 80 ? (n < 60 ? 'timedOut' : 'refused') : 'acknowledged')),
      { ...facts, lost: [{ n: 49, key: 'p{t1}:49', acknowledgedAtMs: 491 }] },
    );
    expect(ledger).toMatchObject({
      shard: 2,
      isVictims: true,
      attempted: 100,
      acknowledged: 70,
      timedOut: 10,
      refused: 20,
      lost: 1,
      lostKeys: [{ key: 'p{t1}:49', acknowledgedAtMs: -9 }],
      outageFromMs: -9,
      outageToMs: 301,
      outageMs: 310,
    });
    expect(ledger.latency.before).toEqual({ p50: 1, p95: 1, p99: 1, max: 1 });
    expect(ledger.latency.during).toEqual({ p50: 1, p95: 1, p99: 1, max: 1 });
    expect(ledger.latency.after).toEqual({ p50: 1, p95: 1, p99: 1, max: 1 });
  });

  it('shows the pace of the writes where there was no outage', () => {
    expect(
      ledgerOf(
        journal(100, () => 'acknowledged'),
        { ...facts, isVictims: false },
      ),
    ).toMatchObject({ isVictims: false, outageMs: 10 });
  });

  it('takes no notice of a gap that was over before the fault', () => {
    expect(
      ledgerOf(
        journal(100, (n) => (n < 30 ? 'refused' : 'acknowledged')),
        facts,
      ).outageMs,
    ).toBe(10);
  });

  it('finds an outage that begins some time after the fault, as on the shards that were not hit', () => {
    expect(
      ledgerOf(
        journal(100, (n) => (n >= 70 && n < 75 ? 'refused' : 'acknowledged')),
        facts,
      ),
    ).toMatchObject({
      outageFromMs: 191,
      outageToMs: 251,
    });
  });

  it('lets an outage without an end last as long as the journal', () => {
    expect(
      ledgerOf(
        journal(100, (n) => (n < 40 ? 'acknowledged' : 'refused')),
        facts,
      ),
    ).toMatchObject({ outageFromMs: -109, outageToMs: 500 });
    expect(
      ledgerOf(
        journal(100, () => 'timedOut'),
        facts,
      ),
    ).toMatchObject({ outageMs: 1000, latency: { after: { p50: null, max: null } } });
    expect(ledgerOf({ shard: 1, startedAtMs: 0, endedAtMs: 0, writes: [] }, facts)).toMatchObject({ attempted: 0, outageMs: 0 });
  });

  it('is not misled by writes that end out of order', () => {
    const late: ProbeWrite = { n: 100, startedAtMs: 450, endedAtMs: 640, outcome: 'acknowledged', reason: '' };
    const base = journal(100, (n) => (n >= 50 && n < 80 ? 'refused' : 'acknowledged'));
    expect(ledgerOf({ ...base, writes: [...base.writes, late] }, facts)).toMatchObject({ outageFromMs: 140, outageToMs: 301 });
  });

  it('puts writes into buckets aligned to the fault', () => {
    const { rate } = ledgerOf(
      journal(100, (n) => (n >= 50 && n < 80 ? 'refused' : 'acknowledged')),
      { ...facts, bucketMs: 200 },
    );
    expect(rate).toEqual({ bucketMs: 200, fromMs: -600, acknowledged: [10, 20, 20, 0, 10, 10], failed: [0, 0, 0, 20, 10, 0] });
  });

  it('loses no write and counts none twice', () => {
    const outcome = fc.constantFrom<ProbeOutcome>('acknowledged', 'refused', 'timedOut');
    const write = fc.record({ startedAtMs: fc.integer({ min: 0, max: 5000 }), tookMs: fc.integer({ min: 0, max: 700 }), outcome });
    fc.assert(
      fc.property(fc.array(write), fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 1, max: 500 }), (list, faultAtMs, bucketMs) => {
        const writes = list.map(({ startedAtMs, tookMs, outcome: how }, n): ProbeWrite => ({
          n,
          startedAtMs,
          endedAtMs: startedAtMs + tookMs,
          outcome: how,
          reason: '',
        }));
        const ledger = ledgerOf({ shard: 1, startedAtMs: 0, endedAtMs: 5000, writes }, { faultAtMs, isVictims: false, lost: [], bucketMs });
        const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
        expect(ledger.acknowledged + ledger.refused + ledger.timedOut).toBe(ledger.attempted);
        expect(sum(ledger.rate.acknowledged)).toBe(ledger.acknowledged);
        expect(sum(ledger.rate.failed)).toBe(ledger.refused + ledger.timedOut);
        expect(ledger.rate.failed).toHaveLength(ledger.rate.acknowledged.length);
        expect(ledger.outageMs).toBeGreaterThanOrEqual(0);
        expect(ledger.outageToMs - ledger.outageFromMs).toBeCloseTo(ledger.outageMs);
      }),
    );
  });
});

describe('percentilesOf', () => {
  it('takes the nearest rank', () => {
    expect(percentilesOf(Array.from({ length: 100 }, (_, index) => 100 - index))).toEqual({ p50: 50, p95: 95, p99: 99, max: 100 });
    expect(percentilesOf([7])).toEqual({ p50: 7, p95: 7, p99: 7, max: 7 });
    expect(percentilesOf([])).toEqual({ p50: null, p95: null, p99: null, max: null });
  });
});

describe('firstFailure', () => {
  it('finds the failure that was known first since a moment', () => {
    const base = journal(10, (n) => (n === 2 || n === 6 ? 'refused' : 'acknowledged'));
    const slow: ProbeWrite = { n: 10, startedAtMs: 30, endedAtMs: 90, outcome: 'timedOut', reason: 'no' };
    expect(firstFailure({ ...base, writes: [slow, ...base.writes] }, 30)?.n).toBe(6);
    expect(firstFailure(base, 62)).toBeNull();
  });
});
