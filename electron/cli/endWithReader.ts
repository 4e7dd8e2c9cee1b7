interface Emitter {
  on(event: string, listener: () => void): unknown;
}

/**
 * Ends a run safely when nobody reads it any more: the program behind a pipe has ended (`triad ... | head`), or the terminal was closed. Without this
 * Node throws the write's error, or dies of SIGHUP, and a failover test would leave its victim down until the timer there heals it. `end` is called
 * once, however often it is told: a second call would mean an impatient admin.
 */
export function endWithReader(outputs: readonly Emitter[], signals: Emitter, end: () => void): void {
  let isEnding = false;
  const endOnce = (): void => {
    if (isEnding) return;
    isEnding = true;
    end();
  };
  for (const output of outputs) output.on('error', endOnce);
  signals.on('SIGHUP', endOnce);
}
