import { posix } from 'node:path';
import { WINDOWS_DISTRIBUTIONS } from '../../shared/domain/windowsDistribution.ts';
import { filesIn, leftOutOf, refusedArchive, withLibraries, type ArchivePart, type WindowsLayout } from './archiveLayout.ts';

/** The C runtime of the programs: without it none of them starts. */
const RUNTIME = 'msys-2.0.dll';
const OTHER_RUNTIME = 'cygwin1.dll';
const { server, client } = WINDOWS_DISTRIBUTIONS['redis-windows'].programs;

/** The folder that holds everything. Throws `bundle.windows.refused`. */
function topFolder(paths: readonly string[], file: string): string {
  const folders = new Set(paths.map((path) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '')));
  const [only] = folders;
  if (folders.size !== 1 || only === undefined || only === '') throw refusedArchive(file, 'windowsArchive.refused.folder');
  return only;
}

/**
 * What of a release of redis-windows goes to servers: the two programs, every library of their runtime, and what else of the archive they are linked with.
 * Throws `bundle.windows.refused`, `bundle.windows.missing` and `bundle.windows.wrongMachine`.
 */
export function msysLayoutOf(parts: readonly ArchivePart[], file: string): WindowsLayout {
  const servers = parts.filter(({ path }) => posix.basename(path).toLowerCase() === server);
  if (servers.length === 0) throw refusedArchive(file, 'windowsArchive.refused.noServer');
  if (servers.length > 1) throw refusedArchive(file, 'windowsArchive.refused.manyServers', { name: server });
  const folder = topFolder(
    parts.map(({ path }) => path),
    file,
  );
  const beside = filesIn(parts, folder);
  const runtime = [...beside.keys()].filter((name) => /^msys-.*\.dll$/u.test(name)).toSorted();
  const taken = withLibraries([server, client, RUNTIME, ...runtime.filter((name) => name !== RUNTIME)], {
    beside,
    file,
    isNeeded: (library) => library.startsWith('msys-'),
    judge: (name, imports) => {
      if (imports.includes(OTHER_RUNTIME)) throw refusedArchive(file, 'windowsArchive.refused.cygwin');
      // Programs of Windows' own compiler have other limits and faults, and nobody here knows them.
      if (name === server && !imports.includes(RUNTIME)) throw refusedArchive(file, 'windowsArchive.refused.otherBuild');
    },
  });
  return {
    distribution: 'redis-windows',
    folder,
    programs: [...taken].map(([name, bytes]) => ({ name, bytes })),
    leftOut: leftOutOf(parts, folder, (name) => taken.has(name)),
  };
}
