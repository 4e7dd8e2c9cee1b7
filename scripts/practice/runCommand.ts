import { spawn } from 'node:child_process';
import { PracticeError } from './practiceError.ts';

/** What a program left behind. `code` is its exit code, 127 when it does not exist, 128 + signal when it was killed. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  /** Given on standard input; without it standard input is empty. */
  readonly input?: string | Buffer;
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** SIGKILL after this time; the result then has code 137. Without it the command may take as long as it likes. */
  readonly timeoutMs?: number;
}

const signalBase = 128;
const killSignal = 9;

/** Runs a program without a shell and waits for it. It never rejects: a program that cannot be started is code 127 with the reason in `stderr`. */
export function runCommand(program: string, args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: 'pipe',
      // Messages are read and compared: the language of the person's machine must not change them.
      env: { ...process.env, LC_ALL: 'C.UTF-8', ...options.env },
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs, killSignal: 'SIGKILL' as const }),
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    // A program that ends without reading its input breaks the pipe: its exit code tells the story.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.on('error', (error) => resolve({ code: 127, stdout: '', stderr: `${program}: ${error.message}` }));
    child.on('close', (code, signal) => {
      resolve({
        code: code ?? (signal === null ? signalBase : signalBase + killSignal),
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
      });
    });
  });
}

/**
 * Runs a program that has to succeed and returns its standard output.
 * `doing` completes the sentence "Could not ...": it and the last words of the program become the PracticeError.
 */
export async function mustRun(doing: string, program: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const result = await runCommand(program, args, options);
  if (result.code === 0) return result.stdout;
  throw new PracticeError(`Could not ${doing}: ${lastWords(result)}`);
}

/** The last lines that a failed program said, on one line, and its exit code. */
export function lastWords(result: CommandResult): string {
  const said = (result.stderr.trim() === '' ? result.stdout : result.stderr).trim().split('\n').slice(-3).join(' | ');
  return said === '' ? `exit code ${result.code}` : `${said} (exit code ${result.code})`;
}
