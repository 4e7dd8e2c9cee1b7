import { buildReport, type ReportOptions } from '../report/buildReport.ts';
import type { Medium } from '../report/Disclosure.tsx';
import { detailThatFits } from '../report/fitPage.tsx';
import { attachRecord, MOST_ATTACHED_BYTES } from '../report/recordAttachment.ts';
import { renderHtml } from '../report/renderHtml.tsx';
import { renderMarkdown } from '../report/renderMarkdown.ts';
import type { Report } from '../shared/domain/report.ts';
import { packRecord } from '../storage/packRecord.ts';
import { integrityOf, type ReportSource } from './reportSource.ts';
import { timeZoneHere } from './timeZoneHere.ts';

/** The report of a source as this machine shows it; with options, as another has. */
export function reportOf(source: ReportSource, options: Omit<ReportOptions, 'integrity'> = { timeZone: timeZoneHere() }): Report {
  return buildReport(source.record, { ...options, integrity: integrityOf(source) });
}

/** A page with more trials than this never holds the record: to find that out would take seconds. */
const MOST_TRIALS_WITH_RECORD = 60;

/**
 * The report as one HTML page with the packed record in it, as far as both fit into a megabyte; else without it, and with so much less of its trials that the
 * page does. Every page comes from here, whoever asks: the same source gives the same bytes on screen, in an export and on the command line. Paper holds no
 * link; its words are the same.
 */
export function htmlOf(report: Report, { journal }: ReportSource, medium: Medium = 'screen'): string {
  const canHold =
    journal !== null && journal.bytes.length <= MOST_ATTACHED_BYTES && report.failover.trials.length <= MOST_TRIALS_WITH_RECORD;
  const attached = canHold ? attachRecord(renderHtml(report, 'screen', true), packRecord(journal.bytes)) : null;
  if (attached === null) return renderHtml(report, medium, false, detailThatFits(report));
  return medium === 'paper' ? renderHtml(report, 'paper', true) : attached;
}

/** The report as JSON, one field a line. */
export function jsonOf(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** Every text form of a report that can be made again to the byte. */
export type TextFormat = 'html' | 'json' | 'md';

/** The report of a source in one of its text forms. */
export function renderReport(source: ReportSource, format: TextFormat, options?: Omit<ReportOptions, 'integrity'>): string {
  const report = reportOf(source, options);
  switch (format) {
    case 'html':
      return htmlOf(report, source);
    case 'json':
      return jsonOf(report);
    case 'md':
      return renderMarkdown(report);
  }
}
