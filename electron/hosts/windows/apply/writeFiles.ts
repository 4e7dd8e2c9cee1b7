import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { Change } from '../../../shared/domain/change.ts';
import { fail, type FailureError } from '../../../shared/domain/failure.ts';
import { serverSubject } from '../../../shared/domain/subject.ts';
import { sddlFor } from '../accessList.ts';
import { HashAnswer, PlaceAnswer, StageAnswer } from '../helperAnswers.ts';
import { systemFailure, WIN32 } from '../systemErrors.ts';
import { requireCleanPath } from '../windowsPath.ts';
import { ANY_ERROR, setAccess, type ApplyRoom } from './applyRoom.ts';
import { removeByHelper, removeOne, whyNotWritten } from './standsInTheWay.ts';

type FileChange = Extract<Change, { kind: 'file' }>;
type BinaryChange = Extract<Change, { kind: 'binary' }>;

/** Where files wait for their places: a folder that only administrators can open, below the first one of the path, so on the same disk. It goes after each row. */
const STAGE_FOLDER = '.triad-stage';
/** What stands behind the name of a file that was there before Triad replaced it; it is kept. */
export const BEFORE_SUFFIX = '.triad-before';
/** What stands behind the name of a program that ran when it was replaced: it could be renamed, but not removed. */
const OLD_SUFFIX = '.triad-old';

/** How long is tried to remove what a batch that failed has left. */
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

/** `C:\Triad\.triad-stage` for everything below `C:\Triad`. */
function stageFolderOf(path: string): string {
  return [...path.split('\\').slice(0, 2), STAGE_FOLDER].join('\\');
}

/**
 * Writes files in a row: all are first written into a folder that nobody else can open, as the places themselves may belong to a service that could keep a handle
 * of what is written there. The helper then compares all with what was sent, gives them their access lists, and lets each replace what stands in its place. Returns
 * the changes whose bytes were sent: of a program that was there already only the rights are set.
 */
export async function writeFiles(
  changes: readonly (FileChange | BinaryChange)[],
  room: ApplyRoom,
): Promise<readonly (FileChange | BinaryChange)[]> {
  const wanted = changes.map((change) => fileToWrite(change, room));
  const programs = new Set(changes.flatMap((change) => (change.kind === 'binary' ? [change.path] : [])));
  const asTheyAre = await alreadyThere(
    wanted.filter(({ path }) => programs.has(path)),
    room,
  );
  await setAccess(
    room,
    asTheyAre.map((file) => ({ ...file, kind: 'file' })),
  );
  const others = wanted.filter((file) => !asTheyAre.includes(file));
  for (const folder of new Set(others.map(({ path }) => stageFolderOf(path))))
    await writeThrough(
      folder,
      others.filter(({ path }) => stageFolderOf(path) === folder),
      room,
    );
  return changes.filter((_, index) => others.some((file) => file === wanted[index]));
}

/** Programs that are there and only have other rights: one that runs is left alone, and nothing large is sent for nothing. */
async function alreadyThere(programs: readonly FileToWrite[], { helper, bounds }: ApplyRoom): Promise<readonly FileToWrite[]> {
  if (programs.length === 0) return [];
  const args = programs.map(({ path }) => path);
  const call = { step: 'verifyFiles', verb: 'hash', args, answer: HashAnswer, answers: ANY_ERROR };
  const { answer } = await helper.ask(call, bounds());
  return programs.filter(({ sha256 }, index) => answer.files[index]?.sha256 === sha256);
}

async function writeThrough(stage: string, wanted: readonly FileToWrite[], room: ApplyRoom): Promise<void> {
  const { files, helper, bounds } = room;
  const staged = wanted.map(({ path }, index) => `${stage}\\${index}-${path.slice(path.lastIndexOf('\\') + 1)}`);
  await helper.ask({ step: 'stageFiles', verb: 'stage', args: [stage], answer: StageAnswer, what: stage }, bounds());
  try {
    for (const [index, { bytes }] of wanted.entries()) {
      const path = staged[index] ?? '';
      await files.write(path, bytes, bounds()).catch(async (error: unknown) => {
        throw await whyNotWritten(error, path, bytes.length, room);
      });
    }
    await place(staged, wanted, room);
    await files.removeFolder(stage, bounds());
  } catch (error) {
    // Also after an abort. What cannot be removed now goes before the next row.
    const last = { deadlineMs: CLEAN_DEADLINE_MS };
    for (const path of staged) await files.remove(path, last).catch(() => undefined);
    await files.removeFolder(stage, last).catch(() => undefined);
    throw error;
  }
}

async function place(staged: readonly string[], wanted: readonly FileToWrite[], { server, helper, bounds }: ApplyRoom): Promise<void> {
  const lines = wanted.map(({ path, sha256, keepsBefore, ...access }, index) =>
    [staged[index] ?? '', path, sha256, sddlFor(access, 'file'), keepsBefore ? 'keep' : 'replace'].join('\t'),
  );
  const call = { step: 'placeFiles', verb: 'place', args: ['-'], input: [`${lines.join('\n')}\n\n`], answer: PlaceAnswer };
  const { answer } = await helper.ask({ ...call, answers: ANY_ERROR }, bounds());
  const refused = answer.files.find(({ error }) => error !== 0);
  if (refused !== undefined) throw placeFailure(refused, server);
  if (answer.files.length !== wanted.length || answer.files.some(({ placed }) => !placed)) throw new Error('not every file was placed');
}

function placeFailure({ path, error }: PlaceAnswer['files'][number], server: string): FailureError {
  const subject = serverSubject(server);
  const evidence = `Win32 ${error}`;
  switch (error) {
    case WIN32.wrongBytes:
      return fail('host.uploadCut', subject, { values: { server, file: path }, evidence, retryable: true });
    case WIN32.fileMissing:
      return fail('host.programQuarantined', subject, { values: { server, program: path, code: error }, evidence });
    default:
      return systemFailure(error, { server, step: 'placeFiles', what: path, evidence });
  }
}

/** Removes a file; what Triad replaced comes back where `restores` says so. */
export async function removeFile(path: string, restores: boolean, room: ApplyRoom): Promise<void> {
  const { files, bounds } = room;
  requireCleanPath(path);
  for (const one of [path, path + OLD_SUFFIX]) await removeOne(one, room);
  if (restores && (await files.stat(path + BEFORE_SUFFIX, bounds())) !== null) await files.rename(path + BEFORE_SUFFIX, path, bounds());
}

/** Removes a folder with everything in it. Throws for one directly below its drive, which could only be a mistake. */
export async function removeTree(path: string, room: ApplyRoom): Promise<void> {
  if (requireCleanPath(path).split('\\').length < 3) throw new Error(`too high: ${path}`);
  await removeByHelper(path, room);
}

/** Removes a folder that holds nothing any more but what a row that broke off has left. */
export async function removeEmptyFolder(path: string, room: ApplyRoom): Promise<void> {
  const stage = `${requireCleanPath(path)}\\${STAGE_FOLDER}`;
  if ((await room.files.stat(stage, room.bounds())) !== null) await removeByHelper(stage, room);
  await room.files.removeFolder(path, room.bounds());
}
