import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildOnce, recipeHash, type BuiltFolder } from './baseSystem.ts';
import { aptGet, refreshPackageLists, type Progress } from './hostTools.ts';
import { runIsolated } from './isolatedBuild.ts';
import { PracticeError } from './practiceError.ts';
import type { Recipe } from './recipe.ts';
import { lastWords } from './runCommand.ts';

// $1 base system, $2 empty folder for the layer, $3 folder with the downloaded packages. The mounts are in this script's own mount namespace.
// apt installs the files, because dpkg alone would not put packages that others need beforehand in the right order; policy-rc.d keeps the packages' scripts from starting services in the build.
const installScript = `set -e
mkdir "$2/upper" "$2/work" "$2/root"
mount -t overlay overlay -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" "$2/root"
mount -t proc proc "$2/root/proc"
mount --bind /dev "$2/root/dev"
mkdir "$2/root/var/cache/triad-debs"
mount --bind "$3" "$2/root/var/cache/triad-debs"
printf '#!/bin/sh\\nexit 101\\n' > "$2/root/usr/sbin/policy-rc.d"
chmod 755 "$2/root/usr/sbin/policy-rc.d"
chroot "$2/root" sh -c 'apt-get -qq -o DPkg::Options::=--force-unsafe-io -o APT::Sandbox::User=root install -y --no-install-recommends /var/cache/triad-debs/*.deb'
chroot "$2/root" sh -es
rm "$2/root/usr/sbin/policy-rc.d"
umount "$2/root/var/cache/triad-debs" "$2/root/dev" "$2/root/proc"
rmdir "$2/root/var/cache/triad-debs"
umount "$2/root"
`;

/**
 * The layer that lies on the base system where a server's recipes want more packages, or undefined where they do not.
 * Built once for each combination and kept in the cache. The packages come by this machine's own apt, as if for the base system.
 */
export async function prepareLayer(base: BuiltFolder, recipes: readonly Recipe[], progress: Progress): Promise<BuiltFolder | undefined> {
  const packages = [...new Set(recipes.flatMap((recipe) => recipe.packages ?? []))].toSorted();
  if (packages.length === 0) return undefined;
  const script = [...new Set(recipes.flatMap((recipe) => recipe.layerScript ?? []))].toSorted().join('\n');
  const key = `layer-${recipeHash([base.key, installScript, ...packages, script])}`;
  return buildOnce(key, `the layer with ${packages.join(', ')}`, async (target) => {
    progress(`Building the layer with ${packages.join(', ')} (once).`);
    const work = mkdtempSync(join(tmpdir(), 'triad-layer-'));
    try {
      const debs = join(work, 'debs');
      await downloadPackages(base, packages, debs, progress);
      // The overlay's folders lie inside the target, on one disk; only the upper one becomes the layer.
      const args = ['-ec', installScript, 'install', base.folder, target, debs];
      const built = await runIsolated('sh', args, { network: false, input: script, env: { DEBIAN_FRONTEND: 'noninteractive' } });
      if (built.code !== 0) throw new PracticeError(`Could not install ${packages.join(', ')} into a layer: ${lastWords(built)}`);
      rmSync(join(target, 'work'), { recursive: true });
      rmSync(join(target, 'root'), { recursive: true });
      for (const name of readdirSync(join(target, 'upper'))) renameSync(join(target, 'upper', name), join(target, name));
      rmSync(join(target, 'upper'), { recursive: true });
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
}

/** Resolves against the base system's list of installed packages, with caches of its own so that this machine's apt notices nothing. */
async function downloadPackages(base: BuiltFolder, packages: readonly string[], folder: string, progress: Progress): Promise<void> {
  mkdirSync(join(folder, 'partial'), { recursive: true });
  const options = [
    `Dir::State::status=${base.folder}/var/lib/dpkg/status`,
    `Dir::State::extended_states=${folder}/extended_states`,
    `Dir::Cache::archives=${folder}`,
    'Dir::Cache::pkgcache=',
    'Dir::Cache::srcpkgcache=',
    'APT::Sandbox::User=root',
    'Debug::NoLocking=true',
  ].flatMap((option) => ['-o', option]);
  const args = [...options, 'install', '-y', '--no-install-recommends', '--download-only', ...packages];
  let result = await aptGet(args);
  if (result.code !== 0) {
    await refreshPackageLists(progress);
    result = await aptGet(args);
  }
  if (result.code !== 0) throw new PracticeError(`Could not download ${packages.join(', ')}: ${lastWords(result)}`);
}
