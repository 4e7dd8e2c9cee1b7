/** How long values wait while the window is hidden and draws no frames, in milliseconds. */
const HIDDEN_MS = 200;
/** Values that are handed on in one frame: folding so many takes a few milliseconds, and the next frame takes the rest. */
const MOST_A_FRAME = 250;

/** Collects values and hands them on once a frame (or every {@link HIDDEN_MS} where no frames are drawn), in order. */
export function batchPerFrame<Value>(onBatch: (values: readonly Value[]) => void): {
  readonly add: (values: readonly Value[]) => void;
  /** Drops what waits. */
  readonly stop: () => void;
} {
  let waiting: Value[] = [];
  let cancel: (() => void) | null = null;

  function schedule(): void {
    if (cancel !== null) return;
    // Both: a window that is hidden just now gets no frame, and a run must be folded on, since its end is notified from it.
    const frame = requestAnimationFrame(hand);
    const timer = setTimeout(hand, HIDDEN_MS);
    cancel = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }

  function hand(): void {
    cancel?.();
    cancel = null;
    const values = waiting.slice(0, MOST_A_FRAME);
    waiting = waiting.slice(MOST_A_FRAME);
    if (waiting.length > 0) schedule();
    if (values.length > 0) onBatch(values);
  }

  return {
    add: (values) => {
      waiting = waiting.concat(values);
      schedule();
    },
    stop: () => {
      cancel?.();
      cancel = null;
      waiting = [];
    },
  };
}
