import { z } from 'zod';
import { BuildPlatform, EngineVersion, Sha256, type BuildKey } from '../shared/domain/catalogue.ts';
import { Engine } from '../shared/domain/spec.ts';

/** The name of the manifest inside a bundle's folder. */
export const BUNDLE_MANIFEST = 'manifest.json';

const FileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+~-]*$/u);
const DocumentName = z.string().regex(/^(?:source\/)?[A-Za-z0-9][A-Za-z0-9._+~-]*$/u);
const Pinned = z.strictObject({ name: FileName, sizeBytes: z.number().int().nonnegative(), sha256: Sha256 });

const ProgramName = z.enum(['redis-server', 'redis-cli', 'valkey-server', 'valkey-cli']);
export type ProgramName = z.infer<typeof ProgramName>;

/** A program of a bundle: `name` as it runs, and the compressed `name.gz` that is sent to servers as it is. */
const BundleProgram = z.strictObject({
  name: ProgramName,
  sizeBytes: z.number().int().positive(),
  sha256: Sha256,
  /** Permission bits on a server, as octal digits. */
  mode: z.string().regex(/^0[0-7]{3}$/u),
  gzip: Pinned,
});

/** The manifest that lies in a bundle's folder: what it is, where it comes from, how it was made, and the hash of every file in it. */
export const BundleManifest = z.strictObject({
  schemaVersion: z.literal(1),
  engine: Engine,
  version: EngineVersion,
  platform: BuildPlatform,
  licence: z.string().min(1),
  /** Hash over everything that decides about the build; a different one means that it has to be made again. */
  recipeSha256: Sha256,
  source: z.strictObject({
    archive: FileName,
    sha256: Sha256,
    package: z.strictObject({ name: z.string(), version: z.string() }),
    /** The whole source package: archive, patches of the distribution, and its signed description. */
    files: z.array(Pinned).min(1),
    patches: z.array(z.string()),
    /** Patches of the distribution that only serve its own packaging and would break this build. */
    patchesLeftOut: z.array(z.string()),
  }),
  build: z.strictObject({
    tls: z.literal(true),
    linkage: z.literal('static'),
    stripped: z.literal(true),
    compiler: z.string(),
    /** What is linked in from the build machine, with the version of its package. */
    libraries: z.array(z.strictObject({ package: z.string(), version: z.string() })),
    makeVariables: z.record(z.string(), z.string()),
    compilerFlags: z.array(z.string()),
    linkerFlags: z.array(z.string()),
    /** The time that the build believes it is, in seconds since 1970: that of the source package's last change. */
    sourceDateEpoch: z.number().int(),
  }),
  programs: z.array(BundleProgram).length(2),
  /** All other files of the bundle: the licence texts and, where the licence asks for it, the source. */
  documents: z.array(Pinned.extend({ name: DocumentName })).min(1),
});
export type BundleManifest = z.infer<typeof BundleManifest>;

/** The programs that every bundle of an engine has: the server first, then its command line client. */
export function programNames(engine: z.infer<typeof Engine>): readonly [server: ProgramName, client: ProgramName] {
  return engine === 'redis' ? ['redis-server', 'redis-cli'] : ['valkey-server', 'valkey-cli'];
}

/** Where a bundle lies below the folder of all bundles: `redis-7.0.15/linux-x64`. */
export function bundlePath(build: BuildKey): string {
  return `${build.engine}-${build.version}/${build.platform}`;
}
