import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip, gzip } from 'node:zlib';
import type { BuildKey } from '../shared/domain/catalogue.ts';
import type { Message } from '../shared/domain/message.ts';
import { message } from '../shared/messages/message.ts';
import { ELF_MACHINE, inspectElf } from './serverBundleElf.ts';
import { BundleError } from './serverBundleError.ts';
import { programNames } from './serverBundleManifest.ts';
import { bundleFolderName, type ServerBundle, type ServerBundleFile } from './serverBundleShape.ts';
import { readTar, TarError, type TarMember } from './serverBundleTar.ts';

const MIB = 1024 * 1024;
const PROGRAM_MODE = 0o755;
const PLATFORM = 'linux-x64';

const compress = promisify(gzip);

/** Sizes beyond which an archive is refused. */
export interface ArchiveLimits {
  readonly archiveBytes: number;
  readonly unpackedBytes: number;
  readonly programBytes: number;
  readonly members: number;
}

/** Far above any build of these two programs, far below what would fill this machine's memory or keep it busy for long. */
const ARCHIVE_LIMITS: ArchiveLimits = { archiveBytes: 256 * MIB, unpackedBytes: 1024 * MIB, programBytes: 64 * MIB, members: 100_000 };

/**
 * Takes the server and the client out of an archive (tar.gz) that the admin built, wherever in it they lie. The archive is opened only after
 * its SHA-256 was found to be the pinned one, nothing of it is written to this machine's disk, and nothing of it is run here.
 * Throws {@link BundleError}: `bundle.unreadable`, `bundle.hashMismatch`, `bundle.unsafe`, `bundle.incomplete`, `bundle.wrongPlatform`.
 */
export async function openOwnArchive(
  request: Pick<BuildKey, 'engine' | 'version'> & { readonly file: string; readonly sha256: string },
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): Promise<ServerBundle> {
  const { engine, version, file, sha256 } = request;
  const archive = await readArchive(file, limits);
  const observed = sha256Of(archive);
  if (observed !== sha256) throw new BundleError('bundle.hashMismatch', file, { values: { expected: sha256, observed } });

  const wanted = programNames(engine);
  const found = await findPrograms(archive, wanted, file, limits);
  const notes: Message[] = [];
  const files: ServerBundleFile[] = [];
  for (const name of wanted) {
    const program = found.get(name);
    if (program === undefined) throw new BundleError('bundle.incomplete', name);
    const interpreter = interpreterOf(name, program);
    if (interpreter !== null) notes.push(message('bundle.note.dynamic', { name, interpreter }));
    files.push(await packProgram(name, program));
  }
  // Its own version is a text in every build of these servers. It could hide, so this is no proof, and the servers ask the program itself.
  if (!(found.get(wanted[0]) ?? Buffer.alloc(0)).includes(version)) {
    notes.push(message('bundle.note.versionNotFound', { name: wanted[0], version }));
  }
  return {
    engine,
    version,
    platform: PLATFORM,
    origin: 'own',
    folderName: bundleFolderName(request, files[0]?.sha256 ?? ''),
    files,
    licence: 'NOASSERTION',
    sourceArchive: basename(file),
    sourceSha256: sha256,
    sourcePackage: null,
    notes,
  };
}

/** The whole archive at once, so that what was hashed is what is unpacked, even if the file changes meanwhile. */
async function readArchive(file: string, limits: ArchiveLimits): Promise<Buffer> {
  try {
    const handle = await open(file, 'r');
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) throw new Error('not a file');
      if (stat.size > limits.archiveBytes) throw tooLarge(file, stat.size, limits.archiveBytes);
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw error instanceof BundleError ? error : unreadable(file, error);
  }
}

