import { mkdir } from 'node:fs/promises';
import type { Medium } from '../../report/Disclosure.tsx';
import { renderTrend } from '../../report/renderTrend.tsx';
import { planText } from '../../report/planText.ts';
import { RECORD_FILE } from '../../report/recordAttachment.ts';
import { styleFor } from '../../report/style.ts';
import type { ProcedureOutput, ReportFormat } from '../../shared/contract/procedures.ts';
import { fail } from '../../shared/domain/failure.ts';
import type { RunRecord } from '../../shared/domain/run.ts';
import { clusterSubject } from '../../shared/domain/subject.ts';
import { message, say } from '../../shared/messages/message.ts';
import { writeChosen } from './draftHandlers.ts';
import { fileNameOf } from './fileNameOf.ts';
import { packRecord } from '../../storage/packRecord.ts';
import { findRunFolder } from '../../storage/runJournal.ts';
import { keptTrend } from '../keptTrend.ts';
import { htmlOf, renderReport, reportOf } from '../renderReport.ts';
import { readReportSource, sourceOfEndedRun, type ReportSource } from '../reportSource.ts';
import { timeZoneHere } from '../timeZoneHere.ts';
import type { RunManager } from './runManager.ts';
import type { WindowContext } from './windowContext.ts';

/** What an address says that asks for the page as it is printed. */
const PAPER: Medium = 'paper';

/** Where the window finds the report of a run. */
export function reportLink(runId: string): string {
  return `triad://report/${runId}`;
}

/** What the report of a run is made from. One that goes on has no journal that is complete; of one that has just ended it is waited for. Throws `storage.*`. */
export async function reportSourceOf(context: WindowContext, runs: RunManager, runId: string): Promise<ReportSource> {
  const present = runs.present().get(runId);
  if (present?.finishedAt === null) return { record: present, journal: null };
  if (present !== undefined) await runs.putAway(present.cluster);
  // Its journal may have holes: what this process knows is more.
  const unkept = runs.unkept(runId);
  if (unkept !== null) return { record: unkept, journal: null };
  const folder = await findRunFolder(context.home, runId);
  if (folder === null || present !== undefined) return sourceOfEndedRun(await runs.recordOf(runId), folder);
  return readReportSource(folder);
}

/** The report of a run as one HTML page, the same that is exported. */
export function reportHtml(source: ReportSource, medium: Medium = 'screen'): string {
  return htmlOf(reportOf(source), source, medium);
}

/** Runs further back than this are no longer compared in the window; `triad history trend --last` goes on. */
const TREND_RUNS = 20;

/** The outages of the newest kept failover tests of a run's cluster, as one HTML page. Throws `storage.damaged`. */
export async function trendHtml(context: WindowContext, { cluster }: RunRecord): Promise<string> {
  return renderTrend(await keptTrend(context.home, cluster, TREND_RUNS), context.triadVersion);
}

/** The forms in which a report is saved; the endings of their files are called the same. */
const FORMAT_NAMES = { html: 'HTML', pdf: 'PDF', json: 'JSON', md: 'Markdown' } as const satisfies Readonly<
  Record<Exclude<ReportFormat, 'record'>, string>
>;

/**
 * Asks for a place and writes the report there, or the packed record under the name by which `triad report verify` finds it beside the report; null when
 * cancelled. Throws `storage.unwritable`, and `report.noRecord` where no whole journal was kept.
 */
export async function saveReport(
  context: Pick<WindowContext, 'platform'>,
  source: ReportSource,
  format: ReportFormat,
): Promise<ProcedureOutput<'reports.save'>> {
  const { record } = source;
  if (format === 'record') return saveRecord(context, source);
  const file = await context.platform.saveFile({
    title: say(message('window.core.saveReport')),
    defaultName: fileNameOf(record, format, timeZoneHere()),
    filters: [{ name: FORMAT_NAMES[format], extensions: [format] }],
  });
  if (file === null) return null;
  if (format === 'pdf') return writeChosen(file, await context.platform.printPdf(`${reportLink(record.runId)}?${PAPER}`));
  return writeChosen(file, renderReport(source, format));
}

async function saveRecord(
  context: Pick<WindowContext, 'platform'>,
  { record, journal }: ReportSource,
): Promise<ProcedureOutput<'reports.save'>> {
  if (journal === null) throw fail('report.noRecord', clusterSubject, { values: { cluster: record.cluster } });
  const file = await context.platform.saveFile({
    title: say(message('window.core.saveRecord')),
    defaultName: RECORD_FILE,
    filters: [{ name: 'gzip', extensions: ['gz'] }],
  });
  return file === null ? null : writeChosen(file, Buffer.from(packRecord(journal.bytes)));
}

/** Puts the summary for a ticket where it can be pasted from. */
export function copyMarkdown(context: WindowContext, source: ReportSource): void {
  context.platform.copy(renderReport(source, 'md'));
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
