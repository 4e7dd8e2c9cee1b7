import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogueBuildMadeHere } from '../../electron/shared/domain/catalogue.ts';
import { refreshPackageLists, type Progress } from '../practice/hostTools.ts';
import { lastWords, mustRun, runCommand } from '../practice/runCommand.ts';
import { BuildError } from './buildError.ts';
import { pinFile, type PinnedFile } from './pinnedFile.ts';
import { recipe } from './recipe.ts';

/** A source package, verified and unpacked with the distribution's patches applied. */
export interface UnpackedSource {
  readonly folder: string;
  readonly packageName: string;
  readonly packageVersion: string;
  /** The files of the package, as fetched, in `filesFolder`. */
  readonly files: readonly PinnedFile[];
  readonly filesFolder: string;
  readonly patches: readonly string[];
  readonly patchesLeftOut: readonly string[];
}

const keyrings = ['/usr/share/keyrings/debian-archive-keyring.gpg', '/usr/share/keyrings/debian-archive-keyring.pgp'];

/**
 * Fetches the newest source package that contains the catalogue's archive, verifies that archive against the catalogue, and unpacks it in
 * `folder` (which must be empty). apt does it, from the archive that this machine itself installs from: no address is kept in the project,
 * and apt verifies Debian's signatures. The machine's own apt settings and lists are not touched.
 */
export async function fetchDebianSource(build: CatalogueBuildMadeHere, folder: string, progress: Progress): Promise<UnpackedSource> {
  const { name, suites, testedVersion } = build.package;
  const apt = await prepareApt(suites, join(folder, 'apt'), progress);
  const filesFolder = join(folder, 'files');
  await mkdir(filesFolder);
  progress(`Fetching the source package ${name} from the Debian suites ${suites.join(' and ')}.`);
  const version = await downloadNewest(build, apt, filesFolder, progress);
  if (await isOlder(version, testedVersion)) {
    progress(
      `WARNING: ${name} ${version} is older than ${testedVersion}: it lacks security patches. Use what is built from it for tests only.`,
    );
  }

  const { archive, sha256 } = build.source;
  const files = await Promise.all((await readdir(filesFolder)).toSorted().map((file) => pinFile(filesFolder, file)));
  const fetched = files.find((file) => file.name === archive);
  if (fetched === undefined) throw new BuildError(`The source package ${name} ${version} does not contain ${archive}.`);
  if (fetched.sha256 !== sha256) throw new BuildError(`${archive} has the SHA-256 ${fetched.sha256} instead of ${sha256}: it is not used.`);

  const description = files.find((file) => file.name.endsWith('.dsc'));
  if (description === undefined) throw new BuildError(`The source package ${name} ${version} has no description.`);
  const source = join(folder, 'source');
  await mustRun('unpack the source package', 'dpkg-source', ['-x', join(filesFolder, description.name), source]);
  const { patches, patchesLeftOut } = await leaveOutPatches(source);
  return { folder: source, packageName: name, packageVersion: version, files, filesFolder, patches, patchesLeftOut };
}

/** Makes an apt of our own in a folder: its sources, lists and caches. Returns the options that let apt use it. */
async function prepareApt(suites: readonly string[], folder: string, progress: Progress): Promise<readonly string[]> {
  const lists = join(folder, 'lists');
  await mkdir(join(lists, 'partial'), { recursive: true });
  await mkdir(join(folder, 'cache', 'archives', 'partial'), { recursive: true });
  const sources = join(folder, 'debian.sources');
  await writeFile(sources, await sourcesOf(suites, progress));
  const options = [
    `Dir::Etc::sourcelist=${sources}`,
    'Dir::Etc::sourceparts=-',
    `Dir::State::Lists=${lists}`,
    `Dir::Cache=${join(folder, 'cache')}`,
    'Acquire::Languages=none',
    'Acquire::Retries=3',
    // Its own user for downloads may not enter our folders.
    ...(process.getuid?.() === 0 ? ['APT::Sandbox::User=root'] : []),
  ].flatMap((option) => ['-o', option]);
  await mustRun('fetch the list of Debian source packages', 'apt-get', [...options, '-qq', 'update']);
  return options;
}

/** The sources file for some suites, at the addresses that this machine installs its own Debian packages from. */
async function sourcesOf(suites: readonly string[], progress: Progress): Promise<string> {
  const signedBy = keyrings.find((file) => existsSync(file));
  if (signedBy === undefined) throw new BuildError("Debian's archive keys are not on this machine: install debian-archive-keyring.");
  let archives = await archivesOfMachine();
  if (archives.size === 0) {
    // apt does not know an archive's origin before it has fetched its lists once.
    await refreshPackageLists(progress);
    archives = await archivesOfMachine();
  }
  return suites
    .flatMap((suite) => {
      const address = archives.get(suite.endsWith('-security') ? 'Debian-Security' : 'Debian');
      if (address !== undefined) return [`Types: deb-src\nURIs: ${address}\nSuites: ${suite}\nComponents: main\nSigned-By: ${signedBy}\n`];
      if (suite.endsWith('-security')) {
        progress(`WARNING: the apt sources of this machine have no Debian security archive: ${suite} is not searched.`);
        return [];
      }
      throw new BuildError(
        `The server bundle is built from Debian's source packages, and the apt sources of this ${osName()} name no Debian archive.`,
      );
    })
    .join('\n');
}

