import type { ShardLedger } from '../../shared/domain/failover.ts';
import type { Noticed, ReadStretch } from '../../shared/domain/noticed.ts';

const stretch = (reads: number, stale: number, p95Ms: number, maxMs: number, failed = 0): ReadStretch => ({
  reads,
  stale,
  failed,
  p95Ms,
  maxMs,
});

const none: ReadStretch = { reads: 0, stale: 0, failed: 0, p95Ms: null, maxMs: null };

/** What a trial with these ledgers noticed beside its own writes; `lost` writes had been waited for and are gone. */
export function sampleNoticed(shards: readonly ShardLedger[], lost: number): Noticed {
  return {
    application: {
      client: 'ioredis 6',
      ratePerSecond: 50,
      resolutionMs: 20,
      addedFromMs: 70,
      delayedFromMs: 100,
      shards: shards.map(({ shard, isVictims, outageMs, outageFromMs, outageToMs }) => {
        const added = isVictims ? 340 : 12;
        return {
          shard,
          isVictims,
          gapMs: outageMs + added,
          gapFromMs: outageFromMs,
          gapToMs: outageToMs + added,
          probeGapMs: outageMs,
          attempted: 1010,
          acknowledged: isVictims ? 698 : 1010,
          failed: isVictims ? 312 : 0,
          unanswered: 0,
          delayed: isVictims ? 88 : shard === 1 ? 36 : 0,
          longestDelayMs: isVictims ? 1802 : shard === 1 ? 731 : null,
        };
      }),
      errors: [
        { error: 'Too many Cluster redirections. Last error: Error: Connection is closed.', count: 301 },
        { error: 'Connection is closed.', count: 11 },
      ],
    },
    readers: {
      ratePerSecond: 50,
      resolutionMs: 10,
      replicas: { before: stretch(750, 41, 10, 10.4), during: stretch(812, 22, 9.8, 31, 406), after: stretch(1311, 70, 10, 20.1) },
      formerMaster: lost === 0 ? null : { before: none, during: none, after: stretch(9, 8, 430, 451) },
    },
    wait: {
      ratePerSecond: 20,
      timeoutMs: 40,
      acknowledged: 1007,
      confirmed: 1002 - lost,
      lost,
      lostConfirmed: 0,
      latency: { withWait: { p50: 1.1, p95: 2.9, p99: 4.4, max: 9.2 }, without: { p50: 0.6, p95: 1.4, p99: 2.1, max: 4.8 } },
    },
  };
}
