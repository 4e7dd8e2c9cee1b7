import { aptGet, hasTool, refreshPackageLists, type Progress } from '../practice/hostTools.ts';
import { lastWords, runCommand } from '../practice/runCommand.ts';
import { RuntimeError } from './runtimeError.ts';

/** What Electron loads from the system, on Debian. */
export const electronLibraries = [
  'libnss3',
  'libatk1.0-0',
  'libatk-bridge2.0-0',
  'libcups2',
  'libgtk-3-0',
  'libgbm1',
  'libasound2',
  'libxss1',
  // Without any font every text is a row of boxes, and measures nothing.
  'fonts-dejavu-core',
] as const;

/**
 * Installs Debian packages that are missing.
 * @param purpose begins the sentence "... needs the Debian packages ...".
 */
export async function ensureDebianPackages(names: readonly string[], purpose: string, progress: Progress): Promise<void> {
  const missing = await missingPackages(names);
  if (missing.length === 0) return;
  const list = missing.join(' ');
  if (!hasTool('apt-get') || process.getuid?.() !== 0)
    throw new RuntimeError(`${purpose} needs the Debian packages ${list}: install them, or run this as root on Debian.`);
  progress(`Installing ${list} on this machine.`);
  const install = ['install', '-y', '--no-install-recommends', ...missing];
  let result = await aptGet(install);
  if (result.code !== 0) {
    // A fresh machine has no package lists, and old lists name archives that are gone.
    await refreshPackageLists(progress);
    result = await aptGet(install);
  }
  if (result.code !== 0) throw new RuntimeError(`Could not install ${list}: ${lastWords(result)}`);
}

/** Makes sure that Electron finds its libraries. On other systems than Debian they are taken for granted when the executable itself loads. */
export async function ensureElectronLibraries(executable: string, progress: Progress): Promise<void> {
  if (process.platform !== 'linux') return;
  if (hasTool('apt-get') && process.getuid?.() === 0) {
    await ensureDebianPackages(electronLibraries, 'Electron', progress);
    return;
  }
  const { stdout } = await runCommand('ldd', [executable]);
  const missing = stdout.split('\n').flatMap((line) => /^\s*(\S+) => not found/u.exec(line)?.[1] ?? []);
  if (missing.length > 0)
    throw new RuntimeError(`Electron does not find ${missing.join(', ')}: on Debian install ${electronLibraries.join(' ')}.`);
}

async function missingPackages(names: readonly string[]): Promise<readonly string[]> {
  // It fails when it knows nothing about one of the names, and lists the others nevertheless.
  const { stdout } = await runCommand('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...names]);
  const installed = new Set(stdout.split('\n').flatMap((line) => (line.endsWith(' installed') ? [line.split(' ')[0]] : [])));
  return names.filter((name) => !installed.has(name));
}
