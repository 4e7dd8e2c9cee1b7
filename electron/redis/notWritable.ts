import { fail, type FailureError } from '../shared/domain/failure.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';

/** For the first write of every shard of what is measured beside a trial, milliseconds. */
export const FIRST_WRITE_DEADLINE_MS = 15_000;

/** `cluster.notReady` for a measurement whose writes are not taken; `reason` is what was said to the last one, empty where nobody was there to ask. */
export function notWritable(reason: string): FailureError {
  const words = reason === '' ? say(message('cluster.why.noOwner')) : reason;
  return fail('cluster.notReady', clusterSubject, { values: { reason: words }, evidence: words, retryable: true });
}
