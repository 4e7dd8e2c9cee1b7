import { setTimeout as pause } from 'node:timers/promises';
import type { RunEvent } from '../../shared/domain/events.ts';
import { findRunFolder, isRunGoingOn, readRunEventsFrom } from '../../storage/runJournal.ts';

/** How often the journal of a run that another process writes is looked at. */
const LOOK_MS = 500;

/**
 * Tells the events of a run that this process does not hold, those with `seq` above `after`: at once what its journal has, and as long as another process
 * writes it, what comes. A journal that cannot be read tells nothing more.
 */
export function followKeptRun(home: string, runId: string, after: number, push: (events: readonly RunEvent[]) => void): () => void {
  const stop = new AbortController();
  const follow = async (): Promise<void> => {
    const folder = await findRunFolder(home, runId);
    if (folder === null) return;
    for (let from = 0, goesOn = true; goesOn;) {
      // Asked before reading: what is written until the end is read then.
      goesOn = await isRunGoingOn(folder);
      const { events, to } = await readRunEventsFrom(folder, from);
      from = to;
      const rest = events.filter(({ seq }) => seq > after);
      if (stop.signal.aborted) return;
      if (rest.length > 0) push(rest);
      if (goesOn) await pause(LOOK_MS, undefined, { signal: stop.signal, ref: false });
    }
  };
  follow().catch(() => undefined);
  return () => stop.abort();
}
