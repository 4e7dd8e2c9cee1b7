import { deleteRuns, listHistory, readKeptRun, runNamed, runsToPrune, type HistoryRun } from '../../handlers/keptHistory.ts';
import { resultOfFailure } from '../../report/failureResult.ts';
import { isColoured, styleFor, verdictMark, type Style } from '../../report/style.ts';
import { fail, failureOf } from '../../shared/domain/failure.ts';
import { formatDuration, formatUtc } from '../../shared/domain/reportFormat.ts';
import { adminSubject } from '../../shared/domain/subject.ts';
import { message, say } from '../../shared/messages/message.ts';
import { triadHome } from '../../storage/triadHome.ts';
import { ask } from '../ask.ts';
import { exitCodeOfFailure, type ExitCode } from '../exitCode.ts';
import { failureText } from '../failureText.ts';

/** The options of the history's commands, as commander gives them. */
export interface HistoryOptions {
  readonly cluster?: string;
  readonly json?: boolean;
  readonly report?: string;
  readonly markdown?: boolean;
  readonly keep?: string;
  readonly olderThan?: string;
  readonly yes?: boolean;
}

/** How a command of the history tells what it has to tell. */
export interface Telling {
  readonly style: Style;
  readonly isJson: boolean;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Does something with the history and tells what goes wrong as every command does. */
export async function telling(options: Pick<HistoryOptions, 'json'>, work: (telling: Telling) => Promise<ExitCode>): Promise<ExitCode> {
  const isJson = options.json === true;
  const style = styleFor(isColoured(process.stdout));
  try {
    return await work({ style, isJson });
  } catch (error) {
    const failure = failureOf(error, adminSubject);
    if (isJson) print(JSON.stringify(resultOfFailure(failure)));
    else process.stderr.write(`${failureText(failure, style)}\n`);
    return exitCodeOfFailure(failure);
  }
}

function stateOf({ summary }: HistoryRun, style: Style): string {
  if (summary.isActive) return `${style.cyan('▸')} ${say(message('history.state.active'))}`;
  if (summary.isInterrupted || summary.wasAborted) return `${style.yellow('■')} ${say(message('history.state.interrupted'))}`;
  const verdict = summary.verdict ?? 'unknown';
  return `${verdictMark(verdict, style)} ${say({ code: `report.verdict.${verdict}`, values: {} })}`;
}

function lineOf(run: HistoryRun, style: Style): string {
  const { summary, cluster } = run;
  const { startedAt, finishedAt, trials } = summary;
  const took = finishedAt === null ? '' : formatDuration(Date.parse(finishedAt) - Date.parse(startedAt));
  const outages = trials.map(({ server, outageMs }) => `${server} ${formatDuration(outageMs)}`).join(', ');
  const aside = [took, outages].filter((part) => part !== '').join('   ');
  return `${formatUtc(startedAt)}  ${cluster.padEnd(12)} ${summary.runId.padEnd(36)} ${stateOf(run, style)}   ${style.dim(aside)}`.trimEnd();
}

/** `triad history list`: all kept runs, newest first. */
export async function historyList(options: HistoryOptions): Promise<ExitCode> {
  return telling(options, async ({ style, isJson }) => {
    const runs = await listHistory(triadHome(), options.cluster);
    if (isJson) print(JSON.stringify(runs.map(({ cluster, folder, servers, summary }) => ({ cluster, ...summary, servers, folder }))));
    else print(runs.length === 0 ? say(message('history.empty')) : runs.map((run) => lineOf(run, style)).join('\n'));
    return 0;
  });
}

/** `triad history show RUN`: what a kept run came to, and its report anew where a folder is named. Ends with 0 whatever the run's verdict was. */
export async function historyShow(name: string, options: HistoryOptions): Promise<ExitCode> {
  return telling(options, async ({ isJson }) => {
    const { folder } = runNamed(await listHistory(triadHome(), options.cluster), name);
    const [{ integrityOf, readReportSource }, { renderReport }, { writeReport }, { renderSummary }, { resultOf }] = await Promise.all([
      import('../../handlers/reportSource.ts'),
      import('../../handlers/renderReport.ts'),
      import('../../handlers/writeReport.ts'),
      import('../../report/renderSummary.ts'),
      import('../../report/runResult.ts'),
    ]);
    const source = await readReportSource(folder);
    const { record } = source;
    const integrity = integrityOf(source);
    const report = options.report === undefined ? null : await writeReport(source, options.report);
    if (options.markdown === true) process.stdout.write(renderReport(source, 'md'));
    else if (isJson) print(JSON.stringify(resultOf(record, report, integrity)));
    else
      print(
        renderSummary(record, {
          report,
          sha256: integrity?.sha256,
          isColoured: isColoured(process.stdout),
          columns: process.stdout.columns,
        }),
      );
    return 0;
  });
}

/** `triad history compare RUN RUN`: what has changed between two runs, the earlier first in whichever order they are named. */
export async function historyCompare(first: string, second: string, options: HistoryOptions): Promise<ExitCode> {
  return telling(options, async ({ style, isJson }) => {
    const runs = await listHistory(triadHome(), options.cluster);
    const [before, after] = [runNamed(runs, first), runNamed(runs, second)].toSorted((one, other) =>
      one.summary.runId.localeCompare(other.summary.runId),
    );
    if (before === undefined || after === undefined) return 2;
    const { compareRuns, comparisonText } = await import('../../report/compareRuns.ts');
    const comparison = compareRuns(await readKeptRun(before), await readKeptRun(after));
    print(isJson ? JSON.stringify(comparison) : comparisonText(comparison, style));
    return 0;
  });
}

const DAY_MS = 24 * 3_600_000;
const AGE = /^(\d{1,5})([hdw])$/u;
const AGE_MS: Readonly<Record<string, number>> = { h: 3_600_000, d: DAY_MS, w: 7 * DAY_MS };

function ageOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, count, unit] = AGE.exec(text) ?? [];
  const ms = AGE_MS[unit ?? ''];
  if (count === undefined || ms === undefined)
    throw fail('usage.invalid', adminSubject, { values: { reason: say(message('history.usage.age')) } });
  return Number(count) * ms;
}

function countOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,6}$/u.test(text)) throw fail('usage.invalid', adminSubject, { values: { reason: say(message('history.usage.keep')) } });
  return Number(text);
}

/** `triad history prune`: deletes runs that nobody needs any more, after it has said which. */
export async function historyPrune(options: HistoryOptions): Promise<ExitCode> {
  return telling(options, async ({ style, isJson }) => {
    const wish = { keep: countOf(options.keep), olderThanMs: ageOf(options.olderThan) };
    if (wish.keep === undefined && wish.olderThanMs === undefined)
      throw fail('usage.invalid', adminSubject, { values: { reason: say(message('history.usage.prune')) } });
    const runs = await listHistory(triadHome(), options.cluster);
    const pruned = runsToPrune(runs, wish, new Date());
    if (!isJson) {
      for (const run of pruned) print(lineOf(run, style));
      print(say(message('history.toDelete', { count: pruned.length, kept: runs.length - pruned.length })));
    }
    if (pruned.length > 0 && options.yes !== true) {
      const canAsk = !isJson && process.stdin.isTTY && process.stderr.isTTY;
      if (!canAsk) throw fail('usage.invalid', adminSubject, { values: { reason: say(message('history.usage.yes')) } });
      const abort = new AbortController();
      const isWanted = await ask(say(message('history.ask', { count: pruned.length })), abort.signal, () => abort.abort()).catch(
        () => false,
      );
      if (!isWanted) throw fail('usage.confirmationRefused', adminSubject);
    }
    await deleteRuns(pruned);
    const deleted = pruned.map(({ cluster, summary }) => ({ cluster, runId: summary.runId }));
    if (isJson) print(JSON.stringify({ type: 'pruned', deleted }));
    else if (pruned.length > 0) print(say(message('history.deleted', { count: pruned.length })));
    return 0;
  });
}
