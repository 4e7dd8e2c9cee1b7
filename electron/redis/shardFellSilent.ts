import type { ProbeWrite, ShardJournal } from './ledger.ts';

/** A shorter stretch without a good write is the ordinary gap between two of them, milliseconds. */
const LEAST_SILENCE_MS = 250;

/**
 * Between which moments the node that served a shard stopped answering, on the writer's clock, somewhere within the given ones: it had its last good write when that was begun, and a
 * write that was begun next and got no answer did not find it any more. Null where the shard was never silent.
 */
export function shardFellSilent(
  { writes }: Pick<ShardJournal, 'writes'>,
  within: { readonly fromMs: number; readonly toMs: number },
): { readonly fromMs: number; readonly toMs: number } | null {
  const good = writes.filter(({ outcome }) => outcome === 'acknowledged').toSorted((a, b) => a.endedAtMs - b.endedAtMs);
  let longest: { readonly last: ProbeWrite; readonly lengthMs: number } | null = null;
  for (const [index, last] of good.entries()) {
    const toMs = Math.min(good[index + 1]?.endedAtMs ?? within.toMs, within.toMs);
    const lengthMs = toMs - last.endedAtMs;
    if (toMs > within.fromMs && lengthMs > (longest?.lengthMs ?? LEAST_SILENCE_MS)) longest = { last, lengthMs };
  }
  if (longest === null) return null;
  const { startedAtMs, endedAtMs } = longest.last;
  const unanswered = writes.filter((write) => write.outcome !== 'acknowledged' && write.startedAtMs > startedAtMs);
  const nextMs = Math.min(within.toMs, ...unanswered.map((write) => write.startedAtMs));
  const fromMs = Math.max(within.fromMs, startedAtMs);
  // On its way a write takes at most what the last good one took there and back.
  return { fromMs, toMs: Math.max(fromMs, endedAtMs, Math.min(within.toMs, nextMs + endedAtMs - startedAtMs)) };
}
