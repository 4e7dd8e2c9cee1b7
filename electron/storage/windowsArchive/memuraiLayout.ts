import { posix } from 'node:path';
import { isBundlePath } from '../../shared/domain/configBundle.ts';
import { licencePartOf } from '../../shared/domain/windowsArchive.ts';
import { WINDOWS_DISTRIBUTIONS } from '../../shared/domain/windowsDistribution.ts';
import { filesIn, folderOf, leftOutOf, refusedArchive, withLibraries, type ArchivePart, type WindowsLayout } from './archiveLayout.ts';
import { inspectPe, PE_MACHINE } from './peFile.ts';

const { server, client } = WINDOWS_DISTRIBUTIONS.memurai.programs;

/** Whether an archive is meant to be Memurai: its server program is somewhere in it. */
export function holdsMemurai(parts: readonly ArchivePart[]): boolean {
  return parts.some(({ path }) => posix.basename(path).toLowerCase() === server);
}

/** A library for these servers; one that is loaded by its name stands in no import table. */
function isLibrary(name: string, bytes: Uint8Array | null): bytes is Uint8Array {
  if (bytes === null || !name.endsWith('.dll')) return false;
  const pe = inspectPe(bytes);
  return pe !== null && pe.machine === PE_MACHINE && pe.kind === 'library';
}

/** Refuses a licence file whose name cannot go to a server: without it nothing would start. Throws `bundle.windows.refused`. */
function requireLicenceName(parts: readonly ArchivePart[], folder: string, file: string): void {
  for (const { path } of parts) {
    const name = posix.basename(path);
    if (folderOf(path) === folder && licencePartOf(name) === 'file' && !isBundlePath(name))
      throw refusedArchive(file, 'windowsArchive.refused.licenceName', { name });
  }
}

/**
 * What of Memurai's program folder goes to servers, wherever the folder lies in the archive (the folder itself, `tools/` of its NuGet package, what its installer
 * unpacks): server and client, all libraries beside them, the licence files, without which it does not start, and the agreement. No installer, no script, no documents.
 * Throws `bundle.windows.refused`, `bundle.windows.missing` and `bundle.windows.wrongMachine`.
 */
export function memuraiLayoutOf(parts: readonly ArchivePart[], file: string): WindowsLayout {
  const [first, second] = parts.filter(({ path }) => posix.basename(path).toLowerCase() === server);
  if (first === undefined || second !== undefined) throw refusedArchive(file, 'windowsArchive.refused.manyServers', { name: server });
  const folder = folderOf(first.path);
  const beside = filesIn(parts, folder);
  requireLicenceName(parts, folder, file);
  const taken = withLibraries([server, client], { beside, file, isNeeded: () => false, judge: () => undefined });
  for (const [name, bytes] of [...beside].toSorted(([one], [other]) => one.localeCompare(other, 'en'))) {
    const isWanted = isLibrary(name, bytes) || licencePartOf(name) !== null;
    if (isWanted && bytes !== null && isBundlePath(name)) taken.set(name, bytes);
  }
  return {
    distribution: 'memurai',
    folder,
    programs: [...taken].map(([name, bytes]) => ({ name, bytes })),
    leftOut: leftOutOf(parts, folder, (name) => taken.has(name)),
  };
}
