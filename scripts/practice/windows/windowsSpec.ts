import type { ArchiveInState } from './windowsAccess.ts';

/** What a specification says of Windows, as lines of YAML, indented as where they stand. */
export interface WindowsSpecLines {
  /** For one server; empty for a Linux server. */
  readonly platform: (isWindows: boolean) => string;
  /** For `redis`; empty for a set without Windows servers. */
  readonly archive: (archive: ArchiveInState | undefined) => string;
}

/** Without any word of Windows, for a specification that does not know the words yet. */
export const silentAboutWindows: WindowsSpecLines = { platform: () => '', archive: () => '' };

/** `platform: windows` for the servers, `windowsArchive: {file, sha256}` for Redis. */
export const tellsOfWindows: WindowsSpecLines = {
  platform: (isWindows) => (isWindows ? '    platform: windows\n' : ''),
  archive: (archive) =>
    archive === undefined ? '' : `  windowsArchive: { file: ${JSON.stringify(archive.file)}, sha256: ${JSON.stringify(archive.sha256)} }\n`,
};
