import { FailureError } from '../../../shared/domain/failure.ts';
import { ObserveAnswer, TreeAnswer } from '../helperAnswers.ts';
import { systemFailure, WIN32 } from '../systemErrors.ts';
import type { ApplyRoom } from './applyRoom.ts';

/** Removes a file; where SFTP is refused, for a reason that it cannot say, the helper tries for 2 s and tells. Succeeds when nothing is there. */
export async function removeOne(path: string, room: ApplyRoom): Promise<void> {
  try {
    await room.files.remove(path, room.bounds());
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await removeByHelper(path, room);
  }
}

/** Removes a file or a folder with everything in it, and of links only the links. Throws `host.fileLocked`, `host.accessDenied`, ... with what stood in the way. */
export async function removeByHelper(path: string, { helper, bounds }: ApplyRoom): Promise<void> {
  await helper.ask({ step: 'removeTree', verb: 'remove-tree', args: [path], answer: TreeAnswer, what: path }, bounds());
}

/** What kept a file from being written: the disk is asked, since SFTP has the same word for a full one and for a program that looks into every new file. */
export async function whyNotWritten(error: unknown, path: string, sizeBytes: number, room: ApplyRoom): Promise<unknown> {
  if (!(error instanceof FailureError) || error.failure.code !== 'host.diskFull') return error;
  const folder = path.slice(0, path.lastIndexOf('\\'));
  const call = { step: 'disk', verb: 'observe', input: [`disk\t${folder}\n\n`], answer: ObserveAnswer };
  try {
    const { answer } = await room.helper.ask(call, room.bounds());
    const freeBytes = answer.disks[0]?.freeBytes ?? 0;
    if (freeBytes <= sizeBytes) return error;
  } catch {
    // What SFTP said is all that is known.
    return error;
  }
  const { evidence } = error.failure;
  return systemFailure(WIN32.sharingViolation, { server: room.server, step: 'write', what: path, evidence });
}

function isRefusal(error: unknown): boolean {
  return error instanceof FailureError && (error.failure.code === 'host.accessDenied' || error.failure.code === 'host.fileLocked');
}
