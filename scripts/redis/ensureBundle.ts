import { homedir } from 'node:os';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CatalogueBuildMadeHere } from '../../electron/shared/domain/catalogue.ts';
import { bundlePath } from '../../electron/storage/serverBundleManifest.ts';
import { mustLockFile } from '../practice/fileLock.ts';
import type { Progress } from '../practice/hostTools.ts';
import { assembleBundle } from './assembleBundle.ts';
import { ensureBuildPackages, requireBuildMachine } from './buildMachine.ts';
import { copyBundle, faultsOfBundle, replaceFolder } from './bundleFolder.ts';
import { compilePrograms } from './compile.ts';
import { fetchDebianSource } from './debianSource.ts';
import { recipeSha256 } from './recipe.ts';

/** The folder of this checkout that holds the catalogue and the bundles. */
export const resourcesFolder = fileURLToPath(new URL('../../resources/redis', import.meta.url));

/** How a bundle came to be where it is wanted. */
export type BundleOrigin = 'alreadyThere' | 'fromCache' | 'built';

export interface EnsureOptions {
  /** Where bundles are wanted; default: this checkout's. */
  readonly resources?: string;
  /** Where built bundles are kept for all checkouts of this user; default: the cache folder of the desktop's rules. */
  readonly cache?: string;
  /** Build even if a good bundle is there. */
  readonly anew?: boolean;
}

const lockWaitMs = 30 * 60_000;

/** The cache folder by the XDG rules: `$XDG_CACHE_HOME/triad/redis`. */
export function bundleCacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'];
  // The rules say that a relative path there is to be ignored.
  return join(base?.startsWith('/') === true ? base : join(homedir(), '.cache'), 'triad', 'redis');
}

/**
 * Makes sure that the bundle of a build lies in the resources folder, whole and of today's recipe: does nothing, copies it from the cache, or
 * builds it. May be killed and run again at any time, and by several processes at once: the others wait.
 */
export async function ensureBundle(build: CatalogueBuildMadeHere, progress: Progress, options: EnsureOptions = {}): Promise<BundleOrigin> {
  const { resources = resourcesFolder, cache = bundleCacheFolder(), anew = false } = options;
  const recipeHash = recipeSha256(build);
  const place = join(resources, bundlePath(build));
  if (!anew && (await faultsOfBundle(place, recipeHash)).length === 0) return 'alreadyThere';

  const key = `${build.engine}-${build.version}-${recipeHash.slice(0, 12)}`;
  const cached = join(cache, key);
  const lock = await mustLockFile(join(cache, `${key}.lock`), `the bundle of ${build.engine} ${build.version}`, {
    waitMs: lockWaitMs,
    onWait: (pid) => progress(`Process ${pid} is building ${build.engine} ${build.version}: waiting for it.`),
  });
  try {
    const isCached = !anew && (await faultsOfBundle(cached, recipeHash)).length === 0;
    if (!isCached) await replaceFolder(cached, (folder) => buildBundle(build, folder, join(cache, `${key}.log`), progress));
    await copyBundle(cached, place);
    return isCached ? 'fromCache' : 'built';
  } finally {
    await lock.release();
  }
}

/** Fetches, compiles and assembles a bundle in an empty folder, whose place does not show in the result. `logFile` gets what make says. */
export async function buildBundle(build: CatalogueBuildMadeHere, folder: string, logFile: string, progress: Progress): Promise<void> {
  requireBuildMachine();
  await ensureBuildPackages(progress);
  const work = join(folder, 'work');
  await mkdir(work);
  const source = await fetchDebianSource(build, work, progress);
  progress(`Compiling ${build.engine} ${build.version} (${source.packageName} ${source.packageVersion}): one to three minutes.`);
  const compiled = await compilePrograms(build, source, work, logFile);
  await assembleBundle(build, source, compiled, folder);
  await rm(work, { recursive: true });
}
