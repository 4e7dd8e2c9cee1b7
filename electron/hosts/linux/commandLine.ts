import type { Privilege } from '../../shared/domain/server.ts';

/** Seconds between SIGTERM and SIGKILL where a script is stopped. */
const KILL_AFTER_SECONDS = 2;

/** Exit code of the start-up when the script arrived cut: nothing of it was executed. */
export const SCRIPT_CUT_CODE = 98;

/** How a login becomes root: not at all, by sudo without a password, or by sudo with one if it asks. */
export type Elevation = 'none' | 'sudo' | 'sudoAsking';

/** Which of them a login needs. Root is known by its name; another account with user id 0 goes through sudo, which lets it pass. */
export function elevationFor(user: string, hasSudoPassword: boolean): Elevation {
  if (user === 'root') return 'none';
  return hasSudoPassword ? 'sudoAsking' : 'sudo';
}

/** The privilege that an elevation turned out to be; `wasAsked`: sudo asked for the password. */
export function privilegeOf(elevation: Elevation, wasAsked: boolean): Privilege {
  if (elevation === 'none') return 'root';
  return wasAsked ? 'sudoWithPassword' : 'sudo';
}

/** The word with which a script announces itself on both outputs. The command line holds it only in a broken form, so an echo is not it. */
export function beginMark(nonce: string): string {
  return `triad-${nonce}-begin`;
}

/** The question of sudo for the password. */
export function promptMark(nonce: string): string {
  return `triad-${nonce}-asks`;
}

/**
 * The line for the SSH exec channel. The account's login shell reads it, so it has only words and plain single quotes, which mean the same
 * in sh, bash, zsh, fish and csh, and no secret. The script follows on standard input (`scriptBytes` long, read by `head -c`, which takes
 * exactly so many bytes and leaves the rest), but only after the begin mark: until then start-up files may read standard input.
 *
 * - `env` gives sudo messages in English, whatever the account's language, and a plain 127 where sudo is missing.
 * - `sudo -k` ignores cached credentials, so that it is always told apart whether a password is needed.
 * - `timeout` makes itself the leader of a process group, by which everything is ended; 0 seconds means no limit.
 * - A script that was cut on its way must not be executed: `rm -rf /data/x` cut short is another command. Hence the comparison.
 */
export function commandLine(elevation: Elevation, nonce: string, scriptBytes: number, limitSeconds: number): string {
  const start =
    `LC_ALL=C; export LC_ALL; echo triad-"${nonce}"-begin $PPID $$; echo triad-"${nonce}"-begin >&2; ` +
    `s=$(head -c ${scriptBytes}); [ "\${#s}" = ${scriptBytes} ] || exit ${SCRIPT_CUT_CODE}; eval "$s"`;
  const run = `timeout -k ${KILL_AFTER_SECONDS} ${limitSeconds} /bin/sh -c '${start}'`;
  const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  switch (elevation) {
    case 'none':
      return `/usr/bin/env LC_ALL=C ${path} ${run}`;
    case 'sudo':
      return `/usr/bin/env LC_ALL=C ${path} sudo -n ${run}`;
    case 'sudoAsking':
      return `/usr/bin/env LC_ALL=C ${path} sudo -k -S -p ${promptMark(nonce)} ${run}`;
  }
}

/** What every script starts with: nothing of the account's environment, umask or folder may matter. */
const PROLOGUE = [
  'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  'LC_ALL=C',
  'export PATH LC_ALL',
  'unset LANGUAGE CDPATH ENV BASH_ENV POSIXLY_CORRECT GREP_OPTIONS TMPDIR',
  'umask 022',
  'set -u',
  'cd /',
].join('\n');

/** A script as it is sent: with its prologue, and ending in a character that `$(...)` does not strip. */
export function completeScript(script: string): Buffer {
  return Buffer.from(`${PROLOGUE}\n${script}`.replace(/\n+$/u, ''), 'utf8');
}
