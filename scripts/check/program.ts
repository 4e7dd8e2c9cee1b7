import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout, with a slash at its end. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** How a program ended; `code` is null when a signal ended it. */
export interface ProgramEnd {
  readonly code: number | null;
  /** Standard output and error, as they came; empty when it was shown instead. */
  readonly output: string;
}

/** A tool installed in node_modules, run in the checkout, its words collected. */
export function runTool(name: string, args: readonly string[]): Promise<ProgramEnd> {
  return run(join(root, 'node_modules/.bin', name), args, 'collect');
}

/** A tool installed in node_modules, run in the checkout, its words shown. */
export function showTool(name: string, args: readonly string[]): Promise<ProgramEnd> {
  return run(join(root, 'node_modules/.bin', name), args, 'show');
}

/** A script, given by its absolute path, under the same Node, its words collected. */
export function runScript(file: string, args: readonly string[]): Promise<ProgramEnd> {
  return run(process.execPath, [file, ...args], 'collect');
}

/** A script of this checkout, given by its path in it, under the same Node, its words shown. */
export function showScript(file: string, args: readonly string[]): Promise<ProgramEnd> {
  return run(process.execPath, [join(root, file), ...args], 'show');
}

function run(program: string, args: readonly string[], words: 'collect' | 'show'): Promise<ProgramEnd> {
  const collected: Buffer[] = [];
  const child = spawn(program, args, {
    cwd: root,
    // On Windows the entries of .bin are batch files.
    shell: process.platform === 'win32' && program !== process.execPath,
    stdio: words === 'show' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  child.stdout?.on('data', (chunk: Buffer) => collected.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => collected.push(chunk));
  // A signal to this process alone would leave the tool behind, and with it whatever a test has started.
  const stop = (signal: NodeJS.Signals): void => {
    // Ctrl-C on a terminal reaches the tool by itself; vitest takes a second one as "now, without cleaning up".
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  const signals = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;
  for (const signal of signals) process.on(signal, stop);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      for (const signal of signals) process.off(signal, stop);
      resolve({ code, output: Buffer.concat(collected).toString('utf8') });
    });
  });
}
