import { randomBytes } from 'node:crypto';
import { fail, type FailureError } from '../../shared/domain/failure.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { bindCall, stopFailure, untilStopped, type CallBounds } from '../callBounds.ts';
import { createDeferred } from '../deferred.ts';
import type { HostScript } from './hostShell.ts';
import type { SessionEnd, SshSession } from '../ssh/sshConnection.ts';
import type { Access } from './access.ts';
import { awaitBegin, type Begun } from './awaitBegin.ts';
import { collectOutput, lastLines, type Collected } from '../collectOutput.ts';
import { commandLine, completeScript } from './commandLine.ts';

/** More output than this is a mistake; collecting it could fill the admin's memory. */
export const OUTPUT_LIMIT_BYTES = 8 * 1024 ** 2;
/** Longest wait for the server to end what was stopped, before the caller is told. */
const STOP_PATIENCE_MS = 1500;
/** A stop that takes longer is given up; the limit on the server ends the process then. */
const STOP_DEADLINE_MS = 10_000;

/** Limits of a process: `limitSeconds` on the server (0: none), `bounds` here. */
export interface ProcessOptions {
  readonly bounds: CallBounds;
  readonly limitSeconds: number;
  /** Standard input stays open after script and input, and `bounds` hold for the start only: it runs until it is ended. */
  readonly isOpenEnded: boolean;
  /** Takes a session that is kept free for this. */
  readonly isStop?: boolean;
}

