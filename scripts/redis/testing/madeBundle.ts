import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildKey } from '../../../electron/shared/domain/catalogue.ts';
import { BUNDLE_MANIFEST, programNames, type BundleManifest } from '../../../electron/storage/serverBundleManifest.ts';
import { pinFile } from '../pinnedFile.ts';

/** Writes a whole bundle into a folder, its programs being a few words each. */
export async function writeMadeBundle(folder: string, build: BuildKey, recipeSha256: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const put = async (name: string) => {
    await writeFile(join(folder, name), `${name} of ${build.version}`);
    return pinFile(folder, name);
  };
  const programs = await Promise.all(
    programNames(build.engine).map(async (name) => ({ ...(await put(name)), name, mode: '0755', gzip: await put(`${name}.gz`) })),
  );
  const { engine, version, platform } = build;
  const manifest: BundleManifest = {
    schemaVersion: 1,
    engine,
    version,
    platform,
    licence: 'BSD-3-Clause',
    recipeSha256,
    source: {
      archive: 'archive.tar.gz',
      sha256: 'a'.repeat(64),
      package: { name: engine, version: '1' },
      files: [{ name: 'archive.tar.gz', sizeBytes: 1, sha256: 'a'.repeat(64) }],
      patches: [],
      patchesLeftOut: [],
    },
    build: {
      tls: true,
      linkage: 'static',
      stripped: true,
      compiler: 'none',
      libraries: [],
      makeVariables: {},
      compilerFlags: [],
      linkerFlags: [],
      sourceDateEpoch: 0,
    },
    programs,
    documents: [await put('LICENSE')],
  };
  await writeFile(join(folder, BUNDLE_MANIFEST), JSON.stringify(manifest));
}
