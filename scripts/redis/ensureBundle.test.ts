import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CatalogueBuildMadeHere } from '../../electron/shared/domain/catalogue.ts';
import { loadServerBundle } from '../../electron/storage/serverBundle.ts';
import { bundleCacheFolder, ensureBundle } from './ensureBundle.ts';
import { recipeSha256 } from './recipe.ts';
import { writeMadeBundle } from './testing/madeBundle.ts';

const build: CatalogueBuildMadeHere = {
  engine: 'redis',
  version: '1.2.3',
  platform: 'linux-x64',
  licence: 'BSD-3-Clause',
  source: { archive: 'redis_1.2.3.orig.tar.gz', sha256: '1'.repeat(64) },
  support: { outSystems: { listed: false }, by: 'vendor', ends: '2030' },
  built: 'here',
  method: 'debian-source-package',
  package: { name: 'redis', suites: ['bookworm'], oldestVersion: '1.2.3-1', testedVersion: '1.2.3-1' },
};

/** A cache that already holds the bundle, so that nothing has to be built, and an empty place for it. */
async function filledCache(): Promise<{ readonly cache: string; readonly resources: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'triad-ensure-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const recipeHash = recipeSha256(build);
  await writeMadeBundle(join(folder, 'cache', `redis-1.2.3-${recipeHash.slice(0, 12)}`), build, recipeHash);
  return { cache: join(folder, 'cache'), resources: join(folder, 'resources') };
}

const silent = (): void => undefined;

describe('ensureBundle', () => {
  it('copies from the cache, and then does nothing more', async () => {
    const folders = await filledCache();
    expect(await ensureBundle(build, silent, folders)).toBe('fromCache');
    expect(await ensureBundle(build, silent, folders)).toBe('alreadyThere');
    expect((await loadServerBundle({ resourcesFolder: folders.resources, ...build })).version).toBe('1.2.3');
  });

  it('repairs a bundle that was damaged', async () => {
    const folders = await filledCache();
    await ensureBundle(build, silent, folders);
    await writeFile(join(folders.resources, 'redis-1.2.3/linux-x64/redis-server.gz'), 'damaged');
    expect(await ensureBundle(build, silent, folders)).toBe('fromCache');
    expect(await ensureBundle(build, silent, folders)).toBe('alreadyThere');
  });

  it('may run several times at once', async () => {
    const folders = await filledCache();
    const origins = await Promise.all([1, 2, 3].map(() => ensureBundle(build, silent, folders)));
    expect(new Set(origins)).toEqual(new Set(['fromCache']));
    expect(await readdir(join(folders.resources, 'redis-1.2.3'))).toEqual(['linux-x64']);
    expect(await ensureBundle(build, silent, folders)).toBe('alreadyThere');
  });
});

describe('recipeSha256', () => {
  it('changes with what decides about the build, and only with that', () => {
    const changed: readonly CatalogueBuildMadeHere[] = [
      { ...build, source: { ...build.source, sha256: '2'.repeat(64) } },
      { ...build, package: { ...build.package, oldestVersion: '1.2.3-2' } },
      { ...build, version: '1.2.4' },
    ];
    expect(new Set([build, ...changed].map(recipeSha256)).size).toBe(4);
    const described: CatalogueBuildMadeHere = {
      ...build,
      support: { ...build.support, ends: '2031' },
      package: { ...build.package, testedVersion: '1.2.3-2' },
    };
    expect(recipeSha256(described)).toBe(recipeSha256(build));
  });
});

describe('bundleCacheFolder', () => {
  it.each([
    ['/var/tmp/cache', '/var/tmp/cache/triad/redis'],
    ['', '/home/someone/.cache/triad/redis'],
    ['relative', '/home/someone/.cache/triad/redis'],
  ])('follows the XDG rules: %j', (base, folder) => {
    vi.stubEnv('HOME', '/home/someone');
    vi.stubEnv('XDG_CACHE_HOME', base);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(bundleCacheFolder()).toBe(folder);
  });
});
