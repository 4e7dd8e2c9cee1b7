// JavaScript, because every start of the command line runs this and stripping types costs it 45 ms.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The folder of the built command line, its entry, and the note of what it was built from. */
export const cliOutput = /** @type {const} */ ({
  folder: join(root, 'out/cli'),
  entry: join(root, 'out/cli/cli.js'),
  note: join(root, 'out/cli/built-from.txt'),
});

/** What the command line is built from, as file or folder. */
const sources = ['electron', 'scripts/config/cli.vite.config.ts', 'scripts/build', 'package.json', 'package-lock.json'];

const notBuilt = /\.test\.tsx?$|\.md$/u;

/**
 * A short text that changes whenever a source file is edited, added, removed or renamed. Names, sizes and times only: reading every file
 * would cost each start of the command line more than the build is worth.
 * @param {string} [checkout]
 * @returns {string}
 */
export function cliSourceState(checkout = root) {
  const hash = createHash('sha1');
  for (const source of sources) {
    const path = join(checkout, source);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) addFile(path);
    else for (const name of readdirSync(path, { recursive: true, encoding: 'utf8' }).toSorted()) addFile(join(path, name));
  }
  return hash.digest('hex');

  /** @param {string} file */
  function addFile(file) {
    if (notBuilt.test(file)) return;
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats?.isFile() === true) hash.update(`${file} ${stats.size} ${stats.mtimeMs}\n`);
  }
}

/**
 * @param {string} state of `cliSourceState()`
 * @returns {boolean} whether `out/cli` was built from the sources as they are now
 */
export function isCliBuilt(state) {
  return existsSync(cliOutput.entry) && existsSync(cliOutput.note) && readFileSync(cliOutput.note, 'utf8') === state;
}
