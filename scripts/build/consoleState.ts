import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sourceState } from './sourceState.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where console executables are built, each in a folder with the name of its target; electron-builder.yml takes those of its platform from here. */
export const consoleFolder = join(root, 'out', 'console');

/** What a console executable is built from, as file or folder. */
const sources = ['electron', 'scripts/config/console.vite.config.ts', 'scripts/build', 'package.json', 'package-lock.json'];

/** A short text that changes whenever a source file of the console executable changes. */
export function consoleSourceState(): string {
  return sourceState(root, sources);
}

/** Beside the folder: what is in that is packaged. */
const noteOf = (target: string, folder: string): string => join(folder, `${target}.built-from.txt`);

/** Notes what the executable of a target was built from; null while it is being built. */
export function noteConsole(target: string, state: string | null, folder = consoleFolder): void {
  if (state === null) rmSync(noteOf(target, folder), { force: true });
  else writeFileSync(noteOf(target, folder), state);
}

/** Targets that were built from other sources than these: a package must not ship them. */
export function staleConsoles(state: string, folder = consoleFolder): readonly string[] {
  return entriesOf(folder).filter((target) => readText(noteOf(target, folder)) !== state);
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    // None was ever built.
    return [];
  }
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
