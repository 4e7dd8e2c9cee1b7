import type { ArchiveInState } from './windowsAccess.ts';

/** What a specification says of Windows, as lines of YAML, indented as where they stand. */
export interface WindowsSpecLines {
  /** For one server; empty for a Linux server. */
  readonly platform: (isWindows: boolean) => string;
  /** For `redis`; empty for a set without Windows servers. */
  readonly archive: (archive: ArchiveInState | undefined) => string;
}

/** `platform: windows` for the servers, `windowsArchive: {file, sha256}` for Redis; nothing where the specification does not know these words. */
export function windowsSpecLines({ areKnown }: { readonly areKnown: boolean }): WindowsSpecLines {
  return {
    platform: (isWindows) => (areKnown && isWindows ? '    platform: windows\n' : ''),
    archive: (archive) =>
      areKnown && archive !== undefined
        ? `  windowsArchive: { file: ${JSON.stringify(archive.file)}, sha256: ${JSON.stringify(archive.sha256)} }\n`
        : '',
  };
}
