import type { SshConnection } from '../ssh/sshConnection.ts';

/** What an SSH server says of its operating system in its first line. */
export type IdentifiedPlatform = 'linux' | 'windows' | 'unknown';

/**
 * Tells the platform from what the server called itself, for nothing. Windows' own OpenSSH always says `for_Windows`, and its name cannot be changed. Other SSH
 * servers for Windows name themselves too; whether they work like Windows' own has to be asked (`unknown`). Everything else is a Unix.
 */
export function identifyPlatform({ ident }: Pick<SshConnection, 'ident'>): IdentifiedPlatform {
  if (/OpenSSH_for_Windows/iu.test(ident)) return 'windows';
  return /bitvise|winsshd|weonlydo|serv-u|globalscape|windows/iu.test(ident) ? 'unknown' : 'linux';
}
