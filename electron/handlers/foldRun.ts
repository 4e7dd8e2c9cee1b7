import { fail } from '../shared/domain/failure.ts';
import type { RunEvent } from '../shared/domain/events.ts';
import { applyEvent, type RunRecord } from '../shared/domain/run.ts';
import { adminSubject } from '../shared/domain/subject.ts';

/** What a list of events says of a run. Throws `storage.damaged` for a list that does not begin with the run. */
export function foldRun(events: readonly RunEvent[], file: string): RunRecord {
  const [first] = events;
  if (first?.type !== 'runStarted') throw fail('storage.damaged', adminSubject, { values: { file, kept: file } });
  const record = events.reduce<RunRecord | null>(applyEvent, null);
  if (record === null) throw fail('storage.damaged', adminSubject, { values: { file, kept: file } });
  return record;
}
