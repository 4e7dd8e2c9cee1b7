import type { Platform } from '../shared/domain/platform.ts';

/**
 * What a server runs on, by the line with which its sshd introduces itself, whole (`SSH-2.0-OpenSSH_for_Windows_9.5`) or without its protocol. Only the
 * OpenSSH of Microsoft is counted as Windows: other servers for Windows have other shells, and none was ever tried.
 */
export function platformOfIdent(ident: string): Platform {
  return /(?:^|-)OpenSSH_for_Windows/u.test(ident) ? 'windows' : 'linux';
}
