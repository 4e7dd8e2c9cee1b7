import type { ShardLedger } from '../shared/domain/failover.ts';
import type { Percentiles } from '../shared/domain/percentiles.ts';

/** What became of one probe write. `refused`: an answer or a broken connection said no; `timedOut`: no answer in time, so it may or may not be stored. */
export type ProbeOutcome = 'acknowledged' | 'refused' | 'timedOut';

/** One probe write, on the writer's clock. `n` counts the attempts of its shard from 0. */
export interface ProbeWrite {
  readonly n: number;
  /** When the clock called for it, which a pause of this process puts before its sending: latencies count from here, so that no pause hides in them. */
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly outcome: ProbeOutcome;
  /** What was said, for a write that failed; else empty. */
  readonly reason: string;
  /** How many replicas had it when WAIT was answered, for a writer that asks. */
  readonly replicas?: number;
}

/** Everything that the writer of one shard did. */
export interface ShardJournal {
  readonly shard: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly writes: readonly ProbeWrite[];
  /** Writes that the clock called for and that were not begun, because too many had no answer yet or this process paused for long; none unless told. */
  readonly notBegun?: number;
}

/** An acknowledged write that was missing or wrong when it was read back. */
export interface LostWrite {
  /** The number of the write, as in {@link ProbeWrite}. */
  readonly n: number;
  readonly key: string;
  readonly acknowledgedAtMs: number;
}

/** Nearest-rank percentiles of some durations, milliseconds; null when there are none. */
export function percentilesOf(durations: readonly number[]): Percentiles {
  const sorted = durations.toSorted((a, b) => a - b);
  const at = (share: number): number | null => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) ?? null };
}

/**
 * The longest stretch without an acknowledgement that reaches beyond the fault: from the last good write before it to the first after it. Ends with
 * the journal when no good write came any more.
 */
function longestGap(journal: ShardJournal, faultAtMs: number): { readonly fromMs: number; readonly toMs: number } {
  const acknowledged = journal.writes
    .filter((write) => write.outcome === 'acknowledged')
    .map((write) => write.endedAtMs)
    .toSorted((a, b) => a - b);
  const ends = [journal.startedAtMs, ...acknowledged, Math.max(journal.endedAtMs, acknowledged.at(-1) ?? 0)];
  let longest = { fromMs: faultAtMs, toMs: faultAtMs };
  for (let index = 1; index < ends.length; index += 1) {
    const [fromMs = 0, toMs = 0] = [ends[index - 1], ends[index]];
    if (toMs > faultAtMs && toMs - fromMs > longest.toMs - longest.fromMs) longest = { fromMs, toMs };
  }
  return longest;
}

/** Counts of writes per bucket of `bucketMs`, from the first bucket that the journal touches. */
function rateOf(journal: ShardJournal, faultAtMs: number, bucketMs: number): ShardLedger['rate'] {
  // Buckets are aligned to the fault, so that it falls between two and never inside one.
  const first = Math.floor((journal.startedAtMs - faultAtMs) / bucketMs);
  const last = Math.max(first, Math.ceil((journal.endedAtMs - faultAtMs) / bucketMs) - 1);
  const acknowledged = Array.from({ length: last - first + 1 }, () => 0);
  const failed = acknowledged.map(() => 0);
  for (const write of journal.writes) {
    const bucket = Math.min(last, Math.max(first, Math.floor((write.endedAtMs - faultAtMs) / bucketMs))) - first;
    const counts = write.outcome === 'acknowledged' ? acknowledged : failed;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return { bucketMs, fromMs: first * bucketMs, acknowledged, failed };
}

/**
 * Makes the ledger of one shard out of its journal, the moment of the fault and what was missing when all was read back (`lost`, null when it could
 * not be). Pure. All times in the ledger are milliseconds after the fault. `during` holds the writes begun between the fault and the end of the outage.
 */
export function ledgerOf(
  journal: ShardJournal,
  facts: {
    readonly faultAtMs: number;
    readonly isVictims: boolean;
    readonly lost: readonly LostWrite[] | null;
    readonly bucketMs?: number;
  },
): ShardLedger {
  const { faultAtMs } = facts;
  const { fromMs, toMs } = longestGap(journal, faultAtMs);
  const count = (outcome: ProbeOutcome): number => journal.writes.filter((write) => write.outcome === outcome).length;
  const latency = (isIn: (startedAtMs: number) => boolean): Percentiles =>
    percentilesOf(
      journal.writes
        .filter((write) => write.outcome === 'acknowledged' && isIn(write.startedAtMs))
        .map((write) => write.endedAtMs - write.startedAtMs),
    );
  return {
    shard: journal.shard,
    isVictims: facts.isVictims,
    attempted: journal.writes.length,
    acknowledged: count('acknowledged'),
    refused: count('refused'),
    timedOut: count('timedOut'),
    notBegun: journal.notBegun ?? 0,
    lost: facts.lost?.length ?? null,
    lostKeys: (facts.lost ?? []).map(({ key, acknowledgedAtMs }) => ({ key, acknowledgedAtMs: acknowledgedAtMs - faultAtMs })),
    outageMs: toMs - fromMs,
    outageFromMs: fromMs - faultAtMs,
    outageToMs: toMs - faultAtMs,
    latency: {
      before: latency((startedAtMs) => startedAtMs < faultAtMs),
      during: latency((startedAtMs) => startedAtMs >= faultAtMs && startedAtMs < toMs),
      after: latency((startedAtMs) => startedAtMs >= faultAtMs && startedAtMs >= toMs),
    },
    rate: rateOf(journal, faultAtMs, facts.bucketMs ?? 100),
  };
}

/** The first write that failed at or after a moment, or null; by when its failure was known. */
export function firstFailure(journal: ShardJournal, sinceMs: number): ProbeWrite | null {
  const failed = journal.writes.filter((write) => write.outcome !== 'acknowledged' && write.endedAtMs >= sinceMs);
  return failed.toSorted((a, b) => a.endedAtMs - b.endedAtMs)[0] ?? null;
}
