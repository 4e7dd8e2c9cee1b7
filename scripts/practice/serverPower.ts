import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { awaitCondition } from './awaitCondition.ts';
import { PracticeError } from './practiceError.ts';
import { runCommand } from './runCommand.ts';
import { findServerProcesses, isInitOf, keeperScript, type ServerProcesses } from './serverProcesses.ts';
import type { ServerPlace, SetPlace } from './setPlace.ts';
import { isWindowsServer } from './windows/hostConfig.ts';
import { saveRegistry } from './windows/saveRegistry.ts';

const bootDeadlineMs = 90_000;
const powerOffDeadlineMs = 60_000;
const killDeadlineMs = 20_000;
const bannerTimeoutMs = 500;

/** Connects and boots a server that is off. Returns at once: `awaitReady` tells when it can be used. Its root folder must be mounted. */
export function startServer(set: SetPlace, server: ServerPlace): void {
  const console = openSync(server.consoleFile, 'a', 0o600);
  // Detached: the server outlives the command that started it.
  const keeper = spawn('sh', [keeperScript, 'keep', ...keeperArguments(set, server)], {
    detached: true,
    cwd: '/',
    stdio: ['ignore', console, console],
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8' },
  });
  keeper.on('error', () => undefined);
  keeper.unref();
  closeSync(console);
}

/**
 * Waits until the server has booted (on Linux: systemd says running or degraded) and answers SSH with a banner on `sshPort`. Returns its process 1.
 * `notInit` waits for a boot after that process. A PracticeError after 90 s, or as soon as its keeper has given up, quotes its console.
 */
export async function awaitReady(server: ServerPlace, sshPort: number, notInit?: number): Promise<number> {
  let known: number | undefined;
  let doing = 'start';
  const ready = await awaitCondition(bootDeadlineMs, async () => {
    if (known === undefined || !isInitOf(server, known)) {
      const found = findServerProcesses(server);
      // The keeper appears with the spawn itself, so a missing one has ended.
      if (found.keepers.length === 0) return 'ended' as const;
      known = found.init === notInit ? undefined : found.init;
      if (known === undefined) return undefined;
    }
    doing = `answer SSH on ${server.address}:${sshPort}`;
    if (!(await answersSsh(server.address, sshPort))) return undefined;
    doing = 'finish booting';
    // A Windows server answers SSH last of all.
    return isWindowsServer(server.folder) || (await hasBooted(known)) ? known : undefined;
  });
  if (typeof ready === 'number') return ready;
  const why = ready === 'ended' ? 'ended while starting' : `did not ${doing} within ${bootDeadlineMs / 1000} s`;
  throw new PracticeError(`${server.name} ${why}. Its console says: ${consoleTail(server)}`);
}

/**
 * Asks the server to shut down, as its power button would, and waits until it has. Nothing happens when it is off. A PracticeError says so when a Windows
 * server is off without all its services having ended.
 */
export async function powerOffServer(set: SetPlace, server: ServerPlace): Promise<void> {
  const { spawners, init } = findServerProcesses(server);
  // nspawn passes the word on; a Windows server has its power button itself.
  const buttons = isWindowsServer(server.folder) && init !== undefined ? [init] : spawners;
  for (const pid of buttons) kill(pid, 'SIGTERM');
  const off = await awaitCondition(powerOffDeadlineMs, () => isOff(findServerProcesses(server)) || undefined);
  if (off === undefined) throw new PracticeError(`${server.name} did not power off within ${powerOffDeadlineMs / 1000} s.`);
  await cleanServer(set, server);
  // A Windows server goes off all the same, as Windows does, and says which service was cut short.
  const last = consoleTail(server);
  if (isWindowsServer(server.folder) && buttons.length > 0 && !last.endsWith('ended with code 0'))
    throw new PracticeError(`${server.name} did not go off in order. Its console says: ${last}`);
}

/**
 * A power cut: the cable goes first, so that no dying process can say goodbye to its peers, then every process at once.
 * Whatever the server was doing, and whoever kept it, nothing of it runs afterwards. (What is lost in a real cut and is not here: file contents
 * that the server had written but not synced, because this machine's kernel holds them.)
 */
export async function cutServer(set: SetPlace, server: ServerPlace): Promise<void> {
  await runCommand('nsenter', [`--net=${set.hubFile}`, 'ip', 'link', 'set', server.hubPort, 'down']);
  const { init: running } = findServerProcesses(server);
  if (running !== undefined && isWindowsServer(server.folder)) await saveRegistry(running);
  const dead = await awaitCondition(
    killDeadlineMs,
    () => {
      const found = findServerProcesses(server);
      if (isOff(found)) return true;
      for (const pid of found.keepers) kill(pid, 'SIGKILL');
      if (found.init !== undefined) kill(found.init, 'SIGKILL');
      // Killed alone, nspawn would leave its server running; without a server it may be one that is just starting.
      else for (const pid of found.spawners) kill(pid, 'SIGKILL');
      return undefined;
    },
    10,
  );
  if (dead === undefined) throw new PracticeError(`${server.name} could not be killed: ${JSON.stringify(findServerProcesses(server))}`);
  await cleanServer(set, server);
}

/** The last lines of the server's console, on one line. */
function consoleTail(server: ServerPlace): string {
  try {
    return readFileSync(server.consoleFile, 'utf8').trim().split('\n').slice(-5).join(' | ');
  } catch {
    return '(nothing)';
  }
}

function isOff(found: ServerProcesses): boolean {
  return found.keepers.length === 0 && found.spawners.length === 0 && found.init === undefined;
}

async function cleanServer(set: SetPlace, server: ServerPlace): Promise<void> {
  await runCommand('sh', [keeperScript, 'clean', ...keeperArguments(set, server)]);
}

function keeperArguments(set: SetPlace, server: ServerPlace): string[] {
  return [server.folder, server.name, set.hubFile, server.hubPort, server.macAddress, `${server.address}/24`];
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended since it was found.
  }
}

/** Asked over D-Bus and not with systemctl: a server may pretend to have none. */
async function hasBooted(init: number): Promise<boolean> {
  const property = [
    'get-property',
    'org.freedesktop.systemd1',
    '/org/freedesktop/systemd1',
    'org.freedesktop.systemd1.Manager',
    'SystemState',
  ];
  const { stdout } = await runCommand('nsenter', ['-t', String(init), '-a', 'busctl', ...property], { timeoutMs: 5000 });
  return /"(?:running|degraded)"/u.test(stdout);
}

function answersSsh(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: bannerTimeoutMs });
    const answer = (yes: boolean): void => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('data', (banner) => answer(banner.toString().startsWith('SSH-')));
    socket.once('timeout', () => answer(false));
    socket.once('error', () => answer(false));
    socket.once('end', () => answer(false));
  });
}
