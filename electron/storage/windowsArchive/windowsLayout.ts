import { posix } from 'node:path';
import { licencePartOf } from '../../shared/domain/windowsArchive.ts';
import { WINDOWS_DISTRIBUTIONS } from '../../shared/domain/windowsDistribution.ts';
import { refusedArchive, type ArchivePart, type RefusalReason, type WindowsLayout } from './archiveLayout.ts';
import { holdsMemurai, memuraiLayoutOf } from './memuraiLayout.ts';
import { msysLayoutOf } from './msysLayout.ts';

const PROGRAMS: ReadonlySet<string> = new Set(Object.values(WINDOWS_DISTRIBUTIONS).flatMap(({ programs }) => Object.values(programs)));

/** Whether the bytes of a part decide about the archive, or may go to servers: programs, what they could be linked with, and licence files. */
export function isLookedInto(path: string): boolean {
  const name = posix.basename(path).toLowerCase();
  return name.endsWith('.dll') || PROGRAMS.has(name) || licencePartOf(name) !== null;
}

/** Other servers for Windows that are told by a file of theirs, and why each is refused. The first that fits counts. */
const STRANGERS: readonly (readonly [sign: RegExp, reason: RefusalReason])[] = [
  [/^garnet(?:-?server)?\.(?:exe|dll)$/u, 'windowsArchive.refused.garnet'],
  [/^valkey-server\.exe$/u, 'windowsArchive.refused.valkey'],
  [/^cygwin1\.dll$/u, 'windowsArchive.refused.cygwin'],
  [/^redis\.windows(?:-service)?\.conf$/u, 'windowsArchive.refused.msOpenTech'],
  [/^(?:install_redis\.cmd|redis-windows\.conf)$/u, 'windowsArchive.refused.zkteco'],
];
/** Parts of Memurai that are nothing without its server. */
const REST_OF_MEMURAI = /^memurai(?:-cli|-services?)?\.(?:exe|conf|msi)$/u;

/**
 * What of an archive goes to servers, and whose Redis it is. Refuses what is another build, is not whole, or is for another machine. Libraries of Windows itself
 * are not known here: that the programs start is proved on the servers. Throws `bundle.windows.refused`, `bundle.windows.missing` and
 * `bundle.windows.wrongMachine`.
 * @param parts all files, without folders
 * @param file how failures name the archive
 */
export function windowsLayoutOf(parts: readonly ArchivePart[], file: string): WindowsLayout {
  const names = parts.map(({ path }) => posix.basename(path).toLowerCase());
  for (const [sign, reason] of STRANGERS) if (names.some((name) => sign.test(name))) throw refusedArchive(file, reason);
  if (holdsMemurai(parts)) return memuraiLayoutOf(parts, file);
  if (names.some((name) => REST_OF_MEMURAI.test(name))) throw refusedArchive(file, 'windowsArchive.refused.memurai');
  return msysLayoutOf(parts, file);
}
