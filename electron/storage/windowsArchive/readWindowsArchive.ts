import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fail, type FailureError } from '../../shared/domain/failure.ts';
import { formatBytes } from '../../shared/domain/reportFormat.ts';
import { adminSubject } from '../../shared/domain/subject.ts';
import {
  compareVersions,
  licenceOfRedis,
  MEMURAI_LICENCE,
  WINDOWS_ARCHIVE_LIMITS,
  windowsArchiveName,
  WindowsCatalogue,
  type WindowsArchive,
} from '../../shared/domain/windowsArchive.ts';
import { message, say } from '../../shared/messages/message.ts';
import { BundleError } from '../serverBundleError.ts';
import { reasonOf } from '../versionedFile.ts';
import { readZip, wholeFile } from '../zipFile.ts';
import { refusedArchive, type ArchivePart, type WindowsLayout } from './archiveLayout.ts';
import { isArchivePath } from './archivePath.ts';
import { fileKindOf } from './fileKind.ts';
import { memuraiProductVersion, redisVersionOfMemurai } from './memuraiVersion.ts';
import { isLookedInto, windowsLayoutOf } from './windowsLayout.ts';

/** `Redis-8.2.1-Windows-x64-msys2` names its version; a release candidate is none. */
const NAMED_VERSION = /^redis[-_ ]v?(\d+\.\d+\.\d+)(?![\d.])(?![-_ ]?(?:rc|alpha|beta|m)\d)/iu;

