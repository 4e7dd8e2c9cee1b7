// `npm run redis -- COMMAND`: builds and looks after the server bundles in resources/redis.
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import {
  buildsMadeHere,
  type CatalogueBuild,
  type CatalogueBuildMadeHere,
  type ServerCatalogue,
} from '../../electron/shared/domain/catalogue.ts';
import { loadServerCatalogue } from '../../electron/storage/serverBundle.ts';
import { BUNDLE_MANIFEST, BundleManifest, bundlePath } from '../../electron/storage/serverBundleManifest.ts';
import { PracticeError } from '../practice/practiceError.ts';
import { BuildError } from './buildError.ts';
import { faultsOfBundle } from './bundleFolder.ts';
import { buildBundle, bundleCacheFolder, ensureBundle, resourcesFolder, type BundleOrigin } from './ensureBundle.ts';
import { recipeSha256 } from './recipe.ts';

const usage = `Usage: npm run redis -- COMMAND

  ensure [VERSION...]          make sure that bundles are there (copied from the cache, or built); default: the default version
  build [VERSION...]           build them anew, even if they are there
  build --twice [VERSION...]   build them twice in different folders and compare every byte
  list                         every build that the catalogue knows
  verify                       compare every bundle that is there with its manifest and the recipe

VERSION is a version that is built here, or "all".
`;

const origins: Readonly<Record<BundleOrigin, string>> = { alreadyThere: 'is there', fromCache: 'copied from the cache', built: 'built' };

const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);

function chosenBuilds(catalogue: ServerCatalogue, versions: readonly string[]): readonly CatalogueBuildMadeHere[] {
  const here = buildsMadeHere(catalogue);
  if (versions.includes('all')) return here;
  const wanted = versions.length === 0 ? [catalogue.default.version] : versions;
  return wanted.map((version) => {
    const build = here.find((candidate) => candidate.version === version);
    if (build !== undefined) return build;
    const known = catalogue.builds.some((candidate) => candidate.version === version);
    const reason = known ? 'is built on a release machine only, from a source that is not in Debian' : 'is not in the catalogue';
    throw new BuildError(`Version ${version} ${reason}. Built here: ${here.map((candidate) => candidate.version).join(', ')}.`);
  });
}

async function ensure(build: CatalogueBuildMadeHere, anew: boolean): Promise<void> {
  const startedAt = performance.now();
  const origin = await ensureBundle(build, say, { anew });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  say(`${build.engine} ${build.version} for ${build.platform}: ${origins[origin]} (${seconds} s).`);
}

/** Manifests name the hash of every other file, so equal manifests mean equal bundles. */
async function buildTwice(build: CatalogueBuildMadeHere): Promise<boolean> {
  const cache = bundleCacheFolder();
  await mkdir(cache, { recursive: true });
  const scratch = await mkdtemp(join(cache, '.twice-'));
  try {
    const manifests: BundleManifest[] = [];
    for (const name of ['first', join('second', 'in-a-folder-with-a-longer-name')]) {
      const folder = join(scratch, name);
      await mkdir(folder, { recursive: true });
      await buildBundle(build, folder, join(scratch, 'make.log'), say);
      manifests.push(BundleManifest.parse(JSON.parse(await readFile(join(folder, BUNDLE_MANIFEST), 'utf8'))));
    }
    const [first, second] = manifests.map((manifest) => JSON.stringify(manifest));
    for (const { programs } of manifests) {
      for (const { name, sha256, gzip } of programs) say(`${sha256}  ${name}\n${gzip.sha256}  ${gzip.name}`);
    }
    say(`${build.engine} ${build.version}: ${first === second ? 'both builds are equal, byte by byte' : 'THE BUILDS DIFFER'}.`);
    return first === second;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function describeSupport({ support }: CatalogueBuild): string {
  const { outSystems, by, ends } = support;
  const listed = outSystems.listed ? `OutSystems from Platform Server ${outSystems.fromPlatformServer}` : 'not on the list of OutSystems';
  return `${listed}; security fixes by the ${by} until ${ends}`;
}

async function list(catalogue: ServerCatalogue): Promise<void> {
  for (const build of catalogue.builds) {
    const isDefault = build.engine === catalogue.default.engine && build.version === catalogue.default.version;
    say(`${build.engine} ${build.version}  ${build.platform}  ${build.licence}${isDefault ? '  (default)' : ''}`);
    say(`    ${describeSupport(build)}`);
    say(`    source ${build.source.archive}  SHA-256 ${build.source.sha256}`);
    if (build.built === 'release-machine') {
      say('    built on a release machine only; neither built nor tested here');
      continue;
    }
    const faults = await faultsOfBundle(join(resourcesFolder, bundlePath(build)), recipeSha256(build));
    say(`    built here: ${faults.length === 0 ? await describeBundle(build) : faults.join(', ')}`);
  }
}

async function describeBundle(build: CatalogueBuildMadeHere): Promise<string> {
  const manifest = BundleManifest.parse(JSON.parse(await readFile(join(resourcesFolder, bundlePath(build), BUNDLE_MANIFEST), 'utf8')));
  const mib = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
  const sizes = manifest.programs.map(({ name, sizeBytes, gzip }) => `${name} ${mib(sizeBytes)}, sent as ${mib(gzip.sizeBytes)}`);
  return `from ${manifest.source.package.name} ${manifest.source.package.version}; ${sizes.join('; ')}`;
}

/** Bundles that are not there are no fault; at least one has to be. */
async function verify(catalogue: ServerCatalogue): Promise<boolean> {
  let good = 0;
  let bad = 0;
  for (const build of buildsMadeHere(catalogue)) {
    const place = join(resourcesFolder, bundlePath(build));
    const faults = await faultsOfBundle(place, recipeSha256(build));
    const isThere = !faults.includes('it has not been built');
    if (faults.length === 0) good += 1;
    else if (isThere) bad += 1;
    say(
      `${build.engine} ${build.version} ${build.platform}: ${faults.length === 0 ? 'every file is as its manifest says' : faults.join(', ')}`,
    );
  }
  if (good === 0 && bad === 0) say('There is no bundle: run `npm run redis -- ensure`.');
  return bad === 0 && good > 0;
}

async function run(args: readonly string[]): Promise<boolean> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { twice: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
  });
  const [command, ...versions] = positionals;
  const takesVersions = command === 'ensure' || command === 'build';
  if (values.help || command === undefined || (versions.length > 0 && !takesVersions) || (values.twice && command !== 'build')) {
    process.stdout.write(usage);
    return values.help;
  }
  const catalogue = await loadServerCatalogue(resourcesFolder);
  switch (command) {
    case 'ensure':
    case 'build': {
      let good = true;
      for (const build of chosenBuilds(catalogue, versions)) {
        if (values.twice) good = (await buildTwice(build)) && good;
        else await ensure(build, command === 'build');
      }
      return good;
    }
    case 'list':
      await list(catalogue);
      return true;
    case 'verify':
      return verify(catalogue);
    default:
      process.stdout.write(usage);
      return false;
  }
}

try {
  process.exitCode = (await run(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  const isSentence = error instanceof BuildError || error instanceof PracticeError || (error instanceof TypeError && 'code' in error);
  if (!isSentence) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
