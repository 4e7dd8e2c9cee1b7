import { foldersWrittenOn, SERVICE_USER } from '../../shared/domain/plan.ts';
import type { FoundAccess } from '../../shared/domain/server.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';
import { diskOf } from '../foundDisk.ts';

/**
 * The service user may write where its nodes do. A node that may not write to its data refuses every write, and without its log nobody learns why. Install
 * sets owner and rights of the folders themselves: before it that is only a warning, but a folder above them may keep it out, or the mount.
 */
export const serviceUserWrites = eachServer(
  'server.serviceUserWrites',
  ['pass', 'warn', 'fail', 'skipped'],
  (facts, context): Judgement => {
    const user = SERVICE_USER;
    const folders = foldersWrittenOn(context.plan, facts.server);
    const isInstalled = context.stage === 'installed';
    const expected = message('check.server.serviceUserWrites.expected', { user, folders: folders.join(', ') });
    const accessTo = (folder: string): FoundAccess['access'] =>
      facts.serviceFolders.find(({ path }) => path === folder)?.access ?? 'unknown';
    const evidence = evidenceOf({ uid: facts.serviceUser.uid, ...Object.fromEntries(folders.map((folder) => [folder, accessTo(folder)])) });
    const notYet = message('check.server.serviceUserWrites.notYet', { user });
    if (!facts.serviceUser.exists)
      return isInstalled
        ? {
            verdict: 'fail',
            expected,
            observed: message('check.server.serviceUser.absent', { user }),
            evidence,
            remedy: message('check.server.serviceUser.absent.remedy'),
          }
        : { verdict: 'skipped', expected, observed: notYet, evidence };

    const withAccess = (access: FoundAccess['access']): readonly string[] => folders.filter((folder) => accessTo(folder) === access);
    const denied = withAccess('denied');
    const readOnly = denied.map((folder) => diskOf(facts, folder)).find((disk) => disk?.options.includes('ro') === true);
    if (readOnly !== undefined) {
      const { mountPoint } = readOnly;
      return {
        verdict: 'fail',
        expected,
        observed: message('check.disk.readOnly', { mountPoint }),
        evidence,
        remedy: message('check.disk.readOnly.remedy', { mountPoint }),
      };
    }
    const [first] = denied;
    if (first !== undefined)
      return {
        verdict: isInstalled ? 'fail' : 'warn',
        expected,
        observed: message('check.server.serviceUserWrites.denied', { user, folders: denied.join(', ') }),
        evidence,
        remedy: message('check.server.serviceUserWrites.denied.remedy', { user, folder: first }),
      };
    const absent = withAccess('absent');
    if (absent.length > 0 && isInstalled)
      return {
        verdict: 'fail',
        expected,
        observed: message('check.server.serviceUserWrites.absent', { folders: absent.join(', ') }),
        evidence,
        remedy: message('check.server.serviceUserWrites.absent.remedy'),
      };
    const unknown = withAccess('unknown');
    if (unknown.length > 0)
      return {
        verdict: 'unknown',
        expected,
        observed: message('check.server.serviceUserWrites.unknown', { folders: unknown.join(', ') }),
        evidence,
        remedy: message('check.server.serviceUserWrites.unknown.remedy'),
      };
    if (absent.length > 0) return { verdict: 'skipped', expected, observed: notYet, evidence };
    return { verdict: 'pass', expected, observed: message('check.server.serviceUserWrites.observed'), evidence };
  },
);
