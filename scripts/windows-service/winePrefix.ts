// Wine prefixes: the disk and the registry of a make-believe Windows machine. `wineMachine.ts` switches one on.
//
//   await ensureWine(progress)                      installs Wine from Debian where it is missing
//   const prefix = await createWinePrefix(progress) a prefix of its own, cloned from a cached base in 0.1 s; `{ folder }` says where
//   prefix.folder, prefix.driveC                    its folder, and the one that is C:\
//   windowsPath(prefix, file), linuxPath(prefix, path)   the two names of one file
//   removeWinePrefix(prefix)                        its machine must be off
//
// The clone shares its files with the base (hard links), so never write into a file that came with it: delete it first, then make a new one.
// Wine itself keeps to that except for the registry, which therefore is copied.
import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buildOnce, recipeHash, type BuiltFolder } from '../practice/baseSystem.ts';
import { ensureTools, type Progress } from '../practice/hostTools.ts';
import { runIsolated } from '../practice/isolatedBuild.ts';
import { PracticeError } from '../practice/practiceError.ts';
import { lastWords, mustRun } from '../practice/runCommand.ts';
import { practiceCacheFolder } from '../practice/setPlace.ts';

/** Debian's own programs: `/usr/bin/wine` is a script that complains about 32-bit Wine on stderr at every call. */
export const wineProgram = '/usr/lib/wine/wine64';

/**
 * Begins every command by which something of Wine's is started. Wine needs one page at a fixed address (0x7ffe0000), which lies in the gigabyte where the kernel puts the heap of
 * Wine's loader at random: about one program in 5000 finds its heap there and ends at once with code 1, silently. Without randomness the heap begins 43 MB below it, always.
 * Children inherit this.
 */
export const fixedAddresses = ['setarch', '--addr-no-randomize'] as const;

/** The program that is Wine's kernel; one runs for each prefix whose machine is on. */
export const wineserverProgram = '/usr/lib/wine/wineserver64';

const wineTools: Readonly<Record<string, string>> = {
  [wineProgram]: 'wine64',
  [wineserverProgram]: 'wine64',
  wineboot: 'wine',
  unshare: 'util-linux',
  nsenter: 'util-linux',
  setpriv: 'util-linux',
  ip: 'iproute2',
  [fixedAddresses[0]]: 'util-linux',
};

/** The disk and the registry of one make-believe Windows machine. */
export interface WinePrefix {
  /** What Wine calls WINEPREFIX. */
  readonly folder: string;
  /** The folder that is `C:\`. */
  readonly driveC: string;
}

/** Installs Wine with apt-get where this machine lacks it. A PracticeError says what is missing where that cannot be done. */
export function ensureWine(progress: Progress): Promise<void> {
  return ensureTools('Practice Windows servers need', wineTools, progress);
}

/** The environment in which every program of a prefix runs. Nothing of it points outside: without HOME Wine would link to the user's documents. */
export function wineEnvironment(folder: string): Readonly<Record<string, string>> {
  return {
    WINEPREFIX: folder,
    WINEARCH: 'win64',
    WINEDEBUG: '-all',
    // No Mono, no Gecko, no menus: they would be downloaded, and nothing here needs them.
    WINEDLLOVERRIDES: 'mscoree=;mshtml=;winemenubuilder.exe=d',
    WINESERVER: wineserverProgram,
    DISPLAY: '',
    HOME: folder,
    LC_ALL: 'C.UTF-8',
  };
}

const bootScript = `set -e
"$1" wineboot -i < /dev/null > /dev/null 2>&1
"$2" -k
"$2" -w
rm -f "$WINEPREFIX"/drive_c/windows/temp/*`;

