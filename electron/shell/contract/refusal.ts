import type { LogDetails, ShellLog } from '../log/logFile.ts';

/** Why the contract did not take something from the window. Each is a fault of the window, or somebody else in its place. */
export type Refusal = 'unknown' | 'malformed' | 'tooLarge' | 'tooMany' | 'foreign';

/** Refusals that are logged one by one in a minute; more are only counted, so that a hostile window cannot fill the disk. */
const LOGGED_A_MINUTE = 20;
const MINUTE_MS = 60_000;

/** Tells the log of refusals, never of what was in them. */
export function createRefusalLog(log: ShellLog, nowMs: () => number): (refusal: Refusal, details: LogDetails) => void {
  let since = Number.NEGATIVE_INFINITY;
  let count = 0;
  return (refusal, details) => {
    const now = nowMs();
    if (now - since >= MINUTE_MS) {
      if (count > LOGGED_A_MINUTE) log.warn('contract.refusedMore', { count: count - LOGGED_A_MINUTE });
      since = now;
      count = 0;
    }
    count += 1;
    if (count <= LOGGED_A_MINUTE) log.warn('contract.refused', { refusal, ...details });
    if (count === LOGGED_A_MINUTE) log.warn('contract.refusalsNotLogged', { forMs: MINUTE_MS - (now - since) });
  };
}
