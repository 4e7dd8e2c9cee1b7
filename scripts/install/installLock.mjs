// Built-in modules only, Node 20: this runs before anything is installed.
import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const pollMs = 250;

/** No installation takes this long; the process id in an older lock belongs to somebody else by now. */
const longestInstallMs = 20 * 60_000;

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !isZombie(pid);
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * @param {number} pid
 * @returns {boolean} whether it has ended and nobody has asked for its exit code, as happens in containers without an init
 */
function isZombie(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the command in parentheses, which may itself contain spaces and parentheses.
  return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
}

/**
 * Waits until no other process installs into this checkout. Two `npm ci` at once destroy each other's node_modules.
 * The lock is not in node_modules, because `npm ci` deletes that, and it holds a process id, so that a killed owner blocks nobody.
 * @param {string} root the checkout
 * @returns {Promise<() => void>} gives the lock back
 */
export async function takeInstallLock(root) {
  const lock = join(root, '.installing');
  const mine = `${lock}-${process.pid}`;
  // A hard link appears at once and with its content, where an exclusive create would show an empty file for a moment.
  writeFileSync(mine, String(process.pid));
  try {
    for (;;) {
      try {
        linkSync(mine, lock);
        return () => rmSync(lock, { force: true });
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      }
      if (isAbandoned(lock)) rmSync(lock, { force: true });
      else await pause(pollMs);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** @param {string} lock */
function isAbandoned(lock) {
  try {
    if (Date.now() - statSync(lock).mtimeMs > longestInstallMs) return true;
    return !isAlive(Number(readFileSync(lock, 'utf8')));
  } catch {
    return false;
  }
}
