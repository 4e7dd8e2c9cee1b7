// JavaScript, because every start of the command line runs this and stripping types costs it 45 ms.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sourceState } from './sourceState.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The folder of the built command line, its entry, and the note of what it was built from. */
export const cliOutput = /** @type {const} */ ({
  folder: join(root, 'out/cli'),
  entry: join(root, 'out/cli/cli.js'),
  note: join(root, 'out/cli/built-from.txt'),
});

/** What the command line is built from, as file or folder. */
const sources = ['electron', 'scripts/config/cli.vite.config.ts', 'scripts/build', 'package.json', 'package-lock.json'];

/**
 * A short text that changes whenever a source file of the command line changes.
 * @param {string} [checkout]
 * @returns {string}
 */
export function cliSourceState(checkout = root) {
  return sourceState(checkout, sources);
}

/**
 * @param {string} state of `cliSourceState()`
 * @returns {boolean} whether `out/cli` was built from the sources as they are now
 */
export function isCliBuilt(state) {
  return existsSync(cliOutput.entry) && existsSync(cliOutput.note) && readFileSync(cliOutput.note, 'utf8') === state;
}
