import type { WaitedWrites } from '../shared/domain/noticed.ts';
import { percentilesOf, type LostWrite, type ShardJournal } from './ledger.ts';

/** Writes begun each second and shard. WAIT holds its connection up, so that both together must fit: 20 of 40 ms in a second. */
export const WAITED_PER_SECOND = 20;
/** The longest that each WAIT waits for a replica, milliseconds. */
export const WAIT_MS = 40;

/** Latencies of the acknowledged writes that were due before a moment. */
function latencyBefore(journals: readonly ShardJournal[], atMs: number): WaitedWrites['latency']['withWait'] {
  return percentilesOf(
    journals.flatMap(({ writes }) =>
      writes.flatMap((write) =>
        write.outcome === 'acknowledged' && write.startedAtMs < atMs ? [write.endedAtMs - write.startedAtMs] : [],
      ),
    ),
  );
}

/**
 * What WAIT told of the writes that followed each other with it: how many a replica had confirmed, and how many of those and of the others were lost. `lost`
 * is null when they could not be read back; `without` are the journals of a writer that waits for nobody. Pure.
 */
export function waitedWritesOf(
  journals: readonly ShardJournal[],
  facts: {
    readonly faultAtMs: number;
    readonly lost: ReadonlyMap<number, readonly LostWrite[]> | null;
    readonly without: readonly ShardJournal[];
  },
): WaitedWrites {
  const { faultAtMs, lost, without } = facts;
  const acknowledged = journals.flatMap(({ shard, writes }) =>
    writes.filter(({ outcome }) => outcome === 'acknowledged').map(({ n, replicas }) => ({ shard, n, isConfirmed: (replicas ?? 0) > 0 })),
  );
  const confirmed = new Set(acknowledged.filter(({ isConfirmed }) => isConfirmed).map(({ shard, n }) => `${shard}:${n}`));
  const gone = lost === null ? null : [...lost].flatMap(([shard, writes]) => writes.map(({ n }) => `${shard}:${n}`));
  return {
    ratePerSecond: WAITED_PER_SECOND,
    timeoutMs: WAIT_MS,
    acknowledged: acknowledged.length,
    confirmed: confirmed.size,
    lost: gone?.length ?? null,
    lostConfirmed: gone?.filter((one) => confirmed.has(one)).length ?? null,
    latency: { withWait: latencyBefore(journals, faultAtMs), without: latencyBefore(without, faultAtMs) },
  };
}
