import { resolve } from 'node:path';
import type { writeOutputs as WriteOutputs } from '../handlers/writeOutputs.ts';
import type { writeReport as WriteReport } from '../handlers/writeReport.ts';
import type { renderSummary as RenderSummary } from '../report/renderSummary.ts';
import type { resultOf as ResultOf } from '../report/runResult.ts';
import { partOfLastCheck } from '../handlers/lastCheck.ts';
import { integrityOf, sourceOfEndedRun } from '../handlers/reportSource.ts';
import { createPowerSwitch } from '../handlers/power/powerSwitch.ts';
import { startRun, type RunRequest } from '../handlers/startRun.ts';
import type { OutputFiles } from '../handlers/writeOutputs.ts';
import { resultOfFailure } from '../report/failureResult.ts';
import type { RunEvent, WorkflowId } from '../shared/domain/events.ts';
import { fail, failureOf, type Failure } from '../shared/domain/failure.ts';
import type { Message } from '../shared/domain/message.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import type { ClusterSpec, FailoverTestSpec } from '../shared/domain/spec.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { withPrivateKey } from '../shared/domain/withPrivateKey.ts';
import { message, say } from '../shared/messages/message.ts';
import { readBundledSpec } from '../storage/configBundleContent.ts';
import { readSpecFile } from '../storage/specFile.ts';
import { triadHome } from '../storage/triadHome.ts';
import { windowsServersOf, workflowOf, type WorkflowOptions } from '../workflows/workflowOf.ts';
import { ask, askText } from './ask.ts';
import { bundlesFolder } from './bundlesFolder.ts';
import { exitCodeOf, exitCodeOfFailure, type ExitCode } from './exitCode.ts';
import { failureText, runFailuresText, specInvalid, specIssuesText } from './failureText.ts';
import { planText } from '../report/planText.ts';
import { createProgress } from './progress.ts';
import { isColoured, styleFor, type Style } from '../report/style.ts';
import { keeperProgram } from './keeperProgram.ts';
import { powerCommands, trialOptions } from './trialOptions.ts';
import { TRIAD_VERSION } from '../handlers/triadVersion.ts';

/** The options that all commands share, as commander gives them. */
export interface CommandOptions {
  readonly spec?: string;
  readonly yes?: boolean;
  readonly acceptNewHostKeys?: boolean;
  readonly json?: boolean;
  readonly report?: string;
  /** A file of JUnit XML. */
  readonly junit?: string;
  /** With `validate`: a file in Prometheus' text format. */
  readonly prometheus?: string;
  readonly server?: string;
  /** With `install`: the victims of a failover test right after it. */
  readonly failoverTest?: string;
  /** With `failover-test`: names of scenarios with commas between them, or `all`. */
  readonly scenario?: string;
  readonly rounds?: string;
  /** With `failover-test`: what is measured beside its own writes. */
  readonly readers?: boolean;
  readonly waitReplicas?: boolean;
  readonly applicationView?: boolean;
  /** With `failover-test`: seconds after which a trial is given up. */
  readonly deadline?: string;
  /** With `failover-test`: command lines for the admin's own shell. */
  readonly powerOffCommand?: string;
  readonly powerOnCommand?: string;
  /** The name of a cluster that holds keys and is to be tested all the same. */
  readonly confirmCluster?: string;
  readonly deleteData?: boolean;
  /** With `maintenance end`: minutes. */
  readonly wait?: string;
  /** With `validate`: a config bundle in the place of the specification. */
  readonly bundle?: string;
  /** With `--bundle`: a private key of this machine, in the place of every one that the bundle names. */
  readonly privateKey?: string;
  /** With `validate`: ask the nodes alone, without SSH. */
  readonly redisOnly?: boolean;
  /** With `check`: what to look at again, `failed` or the id of a check; the rest is kept from the last check. */
  readonly only?: string;
}

/** Signals closer together than this are one interrupt. */
const SAME_INTERRUPT_MS = 500;

