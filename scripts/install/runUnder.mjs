// Built-in modules only, Node 20: this runs before anything is installed.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Runs a program in place of this process: same terminal, signals passed on.
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit code; 128 and the signal's number when a signal ended it
 */
export async function runUnder(program, args) {
  const child = spawn(program, args, { stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      // Ctrl-C on a terminal reaches the whole foreground group, the child included: passing it on would deliver it twice.
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
