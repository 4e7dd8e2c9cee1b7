import type { ReportIntegrity } from '../shared/domain/report.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import { eventsOfJournal, readJournalBytes, type JournalBytes } from '../storage/runJournal.ts';
import { foldRun } from './foldRun.ts';
import { TRIAD_VERSION } from './triadVersion.ts';

/** What a report is made from: the record, and the journal that it was read from; null where none was kept, or none is complete. */
export interface ReportSource {
  readonly record: RunRecord;
  readonly journal: JournalBytes | null;
}

/** The source of a journal's bytes. `file` is named where they are damaged. Throws `storage.damaged`. */
export function sourceOfJournal(journal: JournalBytes, file: string): ReportSource {
  return { record: foldRun(eventsOfJournal(journal, file), file), journal };
}

/** The source of a kept run, read anew from its folder: what is hashed is what the report is made from. Throws `storage.damaged`. */
export async function readReportSource(folder: string): Promise<ReportSource> {
  return sourceOfJournal(await readJournalBytes(folder), folder);
}

/** The source of a run that has just ended: its journal where that was kept whole, else only what this process knows of it. */
export async function sourceOfEndedRun(record: RunRecord, folder: string | null): Promise<ReportSource> {
  const kept = folder === null ? null : await readReportSource(folder).catch(() => null);
  return kept === null || kept.record.finishedAt !== record.finishedAt ? { record, journal: null } : kept;
}

/** The line of integrity that a report of this source bears. */
export function integrityOf({ journal }: ReportSource): ReportIntegrity | undefined {
  return journal === null
    ? undefined
    : { sha256: journal.sha256, events: journal.events, sizeBytes: journal.bytes.length, writtenBy: TRIAD_VERSION };
}
