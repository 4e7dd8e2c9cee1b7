import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PracticeSet } from '../practice/practiceSet.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where the demo's reports lie. */
export const reportFolder = join(root, 'out', 'demo');
/** The demo's own TRIAD_HOME, beside the one that a person works with; TRIAD_HOME moves it. */
export const demoHome =
  process.env['TRIAD_HOME'] ?? join(process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'triad', 'demo');

/** Ends the demo with a sentence and an exit code. */
export class DemoStopped extends Error {
  readonly exitCode: number;
  constructor(sentence: string, exitCode: number) {
    super(sentence);
    this.exitCode = exitCode;
  }
}

/** Runs one of the project's tasks in its own process, with its output on this terminal or in a file. Throws `DemoStopped` where that fails. */
export async function task(
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly outputFile?: string } = {},
): Promise<void> {
  const output = options.outputFile === undefined ? null : openSync(options.outputFile, 'w');
  const child = spawn(process.execPath, [join(root, 'scripts', 'run.mjs'), ...args], {
    stdio: ['inherit', output ?? 'inherit', 'inherit'],
    env: { ...process.env, ...options.env },
  });
  // The terminal gives an interrupt to the child as well, which finishes safely; this process then ends with the child's code.
  const wait = (): void => undefined;
  process.on('SIGINT', wait);
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status, signal) => resolve(status ?? (signal === 'SIGINT' ? 130 : 1)));
  });
  process.off('SIGINT', wait);
  if (output !== null) closeSync(output);
  if (code === 0) return;
  const firstOption = args.findIndex((arg) => arg.startsWith('-'));
  const name = (firstOption === -1 ? args : args.slice(0, firstOption)).join(' ');
  throw new DemoStopped(`The step "${name}" ended with exit code ${code}.`, code);
}

/** A line above each step, for whoever watches. */
export function heading(text: string): void {
  console.log(`\n\u001B[1m── ${text}\u001B[0m\n`);
}

/** The environment of the command line in the demo: what the practice specification refers to, and a home. */
export function environmentOf(set: PracticeSet, home: string): NodeJS.ProcessEnv {
  return { ...set.spec().environment, TRIAD_HOME: home };
}