/** How a script ended; `code` is null where a signal ended it. */
export interface ScriptEnd extends SessionEnd {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/** A script that announced itself and was sent. */
export interface ScriptProcess {
  /** Date.now() when it was sent and when its first output came: they bracket what the server says of its clock. */
  readonly sentAtMs: number;
  firstOutputAtMs(): number;
  /** Rejects with `ssh.connectionLost`, `run.aborted`, `host.commandTimedOut`, or `host.commandFailed` for too much output. */
  readonly ended: Promise<ScriptEnd>;
  /** Standard output so far. */
  stdout(): Buffer;
  onOutput(listener: () => void): void;
  write(bytes: Uint8Array | string): void;
  endInput(): void;
  /** Ends it on the server by force; resolves when it is gone, or after 1.5 s. */
  stop(): Promise<void>;
}

/** Starts a script as root and sends it with its input. Resolves when it runs; rejects when it cannot be started within its bounds. */
export async function startProcess(access: Access, script: HostScript, options: ProcessOptions): Promise<ScriptProcess> {
  const { connection, login } = access;
  const { bounds } = options;
  const nonce = randomBytes(6).toString('hex');
  const text = completeScript(script.script);
  const stopped = (): FailureError => stopFailure(bounds, login.server, script.name);

  const line = commandLine(access.elevation, nonce, text.length, options.limitSeconds);
  const open = async (): Promise<Opened> => {
    if (access.rejection !== null) throw access.rejection;
    const session = await connection.openSession(line, bounds, stopped, options.isStop);
    const stdout = collectOutput(session.stdout);
    const stderr = collectOutput(session.stderr);
    const begun = await awaitBegin({ access, session, stdout, stderr, nonce, bounds, stopped });
    return { session, stdout, stderr, begun };
  };
  const { session, stdout, stderr, begun } = await oneFirst(access, open, bounds.signal, stopped);

  let firstOutputAtMs: number | null = null;
  const tooMuch = createDeferred<'tooMuch'>();
  const onPiece = (): void => {
    if (stdout.sizeBytes() + stderr.sizeBytes() > OUTPUT_LIMIT_BYTES) tooMuch.resolve('tooMuch');
  };
  // Standard error does not count: its begin mark is written after the other one, so it can arrive when the script is already on its way.
  stdout.onPiece(() => (firstOutputAtMs ??= Date.now()));
  stdout.onPiece(onPiece);
  stderr.onPiece(onPiece);
  const outputs = (): { readonly stdout: Buffer; readonly stderr: Buffer } => ({
    stdout: stdout.bytes().subarray(begun.stdoutStart),
    stderr: begun.scriptPartOf(stderr.bytes()),
  });

  const sentAtMs = Date.now();
  session.write(text);
  for (const part of script.input ?? []) session.write(part);
  if (!options.isOpenEnded) session.endInput();

  const stop = options.isOpenEnded ? [] : [whenAborted(bounds.signal, session.ended)];
  const ended = settle(Promise.race([session.ended, tooMuch.promise, ...stop]));
  // Whoever started it may look at the end later.
  ended.catch(() => undefined);

  async function settle(outcome: Promise<SessionEnd | 'tooMuch' | 'stopped'>): Promise<ScriptEnd> {
    const what = await outcome;
    if (typeof what === 'object') {
      if (what.code === null && what.signal === null) throw connectionLost(access);
      return { ...what, ...outputs() };
    }
    if (connection.lostFailure() !== null) throw connectionLost(access);
    const evidence = lastLines(`${outputs().stdout.toString('utf8')}\n${outputs().stderr.toString('utf8')}`.trim());
    await stopProcess(access, begun, session);
    if (what === 'stopped') throw stopFailure(bounds, login.server, script.name, evidence);
    const values = { step: script.name, server: login.server, code: `> ${OUTPUT_LIMIT_BYTES} B` };
    throw fail('host.commandFailed', serverSubject(login.server), { values, evidence });
  }

  return {
    sentAtMs,
    firstOutputAtMs: () => firstOutputAtMs ?? Date.now(),
    ended,
    stdout: () => outputs().stdout,
    onOutput: (listener) => stdout.onPiece(listener),
    write: (bytes) => session.write(bytes),
    endInput: () => session.endInput(),
    stop: () => stopProcess(access, begun, session),
  };
}

interface Opened {
  readonly session: SshSession;
  readonly stdout: Collected;
  readonly stderr: Collected;
  readonly begun: Begun;
}

/** Lets one start go first where sudo may ask, and the others after it. */
async function oneFirst(access: Access, open: () => Promise<Opened>, signal: AbortSignal, stopped: () => Error): Promise<Opened> {
  if (access.elevation !== 'sudoAsking') return open();
  if (access.firstStart === null) {
    const opening = open();
    access.firstStart = opening.catch(() => undefined);
    return opening;
  }
  await untilStopped(access.firstStart, signal, stopped);
  return open();
}

function connectionLost({ connection, login: { server } }: Access): FailureError {
  return connection.lostFailure() ?? fail('ssh.connectionLost', serverSubject(server), { values: { server }, retryable: true });
}

/** Resolves at the abort; forgets the signal when the session has ended, as a caller's signal may outlive thousands of calls. */
function whenAborted(signal: AbortSignal, over: Promise<unknown>): Promise<'stopped'> {
  return new Promise((resolve) => {
    const stop = (): void => resolve('stopped');
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    void over.then(() => signal.removeEventListener('abort', stop));
  });
}

/**
 * Ends the process group of a script by a second session: closing a channel ends nothing on the server, and sshd does not pass signals on.
 * Resolves when the session has ended, or when patience is over; the attempt itself goes on then.
 */
async function stopProcess(access: Access, { processGroup, shell }: Begun, session: SshSession): Promise<void> {
  // `timeout` leads the group and has passed SIGTERM on; the group of the shell is tried too where `timeout` made none.
  const script = [
    `kill -TERM -${processGroup} ${shell} 2>/dev/null`,
    'i=0',
    `while kill -0 -${processGroup} 2>/dev/null && [ $i -lt 10 ]; do i=$((i + 1)); sleep 0.1; done`,
    `kill -KILL -${processGroup} ${shell} 2>/dev/null`,
    'exit 0',
  ].join('\n');
  const bounds = bindCall(undefined, STOP_DEADLINE_MS);
  const killed = startProcess(
    access,
    { name: 'stop', script },
    { bounds, limitSeconds: STOP_DEADLINE_MS / 1000, isOpenEnded: false, isStop: true },
  )
    .then((process) => process.ended)
    .catch(() => undefined);
  const patience = createDeferred<void>();
  const timer = setTimeout(() => patience.resolve(), STOP_PATIENCE_MS);
  await Promise.race([session.ended, killed.then(() => session.ended), patience.promise]);
  clearTimeout(timer);
  session.close();
}
