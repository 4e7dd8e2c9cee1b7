import type { Platform } from './platform.ts';

/** A fingerprint as people read it to each other: two lines of groups of four characters, the algorithm apart. */
export interface FingerprintGroups {
  /** `SHA256`. */
  readonly algorithm: string;
  readonly lines: readonly (readonly string[])[];
}

const GROUP = 4;

/** Cuts a fingerprint as `ssh-keygen -l` prints it into groups; `lines` are two, as equal as they can be. */
export function groupFingerprint(fingerprint: string): FingerprintGroups {
  const [algorithm = '', body = ''] = fingerprint.split(':', 2);
  const groups = body.match(new RegExp(`.{1,${GROUP}}`, 'gu')) ?? [];
  const half = Math.ceil(groups.length / 2);
  return { algorithm, lines: [groups.slice(0, half), groups.slice(half)].filter((line) => line.length > 0) };
}

/**
 * Compares a fingerprint with what somebody pasted: the output of `ssh-keygen -l`, the fingerprint alone, or its groups. `none`: no SHA-256
 * fingerprint is in there, so nothing was compared.
 */
export function compareFingerprint(pasted: string, fingerprint: string): 'same' | 'different' | 'none' {
  const body = fingerprint.split(':', 2)[1] ?? '';
  const found = [...pasted.matchAll(/SHA256:\s*([A-Za-z0-9+/](?:\s?[A-Za-z0-9+/]){42})(?![A-Za-z0-9+/])/gu)].map((match) =>
    (match[1] ?? '').replaceAll(/\s/gu, ''),
  );
  const bare = pasted.replaceAll(/\s/gu, '').replace(/=$/u, '');
  if (/^[A-Za-z0-9+/]{43}$/u.test(bare)) found.push(bare);
  if (found.length === 0) return 'none';
  return found.includes(body) ? 'same' : 'different';
}

/** The file of a server's public host key by the key's type, as sshd names it by default. */
export function hostKeyFileOf(type: string, platform: Platform = 'linux'): string {
  const kind = /ed25519/u.test(type) ? 'ed25519' : /ecdsa/u.test(type) ? 'ecdsa' : /rsa/u.test(type) ? 'rsa' : 'ed25519';
  const name = `ssh_host_${kind}_key.pub`;
  return platform === 'windows' ? `C:\\ProgramData\\ssh\\${name}` : `/etc/ssh/${name}`;
}
