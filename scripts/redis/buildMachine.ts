import { aptGet, refreshPackageLists, type Progress } from '../practice/hostTools.ts';
import { lastWords, mustRun, runCommand } from '../practice/runCommand.ts';
import { BuildError } from './buildError.ts';

/** The Debian packages that a build needs; what is linked in comes from two of them (see recipe.ts). */
const neededPackages = [
  'build-essential',
  'binutils',
  'debian-archive-keyring',
  'dpkg-dev',
  'gzip',
  'libc6-dev',
  'libssl-dev',
  'patch',
  'util-linux',
  'xz-utils',
] as const;

/** Throws a BuildError, one sentence, on a machine that can never build a bundle. */
export function requireBuildMachine(): void {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new BuildError(
      `The server bundle for linux-x64 is built on Linux with an x86-64 processor, and this is ${process.platform}-${process.arch}.`,
    );
  }
}

/** Installs with apt-get what a build needs and this machine lacks. A BuildError says what is missing where that cannot be done. */
export async function ensureBuildPackages(progress: Progress): Promise<void> {
  requireBuildMachine();
  const missing = await missingPackages();
  if (missing.length === 0) return;
  const names = missing.join(' ');
  if (process.getuid?.() !== 0) {
    throw new BuildError(`Building the server bundle needs the Debian packages ${names}: install them, or run this as root.`);
  }
  progress(`Installing ${names} on this machine.`);
  const install = ['install', '-y', '--no-install-recommends', ...missing];
  let result = await aptGet(install);
  if (result.code !== 0) {
    // A fresh machine has no package lists, and old lists name archives that are gone.
    await refreshPackageLists(progress);
    result = await aptGet(install);
  }
  if (result.code !== 0) throw new BuildError(`Could not install ${names}: ${lastWords(result)}`);
}

async function missingPackages(): Promise<string[]> {
  // It fails when it knows nothing about one of the names, and lists the others nevertheless.
  const { code, stdout, stderr } = await runCommand('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...neededPackages]);
  if (code === 127) throw new BuildError(`The server bundle is built on Debian, and this machine has no dpkg: ${stderr.trim()}`);
  const installed = new Set(stdout.split('\n').flatMap((line) => (line.endsWith(' installed') ? [line.split(' ')[0]] : [])));
  return neededPackages.filter((name) => !installed.has(name));
}

/** The installed version of a package. */
export async function packageVersion(name: string): Promise<string> {
  const listed = await mustRun(`find the version of ${name}`, 'dpkg-query', ['-W', '-f', '${Version}\n', name]);
  return listed.trim().split('\n')[0] ?? '';
}