/** Addresses by archive label: `Debian`, `Debian-Security`. */
async function archivesOfMachine(): Promise<ReadonlyMap<string, string>> {
  const format = '$(CREATED_BY)|$(ORIGIN)|$(LABEL)|$(COMPONENT)|$(REPO_URI)';
  const listing = await mustRun('read the apt sources of this machine', 'apt-get', ['indextargets', '--format', format]);
  return new Map(
    listing.split('\n').flatMap((line) => {
      const [createdBy, origin, label, component, address] = line.split('|');
      const usable = createdBy === 'Packages' && origin === 'Debian' && component === 'main';
      return usable && label !== undefined && address !== undefined ? [[label, address] as const] : [];
    }),
  );
}

function osName(): string {
  try {
    return /^PRETTY_NAME="?([^"\n]+)"?$/mu.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'machine';
  } catch {
    return 'machine';
  }
}

/** Fetches the newest version that can be had; returns which. A mirror's list may already name a package whose files it does not have yet. */
async function downloadNewest(build: CatalogueBuildMadeHere, apt: readonly string[], folder: string, progress: Progress): Promise<string> {
  const { name, oldestVersion, suites } = build.package;
  const shown = await mustRun(`look ${name} up`, 'apt-cache', [...apt, 'showsrc', '--only-source', name]);
  const versions = await newestFirst(versionsWith(shown, build.source.sha256), oldestVersion);
  for (const version of versions) {
    // Verified by hash against the signed list; what failed leaves parts behind that dpkg-source would not look at.
    const args = ['apt-get', ...apt, '-qq', 'source', '--download-only', `${name}=${version}`];
    const result = await runCommand('env', [`--chdir=${folder}`, ...args]);
    if (result.code === 0) return version;
    progress(`WARNING: ${name} ${version} cannot be fetched (${lastWords(result).split(' | ')[0] ?? ''}).`);
  }
  if (versions.length > 0 && (await downloadTested(build, folder, progress))) return build.package.testedVersion;
  throw new BuildError(
    versions.length === 0
      ? `The Debian suites ${suites.join(' and ')} have no source package ${name} from ${oldestVersion} on with ${build.source.archive}.`
      : `None of the source packages ${name} ${versions.join(', ')} can be fetched.`,
  );
}

/**
 * Fetches the package that was tested last by the hash of its description, from where the archive keeps all its packages: a mirror may have dropped it from its
 * list before it has the newer one. Returns whether it could; what was fetched before is removed.
 */
async function downloadTested({ package: wanted }: CatalogueBuildMadeHere, folder: string, progress: Progress): Promise<boolean> {
  const { name, testedVersion, testedSha256 } = wanted;
  const address = (await archivesOfMachine()).get('Debian');
  if (testedSha256 === undefined || address === undefined) return false;
  for (const file of await readdir(folder)) await rm(join(folder, file), { recursive: true });
  const description = `${name}_${testedVersion.replace(/^\d+:/u, '')}.dsc`;
  const pool = `${address.replace(/\/$/u, '')}/pool/main/${name.slice(0, 1)}/${name}`;
  const fetch = async (file: string, sha256: string): Promise<boolean> => {
    const args = ['download-file', `${pool}/${encodeURIComponent(file)}`, join(folder, file), `SHA256:${sha256}`];
    return (await runCommand('/usr/lib/apt/apt-helper', args)).code === 0;
  };
  if (!(await fetch(description, testedSha256))) return false;
  for (const { file, sha256 } of filesIn(await readFile(join(folder, description), 'utf8'))) if (!(await fetch(file, sha256))) return false;
  progress(`${name} ${testedVersion}, which was tested last, is taken by its hash instead.`);
  return true;
}

/** The files that the description of a source package names, with their hashes. */
export function filesIn(description: string): readonly { readonly file: string; readonly sha256: string }[] {
  const [, listed = ''] = /^Checksums-Sha256:\n((?: .*\n)+)/mu.exec(description) ?? [];
  return [...listed.matchAll(/^ ([0-9a-f]{64}) \d+ ([\w.+~-]+)$/gmu)].map(([, sha256 = '', file = '']) => ({ file, sha256 }));
}

/** The package versions in the output of `apt-cache showsrc` whose description names this hash. */
export function versionsWith(showsrc: string, sha256: string): readonly string[] {
  const found = showsrc
    .split(/\n{2,}/u)
    .filter((stanza) => stanza.includes(` ${sha256} `))
    .flatMap((stanza) => /^Version: (\S+)$/mu.exec(stanza)?.[1] ?? []);
  return [...new Set(found)];
}

async function newestFirst(versions: readonly string[], oldest: string): Promise<readonly string[]> {
  const sorted: string[] = [];
  for (const version of versions) {
    if (await isOlder(version, oldest)) continue;
    let at = 0;
    for (const other of sorted) {
      if (!(await isOlder(version, other))) break;
      at += 1;
    }
    sorted.splice(at, 0, version);
  }
  return sorted;
}

async function isOlder(version: string, than: string): Promise<boolean> {
  return (await runCommand('dpkg', ['--compare-versions', version, 'lt', than])).code === 0;
}

/** Takes those patches back that only serve the distribution's own packaging. */
async function leaveOutPatches(source: string): Promise<Pick<UnpackedSource, 'patches' | 'patchesLeftOut'>> {
  const series = await readFile(join(source, 'debian/patches/series'), 'utf8');
  const all = series.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const patchesLeftOut = all.filter((patch) => recipe.patchesLeftOut.some((name) => patch.endsWith(name)));
  for (const patch of patchesLeftOut.toReversed()) {
    const input = await readFile(join(source, 'debian/patches', patch));
    await mustRun(`leave out ${patch}`, 'patch', ['--directory', source, '--reverse', '-p1', '--fuzz=0', '--silent'], { input });
  }
  return { patches: all.filter((patch) => !patchesLeftOut.includes(patch)), patchesLeftOut };
}