/** An archive that was read: what it holds, and the bytes of what is put on servers, in the same order. */
export interface ReadWindowsArchive {
  readonly archive: WindowsArchive;
  readonly programs: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** Reads the list of known releases. Throws `bundle.damaged` when it is not there or not right: it is a part of the program. */
export async function loadWindowsCatalogue(resourcesFolder: string): Promise<WindowsCatalogue> {
  const file = join(resourcesFolder, 'windows-catalogue.json');
  try {
    return WindowsCatalogue.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new BundleError('bundle.damaged', file, { cause: error });
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The whole file at once, so that what is hashed is what is unpacked, even if the file changes meanwhile. Throws `bundle.windows.unreadable`. */
async function readWhole(file: string): Promise<Buffer> {
  const unreadable = (reason: string, cause?: unknown): FailureError =>
    fail('bundle.windows.unreadable', adminSubject, { values: { file, reason }, cause });
  try {
    const handle = await open(file, 'r');
    try {
      const found = await handle.stat();
      if (!found.isFile()) throw new Error(say(message('storage.bundle.noFile')));
      if (found.size > WINDOWS_ARCHIVE_LIMITS.archiveBytes)
        throw new Error(say(message('storage.zip.tooLarge', { limit: formatBytes(WINDOWS_ARCHIVE_LIMITS.archiveBytes) })));
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadable(reasonOf(error), error);
  }
}

/** Refuses a file that is no zip, with what it is instead. Throws `bundle.windows.memurai` and `bundle.windows.notZip`. */
function requireZip(bytes: Uint8Array, file: string): void {
  const kind = fileKindOf(bytes);
  if (kind === 'zip') return;
  if (kind === 'msi')
    throw fail('bundle.windows.memurai', adminSubject, { values: { file, howTo: say(message('windowsArchive.memurai.howTo')) } });
  throw fail('bundle.windows.notZip', adminSubject, { values: { file, kind: say(message(`windowsArchive.kind.${kind ?? 'other'}`)) } });
}

/** Every file of the zip, proved to the last byte. Throws `bundle.windows.damaged` and `bundle.windows.unsafe`. */
function partsOf(bytes: Uint8Array, file: string): readonly ArchivePart[] {
  const parts: ArchivePart[] = [];
  const zip = readZip(bytes, {
    limits: WINDOWS_ARCHIVE_LIMITS,
    isForeign: true,
    isPath: isArchivePath,
    refuse: (kind, part, reason, values) =>
      fail(kind === 'damaged' ? 'bundle.windows.damaged' : 'bundle.windows.unsafe', adminSubject, {
        values: { file, part: part ?? wholeFile(), reason: say({ code: `windowsArchive.zip.${reason}`, values }) },
      }),
  });
  for (const part of zip) if (!part.isFolder) parts.push({ path: part.path, bytes: isLookedInto(part.path) ? part.bytes : null });
  return parts;
}

/** Whether a text of exactly this version stands in a program; `7.0.15` does not hold `7.0.1`. */
function holdsVersion(bytes: Uint8Array, version: string): boolean {
  const program = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isOutside = (code: number | undefined): boolean => !/[\d.]/u.test(String.fromCodePoint(code ?? 0));
  for (let at = program.indexOf(version); at !== -1; at = program.indexOf(version, at + 1))
    if (isOutside(program[at - 1]) && isOutside(program[at + version.length])) return true;
  return false;
}

/** The version that the names say and the server program confirms. It could still lie: on the servers it is asked. Throws `bundle.windows.refused`. */
function versionOf(folder: string, file: string, server: Uint8Array): string {
  const [inside, outside] = [folder, basename(file)].map((name) => NAMED_VERSION.exec(name)?.[1]);
  const version = inside ?? outside;
  if (version === undefined) throw refusedArchive(file, 'windowsArchive.refused.noVersion', { example: windowsArchiveName('8.2.1') });
  if (outside !== undefined && outside !== version)
    throw refusedArchive(file, 'windowsArchive.refused.twoVersions', { inside: version, outside });
  if (!holdsVersion(server, version)) throw refusedArchive(file, 'windowsArchive.refused.otherVersionInside', { version });
  return version;
}

/** The versions of an archive and its licence. Throws `bundle.windows.refused`. */
function aboutPrograms(
  { distribution, folder, programs }: WindowsLayout,
  file: string,
  { version: wanted, hint }: Pick<ArchiveMeasure, 'version' | 'hint'>,
): Pick<WindowsArchive, 'distribution' | 'version' | 'productVersion' | 'licence'> {
  const server = programs[0]?.bytes ?? new Uint8Array();
  if (distribution === 'memurai')
    return {
      distribution,
      version: redisVersionOfMemurai(server, { file, wanted, hint }),
      productVersion: memuraiProductVersion(server),
      licence: MEMURAI_LICENCE,
    };
  const version = versionOf(folder, file, server);
  return { distribution, version, productVersion: null, licence: licenceOfRedis(version) };
}

/** What an archive must be measured by. */
export interface ArchiveMeasure {
  readonly catalogue: WindowsCatalogue;
  /** The version that is wanted; undefined takes any that is not too old. */
  readonly version: string | undefined;
  /** Settles the version where the programs tell none or several, and refuses none. */
  readonly hint?: string | undefined;
}

/** Reads an archive from its bytes. Throws what {@link readWindowsArchive} throws, but for `unreadable`. */
export function windowsArchiveIn(bytes: Uint8Array, file: string, measure: ArchiveMeasure): ReadWindowsArchive {
  const { catalogue, version: wanted } = measure;
  requireZip(bytes, file);
  const layout = windowsLayoutOf(partsOf(bytes, file), file);
  const { programs, leftOut } = layout;
  const about = aboutPrograms(layout, file, measure);
  const { version } = about;
  const { oldest, releases } = catalogue;
  if (compareVersions(version, oldest) < 0) throw fail('bundle.windows.tooOld', adminSubject, { values: { file, version, oldest } });
  if (wanted !== undefined && wanted !== version)
    throw fail('bundle.windows.otherVersion', adminSubject, { values: { file, version, wanted } });
  const sha256 = sha256Of(bytes);
  return {
    archive: {
      name: basename(file),
      sizeBytes: bytes.length,
      sha256,
      ...about,
      isListed: releases.some((release) => release.sha256 === sha256 && release.version === version),
      files: programs.map((program) => ({ name: program.name, sizeBytes: program.bytes.length, sha256: sha256Of(program.bytes) })),
      leftOut: [...leftOut],
    },
    programs,
  };
}

/**
 * Reads an archive with Redis for Windows servers, in memory: nothing of it is written to this machine's disk, nothing is run here. Who vouches for it is not
 * asked yet (`windowsArchiveTrust`), only what it is. Throws `bundle.windows.*`: `unreadable`, `notZip`, `memurai`, `damaged`, `unsafe`, `refused`, `missing`,
 * `wrongMachine`, `tooOld`, and `otherVersion` where it is another one than is wanted.
 */
export async function readWindowsArchive(file: string, measure: ArchiveMeasure): Promise<ReadWindowsArchive> {
  return windowsArchiveIn(await readWhole(file), file, measure);
}
