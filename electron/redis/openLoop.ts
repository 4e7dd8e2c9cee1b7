/** Looks at the clock this often; what is due is begun at the next look, and counted from when it was due. */
const TICK_MS = 2;
/** What is overdue by more than this is not begun any more: after a long pause of this process (a laptop that slept) a server would get all of it at once. */
const MOST_OVERDUE_MS = 1000;

/** Something that is begun at a fixed rate, whatever became of what was begun before. */
export interface OpenLoop {
  /** Begins nothing more. */
  stop(): void;
}

/** When the `n`th thing (from 0) of a loop is due, milliseconds on the clock that it was started on. The first one is due one interval after the start. */
export function dueAtMs(startedAtMs: number, ratePerSecond: number, n: number): number {
  return startedAtMs + ((n + 1) * 1000) / ratePerSecond;
}

/**
 * Calls `begin` for all that the clock calls for, `ratePerSecond` times a second, with the moment at which it was due. That is the moment to count from: were
 * it the one at which it was begun, a pause of this process would hide in the measure (coordinated omission). What a pause has made overdue by more than a second is
 * left out, and `onSkipped` told how many that were.
 */
export function startOpenLoop(
  options: {
    readonly ratePerSecond: number;
    readonly startedAtMs: number;
    readonly now: () => number;
    readonly onSkipped?: (count: number) => void;
  },
  begin: (dueMs: number) => void,
): OpenLoop {
  const { ratePerSecond, startedAtMs, now, onSkipped } = options;
  let called = 0;
  const timer = setInterval(() => {
    const nowMs = now();
    const due = Math.floor(((nowMs - startedAtMs) * ratePerSecond) / 1000);
    const skippedFrom = called;
    while (called < due && dueAtMs(startedAtMs, ratePerSecond, called) < nowMs - MOST_OVERDUE_MS) called += 1;
    if (called > skippedFrom) onSkipped?.(called - skippedFrom);
    for (; called < due; called += 1) begin(dueAtMs(startedAtMs, ratePerSecond, called));
  }, TICK_MS);
  return { stop: () => clearInterval(timer) };
}
