import type { CallOptions, ChangePayload } from '../../host.ts';
import type { Helper } from '../helper.ts';
import { AclAnswer } from '../helperAnswers.ts';
import { sddlFor, type WindowsAccess } from '../accessList.ts';
import { systemFailure } from '../systemErrors.ts';
import type { WindowsFiles } from '../windowsFiles.ts';
import type { WindowsShell } from '../windowsShell.ts';

/** What applying changes works with. */
export interface ApplyRoom {
  readonly server: string;
  readonly shell: WindowsShell;
  readonly helper: Helper;
  readonly files: WindowsFiles;
  readonly payload: ChangePayload;
  /** Bounds for the next step, out of those of the whole batch. */
  readonly bounds: () => CallOptions;
}

/** A path and who may do what with it. */
export interface AccessToSet extends WindowsAccess {
  readonly path: string;
  readonly kind: 'file' | 'folder';
}

/** Sets access lists, all in one call. Throws `host.accessDenied`, ... for the first that Windows refuses. */
export async function setAccess(room: ApplyRoom, wanted: readonly AccessToSet[]): Promise<void> {
  await askForAccess('acl', wanted, room);
}

/** Makes folders that have their access lists from their first moment on; those that are there get them. Throws as `setAccess`. */
export async function makeFolders(room: ApplyRoom, wanted: readonly Omit<AccessToSet, 'kind'>[]): Promise<void> {
  await askForAccess(
    'folders',
    wanted.map((one) => ({ ...one, kind: 'folder' })),
    room,
  );
}

async function askForAccess(verb: 'acl' | 'folders', wanted: readonly AccessToSet[], { server, helper, bounds }: ApplyRoom): Promise<void> {
  if (wanted.length === 0) return;
  const lines = wanted.map(({ path, kind, owner, group, mode }) => `${path}\t${sddlFor({ owner, group, mode }, kind)}\n`);
  const answers = { step: 'setAccess', verb, args: ['-'], input: [...lines, '\n'], answer: AclAnswer };
  const { answer } = await helper.ask({ ...answers, answers: ANY_ERROR }, bounds());
  const refused = answer.paths.find(({ error }) => error !== 0);
  if (refused !== undefined)
    throw systemFailure(refused.error, { server, step: 'setAccess', what: refused.path, evidence: `Win32 ${refused.error}` });
  if (answer.paths.length !== wanted.length) throw new Error('not every access list was set');
}

/** The errors with which a verb still says what became of each path; 1 is what PowerShell makes of them. */
export const ANY_ERROR: readonly number[] = [
  1, 2, 3, 5, 17, 19, 23, 32, 33, 39, 80, 87, 112, 183, 225, 226, 1142, 1224, 1307, 1332, 1336, 1338, 4395,
];
