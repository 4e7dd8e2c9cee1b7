import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PracticeError } from './practiceError.ts';
import { lastWords, runCommand, type CommandResult } from './runCommand.ts';

/** Receives one sentence for each step that takes a noticeable time. */
export type Progress = (sentence: string) => void;

/** The programs that practice servers need from this machine, and the Debian package that has each. */
const neededTools: Readonly<Record<string, string>> = {
  debootstrap: 'debootstrap',
  'systemd-nspawn': 'systemd-container',
  ip: 'iproute2',
  nft: 'nftables',
  ssh: 'openssh-client',
  'ssh-keygen': 'openssh-client',
  flock: 'util-linux',
  nsenter: 'util-linux',
  setpriv: 'util-linux',
};

const lockRetries = 60;

/** True when a program of that name is on the search path or among the administrator's programs; an absolute path is looked at as it is. */
export function hasTool(name: string): boolean {
  if (isAbsolute(name)) return existsSync(name);
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/bin', '/bin'];
  return folders.some((folder) => folder !== '' && existsSync(join(folder, name)));
}

/** Throws a PracticeError, one sentence, when this machine or this user can never run practice servers. */
export function requireRootOnLinux(): void {
  if (process.platform !== 'linux')
    throw new PracticeError('Practice servers need Linux: they are systemd machines in namespaces of its kernel.');
  if (process.getuid?.() !== 0)
    throw new PracticeError('Practice servers need root: they mount file systems and make networks. Run this as root.');
}

/** Installs with apt-get what this machine lacks. A PracticeError says what is missing where that cannot be done. */
export async function ensureHostTools(progress: Progress): Promise<void> {
  raiseInotifyLimit(progress);
  await ensureTools('Practice servers need', neededTools, progress);
}

/**
 * Installs with apt-get those of `tools` (program, or absolute path of one: the Debian package that has it) that this machine lacks.
 * `whoNeeds` begins the sentence of the PracticeError where that cannot be done.
 */
export async function ensureTools(whoNeeds: string, tools: Readonly<Record<string, string>>, progress: Progress): Promise<void> {
  const missing = Object.keys(tools).filter((tool) => !hasTool(tool));
  if (missing.length === 0) return;
  if (!hasTool('apt-get')) {
    throw new PracticeError(
      `${whoNeeds} ${missing.join(', ')}, and this machine has no apt-get to install them with: install them by hand.`,
    );
  }
  const packages = [...new Set(missing.map((tool) => tools[tool] ?? tool))];
  progress(`Installing ${packages.join(', ')} on this machine.`);
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  let result = await aptGet(install);
  if (result.code !== 0) {
    // A fresh machine has no package lists, and old lists name archives that are gone.
    await refreshPackageLists(progress);
    result = await aptGet(install);
  }
  if (result.code !== 0) throw new PracticeError(`Could not install ${packages.join(', ')}: ${lastWords(result)}`);
}

/** Watches of files that one user may have; each server takes about 7, and its systemd ends at boot when there is none left. */
const INOTIFY_INSTANCES = '/proc/sys/fs/inotify/max_user_instances';
const NEEDED_INOTIFY_INSTANCES = 1024;

/** Raises the limit until the next boot of this machine, so that several sets can be up at once. Where it may not be changed, few sets still work. */
function raiseInotifyLimit(progress: Progress): void {
  try {
    if (Number(readFileSync(INOTIFY_INSTANCES, 'utf8')) >= NEEDED_INOTIFY_INSTANCES) return;
    writeFileSync(INOTIFY_INSTANCES, `${NEEDED_INOTIFY_INSTANCES}\n`);
    progress(`Raised fs.inotify.max_user_instances to ${NEEDED_INOTIFY_INSTANCES} until the next boot of this machine.`);
  } catch {
    // It is only needed for more than about five sets.
  }
}

/** Fetches apt's package lists; needed before packages are looked up on a fresh machine. */
export async function refreshPackageLists(progress: Progress): Promise<void> {
  progress("Refreshing apt's package lists.");
  const result = await aptGet(['update']);
  if (result.code !== 0) throw new PracticeError(`The Debian package archive of this machine cannot be reached: ${lastWords(result)}`);
}

/** Runs apt-get quietly, without questions, and waits while another apt-get holds its locks. */
export async function aptGet(args: readonly string[]): Promise<CommandResult> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await runCommand('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    });
    // The timeout above does not cover the lock on the package lists.
    if (result.code === 0 || attempt === lockRetries || !result.stderr.includes('Could not get lock')) return result;
    await pause(1000);
  }
}
