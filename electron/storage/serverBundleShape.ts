import type { BuildKey } from '../shared/domain/catalogue.ts';
import type { Message } from '../shared/domain/message.ts';

/** A program to be put on servers. `sizeBytes` and `sha256` are those of the program itself, `gzip` is what is sent. */
export interface ServerBundleFile {
  readonly name: string;
  /** Permission bits. */
  readonly mode: number;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly gzip: Uint8Array;
  readonly gzipSha256: string;
}

/** The two programs of a server engine, verified, and where they come from. */
export interface ServerBundle extends BuildKey {
  /** `built` by this project's recipe, or the admin's `own`. */
  readonly origin: 'built' | 'own';
  /** Names this very build on a server: engine, version, and the first 8 digits of the server program's SHA-256. */
  readonly folderName: string;
  /** The server first, then its command line client. */
  readonly files: readonly ServerBundleFile[];
  /** SPDX identifier; `NOASSERTION`, SPDX's word for "not known to us", for an own build. */
  readonly licence: string;
  /** What it was built from; for an own build the archive that the admin brought. */
  readonly sourceArchive: string;
  readonly sourceSha256: string;
  /** The distribution's package whose source, with its security patches, was built: `redis 5:7.0.15-1~deb12u10`. Null for an own build. */
  readonly sourcePackage: string | null;
  /** What an admin should know about it without it being wrong. */
  readonly notes: readonly Message[];
}

/** The name of a build's folder on servers. */
export function bundleFolderName(build: Pick<BuildKey, 'engine' | 'version'>, serverSha256: string): string {
  return `${build.engine}-${build.version}-${serverSha256.slice(0, 8)}`;
}
