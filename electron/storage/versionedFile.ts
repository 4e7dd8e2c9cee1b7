import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { z } from 'zod';
import { fail } from '../shared/domain/failure.ts';
import { adminSubject } from '../shared/domain/subject.ts';

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** The reason inside any error, as one line. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Writes text so that a reader sees the old or the new file, never half of it; readable by its owner only. Throws `storage.unwritable`. */
export async function writePrivateFile(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFileAtomic(file, text, { mode: 0o600 });
  } catch (error) {
    throw fail('storage.unwritable', adminSubject, { values: { file, reason: reasonOf(error) }, cause: error });
  }
}

/**
 * Writes text for other programs, which may run as other users: readable by everybody, and never half of it. The folder is made where it is missing.
 * While it is written a file beside it has another ending, which node_exporter does not read. Throws `storage.unwritable`.
 */
export async function writeSharedFile(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFileAtomic(file, text, { mode: 0o644 });
  } catch (error) {
    throw fail('storage.unwritable', adminSubject, { values: { file, reason: reasonOf(error) }, cause: error });
  }
}

/**
 * Reads a JSON file of a known shape; null when there is none. A file that does not parse is renamed to `NAME.damaged-N` and named in the
 * `storage.damaged` failure, so that nothing ever overwrites what may still be of use.
 */
export async function readVersionedFile<Shape extends z.ZodType>(file: string, shape: Shape): Promise<z.output<Shape> | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw fail('storage.unwritable', adminSubject, { values: { file, reason: reasonOf(error) }, cause: error });
  }
  try {
    return shape.parse(JSON.parse(text));
  } catch (error) {
    const kept = `${file}.damaged-${Date.now()}`;
    await rename(file, kept);
    throw fail('storage.damaged', adminSubject, { values: { file, kept }, evidence: reasonOf(error), cause: error });
  }
}
