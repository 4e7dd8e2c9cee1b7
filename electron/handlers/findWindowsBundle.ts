import { fail } from '../shared/domain/failure.ts';
import type { ClusterSpec } from '../shared/domain/spec.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { BundleError } from '../storage/serverBundle.ts';
import { loadWindowsCatalogue, readWindowsArchive, type ReadWindowsArchive } from '../storage/windowsArchive/readWindowsArchive.ts';
import { windowsBundleOf, type WindowsBundle } from '../storage/windowsArchive/windowsBundle.ts';

/**
 * Looks into an archive for Windows servers, measured by the list that comes with Triad. Who vouches for it is not asked. Throws `bundle.damaged` and
 * `bundle.windows.*`.
 * @param version the version that it must hold; undefined takes any that is supported
 */
export async function inspectWindowsArchive(file: string, bundles: string, version?: string): Promise<ReadWindowsArchive> {
  try {
    return await readWindowsArchive(file, { catalogue: await loadWindowsCatalogue(bundles), version });
  } catch (error) {
    if (error instanceof BundleError) throw fail(error.code, adminSubject, { values: error.values, cause: error });
    throw error;
  }
}

/**
 * The programs for the Windows servers of a specification, from the admin's archive: read, proved, and vouched for. Throws `bundle.windows.noArchive` where the
 * specification names none, `bundle.windows.*`, and `bundle.hashMismatch`.
 */
export async function findWindowsBundle(spec: ClusterSpec, bundles: string): Promise<WindowsBundle> {
  const { windowsArchive, version } = spec.redis;
  if (windowsArchive === undefined) throw fail('bundle.windows.noArchive', adminSubject);
  const { file } = windowsArchive;
  return windowsBundleOf(await inspectWindowsArchive(file, bundles, version), file, windowsArchive);
}
