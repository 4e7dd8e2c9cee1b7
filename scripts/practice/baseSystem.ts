import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findDebianArchive, practiceSuite } from './debianArchive.ts';
import { mustLockFile } from './fileLock.ts';
import { refreshPackageLists, type Progress } from './hostTools.ts';
import { runIsolated } from './isolatedBuild.ts';
import { PracticeError } from './practiceError.ts';
import { lastWords } from './runCommand.ts';
import { practiceCacheFolder } from './setPlace.ts';

/** What a small Debian server has. Neither python nor perl modules, curl, netcat or an editor: a program under test must not count on them. */
const packages = [
  'systemd',
  'systemd-sysv',
  'dbus',
  'openssh-server',
  'sudo',
  'iproute2',
  'nftables',
  'procps',
  'iputils-ping',
  'netbase',
  'logrotate',
];

// Runs in the new system. Keys and identity are made for each server; timers that work on packages or disks would disturb measurements.
const finishScript = `set -e
rm -f /etc/ssh/ssh_host_* /etc/hostname /etc/resolv.conf /var/cache/apt/archives/*.deb /var/cache/apt/*.bin /var/lib/apt/lists/*_* /var/log/*.log
: > /etc/machine-id
for timer in apt-daily apt-daily-upgrade e2scrub_all fstrim dpkg-db-backup; do systemctl mask --quiet "$timer.timer"; done
systemctl mask --quiet console-getty.service getty.target
`;

const buildLockWaitMs = 15 * 60_000;

/** A folder of the cache with a whole system or a layer of one. It is complete and never changes: a different recipe has a different folder. */
export interface BuiltFolder {
  readonly key: string;
  readonly folder: string;
}

/** The base system of all practice servers, built once (about a minute) and then found in the cache. */
export function prepareBaseSystem(progress: Progress): Promise<BuiltFolder> {
  const suite = practiceSuite();
  const key = `base-${recipeHash([suite, ...packages, finishScript])}`;
  return buildOnce(key, 'the base system of practice servers', async (target) => {
    await refreshPackageLists(progress);
    const archive = await findDebianArchive();
    progress(`Building the base system of the practice servers (Debian ${archive.suite}, once, about a minute).`);
    const args = ['--variant=minbase', `--include=${packages.join(',')}`, archive.suite, target, archive.url];
    const built = await runIsolated('debootstrap', args, { network: true, env: archive.env });
    if (built.code !== 0)
      throw new PracticeError(`Could not build the base system from the package archive of this machine: ${lastWords(built)}`);
    const finished = await runIsolated('chroot', [target, 'sh', '-s'], { network: false, input: finishScript });
    if (finished.code !== 0) throw new PracticeError(`Could not finish the base system: ${lastWords(finished)}`);
  });
}

/** A short name for everything that decides what a build contains. */
export function recipeHash(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}

/**
 * The cached folder `key`; if it is not there, `build` fills a temporary one that is then renamed, so that a killed build is never taken for a
 * whole one. Two builders at once: the second waits and finds the work done. Leftovers of killed builds are deleted by the next.
 */
export async function buildOnce(key: string, what: string, build: (target: string) => Promise<void>): Promise<BuiltFolder> {
  const cache = practiceCacheFolder();
  const folder = join(cache, key);
  if (existsSync(folder)) return { key, folder };
  mkdirSync(cache, { recursive: true, mode: 0o700 });
  const lock = await mustLockFile(join(cache, `${key}.lock`), what, { waitMs: buildLockWaitMs });
  try {
    if (existsSync(folder)) return { key, folder };
    const unfinished = `${key}.building-`;
    for (const name of readdirSync(cache)) {
      if (name.startsWith(unfinished)) rmSync(join(cache, name), { recursive: true, force: true });
    }
    const target = mkdtempSync(join(cache, unfinished));
    // The root folder of a server: sshd and systemd distrust one that only root may enter.
    chmodSync(target, 0o755);
    try {
      await build(target);
      renameSync(target, folder);
    } catch (error) {
      rmSync(target, { recursive: true, force: true });
      throw error;
    }
    return { key, folder };
  } finally {
    await lock.release({ remove: true });
  }
}
