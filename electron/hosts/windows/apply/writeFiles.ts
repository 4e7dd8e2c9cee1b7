import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { Change } from '../../../shared/domain/change.ts';
import { fail, FailureError } from '../../../shared/domain/failure.ts';
import { serverSubject } from '../../../shared/domain/subject.ts';
import { ObserveAnswer } from '../helperAnswers.ts';
import { requireCleanPath } from '../windowsPath.ts';
import { setAccess, type ApplyRoom } from './applyRoom.ts';

type FileChange = Extract<Change, { kind: 'file' }>;
type BinaryChange = Extract<Change, { kind: 'binary' }>;

/** What stands behind a file's name while it is being written. A file of this name is always ours and may be removed. */
export const NEW_SUFFIX = '.triad-new';
/** What stands behind the name of a file that was there before Triad replaced it; it is kept. */
export const BEFORE_SUFFIX = '.triad-before';
/** What stands behind the name of a file that is being replaced and not kept: a program that runs can be renamed, but not removed. */
const OLD_SUFFIX = '.triad-old';

/** How long is tried to remove what a batch that failed has left beside. */
const CLEAN_DEADLINE_MS = 10_000;

interface FileToWrite {
  readonly path: string;
  readonly owner: string;
  readonly group: string;
  readonly mode: number;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly keepsBefore: boolean;
}

function fileToWrite(change: FileChange | BinaryChange, { payload, server }: ApplyRoom): FileToWrite {
  const path = requireCleanPath(change.path);
  const sent = payload.get(change.id);
  if (change.kind === 'binary') {
    if (sent === undefined) throw new Error(`no bytes for ${change.id}`);
    const { mode, sha256 } = change;
    return {
      path,
      owner: 'Administrators',
      group: 'Administrators',
      mode,
      bytes: unpacked(sent, path, server),
      sha256,
      keepsBefore: false,
    };
  }
  if (sent === undefined && change.holdsSecret) throw new Error(`no bytes for ${change.id}`);
  const bytes = sent ?? Buffer.from(change.content, 'utf8');
  return {
    path,
    owner: change.owner,
    group: change.group,
    mode: change.mode,
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    // A copy of a secret would outlive the secret.
    keepsBefore: change.action === 'replace' && !change.holdsSecret,
  };
}

/** Unpacked here: no Windows has a tool for it that every shell knows. */
function unpacked(gzip: Uint8Array, file: string, server: string): Uint8Array {
  try {
    return gunzipSync(gzip);
  } catch (cause) {
    throw fail('host.uploadCut', serverSubject(server), { values: { server, file }, cause });
  }
}

/**
 * Writes files in a row: all are there beside their places, with their access lists set before their content, and verified before the first takes its place.
 * SFTP renames onto nothing, so the old file is moved away first; if the new one then cannot take its place, the old one goes back.
 */
export async function writeFiles(changes: readonly (FileChange | BinaryChange)[], room: ApplyRoom): Promise<void> {
  const { files, bounds } = room;
  const wanted = changes.map((change) => fileToWrite(change, room));
  const beside = (path: string): string => path + NEW_SUFFIX;
  try {
    for (const { path } of wanted) await files.write(beside(path), new Uint8Array(), bounds());
    await setAccess(
      room,
      wanted.map(({ path, owner, group, mode }) => ({ path: beside(path), kind: 'file', owner, group, mode })),
    );
    for (const { path, bytes } of wanted) await files.write(beside(path), bytes, bounds());
    await verify(wanted, room);
    for (const file of wanted) await takePlace(file, room);
  } catch (error) {
    // Also after an abort.
    for (const { path } of wanted) await files.remove(beside(path), { deadlineMs: CLEAN_DEADLINE_MS }).catch(() => undefined);
    throw error;
  }
}

/** Compares what has arrived with what was sent, by the server's own reading. Throws `host.uploadCut`, or `host.programQuarantined` for a file that has gone. */
async function verify(wanted: readonly FileToWrite[], { server, helper, bounds }: ApplyRoom): Promise<void> {
  const input = `${wanted.map(({ path }) => `path\t${path}${NEW_SUFFIX}`).join('\n')}\n\n`;
  const { answer } = await helper.ask({ step: 'verifyFiles', verb: 'observe', input: [input], answer: ObserveAnswer }, bounds());
  for (const [index, { path, sha256 }] of wanted.entries()) {
    const found = answer.paths[index];
    const subject = serverSubject(server);
    if (found?.kind === 'missing') throw fail('host.programQuarantined', subject, { values: { server, program: path, code: 2 } });
    if (found?.sha256 !== sha256) throw fail('host.uploadCut', subject, { values: { server, file: path }, retryable: true });
  }
}

async function takePlace({ path, keepsBefore }: FileToWrite, { files, bounds }: ApplyRoom): Promise<void> {
  const isThere = (await files.stat(path, bounds())) !== null;
  if (!isThere) {
    await files.rename(path + NEW_SUFFIX, path, bounds());
    return;
  }
  const isKept = keepsBefore && (await files.stat(path + BEFORE_SUFFIX, bounds())) === null;
  const aside = path + (isKept ? BEFORE_SUFFIX : OLD_SUFFIX);
  // What an earlier replacement could not remove because it still ran.
  if (!isKept) await files.remove(aside, bounds());
  await files.rename(path, aside, bounds());
  try {
    await files.rename(path + NEW_SUFFIX, path, bounds());
  } catch (error) {
    await files.rename(aside, path, bounds()).catch(() => undefined);
    throw error;
  }
  if (!isKept) await files.remove(aside, bounds()).catch(orStillRuns);
}

/** A program that still runs is removed with the next replacement. */
function orStillRuns(error: unknown): void {
  if (!(error instanceof FailureError) || error.failure.code !== 'host.fileLocked') throw error;
}

/** Removes a file; what Triad replaced comes back where `restores` says so. */
export async function removeFile(path: string, restores: boolean, { files, bounds }: ApplyRoom): Promise<void> {
  requireCleanPath(path);
  for (const one of [path, path + NEW_SUFFIX, path + OLD_SUFFIX]) await files.remove(one, bounds());
  if (restores && (await files.stat(path + BEFORE_SUFFIX, bounds())) !== null) await files.rename(path + BEFORE_SUFFIX, path, bounds());
}

/** Removes a folder with everything in it. Throws for one directly below its drive, which could only be a mistake. */
export async function removeTree(path: string, room: ApplyRoom): Promise<void> {
  if (requireCleanPath(path).split('\\').length < 3) throw new Error(`too high: ${path}`);
  await removeBelow(path, room);
}

async function removeBelow(path: string, room: ApplyRoom): Promise<void> {
  const { files, bounds } = room;
  const entry = await files.stat(path, bounds());
  if (entry === null) return;
  if (entry.kind !== 'folder') {
    await files.remove(path, bounds());
    return;
  }
  for (const name of await files.list(path, bounds())) await removeBelow(`${path}\\${name}`, room);
  await files.removeFolder(path, bounds());
}
