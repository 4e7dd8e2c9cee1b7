import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { RECORD_FILE } from '../report/recordAttachment.ts';
import { renderMarkdown } from '../report/renderMarkdown.ts';
import { fail } from '../shared/domain/failure.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { packRecord } from '../storage/packRecord.ts';
import { readJournalBytes } from '../storage/runJournal.ts';
import { reasonOf } from '../storage/versionedFile.ts';
import { htmlOf, jsonOf, reportOf } from './renderReport.ts';
import type { ReportSource } from './reportSource.ts';

/**
 * Writes `report.html`, `report.json` and `report.md` of a run into a folder, with the packed record beside them unless the folder holds the journal itself,
 * and returns the path of the HTML. Throws `storage.unwritable`.
 */
export async function writeReport(source: ReportSource, folder: string): Promise<string> {
  const report = reportOf(source);
  const html = resolve(join(folder, 'report.html'));
  const files: [string, string | Uint8Array][] = [
    [html, htmlOf(report, source)],
    [join(folder, 'report.json'), jsonOf(report)],
    [join(folder, 'report.md'), renderMarkdown(report)],
  ];
  const there = await readJournalBytes(folder).catch(() => null);
  if (source.journal !== null && there?.sha256 !== source.journal.sha256)
    files.push([join(folder, RECORD_FILE), packRecord(source.journal.bytes)]);
  try {
    await mkdir(folder, { recursive: true });
    await Promise.all(files.map(async ([file, content]) => writeFile(file, content)));
  } catch (error) {
    throw fail('storage.unwritable', adminSubject, { values: { file: html, reason: reasonOf(error) }, cause: error });
  }
  return html;
}
