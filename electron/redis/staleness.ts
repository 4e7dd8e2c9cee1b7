import type { ReadStretch, ReplicaReads } from '../shared/domain/noticed.ts';
import { percentilesOf } from './ledger.ts';

/** A numbered value of a shard's key that was acknowledged, on the readers' clock. */
export interface AcknowledgedValue {
  readonly n: number;
  readonly atMs: number;
}

/** One read of a shard's key from a node that its owner is not. */
export interface NumberedRead {
  readonly shard: number;
  /** `formerMaster`: the node took itself for the master of the shard, and another one was. */
  readonly from: 'replica' | 'formerMaster';
  /** When it was sent: what was acknowledged before is what it should have seen. */
  readonly sentAtMs: number;
  /** The number read; -1 where there was no value. Null: refused, or no answer. */
  readonly n: number | null;
}

/** Everything that the readers saw; `acknowledged` by shard, numbers and times ascending. */
export interface ReadJournal {
  readonly startedAtMs: number;
  readonly acknowledged: ReadonlyMap<number, readonly AcknowledgedValue[]>;
  readonly reads: readonly NumberedRead[];
}

/** The last of some ascending values for which a question is answered with yes; null where it is for none. */
function lastWhere(values: readonly AcknowledgedValue[], is: (value: AcknowledgedValue) => boolean): AcknowledgedValue | null {
  let [from, to] = [0, values.length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const value = values[middle];
    if (value !== undefined && is(value)) from = middle + 1;
    else to = middle;
  }
  return values[from - 1] ?? null;
}

/** How much older the value of a read is than the last one acknowledged before it was sent, milliseconds; 0 for that one and any newer. */
export function stalenessOf(
  read: { readonly sentAtMs: number; readonly n: number },
  journal: Pick<ReadJournal, 'startedAtMs'>,
  values: readonly AcknowledgedValue[],
): number {
  const last = lastWhere(values, ({ atMs }) => atMs <= read.sentAtMs);
  if (last === null || read.n >= last.n) return 0;
  const seen = lastWhere(values, ({ n }) => n <= read.n);
  return last.atMs - (seen?.atMs ?? journal.startedAtMs);
}

/** The figures of some reads. */
function stretchOf(reads: readonly NumberedRead[], journal: ReadJournal): ReadStretch {
  const staleness = reads.flatMap(({ shard, sentAtMs, n }) =>
    n === null ? [] : [stalenessOf({ sentAtMs, n }, journal, journal.acknowledged.get(shard) ?? [])],
  );
  const { p95, max } = percentilesOf(staleness);
  return {
    reads: reads.length,
    stale: staleness.filter((ms) => ms > 0).length,
    failed: reads.length - staleness.length,
    p95Ms: p95,
    maxMs: max,
  };
}

/** The figures of the readers: before the fault, until the victim's shard was written to again, and after that. Pure. */
export function replicaReadsOf(
  journal: ReadJournal,
  facts: { readonly faultAtMs: number; readonly outageEndsAtMs: number; readonly ratePerSecond: number; readonly writesPerSecond: number },
): ReplicaReads {
  const { faultAtMs, outageEndsAtMs, ratePerSecond, writesPerSecond } = facts;
  const stretchesOf = (reads: readonly NumberedRead[]): ReplicaReads['replicas'] => ({
    before: stretchOf(
      reads.filter(({ sentAtMs }) => sentAtMs < faultAtMs),
      journal,
    ),
    during: stretchOf(
      reads.filter(({ sentAtMs }) => sentAtMs >= faultAtMs && sentAtMs < outageEndsAtMs),
      journal,
    ),
    after: stretchOf(
      reads.filter(({ sentAtMs }) => sentAtMs >= faultAtMs && sentAtMs >= outageEndsAtMs),
      journal,
    ),
  });
  const former = journal.reads.filter(({ from }) => from === 'formerMaster');
  return {
    ratePerSecond,
    resolutionMs: 1000 / writesPerSecond,
    replicas: stretchesOf(journal.reads.filter(({ from }) => from === 'replica')),
    formerMaster: former.length === 0 ? null : stretchesOf(former),
  };
}
