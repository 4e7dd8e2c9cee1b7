import type { ShardLedger } from '../shared/domain/failover.ts';
import type { ShardJournal } from './ledger.ts';

/**
 * How far the outage of a shard may be off, milliseconds: what a writer notices of it begins somewhere during its last good write and ends during its first good one, and between
 * two writes nobody looks. So the longer of both writes, and an interval of the writer at each end.
 */
export function outageUncertaintyMs(
  journal: ShardJournal,
  { outageFromMs, outageToMs }: Pick<ShardLedger, 'outageFromMs' | 'outageToMs'>,
  { faultAtMs, ratePerSecond }: { readonly faultAtMs: number; readonly ratePerSecond: number },
): number {
  const edges = [outageFromMs, outageToMs].map((atMs) =>
    journal.writes.find((write) => write.outcome === 'acknowledged' && Math.abs(write.endedAtMs - faultAtMs - atMs) < 0.001),
  );
  const longestMs = Math.max(0, ...edges.map((write) => (write === undefined ? 0 : write.endedAtMs - write.startedAtMs)));
  return longestMs + 2 * (1000 / ratePerSecond);
}
