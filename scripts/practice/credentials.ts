import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from './runCommand.ts';
import type { ServerNumber, SetPlace } from './setPlace.ts';

/** Everything that opens the servers of a set. Made new by each `up`, kept only in the set's folder, gone with `down`. */
export interface Credentials {
  readonly user: 'admin';
  /** Private key of `admin` and of `root` where they log in with a plain key. */
  readonly privateKeyFile: string;
  readonly publicKey: string;
  /** Private key where the login is `keyWithPassphrase`. */
  readonly encryptedPrivateKeyFile: string;
  readonly encryptedPublicKey: string;
  readonly passphrase: string;
  /** Password of `admin` and of `root`, also for sudo. */
  readonly password: string;
}

/** Where the credentials' key files are. */
function keyFiles(set: SetPlace): { readonly plain: string; readonly encrypted: string } {
  return { plain: join(set.keysFolder, 'admin'), encrypted: join(set.keysFolder, 'admin-encrypted') };
}

/** Makes keys and passwords for a new set. `password` and `passphrase` may be given, for tests of odd ones. */
export async function makeCredentials(
  set: SetPlace,
  given: { readonly password?: string; readonly passphrase?: string },
): Promise<Credentials> {
  mkdirSync(set.keysFolder, { recursive: true, mode: 0o700 });
  const { plain, encrypted } = keyFiles(set);
  const passphrase = given.passphrase ?? randomBytes(9).toString('base64url');
  await Promise.all([
    generateKey(plain, '', `${set.prefix} practice`),
    generateKey(encrypted, passphrase, `${set.prefix} practice, encrypted`),
  ]);
  return {
    user: 'admin',
    privateKeyFile: plain,
    publicKey: readFileSync(`${plain}.pub`, 'utf8').trim(),
    encryptedPrivateKeyFile: encrypted,
    encryptedPublicKey: readFileSync(`${encrypted}.pub`, 'utf8').trim(),
    passphrase,
    password: given.password ?? randomBytes(9).toString('base64url'),
  };
}

/** The key that a server shows to its clients. */
export interface HostKey {
  readonly privateKey: string;
  /** `ssh-ed25519 AAAA...`, as known_hosts wants it. */
  readonly publicKey: string;
  /** `SHA256:...`, as ssh-keygen -l prints it. */
  readonly fingerprint: string;
}

/** The server's host key: the one it had, or a new one when it has none or `renew` is set. Only ed25519, which is made in no time. */
export async function hostKeyOf(set: SetPlace, number: ServerNumber, renew: boolean): Promise<HostKey> {
  const file = join(set.keysFolder, `host-${number}`);
  if (renew) for (const part of [file, `${file}.pub`]) rmSync(part, { force: true });
  if (!existsSync(file)) await generateKey(file, '', `${set.prefix}-${number}`);
  const listing = await mustRun('read a host key', 'ssh-keygen', ['-l', '-f', `${file}.pub`]);
  return {
    privateKey: readFileSync(file, 'utf8'),
    publicKey: readFileSync(`${file}.pub`, 'utf8').trim().split(' ').slice(0, 2).join(' '),
    fingerprint: listing.split(' ')[1] ?? '',
  };
}

/** The passphrase stands in an argument for an instant; only practice keys, which are thrown away, are made this way. */
async function generateKey(file: string, passphrase: string, comment: string): Promise<void> {
  await mustRun('make a key', 'ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', comment, '-f', file]);
}

/**
 * A program for ssh's SSH_ASKPASS that answers with `secret`: it lets ssh log in with a password or passphrase where nobody types.
 * Returns the file; it lies in the set's folder.
 */
export function writeAskpass(set: SetPlace, name: string, secret: string): string {
  const secretFile = join(set.keysFolder, `${name}.secret`);
  const program = join(set.keysFolder, `${name}.askpass`);
  writeFileSync(secretFile, secret, { mode: 0o600 });
  writeFileSync(program, `#!/bin/sh\nexec cat '${secretFile}'\n`, { mode: 0o700 });
  return program;
}
