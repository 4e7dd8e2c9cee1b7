import { fail, type FailureError } from '../../shared/domain/failure.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { bindCall, secondsOf, stopFailure, untilStopped } from '../callBounds.ts';
import { lastLines } from '../collectOutput.ts';
import type { CallOptions } from '../host.ts';
import type { HostScript, HostShell, RunningScript, ScriptResult } from './hostShell.ts';
import { markedFailure } from './failureMark.ts';
import type { Access } from './access.ts';
import { startProcess, type ScriptEnd, type ScriptProcess } from './scriptProcess.ts';

const RUN_DEADLINE_MS = 60_000;
const START_DEADLINE_MS = 30_000;
const END_DEADLINE_MS = 10_000;
/** The limit on the server is a net below the deadline here, for the case that the connection is gone. */
const SERVER_MARGIN_SECONDS = 5;
/** Exit code of `timeout` when its limit was reached. */
const TIMED_OUT_CODE = 124;

/** What `run` gives inside this room: the result with the moments that bracket the server's first output. */
export interface TimedResult extends ScriptResult {
  readonly sentAtMs: number;
  readonly firstOutputAtMs: number;
}

/** The shell of a Linux server; `runTimed` is for the clock. */
export interface LinuxShell extends HostShell {
  runTimed(script: HostScript, options?: RunOptions): Promise<TimedResult>;
}

type RunOptions = CallOptions & { readonly answers?: readonly number[] };

/** Makes the shell of one connection. */
export function createLinuxShell(access: Access): LinuxShell {
  const { server } = access.login;

  const judge = (script: HostScript, end: ScriptEnd, deadlineMs: number, answers: readonly number[]): ScriptResult => {
    const stdout = end.stdout.toString('utf8');
    const stderr = end.stderr.toString('utf8');
    if (end.code !== null && (end.code === 0 || answers.includes(end.code))) return { code: end.code, stdout, stderr };
    throw markedFailure(server, stdout, stderr) ?? commandFailure(server, script.name, end, stdout, stderr, deadlineMs);
  };

  const runTimed = async (script: HostScript, options?: RunOptions): Promise<TimedResult> => {
    const bounds = bindCall(options, RUN_DEADLINE_MS);
    const limitSeconds = Math.ceil(bounds.deadlineMs / 1000) + SERVER_MARGIN_SECONDS;
    const process = await startProcess(access, script, { bounds, limitSeconds, isOpenEnded: false });
    const end = await process.ended;
    const { sentAtMs } = process;
    return { ...judge(script, end, bounds.deadlineMs, options?.answers ?? []), sentAtMs, firstOutputAtMs: process.firstOutputAtMs() };
  };

  return {
    runTimed,
    run: async (script, options) => {
      const { code, stdout, stderr } = await runTimed(script, options);
      return { code, stdout, stderr };
    },
    start: async (script, options) => {
      const bounds = bindCall(options, START_DEADLINE_MS);
      const limitSeconds = options?.lifetimeMs === undefined ? 0 : Math.ceil(options.lifetimeMs / 1000);
      const process = await startProcess(access, script, { bounds, limitSeconds, isOpenEnded: true });
      return runningScript(process, script, server, (end) => judge(script, end, bounds.deadlineMs, []));
    },
  };
}

function commandFailure(server: string, step: string, end: ScriptEnd, stdout: string, stderr: string, deadlineMs: number): FailureError {
  const subject = serverSubject(server);
  const evidence = lastLines(stderr.trim() === '' ? stdout : stderr);
  if (end.code === TIMED_OUT_CODE)
    return fail('host.commandTimedOut', subject, { values: { step, server, seconds: secondsOf(deadlineMs) }, evidence, retryable: true });
  return fail('host.commandFailed', subject, { values: { step, server, code: end.code ?? end.signal ?? '' }, evidence });
}

function runningScript(process: ScriptProcess, script: HostScript, server: string, judge: (end: ScriptEnd) => ScriptResult): RunningScript {
  return {
    waitForLine: (isIt, options) => {
      const bounds = bindCall(options, START_DEADLINE_MS);
      return untilStopped(awaitLine(process, script, server, isIt, judge), bounds.signal, () => stopFailure(bounds, server, script.name));
    },
    write: (bytes) => process.write(bytes),
    end: async (options) => {
      const bounds = bindCall(options, END_DEADLINE_MS);
      process.endInput();
      const stopped = (): Error => stopFailure(bounds, server, script.name);
      try {
        return judge(await untilStopped(process.ended, bounds.signal, stopped));
      } catch (error) {
        if (bounds.signal.aborted) await process.stop();
        throw error;
      }
    },
  };
}

/** The first whole line that is the wanted one; rejects when the script ends without it. */
async function awaitLine(
  process: ScriptProcess,
  script: HostScript,
  server: string,
  isIt: (line: string) => boolean,
  judge: (end: ScriptEnd) => ScriptResult,
): Promise<string> {
  const find = (): string | undefined => process.stdout().toString('utf8').split('\n').slice(0, -1).find(isIt);
  const found = new Promise<string>((resolve) => {
    const look = (): void => {
      const line = find();
      if (line !== undefined) resolve(line);
    };
    process.onOutput(look);
    look();
  });
  const atEnd = process.ended.then((end): string => {
    const line = find();
    if (line !== undefined) return line;
    const { code } = judge(end);
    throw fail('host.commandFailed', serverSubject(server), { values: { step: script.name, server, code } });
  });
  return Promise.race([found, atEnd]);
}
