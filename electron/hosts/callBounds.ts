import { performance } from 'node:perf_hooks';
import { fail, type FailureError } from '../shared/domain/failure.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import type { CallOptions } from './host.ts';

const MS_PER_SECOND = 1000;

/** The caller's signal and the deadline of one call, joined. */
export interface CallBounds {
  /** Aborts when the caller aborts or the deadline passes, whichever is first. */
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
  /** At least 1. */
  remainingMs(): number;
  /** Whether it was the caller who stopped, not the deadline. */
  isCallerAborted(): boolean;
}

/** Starts the clock of a call. The deadline is the caller's or `defaultDeadlineMs`. */
export function bindCall(options: CallOptions | undefined, defaultDeadlineMs: number): CallBounds {
  const deadlineMs = options?.deadlineMs ?? defaultDeadlineMs;
  const startedAt = performance.now();
  const caller = options?.signal;
  const deadline = AbortSignal.timeout(Math.max(1, Math.ceil(deadlineMs)));
  return {
    signal: caller === undefined ? deadline : AbortSignal.any([caller, deadline]),
    deadlineMs,
    remainingMs: () => Math.max(1, deadlineMs - (performance.now() - startedAt)),
    isCallerAborted: () => caller?.aborted === true,
  };
}

/**
 * Bounds for the steps of one call: asked for before each, they have what is left of the call's deadline, so that all steps together take no longer than it may.
 * Without a deadline, neither the caller's nor one of the call, each step has its own.
 */
export function stepBounds(options: CallOptions | undefined, defaultDeadlineMs?: number): () => CallOptions {
  const deadlineMs = options?.deadlineMs ?? defaultDeadlineMs;
  const startedAt = performance.now();
  return () =>
    deadlineMs === undefined
      ? { signal: options?.signal }
      : { signal: options?.signal, deadlineMs: Math.max(1, deadlineMs - (performance.now() - startedAt)) };
}

/** Whole seconds for a failure's text, at least 1. */
export function secondsOf(durationMs: number): number {
  return Math.max(1, Math.round(durationMs / MS_PER_SECOND));
}

/** The failure of a call whose bounds have aborted: `run.aborted`, or `host.commandTimedOut` for `step`. */
export function stopFailure(bounds: CallBounds, server: string, step: string, evidence = ''): FailureError {
  const subject = serverSubject(server);
  if (bounds.isCallerAborted()) return fail('run.aborted', subject, { evidence });
  const values = { step, server, seconds: secondsOf(bounds.deadlineMs) };
  return fail('host.commandTimedOut', subject, { values, evidence, retryable: true });
}

/** Settles as `work` does, or rejects with `stopped()` as soon as the signal aborts. Late results of `work` are handed to `discard`. */
export function untilStopped<Value>(
  work: Promise<Value>,
  signal: AbortSignal,
  stopped: () => Error,
  discard?: (late: Value) => void,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    const stop = (): void => {
      isOver = true;
      reject(stopped());
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    work.then(
      (value) => {
        signal.removeEventListener('abort', stop);
        if (isOver) discard?.(value);
        else resolve(value);
      },
      (error: unknown) => {
        signal.removeEventListener('abort', stop);
        // Rejecting twice is harmless; a rejection after the stop is thereby handled.
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
