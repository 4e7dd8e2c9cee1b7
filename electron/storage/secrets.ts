import { randomBytes } from 'node:crypto';
import { access, link, readFile, rm } from 'node:fs/promises';
import { fail } from '../shared/domain/failure.ts';
import type { SecretRef } from '../shared/domain/spec.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { reasonOf, writePrivateFile } from './versionedFile.ts';

/**
 * Told of every secret as soon as it is in this process's memory, wherever it came from: typed, kept, made, or found on a server. Whoever writes a log
 * hides it there from then on.
 */
export type OnSecret = (secret: string) => void;

/** Looks up the value behind a reference. `purpose` says in the failure what it was for. Throws `secret.missing` or `secret.unreadable`. */
export async function readSecret(ref: SecretRef, purpose: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  if (ref.kind === 'env') {
    const value = env[ref.name];
    if (value === undefined || value === '') throw fail('secret.missing', adminSubject, { values: { name: ref.name, purpose } });
    return value;
  }
  const unreadable = (reason: string, cause?: unknown): Error =>
    fail('secret.unreadable', adminSubject, { values: { file: ref.path, purpose, reason }, cause });
  let text: string;
  try {
    text = await readFile(ref.path, 'utf8');
  } catch (error) {
    throw unreadable(reasonOf(error), error);
  }
  const value = text.replace(/\r?\n$/u, '');
  if (value === '') throw unreadable(say(message('storage.secret.empty')));
  if (/[\r\n]/u.test(value)) throw unreadable(say(message('storage.secret.manyLines')));
  return value;
}

/**
 * The password kept in a file from an earlier run, or null when there is none. A file that is there and cannot be used throws
 * `secret.unreadable`: taken for none, it would be replaced by a new password, and with it the only copy of the cluster's would be gone.
 */
export async function readGeneratedPassword(file: string, purpose: string): Promise<string | null> {
  try {
    await access(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  }
  return readSecret({ kind: 'file', path: file }, purpose);
}

/** Makes a password of 256 random bits in URL-safe characters and keeps it, see {@link keepPassword}. */
export async function generatePassword(file: string, purpose: string): Promise<string> {
  return keepPassword(file, randomBytes(32).toString('base64url'), purpose);
}

/**
 * Keeps a password in a file only its owner can read, and returns it. When another run has kept one there in
 * the meantime, it is that one: two runs that begin together must not install with different passwords.
 */
export async function keepPassword(file: string, value: string, purpose: string): Promise<string> {
  const written = `${file}.${randomBytes(6).toString('hex')}`;
  await writePrivateFile(written, `${value}\n`);
  try {
    // Unlike a rename, a link never replaces what is there.
    await link(written, file);
    return value;
  } catch (error) {
    const kept = await readGeneratedPassword(file, purpose);
    if (kept !== null) return kept;
    throw fail('storage.unwritable', adminSubject, { values: { file, reason: reasonOf(error) }, cause: error });
  } finally {
    await rm(written, { force: true });
  }
}
