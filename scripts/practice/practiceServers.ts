import { prepareBaseSystem } from './baseSystem.ts';
import { hostKeyOf, type Credentials } from './credentials.ts';
import type { Progress } from './hostTools.ts';
import { PracticeError } from './practiceError.ts';
import { lastWords, runCommand, type CommandResult } from './runCommand.ts';
import { layOutServer, mountServer, wipeFolder } from './serverFiles.ts';
import { awaitReady, cutServer, startServer } from './serverPower.ts';
import { findServerProcesses } from './serverProcesses.ts';
import { resolveVariant, type ResolvedVariant, type ServerVariant } from './serverVariant.ts';
import type { ServerPlace, SetPlace } from './setPlace.ts';
import { prepareLayer } from './systemLayer.ts';
import { isWindowsServer, windowsFiles } from './windows/hostConfig.ts';
import { layOutWindowsServer, refuseLinuxVariant } from './windows/windowsServer.ts';
import { fixedAddresses, wineEnvironment, wineProgram } from '../windows-service/winePrefix.ts';

/** What is needed to make one server. */
export interface MakeServer {
  readonly variant: ServerVariant;
  readonly credentials: Credentials;
  /** A new host key even if the server had one. */
  readonly renewHostKey: boolean;
  readonly progress: Progress;
}

/**
 * Makes one server from nothing, whatever was there, and waits until it is ready and its recipes have run.
 * Returns the fingerprint of its host key.
 */
export async function makeServer(set: SetPlace, server: ServerPlace, make: MakeServer): Promise<string> {
  const variant = resolveVariant(make.variant);
  const fingerprint =
    variant.windows === undefined ? await layOutLinux(set, server, variant, make) : await layOutWindows(set, server, variant, make);
  startServer(set, server);
  await awaitReady(server, variant.sshPort);
  const scripts = [...variant.recipes.map((recipe) => recipe.afterBoot?.(variant.context)), variant.prepare];
  for (const script of scripts) {
    if (script === undefined) continue;
    const result = await runInServer(server, `set -e\n${script}`);
    if (result.code !== 0) throw new PracticeError(`${server.name}: a script of its preparation failed: ${lastWords(result)}`);
  }
  return fingerprint;
}

async function layOutWindows(set: SetPlace, server: ServerPlace, variant: ResolvedVariant, make: MakeServer): Promise<string> {
  refuseLinuxVariant(make.variant);
  const { login, sshPort, windows = {} } = variant;
  await cutServer(set, server);
  return layOutWindowsServer(set, server, { ...make, variant: windows, login, sshPort });
}

async function layOutLinux(set: SetPlace, server: ServerPlace, variant: ResolvedVariant, make: MakeServer): Promise<string> {
  const base = await prepareBaseSystem(make.progress);
  const layer = await prepareLayer(base, variant.recipes, make.progress);
  await cutServer(set, server);
  await wipeFolder(server.folder);
  await mountServer(server, [...(layer === undefined ? [] : [layer.folder]), base.folder]);
  const hostKey = await hostKeyOf(set, server.number, make.renewHostKey);
  await layOutServer(server, variant, make.credentials, hostKey);
  return hostKey.fingerprint;
}

/**
 * Runs a script for `sh` as root in a server, past its network and sshd. `input` is its standard input. A PracticeError when the server is off. On a
 * Windows server the script sees this machine's files, in the server's network and processes: it begins in `C:\`, and `$WINE` runs Windows programs.
 */
export async function runInServer(
  server: ServerPlace,
  script: string,
  options: { readonly input?: string | Buffer; readonly timeoutMs?: number } = {},
): Promise<CommandResult> {
  const { init } = findServerProcesses(server);
  if (init === undefined) throw new PracticeError(`${server.name} is off: nothing can be run on it.`);
  const clean = ['env', '-i', 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'HOME=/root', 'LC_ALL=C.UTF-8'];
  if (isWindowsServer(server.folder)) {
    const { prefix, driveC } = windowsFiles(server.folder);
    const wine = Object.entries({ ...wineEnvironment(prefix), WINE: wineProgram, DRIVE_C: driveC }).map(
      ([name, value]) => `${name}=${value}`,
    );
    const shell = [...clean, ...wine, ...fixedAddresses, 'sh'];
    return runCommand('nsenter', ['-t', String(init), '-a', ...shell, '-c', `umask 022; cd "$DRIVE_C"; ${script}`], options);
  }
  return runCommand('nsenter', ['-t', String(init), '-a', ...clean, 'sh', '-c', `umask 022; cd /root; ${script}`], options);
}
