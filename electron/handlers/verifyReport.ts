import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { attachedRecord, RECORD_FILE } from '../report/recordAttachment.ts';
import { stampOf, type ReportStamp } from '../report/reportStamp.ts';
import { fail } from '../shared/domain/failure.ts';
import { Report } from '../shared/domain/report.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { registerLanguage } from '../shared/messages/message.ts';
import { unpackRecord } from '../storage/packRecord.ts';
import { findRunFolder, journalBytes, readJournalBytes, type JournalBytes } from '../storage/runJournal.ts';
import { reasonOf } from '../storage/versionedFile.ts';
import { firstDifference, type TextDifference } from '../report/firstDifference.ts';
import { stampIn } from '../report/stampIn.ts';
import { renderReport, type TextFormat } from './renderReport.ts';
import { sourceOfJournal } from './reportSource.ts';

/** Where a record was found: in the folder that was named, among the kept runs, beside the report, or in it. */
export type RecordPlace = 'named' | 'history' | 'beside' | 'attached';

/**
 * Whether a record tells a run to its end: `complete`: its last event closes the run. `incomplete`: it does not; the run was broken off, or the record was cut off
 * after a whole line, which its hash cannot tell. `goesOn`: the report was made of the beginning of a record that goes on.
 */
export type RecordEnd = 'complete' | 'incomplete' | 'goesOn';

/** What a report turned out to be. */
export type Verification =
  /** Record and report are as they were. `areLineEndsOthers`: but for the ends of lines, as a mail or a repository changes them. */
  | {
      readonly outcome: 'matches';
      readonly stamp: ReportStamp;
      readonly place: RecordPlace;
      readonly end: RecordEnd;
      readonly areLineEndsOthers: boolean;
    }
  /** The record is as it was; what the report says of it could not be compared. */
  | {
      readonly outcome: 'recordOnly';
      readonly stamp: ReportStamp;
      readonly place: RecordPlace;
      readonly end: RecordEnd;
      readonly reason: 'otherVersion' | 'unreadable';
    }
  | {
      readonly outcome: 'reportAltered';
      readonly stamp: ReportStamp;
      readonly place: RecordPlace;
      readonly end: RecordEnd;
      readonly difference: TextDifference;
    }
  | { readonly outcome: 'recordAltered'; readonly stamp: ReportStamp; readonly place: RecordPlace; readonly sha256: string }
  | { readonly outcome: 'recordMissing'; readonly stamp: ReportStamp };

/** What is needed to verify a report. */
export interface VerifyRequest {
  readonly file: string;
  /** The folder of the run, with its journal or the packed record; looked for where it is not named. */
  readonly run?: string | undefined;
  readonly home: string;
  readonly triadVersion: string;
}

/**
 * Compares a report (HTML, JSON or Markdown) with the record of its run: the hash that it bears with that of the record, and the file with what this Triad
 * makes of the record, byte by byte. Throws `report.unreadable` for a file that cannot be read, `report.noIntegrity` for one without a line of integrity,
 * `report.isPdf`, and `storage.damaged`.
 */
export async function verifyReport({ file, run, home, triadVersion }: VerifyRequest): Promise<Verification> {
  const found = await readFile(file, 'utf8').catch((error: unknown) => {
    throw fail('report.unreadable', adminSubject, { values: { file, reason: reasonOf(error) }, cause: error });
  });
  if (found.startsWith('%PDF-')) throw fail('report.isPdf', adminSubject, { values: { file } });
  const { format, stamp } = stampedFile(found, file);
  const records = await recordsOf(found, file, stamp, run, home);
  const known = records.map((one) => ({ ...one, covered: covered(one.journal, stamp) }));
  // What was named or is kept here decides: a record that came with the report may have been altered with it.
  const kept = known.filter(({ place }) => place === 'named' || place === 'history');
  const whole = kept.length > 0 ? kept : known;
  const match = whole.find(({ covered: { sha256 } }) => sha256 === stamp.sha256);
  if (match === undefined) {
    const [first] = whole;
    if (first === undefined) return { outcome: 'recordMissing', stamp };
    return { outcome: 'recordAltered', stamp, place: first.place, sha256: first.covered.sha256 };
  }
  const { place, covered: journal } = match;
  const end = endOf(journal, match.journal);
  if (stamp.triad !== triadVersion) return { outcome: 'recordOnly', stamp, place, end, reason: 'otherVersion' };
  const made = await remake(journal, file, format, stamp);
  if (made === null) return { outcome: 'recordOnly', stamp, place, end, reason: 'unreadable' };
  if (made === found) return { outcome: 'matches', stamp, place, end, areLineEndsOthers: false };
  const difference = firstDifference(made, withPlainEnds(found));
  if (difference === null) return { outcome: 'matches', stamp, place, end, areLineEndsOthers: true };
  return { outcome: 'reportAltered', stamp, place, end, difference };
}

