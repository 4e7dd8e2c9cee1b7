import type { ProcedureInput, ProcedureOutput } from '../../shared/contract/procedures.ts';
import { EngineVersion } from '../../shared/domain/catalogue.ts';
import { fail } from '../../shared/domain/failure.ts';
import { adminSubject } from '../../shared/domain/subject.ts';
import type { WindowsArchive } from '../../shared/domain/windowsArchive.ts';
import { message, say } from '../../shared/messages/message.ts';
import { inspectWindowsArchive, type VersionKnown } from '../findWindowsBundle.ts';
import type { WindowContext } from './windowContext.ts';

/** What the draft says of the version, where that is one. */
function hintOf({ version }: ProcedureInput<'files.chooseWindowsArchive'>): VersionKnown {
  return { hint: EngineVersion.safeParse(version).data };
}

/** Asks for an archive with Redis for Windows servers and looks into it; null when cancelled. Throws `bundle.windows.*` for one that cannot be used. */
export async function chooseWindowsArchive(
  context: WindowContext,
  known: ProcedureInput<'files.chooseWindowsArchive'>,
): Promise<ProcedureOutput<'files.chooseWindowsArchive'>> {
  const path = await context.platform.chooseFile({
    title: say(message('window.core.chooseWindowsArchive')),
    // Installers too: what Triad can do with one is said, instead of hiding it from whoever has one.
    filters: [{ name: say(message('window.core.zips')), extensions: ['zip', 'nupkg', 'msi'] }],
  });
  if (path === null) return null;
  const { archive } = await inspectWindowsArchive(path, context.bundles, hintOf(known));
  return { file: await context.files.remember(path), archive };
}

/** Looks again into an archive that was chosen before. Throws `bundle.windows.*`, `unreadable` also where its place is not known any more. */
export async function inspectChosenArchive(
  context: WindowContext,
  { id, ...known }: ProcedureInput<'files.inspectWindowsArchive'>,
): Promise<WindowsArchive> {
  const path = context.files.pathOf(id);
  if (path === null) throw fail('bundle.windows.unreadable', adminSubject, { values: { file: id, reason: 'ENOENT' } });
  return (await inspectWindowsArchive(path, context.bundles, hintOf(known))).archive;
}
