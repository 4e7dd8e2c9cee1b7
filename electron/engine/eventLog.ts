import type { RunEvent, RunEventBody } from '../shared/domain/events.ts';
import { applyEvent, type RunRecord } from '../shared/domain/run.ts';

/** Numbers the events of a run, hands each to every listener in order, and keeps the record that follows from them. */
export interface EventLog {
  emit(body: RunEventBody): void;
  /** The record so far. Throws before the first event. */
  record(): RunRecord;
}

/** Starts the list of events of one run; `now` is monotonic milliseconds, `wallClock` the time of day. */
export function createEventLog(
  listeners: readonly ((event: RunEvent, record: RunRecord) => void)[],
  clocks: { readonly now: () => number; readonly wallClock: () => Date },
): EventLog {
  const started = clocks.now();
  let seq = 0;
  let record: RunRecord | null = null;
  return {
    emit: (body) => {
      seq += 1;
      const event: RunEvent = {
        seq,
        at: clocks.wallClock().toISOString(),
        sinceStartMs: Math.round((clocks.now() - started) * 10) / 10,
        ...body,
      };
      record = applyEvent(record, event);
      for (const listener of listeners) listener(event, record);
    },
    record: () => {
      if (record === null) throw new Error('no event was emitted yet');
      return record;
    },
  };
}