/** The report once more, as it was written; null where this Triad cannot read the record of that hash. */
async function remake(journal: JournalBytes, file: string, format: TextFormat, stamp: ReportStamp): Promise<string | null> {
  if (stamp.language === 'pt') registerLanguage('pt', (await import('../shared/messages/pt/index.ts')).pt);
  try {
    return renderReport(sourceOfJournal(journal, file), format, { timeZone: stamp.timeZone, language: stamp.language });
  } catch {
    return null;
  }
}

function stampedFile(found: string, file: string): { readonly format: TextFormat; readonly stamp: ReportStamp } {
  const unreadable = (reason: string): Error => fail('report.unreadable', adminSubject, { values: { file, reason } });
  if (found.trimStart().startsWith('{')) {
    const report = Report.safeParse(parseJson(found.replace(/^\uFEFF/u, '')));
    if (!report.success) throw unreadable('JSON');
    const stamp = stampOf(report.data);
    if (stamp === null) throw fail('report.noIntegrity', adminSubject, { values: { file } });
    return { format: 'json', stamp };
  }
  const stamped = stampIn(found);
  if (stamped === null) throw fail('report.noIntegrity', adminSubject, { values: { file } });
  return stamped;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** As much of a record as the report was made from: one that was made while the run went on, or before it was broken off, knows only the beginning. */
function covered(journal: JournalBytes, { sizeBytes, sha256 }: ReportStamp): JournalBytes {
  if (journal.sha256 === sha256 || journal.bytes.length <= sizeBytes) return journal;
  const beginning = journalBytes(journal.bytes.subarray(0, sizeBytes));
  // What follows the end of a run was never written by Triad.
  return beginning.bytes.includes('"type":"runFinished"') ? journal : beginning;
}

/** How the part of a record that a report covers ends. */
function endOf(part: JournalBytes, whole: JournalBytes): RecordEnd {
  if (part.bytes.length < whole.bytes.length) return 'goesOn';
  const last: unknown = parseJson(part.bytes.toString('utf8').trimEnd().split('\n').at(-1) ?? '');
  const isClosed = typeof last === 'object' && last !== null && 'type' in last && last.type === 'runFinished';
  return isClosed ? 'complete' : 'incomplete';
}

interface FoundRecord {
  readonly place: RecordPlace;
  readonly journal: JournalBytes;
}

/** Every record of this run that is at hand, the one that is farthest from the report first: what lies in it or beside it may have been altered with it. */
async function recordsOf(
  found: string,
  file: string,
  { runId }: ReportStamp,
  run: string | undefined,
  home: string,
): Promise<readonly FoundRecord[]> {
  const of = async (place: RecordPlace, reading: Promise<JournalBytes | null>): Promise<readonly FoundRecord[]> => {
    const journal = await reading.catch(() => null);
    return journal === null ? [] : [{ place, journal }];
  };
  if (run !== undefined) return of('named', readFolder(run, runId));
  const kept = await findRunFolder(home, runId);
  const attached = attachedRecord(found);
  const unpacked = attached === null ? null : unpackRecord(attached);
  const beside = await of('beside', readFolder(dirname(file), runId));
  return [
    ...(kept === null ? [] : await of('history', readJournalBytes(kept))),
    ...beside,
    ...(unpacked === null ? [] : [{ place: 'attached' as const, journal: journalBytes(unpacked) }]),
  ];
}

/** The journal of a run in a folder, as it was written or packed; null where neither is that run's. */
async function readFolder(folder: string, runId: string): Promise<JournalBytes | null> {
  const plain = await readJournalBytes(folder).catch(() => null);
  if (plain !== null && isOfRun(plain, runId)) return plain;
  const unpacked = unpackRecord(await readFile(join(folder, RECORD_FILE)));
  const packed = unpacked === null ? null : journalBytes(unpacked);
  return packed !== null && isOfRun(packed, runId) ? packed : null;
}

/** Whether a journal that happens to lie in a folder is that of this run: reports of several runs may lie together. */
function isOfRun({ bytes }: JournalBytes, runId: string): boolean {
  const [first = ''] = bytes.toString('utf8', 0, 4096).split('\n');
  return first.includes(`"runId":${JSON.stringify(runId)}`);
}

/** Mail, repositories and editors change the ends of lines, and the end of a file. */
function withPlainEnds(text: string): string {
  return `${text
    .replaceAll('\r\n', '\n')
    .replace(/^\uFEFF/u, '')
    .trimEnd()}\n`;
}
