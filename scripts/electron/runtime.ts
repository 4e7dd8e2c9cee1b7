import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Progress } from '../practice/hostTools.ts';
import { electronCacheFolder } from './cacheFolder.ts';
import { ensureElectronLibraries } from './debianPackages.ts';
import { fallback, fallbackRuntime, hasFallback } from './fallbackRuntime.ts';
import { officialRuntime, type OfficialOptions } from './officialRuntime.ts';
import { RuntimeError } from './runtimeError.ts';

/** The Electron that runs, tests or packages this checkout's app. */
export interface ElectronRuntime {
  /** `chosen` by TRIAD_ELECTRON, the `official` one of package.json, or the `fallback` for development and tests. */
  readonly kind: 'chosen' | 'official' | 'fallback';
  readonly executable: string;
  /** What electron-builder calls `electronDist`. */
  readonly folder: string;
  /** Electron's version, such as "45.4.1". */
  readonly version: string;
  /** Which one it is and why, for a person. */
  readonly sentence: string;
}

/** The environment variable that names a runtime: its folder, or its executable. */
export const runtimeVariable = 'TRIAD_ELECTRON';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface FindOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cache?: string;
  /** In whose node_modules the official runtime is looked for; default: this one. */
  readonly checkout?: string;
  /** Try the official download even if it failed less than a day ago. */
  readonly retryDownload?: boolean;
}

/** Finds the runtime and makes it ready to start. A RuntimeError says in one sentence why there is none. */
export async function findRuntime(progress: Progress, options: FindOptions = {}): Promise<ElectronRuntime> {
  const { env = process.env, cache = electronCacheFolder(), checkout = root, retryDownload: retry = false } = options;
  const runtime = await chooseRuntime(env[runtimeVariable], { root: checkout, cache, progress, retry });
  await ensureElectronLibraries(runtime.executable, progress);
  return runtime;
}

async function chooseRuntime(chosen: string | undefined, search: OfficialOptions): Promise<ElectronRuntime> {
  if (chosen !== undefined && chosen !== '') {
    const executable = executableIn(chosen);
    if (executable === undefined) throw new RuntimeError(`${runtimeVariable} names ${chosen}, and no Electron is there.`);
    const version = await versionOf(executable);
    return {
      kind: 'chosen',
      executable,
      folder: folderOf(executable),
      version,
      sentence: `Electron ${version}, named by ${runtimeVariable}.`,
    };
  }
  const official = await officialRuntime(search);
  if (official.found) {
    const { executable, version } = official;
    return { kind: 'official', executable, folder: folderOf(executable), version, sentence: `Electron ${version}, the official runtime.` };
  }
  const why = `the official runtime ${official.version} is not here: ${official.reason}`;
  if (!hasFallback())
    throw new RuntimeError(`There is no Electron: ${why}. Name one by ${runtimeVariable}; a fallback exists for Linux on x86-64 only.`);
  const executable = await fallbackRuntime(search.cache, search.progress);
  return {
    kind: 'fallback',
    executable,
    folder: folderOf(executable),
    version: fallback.electronVersion,
    sentence: `Electron ${fallback.electronVersion}, a fallback for development and tests, because ${why}.`,
  };
}

const executableNames = ['electron', 'electron.exe', 'Electron.app/Contents/MacOS/Electron'] as const;

function executableIn(path: string): string | undefined {
  const inside = executableNames.map((name) => join(path, name)).find((file) => existsSync(file));
  if (inside !== undefined) return inside;
  return executableNames.some((name) => path.replaceAll('\\', '/').endsWith(name.split('/').at(-1) ?? name)) && existsSync(path)
    ? path
    : undefined;
}

/** On macOS the executable lies deep inside the app, which lies in the folder. */
function folderOf(executable: string): string {
  const bundle = executable.replaceAll('\\', '/').indexOf('/Electron.app/');
  return bundle < 0 ? dirname(executable) : executable.slice(0, bundle);
}

async function versionOf(executable: string): Promise<string> {
  const text = await readFile(join(folderOf(executable), 'version'), 'utf8').catch(() => undefined);
  if (text === undefined) throw new RuntimeError(`${folderOf(executable)} has no file "version", which every Electron has.`);
  return text.trim().replace(/^v/u, '');
}
