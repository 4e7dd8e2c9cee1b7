import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fail } from '../shared/domain/failure.ts';
import type { SecretRef } from '../shared/domain/spec.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { reasonOf, writePrivateFile } from './versionedFile.ts';

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
  if (value === '') throw unreadable('the file is empty');
  if (/[\r\n]/u.test(value)) throw unreadable('the file holds more than one line');
  return value;
}

/** The password kept in a file from an earlier run, or null when there is none. */
export async function readGeneratedPassword(file: string): Promise<string | null> {
  try {
    const value = (await readFile(file, 'utf8')).trim();
    return value === '' ? null : value;
  } catch {
    return null;
  }
}

/** Makes a password of 256 random bits in URL-safe characters and keeps it in a file only its owner can read. */
export async function generatePassword(file: string): Promise<string> {
  const value = randomBytes(32).toString('base64url');
  await writePrivateFile(file, `${value}\n`);
  return value;
}
