import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { cliOutput, cliSourceState } from './cliState.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A running command line may still load its chunks lazily; none runs for a day. */
const keepOldChunksMs = 24 * 3_600_000;

/**
 * Builds `electron/cli.ts` into `out/cli`. Safe while another process builds or runs the command line: everything is made in a folder of
 * its own, then moved file by file, the entry after the chunks that it names, and chunks of earlier builds stay for a day.
 * @returns the built files, relative to `out/cli`.
 */
export async function buildCli(): Promise<readonly string[]> {
  // Before the build: a file that is edited meanwhile makes the next start build again.
  const state = cliSourceState();
  const made = join(root, 'out', `cli-${randomUUID()}`);
  try {
    await build({ configFile: join(root, 'scripts/config/cli.vite.config.ts'), configLoader: 'native', build: { outDir: made } });
    const files = (await filesBelow(made)).toSorted((a, b) => depth(b) - depth(a));
    if (!files.includes('cli.js')) throw new Error(`The build of the command line made no cli.js but: ${files.join(', ')}`);
    await chmod(join(made, 'cli.js'), 0o755);
    for (const file of files) {
      const target = join(cliOutput.folder, file);
      await mkdir(dirname(target), { recursive: true });
      await rename(join(made, file), target);
    }
    await writeFile(join(made, 'note'), state);
    await rename(join(made, 'note'), cliOutput.note);
    await removeOldChunks(new Set(files));
    return files;
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

function depth(file: string): number {
  return file.split(/[/\\]/u).length;
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

async function removeOldChunks(current: ReadonlySet<string>): Promise<void> {
  for (const file of await filesBelow(cliOutput.folder)) {
    const path = join(cliOutput.folder, file);
    if (current.has(file) || path === cliOutput.note) continue;
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > keepOldChunksMs) await rm(path, { force: true });
  }
}
