import { fail } from '../../shared/domain/failure.ts';
import { adminSubject } from '../../shared/domain/subject.ts';
import { isExperimental, WINDOWS_DISTRIBUTIONS, type WindowsDistribution } from '../../shared/domain/windowsDistribution.ts';
import { isTrusted, TYPED_CHARACTERS, windowsArchiveTrust, type WindowsArchiveTrust } from '../../shared/domain/windowsArchive.ts';
import { packProgram } from '../serverBundleArchive.ts';
import { bundleFolderName, type ServerBundle } from '../serverBundleShape.ts';
import type { ReadWindowsArchive } from './readWindowsArchive.ts';

/** The programs for Windows servers, as those of a server bundle: each compressed, to be unpacked before it is sent to where nobody can unpack. */
export interface WindowsBundle extends Omit<ServerBundle, 'engine' | 'platform' | 'origin'> {
  readonly engine: 'redis';
  readonly platform: 'windows-x64';
  readonly origin: 'windowsArchive';
  readonly distribution: WindowsDistribution;
  /** Who vouches for the archive. */
  readonly trust: Extract<WindowsArchiveTrust, 'listed' | 'published' | 'typed'>;
}

/** What the admin says of an archive: the hash that its maker publishes, or the beginning of the file's own. */
export interface ArchiveWords {
  readonly sha256?: string | undefined;
  readonly useAnyway?: string | undefined;
  /** The experimental distribution that the admin says yes to. */
  readonly experimental?: WindowsDistribution | undefined;
}

/**
 * Makes the bundle of an archive that somebody vouches for. Throws `bundle.hashMismatch` where it is another file than the named one, and
 * `bundle.windows.mistyped` or `bundle.windows.unproven` where nobody does; `bundle.windows.experimental` for a distribution that wants a word of its own.
 * @param file how failures name the archive
 */
export async function windowsBundleOf(
  { archive, programs }: ReadWindowsArchive,
  file: string,
  words: ArchiveWords,
): Promise<WindowsBundle> {
  const { version, licence, name, sha256, distribution } = archive;
  const trust = windowsArchiveTrust(archive, { published: words.sha256, typed: words.useAnyway });
  if (trust === 'different')
    throw fail('bundle.hashMismatch', adminSubject, { values: { subject: file, expected: words.sha256 ?? '', observed: sha256 } });
  if (trust === 'mistyped')
    throw fail('bundle.windows.mistyped', adminSubject, { values: { file, typed: words.useAnyway ?? '', count: TYPED_CHARACTERS } });
  if (isExperimental(distribution) && words.experimental !== distribution)
    throw fail('bundle.windows.experimental', adminSubject, {
      values: { file, name: WINDOWS_DISTRIBUTIONS[distribution].name, distribution },
    });
  if (!isTrusted(trust)) throw fail('bundle.windows.unproven', adminSubject, { values: { file, sha256, count: TYPED_CHARACTERS } });
  return {
    engine: 'redis',
    version,
    platform: 'windows-x64',
    origin: 'windowsArchive',
    distribution,
    // By the archive: another one may bring the same server program with other libraries.
    folderName: bundleFolderName({ engine: 'redis', version }, sha256),
    files: await Promise.all(programs.map(async (program) => packProgram(program.name, program.bytes))),
    licence,
    sourceArchive: name,
    sourceSha256: sha256,
    sourcePackage: null,
    notes: [],
    trust,
  };
}
