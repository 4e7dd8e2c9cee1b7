/** What decides whether Triad may close. */
export interface ClosingOptions {
  readonly activeRuns: () => number;
  /** Asks the admin while a run goes on. */
  readonly ask: () => Promise<'keep' | 'stop'>;
  /** Says that it will take a moment. */
  readonly onStopping: () => void;
  /** Stops runs safely and resolves when nothing goes on any more. */
  readonly shutdown: () => Promise<void>;
  /** Ends the process; closing is then allowed. */
  readonly quit: () => void;
  readonly onError: (error: unknown) => void;
}

/** The one way out of Triad: nothing that goes on is ever cut off, whoever asks it to end. */
export interface Closing {
  /** Whether a window or the program may close right now. If not, it goes on by itself: asks, stops, quits. */
  mayClose(): boolean;
  /** Stops everything safely and quits without asking: the system shuts down, or a signal came. */
  stopNow(): Promise<void>;
}

/** Without a run nothing should take this long; a hanging shutdown must not keep a program open that nobody sees any more. */
const IDLE_SHUTDOWN_MS = 5000;

/** Makes it with nothing decided yet. */
export function createClosing(options: ClosingOptions): Closing {
  let state: 'open' | 'asking' | 'stopping' | 'closed' = 'open';

  const stop = async (): Promise<void> => {
    const hadRuns = options.activeRuns() > 0;
    state = 'stopping';
    if (hadRuns) options.onStopping();
    const ended = options.shutdown().catch(options.onError);
    // A run that brings a server back may take as long as it needs.
    await (hadRuns ? ended : Promise.race([ended, new Promise((resolve) => setTimeout(resolve, IDLE_SHUTDOWN_MS).unref())]));
    state = 'closed';
    options.quit();
  };

  const ask = async (): Promise<void> => {
    state = 'asking';
    const answer = await options.ask().catch((error: unknown) => {
      options.onError(error);
      return 'keep' as const;
    });
    // A signal may have come while the question stood there.
    if (state !== 'asking') return;
    if (answer === 'keep') state = 'open';
    else await stop();
  };

  return {
    mayClose: () => {
      if (state === 'open') void (options.activeRuns() > 0 ? ask() : stop());
      return state === 'closed';
    },
    stopNow: async () => {
      if (state === 'open' || state === 'asking') await stop();
    },
  };
}
