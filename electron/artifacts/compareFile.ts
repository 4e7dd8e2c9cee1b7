import { createTwoFilesPatch } from 'diff';
import type { Change } from '../shared/domain/change.ts';
import type { FoundPath, ServerFacts } from '../shared/domain/server.ts';
import { samePath } from '../shared/domain/serverPath.ts';
import { message, say } from '../shared/messages/message.ts';
import type { BlueprintFile, BlueprintFolder } from './blueprint.ts';
import { sha256Of } from './manifest.ts';

/** What was found at a path; null when nothing is there (or nobody asked, which planning treats the same: it is then written anew). */
export function foundAt(facts: ServerFacts, path: string): FoundPath | null {
  const found = facts.paths.find((candidate) => samePath(candidate.path, path));
  return found === undefined || found.kind === 'absent' ? null : found;
}

function hasOtherOwner(found: FoundPath, wanted: Pick<BlueprintFolder, 'owner' | 'group' | 'mode'>): boolean {
  return found.owner !== wanted.owner || found.group !== wanted.group || found.mode !== wanted.mode;
}

/** A unified diff with three lines around each difference, as `diff -u` writes it. */
function unifiedDiff(path: string, before: string, after: string): string {
  return createTwoFilesPatch(path, path, before, after, undefined, undefined, { context: 3 }).replace(/^=+\n/u, '');
}

/** The change that makes a file as it must be, or null. Contents are compared by SHA-256; a secret one never gets into the change. */
export function compareFile(file: BlueprintFile, facts: ServerFacts): Extract<Change, { kind: 'file' }> | null {
  const { path, owner, group, mode, holdsSecret, purpose } = file;
  const found = foundAt(facts, path);
  const isSame = found?.kind === 'file' && found.sha256 === sha256Of(file.content);
  if (isSame && !hasOtherOwner(found, file)) return null;
  const common = { kind: 'file', id: `file:${path}`, path, owner, group, mode, holdsSecret, purpose } as const;
  const content = holdsSecret ? say(message('change.secretStandIn')) : file.content;
  if (found === null) return { ...common, content, action: 'create', diff: null };
  if (isSame) return { ...common, content, action: 'permissions', diff: null };
  const isShown = !holdsSecret && found.content !== null;
  return { ...common, content, action: 'replace', diff: isShown ? unifiedDiff(path, found.content ?? '', file.content) : null };
}

/** The change that makes a folder as it must be, or null. */
export function compareFolder(folder: BlueprintFolder, facts: ServerFacts): Extract<Change, { kind: 'folder' }> | null {
  const { path, owner, group, mode } = folder;
  const found = foundAt(facts, path);
  const isFolder = found?.kind === 'folder';
  const isLeftAlone = folder.keepsFound === true && folder.isClosed !== true;
  if (isFolder && (isLeftAlone || !hasOtherOwner(found, folder))) return null;
  // A link to a folder elsewhere is the administrator's business.
  if (folder.keepsFound === true && found?.kind === 'other') return null;
  return { kind: 'folder', id: `folder:${path}`, path, owner, group, mode, exists: isFolder };
}
