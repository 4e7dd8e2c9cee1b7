import { WINDOWS_DISTRIBUTIONS } from '../shared/domain/windowsDistribution.ts';
import { fail } from '../shared/domain/failure.ts';
import type { ClusterSpec } from '../shared/domain/spec.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { BundleError } from '../storage/serverBundle.ts';
import {
  loadWindowsCatalogue,
  readWindowsArchive,
  type ArchiveMeasure,
  type ReadWindowsArchive,
} from '../storage/windowsArchive/readWindowsArchive.ts';
import { windowsBundleOf, type WindowsBundle } from '../storage/windowsArchive/windowsBundle.ts';
import { bundledHelper, loadWindowsHelper, type WindowsHelper } from '../storage/windowsHelper.ts';

/** What is known of an archive's version before it is read: the one that it must hold, or one that only settles what its programs leave open. */
export type VersionKnown = Partial<Pick<ArchiveMeasure, 'version' | 'hint'>>;

/**
 * Looks into an archive for Windows servers, measured by the list that comes with Triad. Who vouches for it is not asked. Throws `bundle.damaged` and
 * `bundle.windows.*`.
 * @param known without a `version` any that is supported is taken
 */
export async function inspectWindowsArchive(
  file: string,
  bundles: string,
  { version, hint }: VersionKnown = {},
): Promise<ReadWindowsArchive> {
  try {
    return await readWindowsArchive(file, { catalogue: await loadWindowsCatalogue(bundles), version, hint });
  } catch (error) {
    if (error instanceof BundleError) throw fail(error.code, adminSubject, { values: error.values, cause: error });
    throw error;
  }
}

/**
 * The programs for the Windows servers of a specification, Triad's own among them; those of Redis are from the admin's archive: read, proved, and vouched for.
 * Triad's own program is none of them where the nodes are services of their own. Throws `bundle.windows.noArchive` where the specification names none,
 * `bundle.windows.noOwnService` where the archive has no program that is a service by itself, `bundle.windows.*`, and `bundle.hashMismatch`.
 * @param version the version that it must hold; undefined takes any that is supported
 */
export async function findWindowsBundle(
  { redis: { windowsArchive, version: asked }, windows }: ClusterSpec,
  bundles: string,
  version: string | undefined = asked,
): Promise<WindowsBundle> {
  if (windowsArchive === undefined) throw fail('bundle.windows.noArchive', adminSubject);
  const { file } = windowsArchive;
  const bundle = await windowsBundleOf(await inspectWindowsArchive(file, bundles, { version }), file, windowsArchive);
  if (windows?.service === 'own') {
    if (WINDOWS_DISTRIBUTIONS[bundle.distribution ?? 'redis-windows'].isService) return bundle;
    throw fail('bundle.windows.noOwnService', adminSubject, { values: { file } });
  }
  const helper = await findWindowsHelper(bundles);
  if (helper === null) throw fail('bundle.windows.noHelper', adminSubject);
  return { ...bundle, files: [...bundle.files, await bundledHelper(helper)] };
}

/** Triad's own program for Windows servers; null where this copy has none. Throws `bundle.damaged` where it is not the one that was recorded. */
export async function findWindowsHelper(bundles: string): Promise<WindowsHelper | null> {
  try {
    return await loadWindowsHelper(bundles);
  } catch (error) {
    if (error instanceof BundleError) throw fail(error.code, adminSubject, { values: error.values, cause: error });
    throw error;
  }
}
