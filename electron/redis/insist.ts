import { fail, FailureError } from '../shared/domain/failure.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import { pause } from './bounded.ts';
import type { ProbeRoutes } from './probeRoutes.ts';
import type { CommandWords, PipelineReply } from './redisStream.ts';

/** Bound for reading back and for deleting in one shard, which wait for a master when there is none at the moment; milliseconds. */
export const AFTERWARDS_DEADLINE_MS = 15_000;
const ANSWER_MS = 5000;
const AGAIN_MS = 50;

/**
 * Sends a command to the owner of a slot until it is done, and returns what was said; waits and tries again while there is no reachable master, or it refuses. `endsAtMs` on the
 * clock of `now`: what fails after that is thrown, a refusal as `cluster.notReady`.
 */
export async function insist(
  routes: Pick<ProbeRoutes, 'send' | 'refresh'>,
  slot: number,
  words: CommandWords,
  { endsAtMs, now }: { readonly endsAtMs: number; readonly now: () => number },
): Promise<unknown> {
  for (;;) {
    let reply: PipelineReply | Error;
    try {
      const [first] = await routes.send(slot, [words], now() + ANSWER_MS);
      reply = first ?? new Error('no reply');
    } catch (error) {
      reply = error instanceof Error ? error : new Error(String(error));
    }
    if (!(reply instanceof Error) && reply.ok) return reply.value;
    if (now() > endsAtMs) {
      if (reply instanceof FailureError) throw reply;
      const reason = reply instanceof Error ? reply.message : reply.error;
      throw fail('cluster.notReady', clusterSubject, { values: { reason }, evidence: reason, retryable: true });
    }
    await routes.refresh();
    await pause(AGAIN_MS, undefined, clusterSubject);
  }
}
