import { mkdir } from 'node:fs/promises';
import { buildReport } from '../../report/buildReport.ts';
import type { Medium } from '../../report/Disclosure.tsx';
import { planText } from '../../report/planText.ts';
import { renderHtml } from '../../report/renderHtml.tsx';
import { styleFor } from '../../report/style.ts';
import type { ProcedureOutput, ReportFormat } from '../../shared/contract/procedures.ts';
import type { Report } from '../../shared/domain/report.ts';
import type { RunRecord } from '../../shared/domain/run.ts';
import { message, say } from '../../shared/messages/message.ts';
import { writeChosen } from './draftHandlers.ts';
import { fileNameOf } from './fileNameOf.ts';
import { findRunFolder } from '../../storage/runJournal.ts';
import type { WindowContext } from './windowContext.ts';

/** What an address says that asks for the page as it is printed. */
const PAPER: Medium = 'paper';

/** Where the window finds the report of a run. */
export function reportLink(runId: string): string {
  return `triad://report/${runId}`;
}

/** The zone of the machine that Triad runs on. */
function timeZoneHere(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function reportOf(record: RunRecord): Report {
  return buildReport(record, { timeZone: timeZoneHere() });
}

/** The report of a run as one HTML page, the same that is exported. */
export function reportHtml(record: RunRecord, medium: Medium = 'screen'): string {
  return renderHtml(reportOf(record), medium);
}

const EXTENSIONS = { html: 'html', pdf: 'pdf', json: 'json' } as const satisfies Readonly<Record<ReportFormat, string>>;

/** Asks for a place and writes the report there; null when cancelled. Throws `storage.unwritable`. */
export async function saveReport(
  context: WindowContext,
  record: RunRecord,
  format: ReportFormat,
): Promise<ProcedureOutput<'reports.save'>> {
  const file = await context.platform.saveFile({
    title: say(message('window.core.saveReport')),
    defaultName: fileNameOf(record, EXTENSIONS[format], timeZoneHere()),
    filters: [{ name: format.toUpperCase(), extensions: [EXTENSIONS[format]] }],
  });
  if (file === null) return null;
  switch (format) {
    case 'html':
      return writeChosen(file, reportHtml(record));
    case 'json':
      return writeChosen(file, `${JSON.stringify(reportOf(record), null, 2)}\n`);
    case 'pdf':
      return writeChosen(file, await context.platform.printPdf(`${reportLink(record.runId)}?${PAPER}`));
  }
}

/** Opens the folder of a run in the file manager. */
export async function openReportFolder(context: WindowContext, runId: string): Promise<void> {
  const folder = await findRunFolder(context.home, runId);
  if (folder === null) return;
  await mkdir(folder, { recursive: true });
  await context.platform.showFolder(folder);
}

/** Asks for a place and writes everything that a run has planned, as text. */
export async function exportPlan(context: WindowContext, record: RunRecord): Promise<ProcedureOutput<'plans.export'>> {
  const file = await context.platform.saveFile({
    title: say(message('window.core.exportPlan')),
    defaultName: fileNameOf(record, 'txt', timeZoneHere()),
    filters: [{ name: say(message('window.core.texts')), extensions: ['txt'] }],
  });
  return file === null ? null : writeChosen(file, planText(record, styleFor(false), 'full'));
}
