import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sourceState } from './sourceState.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the app consists of: each is built on its own, and stands in its own folder of `out`. */
export const appParts = ['main', 'preload', 'renderer'] as const;
export type AppPart = (typeof appParts)[number];

/** The files that a built app consists of at least, and the note of what it was built from. */
export const appOutput = {
  entry: join(root, 'out/main/main.cjs'),
  window: join(root, 'out/renderer/index.html'),
  note: join(root, 'out/app-built-from.txt'),
} as const;

/** What the app is built from, as file or folder. */
const sources = ['electron', 'renderer', 'scripts/config/electron.vite.config.ts', 'scripts/build', 'package.json', 'package-lock.json'];

/** A short text that changes whenever a source file of the app changes. */
export function appSourceState(): string {
  return sourceState(root, sources);
}

/** Whether the app was built from the sources in that state. */
export function isAppBuilt(state: string): boolean {
  const { entry, window, note } = appOutput;
  return [entry, window, note].every((file) => existsSync(file)) && readFileSync(note, 'utf8') === state;
}
