import { posix } from 'node:path';
import { isBundlePath } from '../../shared/domain/configBundle.ts';
import { fail, type FailureError } from '../../shared/domain/failure.ts';
import { adminSubject } from '../../shared/domain/subject.ts';
import { WINDOWS_DISTRIBUTIONS, type WindowsDistribution } from '../../shared/domain/windowsDistribution.ts';
import { message, say, type MessageCode } from '../../shared/messages/message.ts';
import { inspectPe, PE_MACHINE } from './peFile.ts';

/** A part of an archive: its place, and its bytes where `isLookedInto` asked for them. */
export interface ArchivePart {
  readonly path: string;
  readonly bytes: Uint8Array | null;
}

/** What an archive holds for servers. */
export interface WindowsLayout {
  readonly distribution: WindowsDistribution;
  /** The folder that everything lies in; empty where there is none. */
  readonly folder: string;
  /** What is put on servers, the server program first. */
  readonly programs: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** The names of everything else. */
  readonly leftOut: readonly string[];
}

export type RefusalReason = Extract<MessageCode, `windowsArchive.refused.${string}`>;

/** Why an archive is none that Triad installs, in one sentence. */
export function refusedArchive(file: string, reason: RefusalReason, values: Readonly<Record<string, string>> = {}): FailureError {
  return fail('bundle.windows.refused', adminSubject, {
    values: { file, maker: WINDOWS_DISTRIBUTIONS['redis-windows'].name, reason: say({ code: reason, values }) },
  });
}

/** The libraries that a program is linked with, in small letters. Throws `bundle.windows.wrongMachine`. */
export function importsOf(name: string, bytes: Uint8Array, file: string): readonly string[] {
  const pe = inspectPe(bytes);
  const expected = name.endsWith('.exe') ? 'program' : 'library';
  if (pe === null || pe.machine !== PE_MACHINE || pe.kind !== expected) {
    const observed = pe === null ? say(message('windowsArchive.noProgram')) : `${pe.machine}, ${pe.kind}`;
    throw fail('bundle.windows.wrongMachine', adminSubject, { values: { file, name, observed, expected: `${PE_MACHINE}, ${expected}` } });
  }
  return pe.imports.map((one) => one.toLowerCase());
}

/** Files of one folder by their names in small letters; null for those that were not looked into. */
export function filesIn(parts: readonly ArchivePart[], folder: string): ReadonlyMap<string, Uint8Array | null> {
  return new Map(
    parts.filter(({ path }) => folderOf(path) === folder).map(({ path, bytes }) => [posix.basename(path).toLowerCase(), bytes]),
  );
}

/** The folder that a part lies in; empty where it lies in none. */
export function folderOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
}

/** What is not put on servers, by its place below the folder that counts. */
export function leftOutOf(parts: readonly ArchivePart[], folder: string, isTaken: (name: string) => boolean): readonly string[] {
  return parts
    .filter(({ path }) => folderOf(path) !== folder || !isTaken(posix.basename(path).toLowerCase()))
    .map(({ path }) => (folder !== '' && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path))
    .toSorted();
}

/** What must be taken along with a program: itself, and all of `beside` that it is linked with, over any number of libraries. */
export interface ProgramParts {
  readonly beside: ReadonlyMap<string, Uint8Array | null>;
  /** How failures name the archive. */
  readonly file: string;
  /** Whether a library that is not there must be, because it is none of Windows' own. */
  readonly isNeeded: (library: string) => boolean;
  /** Looks at the libraries that each taken file is linked with; throws where they do not fit. */
  readonly judge: (name: string, imports: readonly string[]) => void;
}

/** These files and what they are linked with. Throws `bundle.windows.missing`, `bundle.windows.wrongMachine` and what `judge` throws. */
export function withLibraries(names: readonly string[], { beside, file, isNeeded, judge }: ProgramParts): Map<string, Uint8Array> {
  const wanted = [...names];
  const taken = new Map<string, Uint8Array>();
  // Grows while it goes: what a library is linked with is needed as well.
  for (const name of wanted) {
    if (taken.has(name)) continue;
    const bytes = beside.get(name);
    if (bytes === undefined || bytes === null || !isBundlePath(name))
      throw fail('bundle.windows.missing', adminSubject, { values: { file, name } });
    taken.set(name, bytes);
    const imports = importsOf(name, bytes, file);
    judge(name, imports);
    wanted.push(...imports.filter((one) => beside.has(one) || isNeeded(one)));
  }
  return taken;
}
