import { expect, it } from 'vitest';
import type { ProbeWrite, ShardJournal } from './ledger.ts';
import { waitedWritesOf } from './waitedWrites.ts';

const journal = (shard: number, writes: readonly ProbeWrite[]): ShardJournal => ({ shard, startedAtMs: 0, endedAtMs: 1000, writes });
const write = (n: number, tookMs: number, replicas?: number): ProbeWrite => ({
  n,
  startedAtMs: n * 100,
  endedAtMs: n * 100 + tookMs,
  outcome: 'acknowledged',
  reason: '',
  ...(replicas === undefined ? {} : { replicas }),
});
const waited = [
  journal(1, [write(1, 3, 1), write(2, 5, 1), write(6, 40, 0), write(7, 40, 0), { ...write(8, 500), outcome: 'timedOut' }]),
  // The number of another shard's write is another write.
  journal(2, [write(6, 4, 1)]),
];
const facts = { faultAtMs: 500, without: [journal(1, [write(1, 1), write(9, 70)])] };

it('parts the lost writes into those that a replica had confirmed and the others', () => {
  const lost = new Map([
    [1, [6, 7].map((n) => ({ n, key: `p:${n}`, acknowledgedAtMs: n * 100 }))],
    [2, []],
  ]);
  expect(waitedWritesOf(waited, { ...facts, lost })).toEqual({
    ratePerSecond: 20,
    timeoutMs: 40,
    acknowledged: 5,
    confirmed: 3,
    lost: 2,
    lostConfirmed: 0,
    latency: { withWait: { p50: 3, p95: 5, p99: 5, max: 5 }, without: { p50: 1, p95: 1, p99: 1, max: 1 } },
  });
});

it('finds a confirmed write that was lost all the same, and knows nothing where nothing was read back', () => {
  const lost = new Map([[2, [{ n: 6, key: 'p', acknowledgedAtMs: 604 }]]]);
  expect(waitedWritesOf(waited, { ...facts, lost })).toMatchObject({ lost: 1, lostConfirmed: 1 });
  expect(waitedWritesOf(waited, { ...facts, lost: null })).toMatchObject({ confirmed: 3, lost: null, lostConfirmed: null });
});
