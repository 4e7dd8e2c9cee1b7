import { cp, mkdir, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { appOutput, appParts } from './appState.ts';
import { ensureApp } from './buildApp.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What an app opened from a checkout looks for beside `out`: reached by links. */
const linked = ['resources', 'scripts', 'node_modules'] as const;

const attempts = 10;

/**
 * Makes a folder that Electron can open like the checkout, with a copy of the built app: whoever builds in the checkout meanwhile does not
 * take the files from under a running app.
 */
export async function stageApp(folder: string, progress: (sentence: string) => void): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    await rm(folder, { recursive: true, force: true });
    await ensureApp(progress);
    if (await copyApp(folder)) break;
    if (attempt === attempts) throw new Error(`The app was built anew ${attempts} times while it was copied.`);
  }
  await cp(join(root, 'package.json'), join(folder, 'package.json'));
  for (const name of linked) await symlink(join(root, name), join(folder, name), 'junction');
}

/** Returns whether no other build was at work: each removes the note before it touches anything, and writes it anew at its end. */
async function copyApp(folder: string): Promise<boolean> {
  const builtAt = await noteTime();
  if (builtAt === undefined) return false;
  await mkdir(join(folder, 'out'), { recursive: true });
  try {
    for (const part of appParts) await cp(join(root, 'out', part), join(folder, 'out', part), { recursive: true });
  } catch {
    return false;
  }
  return (await noteTime()) === builtAt;
}

async function noteTime(): Promise<number | undefined> {
  return stat(appOutput.note).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
}
