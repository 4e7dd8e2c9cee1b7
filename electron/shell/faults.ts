/** Where faults come from that nobody has caught. */
export interface FaultSource {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown;
}

/** What is done with them. */
export interface FaultOptions {
  readonly write: (what: string, error: unknown) => void;
  /** Tells the admin; resolves when it was read. */
  readonly tell: (error: unknown) => Promise<void>;
}

/**
 * Logs and tells faults that nobody has caught, and goes on. Ending the program would cut off a run in the middle, which is worse than a
 * window that may not be quite right; the run itself turns whatever happens in it into a failure.
 */
export function watchFaults(source: FaultSource, { write, tell }: FaultOptions): void {
  let isTelling = false;
  const meet = (what: string, error: unknown): void => {
    write(what, error);
    // One question at a time, whatever rains down behind it.
    if (isTelling) return;
    isTelling = true;
    tell(error)
      .catch((problem: unknown) => write('fault.notTold', problem))
      .finally(() => {
        isTelling = false;
      });
  };
  source.on('uncaughtException', (error) => meet('fault.exception', error));
  source.on('unhandledRejection', (error) => meet('fault.rejection', error));
}