/** A first interrupt stops the run safely; a second one ends the process at once. */
export function listenForInterrupt(onFirst: () => void): {
  readonly signal: AbortSignal;
  /** The same as a signal from outside. */
  readonly interrupt: () => void;
  readonly stop: () => void;
} {
  const abort = new AbortController();
  let firstAt = 0;
  const interrupt = (): void => {
    if (abort.signal.aborted) {
      // One Ctrl-C can arrive twice, from the terminal and from npm.
      if (performance.now() - firstAt <= SAME_INTERRUPT_MS) return;
      process.stderr.write(`${say(message('cli.interruptedAgain'))}\n`);
      process.exit(130);
    }
    firstAt = performance.now();
    onFirst();
    abort.abort(new Error('interrupted'));
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return {
    signal: abort.signal,
    interrupt,
    stop: () => {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
    },
  };
}

function print(line: unknown): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Tells a failure that kept a run from beginning, in the form that was asked for. */
export function tellFailure(error: unknown, isJson: boolean, style: Style): ExitCode {
  const failure = failureOf(error, adminSubject);
  if (isJson) print(resultOfFailure(failure));
  else process.stderr.write(`${failureText(failure, style)}\n`);
  return exitCodeOfFailure(failure);
}

/** Everything that writes a report, React among it: a third of the program, loaded while the servers are at work. */
async function loadReporting(): Promise<{
  readonly writeReport: typeof WriteReport;
  readonly writeOutputs: typeof WriteOutputs;
  readonly renderSummary: typeof RenderSummary;
  readonly resultOf: typeof ResultOf;
}> {
  const [{ writeReport }, { writeOutputs }, { renderSummary }, { resultOf }] = await Promise.all([
    import('../handlers/writeReport.ts'),
    import('../handlers/writeOutputs.ts'),
    import('../report/renderSummary.ts'),
    import('../report/runResult.ts'),
  ]);
  return { writeReport, writeOutputs, renderSummary, resultOf };
}

/** The victims that --server names. Null when the name is none of the specification's. */
function chosenServers(spec: ClusterSpec, name: string | undefined): readonly string[] | null {
  const all = spec.servers.map((server) => server.name);
  if (name === undefined || name === 'all') return all;
  return all.includes(name) ? [name] : null;
}

const MOST_WAIT_MINUTES = 24 * 60;

/** The minutes of --wait as milliseconds; undefined where none are given. */
function waitMsOf(wait: string | undefined): number | undefined {
  if (wait === undefined) return undefined;
  const minutes = Number(wait);
  if (!(minutes >= 1 && minutes <= MOST_WAIT_MINUTES))
    throw fail('usage.invalid', adminSubject, { values: { reason: say(message('cli.usage.wait', { wait })) } });
  return minutes * 60_000;
}

/** A maintenance is of one server, which is named: all of them would be an outage. */
function requireOneServer(workflow: WorkflowId, servers: readonly string[], spec: ClusterSpec): void {
  if ((workflow !== 'maintenanceBegin' && workflow !== 'maintenanceEnd') || servers.length === 1) return;
  const known = spec.servers.map((server) => server.name).join(', ');
  throw fail('usage.invalid', adminSubject, { values: { reason: say(message('cli.usage.oneServer', { known })) } });
}

/** Reads the specification, runs a workflow, shows it, writes the report. Returns the exit code; `onRecord` is told of the run when it is over, `conclude` judges it before. */
export async function runCommand(
  workflow: WorkflowId,
  options: CommandOptions,
  onRecord?: (record: RunRecord) => void,
  conclude?: RunRequest['conclude'],
): Promise<ExitCode> {
  const isJson = options.json === true;
  const style = styleFor(isColoured(isJson ? process.stderr : process.stdout));
  const known: KnownOfSpec = { cluster: null, servers: [] };
  try {
    if ((options.spec === undefined) === (options.bundle === undefined))
      throw fail('usage.invalid', adminSubject, { values: { reason: say(message('cli.noSpec')) } });
    if (options.privateKey !== undefined && options.bundle === undefined)
      throw fail('usage.invalid', adminSubject, { values: { reason: say(message('cli.usage.privateKey')) } });
    return await runWithSpec(workflow, options.spec ?? '', options, isJson, style, known, onRecord, conclude);
  } catch (error) {
    await tellOutputs(workflow, options, failureOf(error, adminSubject), known, style);
    return tellFailure(error, isJson, style);
  }
}

/** The specification of a bundle, with a key of this machine where one is given. A key that would not be used is refused: its owner counts on it. */
async function readBundle(file: string, privateKey: string | undefined): ReturnType<typeof readBundledSpec> {
  const reading = await readBundledSpec(file);
  if (privateKey === undefined) return reading;
  if (reading.spec.servers.every(({ ssh }) => ssh.login.kind !== 'key'))
    throw fail('usage.invalid', adminSubject, { values: { reason: say(message('cli.usage.noKeyLogin')) } });
  return { ...reading, spec: withPrivateKey(reading.spec, resolve(privateKey)) };
}

/** What a run that cannot begin has read of its specification so far. */
interface KnownOfSpec {
  cluster: string | null;
  servers: readonly string[];
}

/** Tells the readers of the files that are asked for that a run could not begin. They must not go on seeing what an earlier one found. */
async function tellOutputs(workflow: WorkflowId, files: OutputFiles, failure: Failure, known: KnownOfSpec, style: Style): Promise<void> {
  if (files.junit === undefined && files.prometheus === undefined) return;
  const { writeUnbegun } = await import('../handlers/writeOutputs.ts');
  await writeUnbegun(files, { workflow, failure, ...known }, triadHome()).catch((error: unknown) => {
    process.stderr.write(`${failureText(failureOf(error, adminSubject), style)}\n`);
  });
}

/** Of the preset of a failover test, what also counts for the one right after an installation: whom that loses is said on the command line. */
function deadlineIn({ failoverTest }: ClusterSpec): FailoverTestSpec {
  return failoverTest?.deadlineSeconds === undefined ? {} : { deadlineSeconds: failoverTest.deadlineSeconds };
}

async function runWithSpec(
  workflow: WorkflowId,
  specFile: string,
  options: CommandOptions,
  isJson: boolean,
  style: Style,
  known: KnownOfSpec,
  onRecord?: (record: RunRecord) => void,
  conclude?: RunRequest['conclude'],
): Promise<ExitCode> {
  const reading = options.bundle === undefined ? await readSpecFile(specFile) : await readBundle(options.bundle, options.privateKey);
  if (!reading.ok) {
    known.cluster = reading.cluster;
    await tellOutputs(workflow, options, specInvalid(reading.issues.length), known, style);
    if (isJson) {
      const issues = reading.issues.map((issue) => ({ path: issue.path, value: issue.value, message: say(issue.message) }));
      print(resultOfFailure(specInvalid(issues.length), { issues }));
    } else process.stderr.write(`${specIssuesText(specFile, reading.issues, style)}\n`);
    return 2;
  }
  const { spec, sha256 } = reading;
  known.cluster = spec.name;
  known.servers = spec.servers.map(({ name }) => name);
  const victims = options.failoverTest ?? options.server;
  const preset = workflow === 'failoverTest' ? spec.failoverTest : deadlineIn(spec);
  const servers = victims === undefined && preset?.servers !== undefined ? preset.servers : chosenServers(spec, victims);
  if (servers === null) {
    const names = [...known.servers, 'all'].join(', ');
    throw fail('usage.invalid', adminSubject, {
      values: { reason: `${victims ?? ''} ${say(message('cli.usage.server', { known: names }))}` },
    });
  }

  requireOneServer(workflow, servers, spec);
  const waitMs = waitMsOf(options.wait);

  const progress = isJson ? null : createProgress(process.stdout, style);
  const interrupt = listenForInterrupt(() => {
    progress?.pause();
    process.stderr.write(`${say(message('cli.interrupting'))}\n`);
  });
  const home = triadHome();
  let latest: RunRecord | null = null;
  let reporting: ReturnType<typeof loadReporting> | null = null;
  const workflowOptions: WorkflowOptions = {
    servers,
    ...trialOptions(options, preset),
    ...(options.confirmCluster === undefined ? {} : { namedCluster: options.confirmCluster }),
    testAfterInstall: options.failoverTest !== undefined,
    deleteData: options.deleteData === true,
    redisOnly: options.redisOnly === true,
    ...(waitMs === undefined ? {} : { waitMs }),
    isConfirmed: options.yes === true,
    canAsk: canAsk(isJson),
  };
  const power = powerCommands(options);
  const again = options.only === undefined ? null : await partOfLastCheck(home, spec.name, sha256, options.only);
  const run = await startRun({
    workflow,
    again,
    phases: workflowOf(workflow, workflowOptions),
    phasesFor: (plan) =>
      workflowOf(workflow, { ...workflowOptions, windowsServers: windowsServersOf(plan), isOwnService: plan.windowsService === 'own' }),
    spec,
    specSha256: sha256,
    bundles: bundlesFolder(),
    home,
    acceptNewHostKeys: options.acceptNewHostKeys === true,
    redisOnly: options.redisOnly === true,
    power: power === null ? undefined : createPowerSwitch(power, keeperProgram()),
    askName: async (question) => {
      if (options.yes === true || !canAsk(isJson)) return '';
      progress?.pause();
      return askText(say(question), interrupt.signal, interrupt.interrupt);
    },
    confirm: async (question: Message) => {
      if (options.yes === true) return true;
      progress?.pause();
      if (latest !== null && (workflow === 'install' || workflow === 'remove'))
        process.stdout.write(`${planText(latest, style, 'brief')}\n\n`);
      return ask(say(question), interrupt.signal, interrupt.interrupt);
    },
    conclude,
    signal: interrupt.signal,
    onEvent: (event: RunEvent, record: RunRecord) => {
      latest = record;
      if (event.type === 'phaseFinished' && event.phase.startsWith('connect')) reporting ??= loadReporting();
      // The events of a picture are for a window; for a script that reads lines they would be several a second.
      if (isJson && (event.type === 'trialProgress' || event.type === 'trialRoles')) return;
      if (isJson) print(event);
      else progress?.onEvent(event, record);
    },
    triadVersion: TRIAD_VERSION,
  }).catch((error: unknown) => {
    // Nothing goes on that an interrupt would have to end.
    interrupt.stop();
    throw error;
  });
  const { writeReport, writeOutputs, renderSummary, resultOf } = await (reporting ?? loadReporting());
  const untold: Failure[] = run.unkept === null ? [] : [run.unkept];
  const source = await sourceOfEndedRun(run.record, run.unkept === null ? run.folder : null);
  const report = await writeReport(source, options.report ?? run.folder).catch((error: unknown) => {
    untold.push(failureOf(error, adminSubject));
    return null;
  });
  const unwritten = await writeOutputs(options, source, home).then(
    () => null,
    (error: unknown) => failureOf(error, adminSubject),
  );
  if (unwritten !== null) untold.push(unwritten);
  interrupt.stop();
  for (const failure of untold) process.stderr.write(`${failureText(failure, style)}\n`);
  // Before the result: with --json that is the last line.
  onRecord?.(run.record);
  const integrity = integrityOf(source);
  if (isJson) print(resultOf(run.record, report, integrity));
  else {
    if (workflow === 'plan') process.stdout.write(planText(run.record, style, 'full'));
    if (run.record.failure !== null) process.stdout.write(`\n${runFailuresText(run.record, style)}\n`);
    if (run.password.origin === 'generated' && run.record.failure === null)
      process.stdout.write(`\n${say(message('cli.passwordGenerated', { file: run.passwordFile }))}\n`);
    process.stdout.write(
      `\n${renderSummary(run.record, { report, sha256: integrity?.sha256, isColoured: isColoured(process.stdout), columns: process.stdout.columns })}\n`,
    );
  }
  const code = exitCodeOf(run.record);
  // Somebody waits for that file: a run that passed without it has not done what it was asked for.
  return unwritten !== null && code === 0 ? exitCodeOfFailure(unwritten) : code;
}

function canAsk(isJson: boolean): boolean {
  return !isJson && process.stdin.isTTY && process.stderr.isTTY;
}