async function findPrograms(
  archive: Buffer,
  wanted: readonly string[],
  file: string,
  limits: ArchiveLimits,
): Promise<ReadonlyMap<string, Buffer>> {
  const found = new Map<string, Buffer>();
  const places = new Map<string, string>();
  const gunzip = createGunzip();
  const bytes = Readable.from([archive]).pipe(gunzip);
  let members = 0;
  try {
    for await (const member of readTar(limited(bytes, file, limits))) {
      members += 1;
      if (members > limits.members) throw new BundleError('bundle.unsafe', `${file}: ${members} > ${limits.members}`);
      if (leadsOutside(member.name)) throw new BundleError('bundle.unsafe', member.name);
      const name = basename(member.name);
      if (member.kind !== 'file' || !wanted.includes(name)) continue;
      const program = await programIn(member, limits);
      const other = found.get(name);
      // Which of two was meant is not for us to guess.
      if (other !== undefined && !other.equals(program)) {
        throw new BundleError('bundle.unsafe', `${places.get(name) ?? name}, ${member.name}`);
      }
      found.set(name, program);
      places.set(name, member.name);
    }
  } catch (error) {
    if (error instanceof BundleError) throw error;
    if (error instanceof TarError || isZlibError(error)) throw unreadable(file, error);
    throw error;
  } finally {
    gunzip.destroy();
  }
  if (members === 0) throw unreadable(file, new TarError('the archive is empty'));
  return found;
}

async function programIn(member: TarMember, limits: ArchiveLimits): Promise<Buffer> {
  if (member.sizeBytes > limits.programBytes) throw tooLarge(member.name, member.sizeBytes, limits.programBytes);
  return Buffer.from(await member.read());
}

/** Passes bytes on until they are more than any honest archive unpacks to. */
async function* limited(bytes: AsyncIterable<Uint8Array>, file: string, limits: ArchiveLimits): AsyncGenerator<Uint8Array, void> {
  let total = 0;
  for await (const chunk of bytes) {
    total += chunk.length;
    if (total > limits.unpackedBytes) throw tooLarge(file, total, limits.unpackedBytes);
    yield chunk;
  }
}

/** Nothing is written to these paths here; but an archive that has such names was made to harm, or by a fault that may have other effects. */
function leadsOutside(name: string): boolean {
  return /^(?:[/\\]|[A-Za-z]:)/u.test(name) || name.split(/[/\\]/u).includes('..') || name.includes('\0');
}

/** The dynamic loader of a program, null without one. Throws `bundle.wrongPlatform` when the servers cannot run it. */
function interpreterOf(name: string, program: Buffer): string | null {
  const expected = ELF_MACHINE[PLATFORM];
  const elf = inspectElf(program);
  const observed = elf === null ? 'no ELF' : `ELF ${elf.bits}, ${elf.machine}`;
  if (elf === null || elf.machine !== expected || elf.bits !== 64 || !elf.executable) {
    throw new BundleError('bundle.wrongPlatform', `${name} (${observed})`, { values: { expected: `ELF 64, ${expected}`, observed } });
  }
  return elf.interpreter;
}

/** A program as it is sent to servers: compressed, and the same bytes from the same program on every admin's machine. */
export async function packProgram(name: string, program: Uint8Array): Promise<ServerBundleFile> {
  const bytes = await compress(program, { level: 6 });
  // Byte 9 names the operating system that packed it. 255 is "unknown".
  bytes[9] = 255;
  return { name, mode: PROGRAM_MODE, sizeBytes: program.length, sha256: sha256Of(program), gzip: bytes, gzipSha256: sha256Of(bytes) };
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
}

function tooLarge(subject: string, sizeBytes: number, limitBytes: number): BundleError {
  return new BundleError('bundle.unsafe', `${subject}: ${Math.ceil(sizeBytes / MIB)} MiB > ${limitBytes / MIB} MiB`);
}

function unreadable(file: string, error: unknown): BundleError {
  const reason = error instanceof Error ? error.message : String(error);
  return new BundleError('bundle.unreadable', `${file}: ${reason}`, { values: { reason }, cause: error });
}