/** The prefix that all others are clones of, made once (about ten seconds) and then found in the cache. */
export async function prepareBasePrefix(progress: Progress): Promise<BuiltFolder> {
  await ensureWine(progress);
  const version = (await mustRun('ask for the version of Wine', 'dpkg-query', ['-W', '-f', '${Version}', 'wine64'])).trim();
  const key = `wine-${recipeHash([version, bootScript, JSON.stringify(wineEnvironment(''))])}`;
  return buildOnce(key, 'the Wine prefix of practice Windows servers', async (target) => {
    progress(`Making a Wine prefix (Wine ${version}, once, about ten seconds).`);
    const [first, ...rest] = fixedAddresses;
    const made = await runIsolated(first, [...rest, 'sh', '-c', bootScript, 'sh', wineProgram, wineserverProgram], {
      network: false,
      env: wineEnvironment(target),
    });
    if (made.code !== 0) throw new PracticeError(`Could not make a Wine prefix: ${lastWords(made)}`);
    if (!existsSync(join(target, 'system.reg'))) throw new PracticeError('Could not make a Wine prefix: it has no registry.');
  });
}

/**
 * A new prefix. Without `folder` it lies in the cache and is swept by a later call once its process is gone; with one the caller looks after it.
 * The folder must not exist.
 */
export async function createWinePrefix(progress: Progress, wanted: { readonly folder?: string } = {}): Promise<WinePrefix> {
  const base = await prepareBasePrefix(progress);
  const folder = wanted.folder ?? join(ownFolder(), 'prefix');
  // Links where both are on one file system, copies elsewhere (700 MB).
  const copied = await mustRunEither(['-al', base.folder, folder], ['-a', base.folder, folder], folder);
  if (!copied) progress(`Copied a Wine prefix to ${folder}: it is on another file system than the cache.`);
  // Wine writes into a registry file that has several links, where it would replace one that has a single link.
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.reg'))) {
    rmSync(join(folder, name));
    copyFileSync(join(base.folder, name), join(folder, name));
  }
  // Two machines with one identity would be taken for one.
  const machineRegistry = join(folder, 'system.reg');
  const registry = readFileSync(machineRegistry, 'latin1');
  writeFileSync(machineRegistry, registry.replace(/^"MachineGuid"="[^"]*"/mu, `"MachineGuid"="${randomUUID()}"`), 'latin1');
  return { folder, driveC: join(folder, 'drive_c') };
}

async function mustRunEither(first: readonly string[], second: readonly string[], folder: string): Promise<boolean> {
  try {
    await mustRun('clone a Wine prefix', 'cp', first);
    return true;
  } catch {
    rmSync(folder, { recursive: true, force: true });
    await mustRun('copy a Wine prefix', 'cp', second);
    return false;
  }
}

/** A folder in the cache with the id of this process in its name; those of processes that are gone are deleted here. */
function ownFolder(): string {
  const clones = join(practiceCacheFolder(), 'wine-clones');
  mkdirSync(clones, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(clones)) {
    if (!existsSync(`/proc/${name.split('-')[0] ?? ''}/`)) rmSync(join(clones, name), { recursive: true, force: true });
  }
  return mkdtempSync(join(clones, `${process.pid}-`));
}

/** Deletes a prefix whose machine is off, with the folder that `createWinePrefix` made for it. */
export function removeWinePrefix(prefix: WinePrefix): void {
  const above = join(prefix.folder, '..');
  rmSync(prefix.folder, { recursive: true, force: true });
  if (join(above, '..') === join(practiceCacheFolder(), 'wine-clones')) rmSync(above, { recursive: true, force: true });
}

/** What a program in the prefix calls a file below `driveC`: `C:\\folder\\file`. */
export function windowsPath(prefix: WinePrefix, file: string): string {
  return `C:\\${relative(prefix.driveC, file).replaceAll('/', '\\')}`;
}

/** Where `C:\\folder\\file` is on this machine. Case matters, unlike for programs in the prefix. */
export function linuxPath(prefix: WinePrefix, path: string): string {
  const rest = /^[Cc]:[\\/](?<rest>.*)$/u.exec(path)?.groups?.['rest'];
  if (rest === undefined) throw new PracticeError(`"${path}" is not on drive C.`);
  return join(prefix.driveC, rest.replaceAll('\\', '/'));
}
