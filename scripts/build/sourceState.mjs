// JavaScript, because every start of the command line runs this and stripping types costs it 45 ms.
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const notBuilt = /\.test\.tsx?$|\.md$/u;

/**
 * A short text that changes whenever a source file is edited, added, removed or renamed. Names, sizes and times only: reading every file
 * would cost each start of the command line more than the build is worth.
 * @param {string} checkout
 * @param {readonly string[]} sources files and folders in it
 * @returns {string}
 */
export function sourceState(checkout, sources) {
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
