import type { PlainFile } from '../../../shared/domain/plainExport.ts';
import { childOf, nameOf } from '../../../shared/domain/serverPath.ts';
import type { BlueprintBinary, BlueprintFolder, ServerBlueprint } from '../../blueprint.ts';
import { bundledFilePath } from '../../bundle/bundledFilePath.ts';
import type { AccessListOf } from '../../bundle/windowsScripts.ts';
import { textFile } from '../plainFile.ts';
import { authConfWith } from '../shellParts.ts';

/** Where the programs for Windows servers lie in an export. */
export const WINDOWS_PROGRAMS = 'programs/windows';

/** What stands before, between and behind the password in its file for Redis, and the end of a line: put together on the server, where the password is known. */
export const AUTH_PARTS = {
  before: 'windows/auth-1.txt',
  between: 'windows/auth-2.txt',
  behind: 'windows/auth-3.txt',
  lineEnd: 'windows/line-end.txt',
} as const;

/** These four files, so that the password stands there as Triad itself writes it, byte for byte. */
export function authParts(): readonly PlainFile[] {
  const [before = '', between = '', behind = ''] = authConfWith('\0').split('\0');
  return [
    textFile(AUTH_PARTS.before, `${before}"`),
    textFile(AUTH_PARTS.between, `"${between}"`),
    textFile(AUTH_PARTS.behind, `"${behind}`),
    textFile(AUTH_PARTS.lineEnd, '\n'),
  ];
}

/** Whether a folder may be another program's: it is made where it is missing, and otherwise left as it is. */
export function isOthers({ keepsFound, isClosed }: BlueprintFolder): boolean {
  return keepsFound === true && isClosed !== true;
}

/** A program with its access: those of an archive know nothing of it. */
export function accessOfProgram({ path, mode }: BlueprintBinary): { path: string; owner: string; group: string; mode: number } {
  return { path, mode, owner: 'Administrators', group: 'Administrators' };
}

/** The lists of folders and files with their access that Triad's program reads from its standard input. */
export const LISTS = {
  folders: (server: string): string => `servers/${server}/folders.txt`,
  access: (server: string): string => `servers/${server}/access.txt`,
} as const;

/** Every file for one Windows server but its batch file: what is copied there, and lists of folders and files with their access. */
export function windowsServerFiles(
  { server, folders, binaries, files }: ServerBlueprint,
  accessListOf: AccessListOf,
): readonly PlainFile[] {
  const list = (entries: readonly (readonly [path: string, accessList: string])[]): string =>
    entries.map((entry) => `${entry.join('\t')}\n`).join('');
  return [
    textFile(LISTS.folders(server), list(folders.filter((one) => !isOthers(one)).map((one) => [one.path, accessListOf(one, 'folder')]))),
    textFile(LISTS.access(server), list([...binaries.map(accessOfProgram), ...files].map((one) => [one.path, accessListOf(one, 'file')]))),
    ...files.filter(({ holdsSecret }) => !holdsSecret).map((file) => textFile(bundledFilePath(server, file), file.content)),
  ];
}

/** A place in the export in Windows' words. */
export function backslashed(path: string): string {
  return path.replaceAll('/', '\\');
}

/** Where a program of a Windows server lies in the export, in Windows' words. Throws for a name that a batch file would read in its own way. */
export function exportedProgram(path: string): string {
  const name = nameOf(path);
  if (!/^[A-Za-z0-9._+-]+$/u.test(name)) throw new Error(`a program has a name that no batch file can hold: ${name}`);
  return backslashed(`${WINDOWS_PROGRAMS}/${name}`);
}

/** Where files wait for their places on the disk of the cluster's folder; only administrators can open it. */
export function stageFolderOf(root: string): string {
  return childOf(root, '.triad-stage');
}
