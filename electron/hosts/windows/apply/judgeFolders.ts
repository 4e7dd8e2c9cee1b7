import type { Change } from '../../../shared/domain/change.ts';
import { fail, type FailureError } from '../../../shared/domain/failure.ts';
import { isBelow, parentOf, samePath } from '../../../shared/domain/serverPath.ts';
import { serverSubject } from '../../../shared/domain/subject.ts';
import { folderTrust, type FolderTrust } from '../folderTrust.ts';
import { ObserveAnswer, type PathAnswer } from '../helperAnswers.ts';
import { requireCleanPath } from '../windowsPath.ts';
import { makeFolders, type ApplyRoom } from './applyRoom.ts';

type FolderChange = Extract<Change, { kind: 'folder' }>;

/** Folders that were found to be safe on a connection, in lower case: they are looked at once. */
export type TrustedFolders = Set<string>;

/** All folders above a path and below its drive, highest first. */
function foldersAbove(path: string): readonly string[] {
  const parent = parentOf(path);
  return parentOf(parent) === parent ? [] : [...foldersAbove(parent), parent];
}

/**
 * Looks at every folder in which something is about to be written, before anything is: every user of Windows may make folders on a drive and remains their owner, and
 * who may write above a program decides what runs. Throws `host.foreignFolder` for one that others own or write to; an empty one is taken over instead, where it
 * is one that Triad makes.
 */
export async function judgeFolders(changes: readonly Change[], room: ApplyRoom, trusted: TrustedFolders): Promise<void> {
  const written = changes.filter((change) => change.kind === 'folder' || change.kind === 'file' || change.kind === 'binary');
  const wanted = new Map<string, FolderChange>();
  for (const change of written) if (change.kind === 'folder') wanted.set(change.path.toLowerCase(), change);
  const paths = written.flatMap(({ path, kind }) => [...foldersAbove(requireCleanPath(path)), ...(kind === 'folder' ? [path] : [])]);
  const unknown = [...new Map(paths.map((path) => [path.toLowerCase(), path])).values()]
    .filter((path) => !trusted.has(path.toLowerCase()))
    .toSorted((a, b) => a.length - b.length);
  if (unknown.length === 0) return;
  const input = [`${unknown.map((path) => `path\t${path}`).join('\n')}\n\n`];
  const { answer } = await room.helper.ask({ step: 'judgeFolders', verb: 'observe', input, answer: ObserveAnswer }, room.bounds());
  for (const path of unknown) {
    const found = answer.paths.find((one) => samePath(one.path, path));
    if (found !== undefined && found.kind !== 'missing') await judge(found, wanted.get(path.toLowerCase()) ?? null, room, trusted);
    trusted.add(path.toLowerCase());
  }
}

async function judge(found: PathAnswer, change: FolderChange | null, room: ApplyRoom, trusted: TrustedFolders): Promise<void> {
  const { path, kind } = found;
  const trust = folderTrust(found.sddl ?? null);
  const parent = parentOf(path);
  const isBelowOurs = [...trusted].some((folder) => samePath(folder, parent));
  if (kind === 'folder' && isSafe(trust, change, isBelowOurs)) return;
  if (kind === 'folder' && change !== null && (await isEmpty(path, room))) {
    await makeFolders(room, [change]);
    // Whoever owned it could still put something there until now.
    if (await isEmpty(path, room)) return;
  }
  throw foreignFolder(path, kind === 'folder' ? wordOf(trust) : '?', room.server);
}

/** Below a folder to which nobody else writes only administrators can have changed anything: what they have changed is set right. */
function isSafe(trust: FolderTrust, change: FolderChange | null, isBelowOurs: boolean): boolean {
  switch (trust.kind) {
    case 'closed':
      return true;
    case 'service':
      return isBelowOurs;
    case 'writable':
      return isBelowOurs && change !== null;
    case 'owned':
    case 'unknown':
      return false;
  }
}

async function isEmpty(path: string, { files, bounds }: ApplyRoom): Promise<boolean> {
  return (await files.list(path, bounds())).length === 0;
}

function wordOf(trust: FolderTrust): string {
  return trust.kind === 'writable' || trust.kind === 'owned' ? trust.by : '?';
}

function foreignFolder(path: string, who: string, server: string): FailureError {
  return fail('host.foreignFolder', serverSubject(server), { values: { server, path, who } });
}

/** Forgets folders that were removed, and all below them. */
export function forgetFolder(trusted: TrustedFolders, path: string): void {
  for (const one of trusted) if (samePath(one, path) || isBelow(one, path)) trusted.delete(one);
}
