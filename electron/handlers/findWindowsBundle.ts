import { fail } from '../shared/domain/failure.ts';
import type { ClusterSpec } from '../shared/domain/spec.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { BundleError, type ServerBundle } from '../storage/serverBundle.ts';
import { loadWindowsCatalogue, readWindowsArchive, type ReadWindowsArchive } from '../storage/windowsArchive/readWindowsArchive.ts';
import { windowsBundleOf, type WindowsBundle } from '../storage/windowsArchive/windowsBundle.ts';
import { findBundle } from './findBundle.ts';

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
 * @param version the version that it must hold; undefined takes any that is supported
 */
export async function findWindowsBundle(
  { redis: { windowsArchive, version: asked } }: ClusterSpec,
  bundles: string,
  version: string | undefined = asked,
): Promise<WindowsBundle> {
  if (windowsArchive === undefined) throw fail('bundle.windows.noArchive', adminSubject);
  const { file } = windowsArchive;
  return windowsBundleOf(await inspectWindowsArchive(file, bundles, version), file, windowsArchive);
}

/** The programs of a cluster, for each kind of server that it has; null for the other. */
export interface ClusterPrograms {
  readonly linux: ServerBundle | null;
  readonly windows: WindowsBundle | null;
}

/**
 * The programs for the servers of a specification. Where there are Linux and Windows servers, those for Windows must be of the same version: six nodes of two
 * versions are a state to pass through, not to install. Throws what {@link findBundle} and {@link findWindowsBundle} throw.
 * @param platforms what each of the servers runs on
 */
export async function findPrograms(
  spec: ClusterSpec,
  platforms: readonly ('linux' | 'windows')[],
  bundles: string,
  home: string,
): Promise<ClusterPrograms> {
  const linux = platforms.includes('linux') ? await findBundle(spec, bundles, home) : null;
  const windows = platforms.includes('windows') ? await findWindowsBundle(spec, bundles, linux?.version) : null;
  return { linux, windows };
}
