import { createHash } from 'node:crypto';
import ssh2 from 'ssh2';
import type { ServerHostKeyAlgorithm } from 'ssh2';
import type { HostKey } from '../../shared/domain/server.ts';

/** What to think of a server's host key. Nothing in it is asynchronous: to ask somebody, refuse, ask, and dial again. */
export interface HostKeyPolicy {
  /** The key that is known. Its type may be unknown (a fingerprint from a specification). */
  readonly expected: { readonly type: string | null; readonly fingerprint: string } | null;
  /** Whether any key is accepted where none is known. */
  readonly acceptsNew: boolean;
  /** Called with a key that was accepted so, once the login is through. */
  onNew?(key: HostKey): void;
}

/** `SHA256:` and unpadded base64, as `ssh-keygen -l` prints it. */
export function fingerprintOf(blob: Buffer): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/u, '')}`;
}

/** Reads a host key as sshd sent it. */
export function hostKeyOf(blob: Buffer): HostKey {
  const parsed = ssh2.utils.parseKey(blob);
  return { type: parsed instanceof Error ? 'unknown' : parsed.type, fingerprint: fingerprintOf(blob) };
}

/** Key types in the order in which they are looked for when only a fingerprint is known. */
export const HOST_KEY_TYPES = ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521', 'ssh-rsa'] as const;

/**
 * Signature algorithms that make a server show its key of this type. Without this restriction it may show another of its keys,
 * which looks like an attack. SHA-1 signatures of RSA keys are left out.
 */
export function algorithmsFor(type: string): ServerHostKeyAlgorithm[] {
  switch (type) {
    case 'ssh-ed25519':
    case 'ecdsa-sha2-nistp256':
    case 'ecdsa-sha2-nistp384':
    case 'ecdsa-sha2-nistp521':
      return [type];
    case 'ssh-rsa':
      return ['rsa-sha2-512', 'rsa-sha2-256'];
    default:
      return allAlgorithms();
  }
}

/** Every host key algorithm that is accepted, best first. */
export function allAlgorithms(): ServerHostKeyAlgorithm[] {
  return HOST_KEY_TYPES.flatMap(algorithmsFor);
}
