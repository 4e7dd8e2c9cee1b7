import { expect, it } from 'vitest';
import { applicationViewOf } from './applicationView.ts';
import type { ProbeWrite, ShardJournal } from './ledger.ts';

const write = (n: number, tookMs: number, outcome: ProbeWrite['outcome'] = 'acknowledged', reason = ''): ProbeWrite => ({
  n,
  startedAtMs: n * 20,
  endedAtMs: n * 20 + tookMs,
  outcome,
  reason,
});

/** Begun every 20 ms; the fault is at 1000. Up to 1100 writes are given up, up to 1600 held back until 1620. */
const victim: ShardJournal = {
  shard: 1,
  startedAtMs: 0,
  endedAtMs: 2000,
  writes: Array.from({ length: 100 }, (_, n) => {
    if (n < 50 || n > 80) return write(n, 1);
    if (n === 80) return write(n, 400, 'timedOut');
    return n < 55 ? write(n, 300, 'refused', n === 50 ? 'closed' : 'too many redirections') : write(n, 1620 - n * 20);
  }),
};

it('tells gaps beside those of the test’s own writers, what was given up, and what was held back', () => {
  const quiet = { ...victim, shard: 2, writes: Array.from({ length: 100 }, (_, n) => write(n, 1)) };
  const view = applicationViewOf([victim, quiet], {
    faultAtMs: 1000,
    shards: [
      { shard: 1, isVictims: true, outageMs: 500 },
      { shard: 2, isVictims: false, outageMs: 6 },
    ],
  });
  expect(view.shards).toEqual([
    {
      shard: 1,
      isVictims: true,
      gapMs: 639,
      gapFromMs: -19,
      gapToMs: 620,
      probeGapMs: 500,
      attempted: 100,
      acknowledged: 94,
      failed: 5,
      unanswered: 1,
      // Due at 1100 to 1520, and from there on less than 100 ms late.
      delayed: 22,
      longestDelayMs: 520,
    },
    expect.objectContaining({ shard: 2, gapMs: 20, probeGapMs: 6, failed: 0, delayed: 0, longestDelayMs: null }),
  ]);
  expect(view.addedFromMs).toBeGreaterThan(view.resolutionMs);
  expect(view.errors).toEqual([
    { error: 'too many redirections', count: 4 },
    { error: 'closed', count: 1 },
  ]);
});
