import type { FoundAccess, ServerFacts } from '../../shared/domain/server.ts';
import { exampleContext, exampleFacts } from './exampleFacts.ts';
import type { ServerRow } from './serverRow.ts';

const example = exampleFacts('server-1');
const installed = exampleContext({}, 'installed');
const [first = ''] = example.serviceFolders.map(({ path }) => path);

/** The account is there; it may do this in all folders, and `otherwise` in the first. */
function writes(access: FoundAccess['access'], otherwise: FoundAccess['access'] = access): Partial<ServerFacts> {
  return {
    serviceUser: { exists: true, uid: 998 },
    serviceFolders: example.serviceFolders.map(({ path }) => ({ path, access: path === first ? otherwise : access })),
  };
}

const readOnly = { disks: example.disks.map((disk) => ({ ...disk, mountPoint: '/srv', options: ['ro'] })) };

/** Rows about where the service user may write. */
export const WRITE_ROWS: readonly ServerRow[] = [
  { check: 'serviceUserWrites', name: 'everywhere', facts: writes('writable'), context: installed, verdict: 'pass', says: 'observed' },
  { check: 'serviceUserWrites', name: 'nothing there yet', verdict: 'skipped', says: 'notYet' },
  { check: 'serviceUserWrites', name: 'the account alone is there yet', facts: writes('absent'), verdict: 'skipped', says: 'notYet' },
  {
    check: 'serviceUserWrites',
    name: 'folders without their account, before an installation',
    facts: { serviceFolders: writes('unknown').serviceFolders ?? [] },
    verdict: 'skipped',
    says: 'notYet',
  },
  {
    check: 'serviceUserWrites',
    name: 'the account is gone',
    context: installed,
    verdict: 'fail',
    says: 'serviceUser.absent serviceUser.absent.remedy',
  },
  {
    check: 'serviceUserWrites',
    name: 'kept out of one',
    facts: writes('writable', 'denied'),
    context: installed,
    verdict: 'fail',
    says: 'denied denied.remedy',
    naming: [`triad-redis may not write to ${first}`, `namei -l ${first}`],
  },
  {
    check: 'serviceUserWrites',
    name: 'kept out before an installation',
    facts: writes('denied'),
    verdict: 'warn',
    says: 'denied denied.remedy',
  },
  {
    check: 'serviceUserWrites',
    name: 'mounted read-only',
    facts: { ...writes('denied'), ...readOnly },
    verdict: 'fail',
    says: 'disk.readOnly disk.readOnly.remedy',
    naming: ['/srv'],
  },
  {
    check: 'serviceUserWrites',
    name: 'one is gone',
    facts: writes('writable', 'absent'),
    context: installed,
    verdict: 'fail',
    says: 'absent absent.remedy',
    naming: [first],
  },
  {
    check: 'serviceUserWrites',
    name: 'not found out',
    facts: writes('unknown'),
    context: installed,
    verdict: 'unknown',
    says: 'unknown unknown.remedy',
    naming: ['setpriv'],
  },
  {
    check: 'serviceUserWrites',
    name: 'found out of some, before an installation',
    facts: writes('absent', 'unknown'),
    verdict: 'unknown',
    says: 'unknown unknown.remedy',
  },
  {
    check: 'serviceUserWrites',
    name: 'not looked at',
    facts: { ...writes('writable'), serviceFolders: [] },
    verdict: 'unknown',
    says: 'unknown unknown.remedy',
  },
];
