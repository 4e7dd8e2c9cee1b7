import { posix } from 'node:path';
import { fail, type FailureError } from '../../shared/domain/failure.ts';
import { adminSubject } from '../../shared/domain/subject.ts';
import { WINDOWS_ARCHIVE_MAKER } from '../../shared/domain/windowsArchive.ts';
import { message, say, type MessageCode } from '../../shared/messages/message.ts';
import { inspectPe, PE_MACHINE } from './peFile.ts';

/** The C runtime of the programs: without it none of them starts. */
const RUNTIME = 'msys-2.0.dll';
/** What is put on servers: the server, then its command line client. */
const PROGRAMS = ['redis-server.exe', 'redis-cli.exe'] as const;
const OTHER_RUNTIME = 'cygwin1.dll';

/** A part of an archive: its place, and its bytes where {@link isLookedInto} asked for them. */
export interface ArchivePart {
  readonly path: string;
  readonly bytes: Uint8Array | null;
}

/** What an archive holds for servers. */
export interface WindowsLayout {
  /** The one folder that everything lies in. */
  readonly folder: string;
  /** What is put on servers, the server program first. */
  readonly programs: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** The names of everything else. */
  readonly leftOut: readonly string[];
}

type RefusalReason = Extract<MessageCode, `windowsArchive.refused.${string}`>;

/** Why an archive is none that Triad installs, in one sentence. */
export function refusedArchive(file: string, reason: RefusalReason, values: Readonly<Record<string, string>> = {}): FailureError {
  return fail('bundle.windows.refused', adminSubject, {
    values: { file, maker: WINDOWS_ARCHIVE_MAKER.name, reason: say({ code: reason, values }) },
  });
}

/** Whether the bytes of a part decide about the archive: the programs, and everything that they could be linked with. */
export function isLookedInto(path: string): boolean {
  const name = posix.basename(path).toLowerCase();
  return name.endsWith('.dll') || PROGRAMS.some((program) => program === name);
}

/** Other servers for Windows that are told by a file of theirs, and why each is refused. The first that fits counts. */
const STRANGERS: readonly (readonly [sign: RegExp, reason: RefusalReason])[] = [
  [/^garnet(?:-?server)?\.(?:exe|dll)$/u, 'windowsArchive.refused.garnet'],
  [/^memurai(?:-cli|-services?)?\.(?:exe|conf)$/u, 'windowsArchive.refused.memurai'],
  [/^valkey-server\.exe$/u, 'windowsArchive.refused.valkey'],
  [/^cygwin1\.dll$/u, 'windowsArchive.refused.cygwin'],
  [/^redis\.windows(?:-service)?\.conf$/u, 'windowsArchive.refused.msOpenTech'],
  [/^(?:install_redis\.cmd|redis-windows\.conf)$/u, 'windowsArchive.refused.zkteco'],
];

/** Refuses the servers that are known and not fit. Throws `bundle.windows.refused`. */
function requireNoStranger(names: readonly string[], file: string): void {
  for (const [sign, reason] of STRANGERS) if (names.some((name) => sign.test(name))) throw refusedArchive(file, reason);
}

/** The folder that holds everything. Throws `bundle.windows.refused`. */
function topFolder(paths: readonly string[], file: string): string {
  const folders = new Set(paths.map((path) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '')));
  const [only] = folders;
  if (folders.size !== 1 || only === undefined || only === '') throw refusedArchive(file, 'windowsArchive.refused.folder');
  return only;
}

/** The libraries that a program is linked with, in small letters. Throws `bundle.windows.wrongMachine` and `bundle.windows.refused`. */
function importsOf(name: string, bytes: Uint8Array, file: string): readonly string[] {
  const pe = inspectPe(bytes);
  const expected = name.endsWith('.exe') ? 'program' : 'library';
  if (pe === null || pe.machine !== PE_MACHINE || pe.kind !== expected) {
    const observed = pe === null ? say(message('windowsArchive.noProgram')) : `${pe.machine}, ${pe.kind}`;
    throw fail('bundle.windows.wrongMachine', adminSubject, { values: { file, name, observed, expected: `${PE_MACHINE}, ${expected}` } });
  }
  return pe.imports.map((one) => one.toLowerCase());
}

/**
 * What of an archive goes to servers: the two programs, every library of their runtime, and what else of the archive they are linked with. Refuses what is
 * another build, is not whole, or is for another machine. Libraries of Windows itself are not known here: that the programs start is proved on the servers.
 * Throws `bundle.windows.refused`, `bundle.windows.missing` and `bundle.windows.wrongMachine`.
 * @param parts all files, without folders
 * @param file how failures name the archive
 */
export function windowsLayoutOf(parts: readonly ArchivePart[], file: string): WindowsLayout {
  const names = parts.map(({ path }) => posix.basename(path).toLowerCase());
  requireNoStranger(names, file);
  const [server] = PROGRAMS;
  const servers = names.filter((name) => name === server).length;
  if (servers === 0) throw refusedArchive(file, 'windowsArchive.refused.noServer');
  if (servers > 1) throw refusedArchive(file, 'windowsArchive.refused.manyServers');
  const folder = topFolder(
    parts.map(({ path }) => path),
    file,
  );
  const beside = new Map(
    parts.filter(({ path }) => posix.dirname(path) === folder).map(({ path, bytes }) => [posix.basename(path).toLowerCase(), bytes]),
  );
  const missing = (name: string): FailureError => fail('bundle.windows.missing', adminSubject, { values: { file, name } });

  const runtime = [...beside.keys()].filter((name) => /^msys-.*\.dll$/u.test(name)).toSorted();
  const wanted: string[] = [...PROGRAMS, RUNTIME, ...runtime.filter((name) => name !== RUNTIME)];
  const taken = new Map<string, Uint8Array>();
  // Grows while it goes: what a library is linked with is needed as well.
  for (const name of wanted) {
    if (taken.has(name)) continue;
    const bytes = beside.get(name);
    if (bytes === undefined || bytes === null) throw missing(name);
    taken.set(name, bytes);
    const imports = importsOf(name, bytes, file);
    if (imports.includes(OTHER_RUNTIME)) throw refusedArchive(file, 'windowsArchive.refused.cygwin');
    // Programs of Windows' own compiler have other limits and faults, and nobody here knows them.
    if (name === server && !imports.includes(RUNTIME)) throw refusedArchive(file, 'windowsArchive.refused.otherBuild');
    wanted.push(...imports.filter((one) => beside.has(one) || one.startsWith('msys-')));
  }
  return {
    folder,
    programs: [...taken].map(([name, bytes]) => ({ name, bytes })),
    leftOut: parts
      .filter(({ path }) => posix.dirname(path) !== folder || !taken.has(posix.basename(path).toLowerCase()))
      .map(({ path }) => path.slice(folder.length + 1))
      .toSorted(),
  };
}
