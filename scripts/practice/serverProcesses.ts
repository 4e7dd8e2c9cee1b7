import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { ServerPlace } from './setPlace.ts';

/** The processes that make one server run. They are found anew each time, by their own arguments and mounts: whoever started them may be dead. */
export interface ServerProcesses {
  /** The shell that keeps the server through reboots. */
  readonly keepers: readonly number[];
  /** systemd-nspawn, or unshare for a Windows server. */
  readonly spawners: readonly number[];
  /** The server's own systemd, or the first process of a Windows server: its process 1. */
  readonly init: number | undefined;
}

/** Path of the shell script that keeps a server; its name in a command line is how keepers are recognised. */
export const keeperScript: string = new URL('serverKeeper.sh', import.meta.url).pathname;

const windowsInit = 'windowsInit.sh';

/** Looks through all processes of this machine. Processes that have ended but were not reaped have no arguments and no mounts: not found. */
export function findServerProcesses(server: ServerPlace): ServerProcesses {
  const keepers: number[] = [];
  const spawners: number[] = [];
  let init: number | undefined;
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    const args = readProc(pid, 'cmdline').split('\0');
    const scriptAt = args.findIndex((arg) => basename(arg) === basename(keeperScript));
    if (scriptAt >= 0 && args[scriptAt + 1] === 'keep' && args[scriptAt + 2] === server.folder) keepers.push(pid);
    else if (basename(args[0] ?? '') === 'systemd-nspawn' && args.includes(server.rootFolder)) spawners.push(pid);
    else if (basename(args[0] ?? '') === 'unshare' && isWindowsInit(server, args)) spawners.push(pid);
    else if (init === undefined && isInitOf(server, pid)) init = pid;
  }
  return { keepers, spawners, init };
}

/** Process 1 of a process namespace whose root is this server's overlay, or that runs this Windows server. */
export function isInitOf(server: ServerPlace, pid: number): boolean {
  if (!/^NSpid:.*\s1$/mu.test(readProc(pid, 'status'))) return false;
  return hasServerRoot(server, pid) || isWindowsInit(server, readProc(pid, 'cmdline').split('\0'));
}

function isWindowsInit(server: ServerPlace, args: readonly string[]): boolean {
  const scriptAt = args.findIndex((arg) => basename(arg) === windowsInit);
  return scriptAt >= 0 && args[scriptAt + 1] === server.folder;
}

function hasServerRoot(server: ServerPlace, pid: number): boolean {
  return readProc(pid, 'mountinfo')
    .split('\n')
    .some((line) => line.split(' ')[4] === '/' && line.includes(`upperdir=${server.upperFolder},`));
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
