import type { Change, ChangeOutcome } from '../../../shared/domain/change.ts';
import { bindCall } from '../../callBounds.ts';
import type { CallOptions } from '../../host.ts';
import { requireCleanPath } from '../windowsPath.ts';
import { makeFolders, setAccess, type ApplyRoom } from './applyRoom.ts';
import { forgetFolder, judgeFolders, type TrustedFolders } from './judgeFolders.ts';
import { runDefender, type DefenderRoom } from './runDefender.ts';
import { runFirewall } from './runFirewall.ts';
import { removeService, runServices } from './runServices.ts';
import { tryPrograms } from './tryPrograms.ts';
import { BEFORE_SUFFIX, removeEmptyFolder, removeFile, removeTree, writeFiles } from './writeFiles.ts';

/** Uploading a Redis for Windows takes some 15 MB, and starting two services as long as they need to load their data. */
const APPLY_DEADLINE_MS = 240_000;

/** What a batch works with. */
type BatchRoom = ApplyRoom & DefenderRoom;

/** Neighbours of these kinds are done together. */
function batchKind(change: Change): string {
  switch (change.kind) {
    case 'binary':
      return 'write';
    case 'file':
      return change.action === 'permissions' ? 'permissions' : 'write';
    case 'folder':
    case 'service':
      return change.kind;
    case 'defender':
      return `defender ${change.action}`;
    case 'user':
    case 'removeFile':
    case 'removeFolder':
    case 'removeUser':
    case 'disableService':
    case 'kernel':
    case 'firewall':
      return `${change.kind} ${change.id}`;
  }
}

/** Applies changes in their order; see `Host.apply`. Throws for what could only be a mistake of the program. */
export async function applyChanges(
  changes: readonly Change[],
  room: Omit<BatchRoom, 'bounds'> & { readonly trusted: TrustedFolders },
  options?: CallOptions,
): Promise<readonly ChangeOutcome[]> {
  const whole = bindCall(options, APPLY_DEADLINE_MS);
  const bounded: BatchRoom = { ...room, bounds: () => ({ signal: options?.signal, deadlineMs: whole.remainingMs() }) };
  const removed = new Set(changes.flatMap((change) => (change.kind === 'removeFile' ? [change.path] : [])));
  await judgeFolders(changes, bounded, room.trusted);
  const notes = new Map<string, string>();
  const refused = new Map<string, string>();
  for (const batch of batchesOf(changes)) {
    const told = batch[0]?.kind === 'defender' ? refused : notes;
    for (const [id, note] of await applyBatch(batch, removed, bounded)) told.set(id, note);
    for (const change of batch) if (change.kind === 'removeFolder') forgetFolder(room.trusted, change.path);
  }
  return changes.map(({ id }): ChangeOutcome => {
    const why = refused.get(id);
    return why === undefined ? { id, outcome: 'done', evidence: notes.get(id) ?? '' } : { id, outcome: 'refused', evidence: why };
  });
}

function batchesOf(changes: readonly Change[]): readonly (readonly Change[])[] {
  const batches: { readonly kind: string; readonly changes: Change[] }[] = [];
  for (const change of changes) {
    const kind = batchKind(change);
    const last = batches.at(-1);
    if (last?.kind === kind) last.changes.push(change);
    else batches.push({ kind, changes: [change] });
  }
  return batches.map((batch) => batch.changes);
}

/** What is to be told of changes, by their ids: of exclusions why they were refused, of everything else what came of it. */
type Notes = ReadonlyMap<string, string>;
const NOTHING_TO_TELL: Notes = new Map();

async function applyBatch(batch: readonly Change[], removed: ReadonlySet<string>, room: BatchRoom): Promise<Notes> {
  const [first] = batch;
  if (first === undefined) return NOTHING_TO_TELL;
  switch (first.kind) {
    case 'user':
    case 'removeUser':
      // Virtual accounts come and go with their services.
      return NOTHING_TO_TELL;
    case 'folder': {
      const folders = batch.filter((change) => change.kind === 'folder');
      await makeFolders(
        room,
        folders.map(({ path, owner, group, mode }) => ({ path: requireCleanPath(path), owner, group, mode })),
      );
      return NOTHING_TO_TELL;
    }
    case 'binary':
    case 'file': {
      const files = batch.filter((change) => change.kind === 'file' || change.kind === 'binary');
      if (first.kind === 'binary' || first.action !== 'permissions') {
        await tryPrograms(await writeFiles(files, room), room);
        return NOTHING_TO_TELL;
      }
      const access = files.filter((change) => change.kind === 'file');
      await setAccess(
        room,
        access.map(({ path, owner, group, mode }) => ({ path: requireCleanPath(path), kind: 'file', owner, group, mode })),
      );
      return NOTHING_TO_TELL;
    }
    case 'removeFile':
      await removeFile(first.path, !removed.has(first.path + BEFORE_SUFFIX), room);
      return NOTHING_TO_TELL;
    case 'removeFolder':
      if (first.withContents) await removeTree(first.path, room);
      else await removeEmptyFolder(first.path, room);
      return NOTHING_TO_TELL;
    case 'disableService':
      await removeService(first.unit, room);
      return NOTHING_TO_TELL;
    case 'service':
      return runServices(
        batch.filter((change) => change.kind === 'service'),
        room,
      );
    case 'defender':
      return runDefender(
        batch.filter((change) => change.kind === 'defender'),
        room,
      );
    case 'firewall':
      for (const command of first.commands) await runFirewall(command, room);
      return NOTHING_TO_TELL;
    case 'kernel':
      throw new Error(`Windows has no setting ${first.setting}`);
  }
}
