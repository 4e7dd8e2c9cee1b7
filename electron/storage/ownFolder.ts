import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fail } from '../shared/domain/failure.ts';
import type { Message } from '../shared/domain/message.ts';
import { EXPORT_SUMS, type PlainFile } from '../shared/domain/plainExport.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { reasonOf } from './versionedFile.ts';

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** Everything below a folder that is no folder, by place with slashes; whether each is an ordinary file. */
async function listed(folder: string): Promise<ReadonlyMap<string, boolean>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => [relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'), entry.isFile()] as const),
  );
}

async function sha256Of(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}

/** Why a folder is not an export that nobody has changed; null when it is one. */
async function strangeness(folder: string): Promise<Message | null> {
  const found = await listed(folder);
  if (found.get(EXPORT_SUMS) !== true) return message('storage.folder.noList', { file: EXPORT_SUMS });
  const sums = await readFile(join(folder, EXPORT_SUMS), 'utf8');
  const wanted = new Map([...sums.matchAll(/^([0-9a-f]{64}) {2}(.+)$/gmu)].map((line) => [line[2] ?? '', line[1] ?? ''] as const));
  for (const [file, isFile] of found)
    if (file !== EXPORT_SUMS && (!isFile || !wanted.has(file))) return message('storage.folder.notListed', { file });
  for (const [file, sha256] of wanted) {
    if (!found.has(file)) return message('storage.folder.gone', { file });
    if ((await sha256Of(join(folder, file))) !== sha256) return message('storage.folder.changed', { file });
  }
  return null;
}

/** What is at the place of a folder to be written: nothing, an empty folder, or an export of ours. Throws `export.folderTaken` for all else. */
async function whatIsThere(folder: string): Promise<'nothing' | 'empty' | 'export'> {
  const taken = (reason: Message): Error => fail('export.folderTaken', adminSubject, { values: { folder, file: say(reason) } });
  try {
    if (!(await lstat(folder)).isDirectory()) throw taken(message('storage.folder.noFolder'));
  } catch (error) {
    if (isMissing(error)) return 'nothing';
    throw error;
  }
  if ((await readdir(folder)).length === 0) return 'empty';
  const reason = await strangeness(folder);
  if (reason !== null) throw taken(reason);
  return 'export';
}

async function isSame(folder: string, files: readonly PlainFile[]): Promise<boolean> {
  const sums = files.find(({ path }) => path === EXPORT_SUMS);
  return sums !== undefined && (await readFile(join(folder, EXPORT_SUMS))).equals(sums.bytes);
}

async function fill(folder: string, files: readonly PlainFile[]): Promise<void> {
  for (const { path, bytes, mode } of files) {
    const file = join(folder, ...path.split('/'));
    await mkdir(dirname(file), { recursive: true, mode: 0o755 });
    await writeFile(file, bytes, { flag: 'wx' });
    // Whatever the umask: others may have to read it, and scripts must run.
    await chmod(file, mode);
  }
  await chmod(folder, 0o755);
}

/**
 * Writes files as one folder, all of them or none: they are made beside it and moved to its place at the end. Where an export of ours is that nobody has
 * changed, it is replaced; everything else is left alone. False when the same is there already. The files must list themselves in `SHA256SUMS`.
 * Throws `export.folderTaken` and `storage.unwritable`.
 */
export async function writeOwnFolder(folder: string, files: readonly PlainFile[]): Promise<boolean> {
  const unwritable = (error: unknown): Error =>
    fail('storage.unwritable', adminSubject, { values: { file: folder, reason: reasonOf(error) }, cause: error });
  const there = await whatIsThere(folder).catch((error: unknown) => {
    throw error instanceof Error && 'code' in error ? unwritable(error) : error;
  });
  try {
    if (there === 'export' && (await isSame(folder, files))) return false;
    await mkdir(dirname(folder), { recursive: true });
    const made = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`));
    const aside = `${made}-before`;
    try {
      await fill(made, files);
      if (there === 'empty') await rmdir(folder);
      if (there === 'export') await rename(folder, aside);
      await rename(made, folder).catch(async (error: unknown) => {
        if (there === 'export') await rename(aside, folder);
        if (there === 'empty') await mkdir(folder);
        throw error;
      });
      await rm(aside, { recursive: true, force: true });
    } finally {
      await rm(made, { recursive: true, force: true });
    }
    return true;
  } catch (error) {
    throw unwritable(error);
  }
}
