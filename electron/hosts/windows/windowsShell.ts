import { fail, type FailureError } from '../../shared/domain/failure.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { bindCall, stopFailure, untilStopped, type CallBounds } from '../callBounds.ts';
import { collectOutput, lastLines, type Collected } from '../collectOutput.ts';
import { createDeferred } from '../deferred.ts';
import type { CallOptions } from '../host.ts';
import type { SessionEnd, SshConnection, SshSession } from '../ssh/sshConnection.ts';
import { commandLine } from './commandLine.ts';
import { decodeOutput, withoutClixml } from './decodeOutput.ts';
import { escapedForRaw, handsOverRaw, shellIn, WHICH_SHELL } from './whichShell.ts';

const RUN_DEADLINE_MS = 60_000;
const START_DEADLINE_MS = 30_000;
const END_DEADLINE_MS = 10_000;
/** More output than this is a mistake; collecting it could fill the admin's memory. */
const OUTPUT_LIMIT_BYTES = 8 * 1024 ** 2;

/** One program to be run on a Windows server. */
export interface ProgramCall {
  /** Short name for failures, such as `observe`. */
  readonly step: string;
  readonly program: string;
  readonly args: readonly string[];
  /** What it reads on standard input, which is closed behind it: the only way for secrets. */
  readonly input?: readonly (Uint8Array | string)[];
}

/** How a program ended. Its code is all that decides; every one of the 32 bits arrives. */
export interface ProgramResult {
  readonly code: number;
  readonly stdout: string;
  /** Without PowerShell's XML. */
  readonly stderr: string;
  /** Error texts out of that XML. */
  readonly errors: readonly string[];
  /** Date.now() when it was started and when its first output came. */
  readonly sentAtMs: number;
  readonly firstOutputAtMs: number;
}

/** A program that goes on until its standard input is closed. */
export interface RunningProgram {
  /** Resolves with the first output line that satisfies the predicate; rejects with `host.commandFailed` when it ends without one. */
  waitForLine(isIt: (line: string) => boolean, options?: CallOptions): Promise<string>;
  /** Sends something to its standard input; nothing happens when it or its connection has ended. */
  write(bytes: Uint8Array | string): void;
  /** Closes standard input and waits until it has ended. */
  end(options?: CallOptions): Promise<ProgramResult>;
  /** Resolves when it has ended, for whatever reason; rejects when the connection is lost. */
  readonly ended: Promise<ProgramResult>;
}

/** Runs programs on one Windows server: one call a time, no shell syntax, so that it does not matter which shell sshd starts. */
export interface WindowsShell {
  readonly server: string;
  /** Runs to the end; any exit code is an answer. Throws `ssh.connectionLost`, `run.aborted`, `host.commandTimedOut`, or `host.commandFailed` for too much output. */
  run(call: ProgramCall, options?: CallOptions & { readonly maxBytes?: number }): Promise<ProgramResult>;
  /** The same for a line that a shell is to read, for finding out which one it is. */
  runLine(step: string, line: string, options?: CallOptions): Promise<ProgramResult>;
  /** `options` bound the start only. */
  start(call: ProgramCall, options?: CallOptions): Promise<RunningProgram>;
}

interface Opened {
  readonly session: SshSession;
  readonly stdout: Collected;
  readonly stderr: Collected;
  readonly sentAtMs: number;
  firstOutputAtMs(): number;
}

