import { mkdir, readFile, rm, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { fail } from '../shared/domain/failure.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { reasonOf } from './versionedFile.ts';

/** A file to be written with others, readable by its owner only. */
export interface FileToWrite {
  readonly file: string;
  readonly bytes: Uint8Array;
}

async function bytesOf(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw fail('storage.unwritable', adminSubject, { values: { file, reason: reasonOf(error) }, cause: error });
  }
}

/**
 * Writes several files, then does the rest of the work; when anything of it fails, every file is as it was, those of `touched` too, which the rest
 * writes. A crash in the middle leaves some of the new files; doing the same again completes them. Throws `storage.unwritable` or what the rest throws.
 */
export async function writeTogether<Result>(
  files: readonly FileToWrite[],
  touched: readonly string[],
  rest: () => Promise<Result>,
): Promise<Result> {
  const before: (readonly [string, Buffer | null])[] = [];
  for (const file of [...files.map((one) => one.file), ...touched]) before.push([file, await bytesOf(file)]);
  const made: string[] = [];
  try {
    for (const { file, bytes } of files) {
      try {
        const first = await mkdir(dirname(file), { recursive: true, mode: 0o700 });
        if (first !== undefined) made.push(...foldersBetween(first, dirname(file)));
        await writeFileAtomic(file, Buffer.from(bytes), { mode: 0o600 });
      } catch (error) {
        throw fail('storage.unwritable', adminSubject, { values: { file, reason: reasonOf(error) }, cause: error });
      }
    }
    return await rest();
  } catch (error) {
    for (const [file, bytes] of before.toReversed())
      await (bytes === null ? rm(file, { force: true }) : writeFileAtomic(file, bytes, { mode: 0o600 })).catch(() => undefined);
    // Innermost first; one that somebody else has used since stays.
    for (const folder of made.toReversed()) await rmdir(folder).catch(() => undefined);
    throw error;
  }
}

/** The folders from the first that was made down to the one that was wanted. */
function foldersBetween(first: string, last: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = last; folder.length >= first.length; folder = dirname(folder)) folders.unshift(folder);
  return folders;
}
