import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BUNDLE_MANIFEST, BundleManifest } from '../../electron/storage/serverBundleManifest.ts';
import { pinFile } from './pinnedFile.ts';

/** What is wrong with the bundle in a folder, one sentence each; nothing when every file is what the manifest says. */
export async function faultsOfBundle(folder: string, recipeSha256: string): Promise<readonly string[]> {
  let manifest: BundleManifest;
  try {
    manifest = BundleManifest.parse(JSON.parse(await readFile(join(folder, BUNDLE_MANIFEST), 'utf8')));
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return [missing ? 'it has not been built' : `${BUNDLE_MANIFEST} cannot be read`];
  }
  const faults = manifest.recipeSha256 === recipeSha256 ? [] : ['it was built by another recipe'];
  const expected = [...manifest.programs, ...manifest.programs.map((program) => program.gzip), ...manifest.documents];
  for (const file of expected) {
    const found = await pinFile(folder, file.name).catch(() => undefined);
    if (found === undefined) faults.push(`${file.name} is missing`);
    else if (found.sha256 !== file.sha256) faults.push(`${file.name} was changed`);
  }
  const known = new Set([BUNDLE_MANIFEST, ...expected.map((file) => file.name)]);
  for (const name of await filesIn(folder)) if (!known.has(name)) faults.push(`${name} does not belong to it`);
  return faults;
}

/**
 * Fills a folder that is complete or not there at any time, even if this process is killed: it is made beside its place and renamed.
 * One at a time for each place: callers hold a lock. What a killed one left behind is removed.
 */
export async function replaceFolder(place: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const parent = dirname(place);
  await mkdir(parent, { recursive: true });
  const prefix = `.${basename(place)}.`;
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await rm(join(parent, name), { recursive: true, force: true, maxRetries: 5 });
  }
  const made = await mkdtemp(join(parent, prefix));
  const old = `${made}-old`;
  try {
    await chmod(made, 0o755);
    await fill(made);
    await rename(place, old).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    });
    await rename(made, place);
  } finally {
    await rm(made, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
}

/** Puts a copy of a bundle at a place. */
export async function copyBundle(from: string, place: string): Promise<void> {
  await replaceFolder(place, (folder) => cp(from, folder, { recursive: true }));
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}
