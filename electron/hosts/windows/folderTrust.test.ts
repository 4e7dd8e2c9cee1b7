import { expect, test } from 'vitest';
import { serviceSid } from './accounts.ts';
import { folderTrust } from './folderTrust.ts';

const INSTALLER = 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464';
const service = serviceSid('triad-sessions-7000');

test.each([
  ['Triad made it', 'O:BAG:BAD:P(A;OICI;0x1f01ff;;;SY)(A;OICI;0x1f01ff;;;BA)(A;OICI;0x1200a9;;;S-1-5-32-545)', 'closed'],
  [
    'C:\\Program Files',
    `O:${INSTALLER}G:${INSTALLER}D:PAI(A;;FA;;;${INSTALLER})(A;CIIO;GA;;;${INSTALLER})(A;OICI;FA;;;BA)(A;;0x1200a9;;;BU)`,
    'closed',
  ],
  ['what whoever makes something may do with it', 'O:BAD:(A;OICIIO;GA;;;CO)(A;OICI;FA;;;SY)(A;OICIIO;SDGXGWGR;;;AU)', 'closed'],
  ['the built-in administrator', 'O:LAD:(A;;FA;;;LA)(A;;FRFX;;;WD)', 'closed'],
  ['a denial', 'O:SYD:(D;;FA;;;BU)(A;;FA;;;SY)', 'closed'],
  ['the folder of a node', `O:BAD:P(A;OICI;0x1301bf;;;${service})(A;OICI;FA;;;BA)`, 'service'],
  ['a folder that a user made in C:\\', 'O:S-1-5-21-1-2-3-1001D:AI(A;OICIID;FA;;;BA)(A;OICIID;FA;;;SY)', 'owned'],
  ['a folder that a service made', `O:${service}D:(A;;FA;;;BA)`, 'owned'],
  ['a folder that an administrator made in C:\\', 'O:BAD:AI(A;OICIID;FA;;;BA)(A;OICIID;0x1200a9;;;BU)(A;ID;0x1301bf;;;AU)', 'writable'],
  ['adding folders', 'O:BAD:(A;;LC;;;BU)', 'writable'],
  ['another list', 'O:BAD:(A;;WD;;;S-1-5-21-1-2-3-1001)', 'writable'],
  ['generic words', 'O:BAD:(A;;GRGW;;;WD)', 'writable'],
  ['words that nobody knows', 'O:BAD:(A;;ZZ;;;WD)', 'writable'],
  ['rights under a condition', 'O:BAD:(XA;;FA;;;WD)', 'writable'],
  ['no list', 'O:BAD:NO_ACCESS_CONTROL', 'unknown'],
  ['nothing', '', 'unknown'],
])('%s', (_, sddl, kind) => {
  expect(folderTrust(sddl).kind).toBe(kind);
});

test('what is not known is not trusted, and the stranger is named', () => {
  expect(folderTrust(null)).toEqual({ kind: 'unknown' });
  expect(folderTrust(`O:BAD:(A;;FA;;;${service})(A;;FA;;;AU)`)).toEqual({ kind: 'writable', by: 'AU' });
  expect(folderTrust('O:S-1-5-21-7D:(A;;FA;;;BA)')).toEqual({ kind: 'owned', by: 'S-1-5-21-7' });
});
