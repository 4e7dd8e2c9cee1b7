import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FullConfig } from '@playwright/test';
import { startVirtualDisplay } from '../../scripts/electron/display.ts';
import { runFolderVariable } from './appsUnderTest.ts';
import { handOutDisplays } from './displays.ts';

const out = fileURLToPath(new URL('../../out', import.meta.url));

/** Large enough for every size that is tried. */
const size = { width: 3840, height: 2160 };

/**
 * Before all window tests: a folder for the apps under test, and a display for each worker, so that the tests neither need one nor draw on that
 * of a person. Workers inherit the environment. All is taken away at the end; if this process is killed, the displays end with it, and the
 * next run removes the folder.
 */
// Playwright takes the function from the default export.
export default async function openDisplay({ workers }: FullConfig): Promise<() => Promise<void>> {
  await removeFoldersOfTheDead();
  const folder = join(out, `apps-under-test-${process.pid}`);
  await mkdir(folder, { recursive: true });
  process.env[runFolderVariable] = folder;
  const stopDisplays = await openDisplays(workers);
  return async () => {
    await stopDisplays();
    await rm(folder, { recursive: true, force: true });
  };
}

async function openDisplays(count: number): Promise<() => Promise<void>> {
  if (process.platform !== 'linux') return async () => undefined;
  const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);
  // The first one installs what is missing.
  const displays = [await startVirtualDisplay(size, say)];
  while (displays.length < count) displays.push(await startVirtualDisplay(size, say));
  handOutDisplays(displays.map(({ name }) => name));
  return async () => {
    await Promise.all(displays.map(async (display) => display.stop()));
  };
}

async function removeFoldersOfTheDead(): Promise<void> {
  for (const name of await readdir(out).catch(() => [])) {
    const owner = /^apps-under-test-(\d+)$/u.exec(name)?.[1];
    if (owner !== undefined && !isAlive(Number(owner))) await rm(join(out, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
