import { fail } from '../shared/domain/failure.ts';
import type { ClusterSpec } from '../shared/domain/spec.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { BundleError, loadServerBundle, loadServerCatalogue, openOwnArchive, type ServerBundle } from '../storage/serverBundle.ts';
import { importedBundlesFolder } from '../storage/triadHome.ts';

/** What all servers must be, as far as Triad's bundles go. */
const PLATFORM = 'linux-x64';

/**
 * The server programs that a specification asks for, verified against their hashes. Without a version it is the catalogue's default, or the
 * catalogue's first build of another engine. Where Triad does not come with it, one that an imported config bundle brought counts. Throws `bundle.*`.
 */
export async function findBundle(spec: ClusterSpec, bundles: string, home: string): Promise<ServerBundle> {
  const { engine, archive } = spec.redis;
  try {
    const version = spec.redis.version ?? (await defaultVersion(engine, bundles));
    if (archive !== undefined) return await openOwnArchive({ ...archive, engine, version });
    const wanted = { engine, version, platform: PLATFORM } as const;
    return await loadServerBundle({ resourcesFolder: bundles, ...wanted }).catch(async (error: unknown) => {
      if (!(error instanceof BundleError) || error.code !== 'bundle.missing') throw error;
      return loadServerBundle({ resourcesFolder: importedBundlesFolder(home), ...wanted });
    });
  } catch (error) {
    if (error instanceof BundleError) throw fail(error.code, adminSubject, { values: error.values, cause: error });
    throw error;
  }
}

async function defaultVersion(engine: ClusterSpec['redis']['engine'], bundles: string): Promise<string> {
  const catalogue = await loadServerCatalogue(bundles);
  if (catalogue.default.engine === engine) return catalogue.default.version;
  const build = catalogue.builds.find((one) => one.engine === engine);
  if (build === undefined) throw new BundleError('bundle.missing', engine, { values: { engine, version: '', platform: PLATFORM } });
  return build.version;
}
