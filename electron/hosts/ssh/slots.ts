/** A limited number of places, given out in the order of asking. */
export interface Slots {
  /** Resolves with the function that gives the place back; rejects with the signal's reason when it aborts while waiting. */
  take(signal: AbortSignal): Promise<() => void>;
  /** How many places are taken now. */
  readonly taken: number;
}

/** Makes `limit` places. p-map bounds one list of work; sessions are asked for from everywhere, hence this. */
export function createSlots(limit: number): Slots {
  let taken = 0;
  const waiting: (() => void)[] = [];

  const giveBack = (): (() => void) => {
    let isBack = false;
    return () => {
      if (isBack) return;
      isBack = true;
      taken -= 1;
      waiting.shift()?.();
    };
  };

  return {
    get taken() {
      return taken;
    },
    take: (signal) =>
      new Promise((resolve, reject) => {
        const seize = (): void => {
          signal.removeEventListener('abort', stop);
          taken += 1;
          resolve(giveBack());
        };
        const stop = (): void => {
          const place = waiting.indexOf(seize);
          if (place >= 0) waiting.splice(place, 1);
          reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
        };
        if (signal.aborted) {
          stop();
          return;
        }
        if (taken < limit) {
          seize();
          return;
        }
        signal.addEventListener('abort', stop, { once: true });
        waiting.push(seize);
      }),
  };
}
