/** Looks at the clock this often; what is due is begun at the next look, and counted from when it was due. */
const TICK_MS = 2;

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
 * it the one at which it was begun, a pause of this process would hide in the measure (coordinated omission).
 */
export function startOpenLoop(
  options: { readonly ratePerSecond: number; readonly startedAtMs: number; readonly now: () => number },
  begin: (dueMs: number) => void,
): OpenLoop {
  const { ratePerSecond, startedAtMs, now } = options;
  let called = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((now() - startedAtMs) * ratePerSecond) / 1000);
    for (; called < due; called += 1) begin(dueAtMs(startedAtMs, ratePerSecond, called));
  }, TICK_MS);
  return { stop: () => clearInterval(timer) };
}
