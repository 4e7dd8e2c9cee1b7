import { resolve } from 'node:path';
import { runFirstRun, type FirstRunAnswer, type FirstRunRequest } from '../handlers/firstRun.ts';
import { isColoured, styleFor } from '../report/style.ts';
import { windowsProofLines, windowsProofOf } from '../report/windowsProofText.ts';
import { fail } from '../shared/domain/failure.ts';
import {
  FIRST_RUN_CLUSTER,
  FIRST_RUN_ITEMS,
  type FirstRunItem,
  type FirstRunReport,
  type FirstRunResult,
} from '../shared/domain/firstRun.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { triadHome } from '../storage/triadHome.ts';
import { ask } from './ask.ts';
import { specOf } from './bundleCommand.ts';
import { bundlesFolder } from './bundlesFolder.ts';
import type { ExitCode } from './exitCode.ts';
import { createProgress } from './progress.ts';
import { listenForInterrupt, tellFailure } from './runCommand.ts';
import { TRIAD_VERSION } from '../handlers/triadVersion.ts';

/** The options of `doctor`. */
export interface DoctorOptions {
  readonly windowsFirstRun?: boolean;
  readonly spec?: string;
  readonly server?: string;
  readonly output?: string;
  readonly yes?: boolean;
  readonly acceptNewHostKeys?: boolean;
  readonly json?: boolean;
}

/** What the exit code of a first run is: 0 when everything that was done passed, and the rest could not be done or was left out. */
export function exitCodeOfFirstRun(report: Pick<FirstRunReport, 'items'>, isInterrupted: boolean): ExitCode {
  if (isInterrupted) return 130;
  return report.items.some(({ outcome }) => outcome === 'failed' || outcome === 'interrupted') ? 1 : 0;
}

/**
 * Tells what was proved of Triad with Windows servers; with `--windows-first-run` it goes through the checklist. Exit code 0: everything that was done passed;
 * 1: something did not; 130: interrupted.
 */
export async function doctorCommand(options: DoctorOptions): Promise<ExitCode> {
  const isJson = options.json === true;
  if (options.windowsFirstRun !== true) {
    process.stdout.write(
      isJson ? `${JSON.stringify({ type: 'windowsProof', ...windowsProofOf() })}\n` : `${windowsProofLines().join('\n')}\n`,
    );
    return 0;
  }
  const interrupt = listenForInterrupt(() => process.stderr.write(`${say(message('cli.interrupting'))}\n`));
  try {
    if (options.spec === undefined) throw fail('usage.invalid', adminSubject, { values: { reason: say(message('cli.doctor.needsSpec')) } });
    return await firstRun(options, options.spec, isJson, interrupt);
  } catch (error) {
    return tellFailure(error, isJson, styleFor(isColoured(isJson ? process.stderr : process.stdout)));
  } finally {
    interrupt.stop();
  }
}

async function firstRun(
  options: DoctorOptions,
  specFile: string,
  isJson: boolean,
  { signal, interrupt }: ReturnType<typeof listenForInterrupt>,
): Promise<ExitCode> {
  const style = styleFor(isColoured(process.stdout));
  const spec = await specOf(specFile);
  const tell = (line: string): void => void (isJson ? undefined : process.stdout.write(`${line}\n`));
  const canAsk = !isJson && options.yes !== true && process.stdin.isTTY && process.stderr.isTTY;
  tell(`${windowsProofLines().join('\n')}\n`);
  const servers = spec.servers.map(({ name }) => name).join(', ');
  tell(say(message('cli.doctor.begin', { servers, items: FIRST_RUN_ITEMS.length, cluster: FIRST_RUN_CLUSTER })));
  if (!canAsk && options.yes !== true && !isJson) tell(say(message('cli.doctor.nobody')));
  const askItem = async (item: FirstRunItem): Promise<FirstRunAnswer> => {
    if (options.yes === true) return item.kind === 'admin' ? 'leave' : 'do';
    if (!canAsk) return 'leave';
    tell(`\n${aboutItem(item)}`);
    const question =
      item.kind === 'admin' ? message('cli.doctor.askAdmin', { server: options.server ?? servers }) : message('cli.doctor.ask');
    const isYes = await ask(say(question), signal, interrupt).catch((error: unknown) => {
      if (signal.aborted) return null;
      throw error;
    });
    return isYes === null ? 'stop' : isYes ? 'do' : 'leave';
  };
  let progress = createProgress(process.stdout, style);
  const request: FirstRunRequest = {
    spec,
    bundles: bundlesFolder(),
    home: triadHome(),
    output: resolve(options.output ?? 'triad-windows-first-run'),
    server: options.server,
    acceptNewHostKeys: options.acceptNewHostKeys === true,
    triadVersion: TRIAD_VERSION,
    signal,
    ask: askItem,
    onItem: (item, result) => {
      progress.pause();
      progress = createProgress(process.stdout, style);
      if (result === null) tell(`\n${aboutItem(item)}`);
      else tell(`\n${resultLine(result)}`);
    },
    onEvent: (event, record) => {
      if (!isJson) progress.onEvent(event, record);
    },
  };
  const { report, json, markdown } = await runFirstRun(request);
  if (isJson) process.stdout.write(`${JSON.stringify({ type: 'result', kind: report.kind, json, markdown, report })}\n`);
  tell(`\n${say(message('cli.doctor.written', { markdown, json }))}`);
  if (stillStands(report)) tell(say(message('cli.doctor.stands', { cluster: report.cluster })));
  return exitCodeOfFirstRun(report, signal.aborted);
}

function aboutItem({ id }: FirstRunItem): string {
  const values = {
    title: say(message(`firstRun.item.${id}`)),
    what: say(message(`firstRun.what.${id}`)),
    changes: say(message(`firstRun.changes.${id}`)),
  };
  return say(message('cli.doctor.about', values));
}

function resultLine({ title, outcome, reason }: FirstRunResult): string {
  return say(message('cli.doctor.result', { title, outcome: say(message(`firstRun.outcome.${outcome}`)), reason }));
}

/** Whether the cluster of the first run is on the servers, or a part of it. */
function stillStands({ items }: FirstRunReport): boolean {
  const outcome = (id: FirstRunResult['id']): string => items.find((one) => one.id === id)?.outcome ?? 'open';
  return ['passed', 'failed', 'interrupted'].includes(outcome('install')) && outcome('remove') !== 'passed';
}
