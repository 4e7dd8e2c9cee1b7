import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { BenchError } from './benchError.ts';

/** How a program ended and how long it took. */
export interface TimedRun {
  /** Exit code; null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Milliseconds from just before it was started until it ended. */
  readonly wallMs: number;
  /** The same until its standard output first satisfied `milestone`; null when it never did. */
  readonly milestoneMs: number | null;
}

export interface TimedOptions {
  /** The whole environment, not an addition to this process' own. */
  readonly env?: NodeJS.ProcessEnv;
  /** Given on standard input; without it standard input is empty. */
  readonly input?: Uint8Array;
  /** Asked with all standard output so far whenever more has come. */
  readonly milestone?: (stdout: string) => boolean;
  /** Ends the program and everything that it started. */
  readonly signal: AbortSignal;
}

const killAfterMs = 5000;

/** Runs a program without a shell and takes its time. Rejects with a BenchError when it cannot be started, and with the signal's reason when aborted. */
export function runTimed(program: string, args: readonly string[], options: TimedOptions): Promise<TimedRun> {
  const { signal, milestone } = options;
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(abortReason(signal));
      return;
    }
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let milestoneMs: number | null = null;
    let wallMs = 0;
    const text = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString('utf8');
    const startedAt = performance.now();
    // A process group of its own: Ctrl-C on the terminal then reaches this process alone, which ends the whole group in order.
    const child = spawn(program, args, { stdio: 'pipe', detached: true, env: options.env ?? process.env });
    const killGroup = (how: NodeJS.Signals): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, how);
      } catch {
        // All of it has ended.
      }
    };
    let killTimer: NodeJS.Timeout | undefined;
    const abort = (): void => {
      killGroup('SIGTERM');
      killTimer = setTimeout(() => killGroup('SIGKILL'), killAfterMs);
    };
    signal.addEventListener('abort', abort, { once: true });
    child.stdout.on('data', (chunk: Buffer) => {
      stdout.push(chunk);
      if (milestone !== undefined && milestoneMs === null && milestone(text(stdout))) milestoneMs = performance.now() - startedAt;
    });
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    // A program that ends without reading its input breaks the pipe: its exit code tells the story.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input);
    child.on('error', (error) => {
      signal.removeEventListener('abort', abort);
      reject(new BenchError(`Could not start ${program}: ${error.message}`));
    });
    child.on('exit', () => {
      wallMs = performance.now() - startedAt;
    });
    child.on('close', (code) => {
      clearTimeout(killTimer);
      signal.removeEventListener('abort', abort);
      if (signal.aborted) reject(abortReason(signal));
      else resolve({ code, stdout: text(stdout), stderr: text(stderr), wallMs, milestoneMs });
    });
  });
}

function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new BenchError('Interrupted.');
}

/** The last lines that a failed program said, and its exit code. */
export function lastWordsOf(run: TimedRun): string {
  const said = [run.stdout, run.stderr].map((words) => words.trim().split('\n').slice(-8).join('\n'));
  return [...said.filter((words) => words !== ''), `(exit code ${run.code ?? 'none'})`].join('\n');
}
