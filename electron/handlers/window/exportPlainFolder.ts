import { basename, dirname, join } from 'node:path';
import type { ExportedFolder } from '../../shared/contract/bundles.ts';
import type { ExportKind } from '../../shared/domain/plainExport.ts';
import { message, say } from '../../shared/messages/message.ts';
import { writeOwnFolder } from '../../storage/ownFolder.ts';
import { plainFilesOfSpec } from '../exportPlainFiles.ts';
import { specOfDraft, type WindowContext } from './windowContext.ts';

/**
 * Asks for a place and writes a folder of plain files in it, named after the cluster; null when cancelled. Where that very folder was chosen, it is the one
 * that is meant: a second one in it would make the first one's list wrong. Contacts no server. Throws `spec.*`, `bundle.*`, `export.folderTaken`,
 * `storage.unwritable`; then nothing was written.
 */
export async function exportPlainFolder(context: WindowContext, draftId: string, kind: ExportKind): Promise<ExportedFolder | null> {
  const { drafts, files: chosenFiles, platform, home, bundles, triadVersion } = context;
  const spec = specOfDraft(await drafts.load(draftId), chosenFiles);
  const files = await plainFilesOfSpec(kind, spec, { home, bundles, triadVersion });
  const name = `${spec.name}-${kind}`;
  const chosen = await platform.chooseFolder({ title: say(message('window.core.chooseFolder', { folder: name })) });
  if (chosen === null) return null;
  const folder = basename(chosen) === name ? chosen : join(chosen, name);
  const isNew = await writeOwnFolder(folder, files);
  const parent = dirname(folder);
  return {
    as: kind,
    name,
    // The root of a disk has no name.
    place: basename(parent) === '' ? parent : basename(parent),
    readme: await chosenFiles.remember(join(folder, 'README.md')),
    files: files.length,
    sizeBytes: files.reduce((sum, { bytes }) => sum + bytes.length, 0),
    isNew,
  };
}
