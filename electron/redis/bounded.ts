import { fail } from '../shared/domain/failure.ts';
import type { Subject } from '../shared/domain/subject.ts';

/** Bounds of one call to a node. Without a deadline of its own a call has the one of its connection. */
export interface CallBounds {
  readonly signal?: AbortSignal | undefined;
  readonly deadlineMs?: number | undefined;
}

/** Rejects with `run.aborted` for `subject`, at once when the signal has already fired. */
export function throwIfAborted(signal: AbortSignal | undefined, subject: Subject): void {
  if (signal?.aborted === true) throw fail('run.aborted', subject);
}

/**
 * Waits for `work`, but no longer than `deadlineMs` and not beyond the signal: then rejects with `tooLate()` or `run.aborted`. The work itself
 * goes on; the caller owns what it holds. Its late rejection is swallowed, its late result handed to `discard`.
 */
export function bounded<T>(
  work: Promise<T>,
  bounds: {
    readonly deadlineMs: number;
    readonly signal: AbortSignal | undefined;
    readonly subject: Subject;
    readonly tooLate: () => Error;
    readonly discard?: (late: T) => void;
  },
): Promise<T> {
  return new Promise((resolve, reject) => {
    let isSettled = false;
    const settle = (end: () => void): void => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      bounds.signal?.removeEventListener('abort', onAbort);
      end();
    };
    const onAbort = (): void => settle(() => reject(fail('run.aborted', bounds.subject)));
    const timer = setTimeout(() => settle(() => reject(bounds.tooLate())), Math.max(0, bounds.deadlineMs));
    work.then(
      (value) => {
        if (isSettled) bounds.discard?.(value);
        settle(() => resolve(value));
      },
      (error: unknown) => settle(() => reject(error instanceof Error ? error : new Error(String(error)))),
    );
    if (bounds.signal?.aborted === true) onAbort();
    else bounds.signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** Sleeps for `durationMs`; rejects with `run.aborted` when the signal fires. Only between two looks at a condition. */
export function pause(durationMs: number, signal: AbortSignal | undefined, subject: Subject): Promise<void> {
  throwIfAborted(signal, subject);
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(fail('run.aborted', subject));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, durationMs);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
