import { expect, test } from 'vitest';
import { ledgerOf, type ProbeWrite, type ShardJournal } from './ledger.ts';
import { outageUncertaintyMs } from './outageUncertainty.ts';

/** Writes every 10 ms; those between 500 and 800 ms are refused, and the two around them take as long as is said. */
function journal(lastGoodMs: number, firstGoodMs: number): ShardJournal {
  const writes = Array.from({ length: 100 }, (_, n): ProbeWrite => {
    const isGood = n < 50 || n >= 80;
    const tookMs = n === 49 ? lastGoodMs : n === 80 ? firstGoodMs : 1;
    return { n, startedAtMs: n * 10, endedAtMs: n * 10 + tookMs, outcome: isGood ? 'acknowledged' : 'refused', reason: isGood ? '' : 'no' };
  });
  return { shard: 1, startedAtMs: 0, endedAtMs: 1000, writes };
}

test.each([
  ['an interval at each end and the write', 1, 1, 21],
  ['the longer of both writes: the last good one', 8, 2, 28],
  ['the longer of both writes: the first good one', 2, 9, 29],
])('an outage is off by %s', (_name, lastGoodMs, firstGoodMs, uncertaintyMs) => {
  const written = journal(lastGoodMs, firstGoodMs);
  const ledger = ledgerOf(written, { faultAtMs: 500, isVictims: true, lost: [] });
  expect(ledger.outageMs).toBe(310 - lastGoodMs + firstGoodMs);
  expect(outageUncertaintyMs(written, ledger, { faultAtMs: 500, ratePerSecond: 100 })).toBe(uncertaintyMs);
});
