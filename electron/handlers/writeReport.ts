import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { buildReport } from '../report/buildReport.ts';
import { renderHtml } from '../report/renderHtml.tsx';
import { fail } from '../shared/domain/failure.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { reasonOf } from '../storage/versionedFile.ts';

/** Writes `report.html` and `report.json` of a run into a folder and returns the path of the HTML. Throws `storage.unwritable`. */
export async function writeReport(record: RunRecord, folder: string): Promise<string> {
  const report = buildReport(record, { timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone });
  const html = resolve(join(folder, 'report.html'));
  const page = renderHtml(report);
  try {
    await mkdir(folder, { recursive: true });
    await Promise.all([writeFile(html, page), writeFile(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`)]);
  } catch (error) {
    throw fail('storage.unwritable', adminSubject, { values: { file: html, reason: reasonOf(error) }, cause: error });
  }
  return html;
}
