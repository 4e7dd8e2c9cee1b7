import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildPlatform, ServerCatalogue, type BuildKey } from '../shared/domain/catalogue.ts';
import type { BundlePart } from '../shared/domain/configBundle.ts';
import { BundleError } from './serverBundleError.ts';
import { BUNDLE_MANIFEST, bundlePath, BundleManifest, programNames } from './serverBundleManifest.ts';
import { bundleFolderName, type ServerBundle, type ServerBundleFile } from './serverBundleShape.ts';

export { openOwnArchive } from './serverBundleArchive.ts';
export { BundleError } from './serverBundleError.ts';
export type { ServerBundle } from './serverBundleShape.ts';

/** One bundle that lies ready, as its manifest describes it. The hashes are not verified. */
export interface ServerBundleListing extends BuildKey {
  readonly licence: string;
  readonly sourcePackage: string;
  /** What is sent to a server that has nothing of it yet. */
  readonly uploadBytes: number;
}

/**
 * Reads a bundle that this project built and verifies the hashes of what is going to be sent; those of the unpacked programs are left to the
 * servers, which have to verify them anyway. `resourcesFolder` is the one that holds `catalogue.json`.
 * Throws {@link BundleError}: `bundle.missing`, `bundle.damaged`.
 */
export async function loadServerBundle(request: BuildKey & { readonly resourcesFolder: string }): Promise<ServerBundle> {
  const { resourcesFolder, engine, version, platform } = request;
  const folder = join(resourcesFolder, bundlePath(request));
  const manifest = await readManifest(folder, request);
  const files = await Promise.all(
    programNames(engine).map(async (name): Promise<ServerBundleFile> => {
      const program = manifest.programs.find((candidate) => candidate.name === name);
      if (program === undefined) throw new BundleError('bundle.damaged', join(folder, name));
      const { sizeBytes, sha256, mode, gzip } = program;
      return {
        name,
        mode: Number.parseInt(mode, 8),
        sizeBytes,
        sha256,
        gzip: await readPinned(join(folder, gzip.name), gzip.sha256),
        gzipSha256: gzip.sha256,
      };
    }),
  );
  return {
    engine,
    version,
    platform,
    origin: 'built',
    folderName: bundleFolderName(request, files[0]?.sha256 ?? ''),
    files,
    licence: manifest.licence,
    sourceArchive: manifest.source.archive,
    sourceSha256: manifest.source.sha256,
    sourcePackage: packageOf(manifest),
    notes: [],
  };
}

/**
 * Everything that a bundle needs on a machine that has none: programs as they are sent, licence, source, manifest; each below `redis/` at its place in the
 * folder of bundles. Throws {@link BundleError}: `bundle.missing`, `bundle.damaged`.
 */
export async function listBundleFiles(request: BuildKey & { readonly resourcesFolder: string }): Promise<readonly BundlePart[]> {
  const folder = join(request.resourcesFolder, bundlePath(request));
  const manifest = await readManifest(folder, request);
  const pinned = [...manifest.programs.map(({ gzip }) => gzip), ...manifest.documents];
  const files = await Promise.all(
    pinned.map(async ({ name, sha256 }) => ({
      path: `redis/${bundlePath(request)}/${name}`,
      bytes: await readPinned(join(folder, name), sha256),
    })),
  );
  return [{ path: `redis/${bundlePath(request)}/${BUNDLE_MANIFEST}`, bytes: await readFile(join(folder, BUNDLE_MANIFEST)) }, ...files];
}

/** The bundles that lie ready in a folder, sorted by name. A folder without a readable manifest throws `bundle.damaged`. */
export async function listServerBundles(resourcesFolder: string): Promise<readonly ServerBundleListing[]> {
  const listings: ServerBundleListing[] = [];
  for (const name of await foldersIn(resourcesFolder)) {
    const [, engine, version] = /^(redis|valkey)-(\d+\.\d+\.\d+)$/u.exec(name) ?? [];
    if ((engine !== 'redis' && engine !== 'valkey') || version === undefined) continue;
    for (const folder of await foldersIn(join(resourcesFolder, name))) {
      const platform = BuildPlatform.safeParse(folder);
      if (!platform.success) continue;
      const key = { engine, version, platform: platform.data } as const;
      const manifest = await readManifest(join(resourcesFolder, name, folder), key);
      const uploadBytes = manifest.programs.reduce((sum, program) => sum + program.gzip.sizeBytes, 0);
      listings.push({ ...key, licence: manifest.licence, sourcePackage: packageOf(manifest), uploadBytes });
    }
  }
  return listings;
}

/** Reads the catalogue of known builds. Throws `bundle.damaged` when it is not there or not right: it is a part of the program. */
export async function loadServerCatalogue(resourcesFolder: string): Promise<ServerCatalogue> {
  const file = join(resourcesFolder, 'catalogue.json');
  try {
    return ServerCatalogue.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new BundleError('bundle.damaged', file, { cause: error });
  }
}

function packageOf(manifest: BundleManifest): string {
  return `${manifest.source.package.name} ${manifest.source.package.version}`;
}

async function readManifest(folder: string, build: BuildKey): Promise<BundleManifest> {
  const file = join(folder, BUNDLE_MANIFEST);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (!isMissing(error)) throw new BundleError('bundle.damaged', file, { cause: error });
    const { engine, version, platform } = build;
    throw new BundleError('bundle.missing', `${engine} ${version} ${platform}`, { values: { engine, version, platform }, cause: error });
  }
  try {
    const manifest = BundleManifest.parse(JSON.parse(text));
    // A folder that was renamed or copied by hand must not pass for another version.
    if (bundlePath(manifest) !== bundlePath(build)) throw new Error(`The manifest is of ${bundlePath(manifest)}`);
    return manifest;
  } catch (error) {
    throw new BundleError('bundle.damaged', file, { cause: error });
  }
}

async function readPinned(file: string, sha256: string): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new BundleError('bundle.damaged', file, { cause: error });
  }
  const observed = createHash('sha256').update(bytes).digest('hex');
  if (observed !== sha256) throw new BundleError('bundle.damaged', file, { values: { expected: sha256, observed } });
  return bytes;
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map((entry) => entry.name)
      .toSorted();
  } catch (error) {
    if (isMissing(error)) return [];
    throw new BundleError('bundle.damaged', folder, { cause: error });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
