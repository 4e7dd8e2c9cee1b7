import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startVirtualDisplay } from '../../scripts/electron/display.ts';
import { runFolderVariable } from './appsUnderTest.ts';

const out = fileURLToPath(new URL('../../out', import.meta.url));

/** Large enough for every size that is tried. */
const size = { width: 3840, height: 2160 };

/**
 * Before all window tests: a folder for the apps under test, and a display, so that the tests neither need one nor draw on that of a
 * person. Workers inherit the environment. Both are taken away at the end; if this process is killed, the display ends with it, and the
 * next run removes the folder.
 */
// Playwright takes the function from the default export.
export default async function openDisplay(): Promise<() => Promise<void>> {
  await removeFoldersOfTheDead();
  const folder = join(out, `apps-under-test-${process.pid}`);
  await mkdir(folder, { recursive: true });
  process.env[runFolderVariable] = folder;
  const display = await openOwnDisplay();
  return async () => {
    await display?.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

async function openOwnDisplay(): Promise<{ readonly stop: () => Promise<void> } | undefined> {
  if (process.platform !== 'linux') return undefined;
  const display = await startVirtualDisplay(size, (sentence) => process.stdout.write(`${sentence}\n`));
  process.env['DISPLAY'] = display.name;
  delete process.env['WAYLAND_DISPLAY'];
  return display;
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
