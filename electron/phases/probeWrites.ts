import pWaitFor, { TimeoutError } from 'p-wait-for';
import { firstFailure, type ProbeWrite, type ShardJournal } from '../redis/ledger.ts';
import type { ProbeWriter } from '../redis/probeWriter.ts';
import { fail } from '../shared/domain/failure.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';

/** Where waiting for probe writes ends. */
export interface WritesBounds {
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

const POLL_MS = 50;

/**
 * Waits until every shard has acknowledged `count` writes that began at `sinceMs` or later. Throws `cluster.notReady` at the deadline, with what was
 * last said to a write that failed as evidence.
 */
export async function awaitWrites(
  probes: Pick<ProbeWriter, 'journals'>,
  wanted: { readonly count: number; readonly sinceMs: number },
  bounds: WritesBounds,
): Promise<void> {
  const isWanted = (write: ProbeWrite): boolean => write.outcome === 'acknowledged' && write.startedAtMs >= wanted.sinceMs;
  const isEnough = (): boolean => probes.journals().every(({ writes }) => writes.filter(isWanted).length >= wanted.count);
  try {
    await pWaitFor(isEnough, { interval: POLL_MS, timeout: { milliseconds: bounds.deadlineMs }, signal: bounds.signal });
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    const reason = say(message('failover.why.notAcknowledged', { seconds: Math.round(bounds.deadlineMs / 1000) }));
    const failed = probes.journals().flatMap(({ writes }) => writes.findLast((write) => write.outcome !== 'acknowledged') ?? []);
    const evidence = [...new Set(failed.map((write) => write.reason))].join('\n');
    throw fail('cluster.notReady', clusterSubject, { values: { reason }, evidence, retryable: true, cause: error });
  }
}

/**
 * Tells the first write of a shard that fails at `sinceMs` or later, and the first one after it that succeeds. Gives up in silence, because the trial's
 * figures tell; `deadlineMs` is for each of the two.
 */
export async function followWrites(
  probes: Pick<ProbeWriter, 'journals'>,
  shard: number,
  sinceMs: number,
  bounds: WritesBounds,
  tell: { readonly failed: (write: ProbeWrite) => void; readonly good: (write: ProbeWrite) => void },
): Promise<void> {
  const { deadlineMs, signal } = bounds;
  const waiting = { interval: POLL_MS, timeout: { milliseconds: deadlineMs }, signal };
  const journalOf = (): ShardJournal | undefined => probes.journals().find((one) => one.shard === shard);
  try {
    const failed = await pWaitFor(() => {
      const journal = journalOf();
      const first = journal === undefined ? null : firstFailure(journal, sinceMs);
      return first !== null && pWaitFor.resolveWith(first);
    }, waiting);
    tell.failed(failed);
    const good = await pWaitFor(() => {
      const found = journalOf()?.writes.find((write) => write.outcome === 'acknowledged' && write.startedAtMs > failed.endedAtMs);
      return found !== undefined && pWaitFor.resolveWith(found);
    }, waiting);
    tell.good(good);
  } catch (error) {
    if (!(error instanceof TimeoutError) && !signal.aborted) throw error;
  }
}