/** Makes the shell of one connection. */
export function createWindowsShell(server: string, connection: SshConnection): WindowsShell {
  const subject = serverSubject(server);

  const open = async (line: string, bounds: CallBounds, step: string): Promise<Opened> => {
    const sentAtMs = Date.now();
    const session = await connection.openSession(line, bounds, () => stopFailure(bounds, server, step));
    const stdout = collectOutput(session.stdout);
    const stderr = collectOutput(session.stderr);
    let firstOutputAtMs: number | null = null;
    stdout.onPiece(() => (firstOutputAtMs ??= Date.now()));
    return { session, stdout, stderr, sentAtMs, firstOutputAtMs: () => firstOutputAtMs ?? Date.now() };
  };

  const resultOf = (opened: Opened, end: SessionEnd): ProgramResult => {
    const out = decodeOutput(opened.stdout.bytes());
    const err = decodeOutput(opened.stderr.bytes());
    if (end.code === null) {
      const evidence = lastLines(`${out.text}\n${err.text}`.trim());
      throw connection.lostFailure() ?? fail('ssh.connectionLost', subject, { values: { server }, evidence, retryable: true });
    }
    const { text, errors } = withoutClixml(err.text);
    return {
      // An exit code is a DWORD: an exception such as 0xC0000135 must not turn negative.
      code: end.code >>> 0,
      stdout: out.text,
      stderr: text,
      errors,
      sentAtMs: opened.sentAtMs,
      firstOutputAtMs: opened.firstOutputAtMs(),
    };
  };

  const runLine = async (
    step: string,
    line: string,
    options?: CallOptions & { readonly maxBytes?: number },
    input: ProgramCall['input'] = [],
  ): Promise<ProgramResult> => {
    const bounds = bindCall(options, RUN_DEADLINE_MS);
    const maxBytes = options?.maxBytes ?? OUTPUT_LIMIT_BYTES;
    const opened = await open(line, bounds, step);
    const tooMuch = createDeferred<never>();
    const onPiece = (): void => {
      if (opened.stdout.sizeBytes() + opened.stderr.sizeBytes() <= maxBytes) return;
      const values = { step, server, code: `> ${maxBytes} B` };
      tooMuch.reject(fail('host.commandFailed', subject, { values, evidence: lastLines(decodeOutput(opened.stdout.bytes()).text) }));
    };
    opened.stdout.onPiece(onPiece);
    opened.stderr.onPiece(onPiece);
    for (const part of input) opened.session.write(part);
    opened.session.endInput();
    const stopped = (): FailureError => stopFailure(bounds, server, step, lastLines(decodeOutput(opened.stdout.bytes()).text));
    try {
      return resultOf(opened, await untilStopped(Promise.race([opened.session.ended, tooMuch.promise]), bounds.signal, stopped));
    } catch (error) {
      // A channel may stay open for ever when a process that the program left behind holds its output (Win32-OpenSSH#2452). sshd ends the job with it.
      opened.session.close();
      throw error;
    }
  };

  let isRawPowerShell: Promise<boolean> | null = null;

  /** The line of a call as this server's sshd must be sent it. Only behind an old one the shell has to be known for it. */
  const lineFor = async (call: ProgramCall, options?: CallOptions): Promise<string> => {
    const line = commandLine(call.program, call.args);
    const escaped = escapedForRaw(line);
    if (escaped === line || !handsOverRaw(connection.ident)) return line;
    isRawPowerShell ??= runLine('defaultShell', WHICH_SHELL, options).then(
      ({ stdout }) => shellIn(stdout) === 'powershell',
      (error: unknown) => {
        isRawPowerShell = null;
        throw error;
      },
    );
    return (await isRawPowerShell) ? escaped : line;
  };

  const start = async (call: ProgramCall, options?: CallOptions): Promise<RunningProgram> => {
    const bounds = bindCall(options, START_DEADLINE_MS);
    const line = await lineFor(call, { signal: options?.signal, deadlineMs: bounds.remainingMs() });
    const opened = await open(line, bounds, call.step);
    for (const part of call.input ?? []) opened.session.write(part);
    const ended = opened.session.ended.then((end) => resultOf(opened, end));
    // Whoever started it may look at the end later.
    ended.catch(() => undefined);
    return runningProgram(server, call.step, opened, ended);
  };

  return {
    server,
    run: async (call, options) => {
      const bounds = bindCall(options, RUN_DEADLINE_MS);
      const line = await lineFor(call, { signal: options?.signal, deadlineMs: bounds.remainingMs() });
      return runLine(call.step, line, { ...options, deadlineMs: bounds.remainingMs() }, call.input);
    },
    runLine,
    start,
  };
}

function runningProgram(server: string, step: string, { session, stdout }: Opened, ended: Promise<ProgramResult>): RunningProgram {
  const find = (isIt: (line: string) => boolean): string | undefined =>
    decodeOutput(stdout.bytes())
      .text.split('\n')
      .slice(0, -1)
      .map((line) => line.replace(/\r$/u, ''))
      .find(isIt);
  const awaitLine = (isIt: (line: string) => boolean): Promise<string> => {
    const found = new Promise<string>((resolve) => {
      const look = (): void => {
        const line = find(isIt);
        if (line !== undefined) resolve(line);
      };
      stdout.onPiece(look);
      look();
    });
    const atEnd = ended.then((result): string => {
      const line = find(isIt);
      if (line !== undefined) return line;
      throw programFailure(server, step, result);
    });
    return Promise.race([found, atEnd]);
  };
  return {
    waitForLine: (isIt, options) => {
      const bounds = bindCall(options, START_DEADLINE_MS);
      return untilStopped(awaitLine(isIt), bounds.signal, () => stopFailure(bounds, server, step));
    },
    write: (bytes) => session.write(bytes),
    end: async (options) => {
      const bounds = bindCall(options, END_DEADLINE_MS);
      session.endInput();
      try {
        return await untilStopped(ended, bounds.signal, () => stopFailure(bounds, server, step));
      } catch (error) {
        session.close();
        throw error;
      }
    },
    ended,
  };
}

/** What a program said, for a report: errors of PowerShell, standard error, or the end of its output. */
export function evidenceOf({ stdout, stderr, errors }: ProgramResult): string {
  const said = [...errors, stderr].filter((text) => text !== '').join('\n');
  return lastLines(said === '' ? stdout : said);
}

/** `host.commandFailed` for a program whose exit code is no answer. */
export function programFailure(server: string, step: string, result: ProgramResult): FailureError {
  const values = { step, server, code: result.code };
  return fail('host.commandFailed', serverSubject(server), { values, evidence: evidenceOf(result) });
}
