import type { ShardImpact } from '../shared/domain/clientImpact.ts';
import type { LostWrite, ShardJournal } from './ledger.ts';
import type { Switchover } from './switchOver.ts';

/** The longest stretch without an acknowledged write that touches one of the spans; of the whole journal where there is none. */
function longestGap(journal: ShardJournal, spans: readonly { readonly fromMs: number; readonly toMs: number }[]): number {
  const acknowledged = journal.writes
    .filter(({ outcome }) => outcome === 'acknowledged')
    .map(({ endedAtMs }) => endedAtMs)
    .toSorted((a, b) => a - b);
  const ends = [...acknowledged, Math.max(journal.endedAtMs, acknowledged.at(-1) ?? 0)];
  let longest = 0;
  let lastMs = journal.startedAtMs;
  for (const endMs of ends) {
    const [fromMs, toMs] = [lastMs, endMs];
    if (spans.length === 0 || spans.some((span) => span.fromMs <= toMs && span.toMs >= fromMs)) longest = Math.max(longest, toMs - fromMs);
    lastMs = endMs;
  }
  return longest;
}

/** What the writer of one shard noticed of the switchovers, out of its journal and what was missing when all was read back. Pure. */
export function shardImpactOf(journal: ShardJournal, all: readonly Switchover[], lost: readonly LostWrite[] | null): ShardImpact {
  const own = all.filter(({ shard }) => shard === journal.shard);
  const count = (outcome: ShardJournal['writes'][number]['outcome']): number =>
    journal.writes.filter((write) => write.outcome === outcome).length;
  return {
    shard: journal.shard,
    switchovers: own.map(({ from, to, durationMs }) => ({ from, to, durationMs })),
    attempted: journal.writes.length,
    acknowledged: count('acknowledged'),
    refused: count('refused'),
    timedOut: count('timedOut'),
    lost: lost?.length ?? null,
    longestGapMs: longestGap(
      journal,
      own.map(({ startedAtMs, durationMs }) => ({ fromMs: startedAtMs, toMs: startedAtMs + durationMs })),
    ),
  };
}
