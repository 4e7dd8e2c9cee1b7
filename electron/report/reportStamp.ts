import type { Report } from '../shared/domain/report.ts';
import { LANGUAGES, type Language } from '../shared/domain/language.ts';

/** Everything that a report depends on: the record, known by its hash, and how it was written. With it the same bytes can be made again. */
export interface ReportStamp {
  readonly runId: string;
  /** Of the first `sizeBytes` bytes of the run's journal. */
  readonly sha256: string;
  readonly events: number;
  readonly sizeBytes: number;
  /** The version of Triad that wrote it. */
  readonly triad: string;
  readonly timeZone: string;
  readonly language: Language;
}

/** The stamp of a report; null where it was made without a journal. */
export function stampOf(report: Report): ReportStamp | null {
  const { integrity, runId, versions, when, language } = report;
  if (integrity === undefined) return null;
  const { sha256, events, sizeBytes, writtenBy = versions.triad } = integrity;
  return { runId, sha256, events, sizeBytes, triad: writtenBy, timeZone: when.timeZone, language };
}

/** A stamp as one line of plain words, the same in every format and language. */
export function stampLine(stamp: ReportStamp): string {
  const { runId, sha256, events, sizeBytes, triad, timeZone, language } = stamp;
  return `triad-report run=${runId} sha256=${sha256} events=${events} bytes=${sizeBytes} triad=${triad} zone=${timeZone} language=${language}`;
}

const LINE =
  /^triad-report run=(?<runId>[\w.-]{1,100}) sha256=(?<sha256>[0-9a-f]{64}) events=(?<events>\d{1,9}) bytes=(?<sizeBytes>\d{1,12}) triad=(?<triad>[\w.+-]{1,40}) zone=(?<timeZone>[\w/+-]{1,60}) language=(?<language>[a-z]{2})$/u;

/** Reads what {@link stampLine} wrote; null for anything else. */
export function parseStampLine(line: string): ReportStamp | null {
  const found = LINE.exec(line)?.groups;
  const language = LANGUAGES.find((known) => known === found?.['language']);
  if (found === undefined || language === undefined) return null;
  const { runId = '', sha256 = '', events, sizeBytes, triad = '', timeZone = '' } = found;
  return { runId, sha256, events: Number(events), sizeBytes: Number(sizeBytes), triad, timeZone, language };
}
