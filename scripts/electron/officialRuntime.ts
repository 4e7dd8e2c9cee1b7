import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Progress } from '../practice/hostTools.ts';
import { boundedDownload } from './boundedDownload.ts';

/** The runtime that the package `electron` of package.json downloads, or why there is none. */
export type OfficialRuntime =
  | { readonly found: true; readonly executable: string; readonly version: string }
  | { readonly found: false; readonly version: string; readonly reason: string };

export interface OfficialOptions {
  /** The checkout. */
  readonly root: string;
  /** Where a failed download is remembered. */
  readonly cache: string;
  readonly progress: Progress;
  /** Try the download even if it failed less than a day ago. */
  readonly retry?: boolean;
}

/** A network that cannot reach the release host today will not in an hour: asking on each start would cost each start the wait. */
const rememberFailureMs = 24 * 3_600_000;
const idleMs = 20_000;
const totalMs = 10 * 60_000;

const failureSchema = z.object({ at: z.string(), reason: z.string() });

/** Looks for the official runtime in node_modules, and downloads it by the package's own installer where it is missing. */
export async function officialRuntime({ root, cache, progress, retry = false }: OfficialOptions): Promise<OfficialRuntime> {
  const packageFolder = join(root, 'node_modules', 'electron');
  const version = await packageVersion(packageFolder);
  if (version === undefined) return { found: false, version: 'none', reason: 'the package electron is not installed' };
  const present = await installedExecutable(packageFolder, version);
  if (present !== undefined) return { found: true, executable: present, version };

  const note = join(cache, `electron-${version}-${process.platform}-${process.arch}.failed.json`);
  const earlier = retry ? undefined : await recentFailure(note);
  if (earlier !== undefined) return { found: false, version, reason: earlier };

  progress(`Downloading the official Electron ${version}.`);
  await mkdir(cache, { recursive: true });
  const watched = await mkdtemp(join(cache, '.download-'));
  // Its temporary files go where they can be watched, and are cleared with the folder if it has to be ended.
  const env = { TMPDIR: watched, TMP: watched, TEMP: watched };
  const reason = await boundedDownload(process.execPath, [join(packageFolder, 'install.js')], { watched, idleMs, totalMs, env });
  await rm(watched, { recursive: true, force: true });
  const executable = reason === undefined ? await installedExecutable(packageFolder, version) : undefined;
  if (executable !== undefined) {
    await rm(note, { force: true });
    return { found: true, executable, version };
  }
  const failure = { at: new Date().toISOString(), reason: `its download failed (${reason ?? 'it is incomplete'})` };
  await writeFile(note, `${JSON.stringify(failure)}\n`);
  return { found: false, version, reason: failure.reason };
}

async function packageVersion(packageFolder: string): Promise<string | undefined> {
  const text = await readFile(join(packageFolder, 'package.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

/** By the files that the package's own installer leaves, so that a half unpacked one is not taken. */
async function installedExecutable(packageFolder: string, version: string): Promise<string | undefined> {
  try {
    const path = await readFile(join(packageFolder, 'path.txt'), 'utf8');
    const installed = await readFile(join(packageFolder, 'dist', 'version'), 'utf8');
    const executable = join(packageFolder, 'dist', path.trim());
    return installed.trim().replace(/^v/u, '') === version && existsSync(executable) ? executable : undefined;
  } catch {
    return undefined;
  }
}

async function recentFailure(note: string): Promise<string | undefined> {
  try {
    const { at, reason } = failureSchema.parse(JSON.parse(await readFile(note, 'utf8')));
    const ageMs = Date.now() - Date.parse(at);
    return ageMs >= 0 && ageMs < rememberFailureMs ? `${reason}, tried at ${at}` : undefined;
  } catch {
    return undefined;
  }
}
