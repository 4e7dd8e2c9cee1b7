import { describe, expect, test } from 'vitest';
import { accessFrom, isWritableBy, sddlFor, type WindowsAccess } from './accessList.ts';
import { serviceSid, sidOfAccount } from './accounts.ts';

const SERVICE = 'triad-sessions-7000';
const ACCOUNT = `NT SERVICE\\${SERVICE}`;
const OTHER = 'triad-sessions-7001';
const SID = serviceSid(SERVICE);

describe('the SID of a service', () => {
  // Known to everybody who has looked at the owner of C:\Windows.
  test.each([
    ['TrustedInstaller', 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464'],
    ['trustedinstaller', 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464'],
  ])('%s', (name, sid) => {
    expect([serviceSid(name), sidOfAccount(`NT SERVICE\\${name}`)]).toEqual([sid, sid]);
  });

  test('is known of no account whose name depends on the language', () => {
    expect(sidOfAccount('SYSTEM')).toBe('S-1-5-18');
    expect(() => sidOfAccount('Administratoren')).toThrow('not an account of ours');
  });
});

const admins = { owner: 'Administrators', group: 'Administrators' } as const;
const reads = { owner: 'Administrators', group: ACCOUNT } as const;
const writes = { owner: ACCOUNT, group: ACCOUNT } as const;

const ALL = '(A;;0x1f01ff;;;SY)(A;;0x1f01ff;;;BA)';
const ALL_BELOW = '(A;OICI;0x1f01ff;;;SY)(A;OICI;0x1f01ff;;;BA)';
const CASES: readonly (readonly [WindowsAccess, 'file' | 'folder', string])[] = [
  [{ ...admins, mode: 0o600 }, 'file', `O:BAG:BAD:P${ALL}`],
  [{ ...admins, mode: 0o700 }, 'folder', `O:BAG:BAD:P${ALL_BELOW}`],
  [{ ...admins, mode: 0o644 }, 'file', `O:BAG:BAD:P${ALL}(A;;0x120089;;;BU)`],
  [{ ...admins, mode: 0o755 }, 'file', `O:BAG:BAD:P${ALL}(A;;0x1200a9;;;BU)`],
  [{ ...admins, mode: 0o755 }, 'folder', `O:BAG:BAD:P${ALL_BELOW}(A;OICI;0x1200a9;;;BU)`],
  [{ ...reads, mode: 0o640 }, 'file', `O:BAG:BAD:P${ALL}(A;;0x120089;;;${SID})`],
  [{ ...reads, mode: 0o750 }, 'folder', `O:BAG:BAD:P${ALL_BELOW}(A;OICI;0x1200a9;;;${SID})`],
  [{ ...writes, mode: 0o640 }, 'file', `O:BAG:BAD:P${ALL}(A;;0x1301bf;;;${SID})`],
  [{ ...writes, mode: 0o750 }, 'folder', `O:BAG:BAD:P${ALL_BELOW}(A;OICI;0x1301bf;;;${SID})`],
];

describe('an access list', () => {
  test.each(CASES)('of %j for a %s, there and back', (access, kind, sddl) => {
    expect(sddlFor(access, kind)).toBe(sddl);
    expect(accessFrom(sddl, kind, [OTHER, SERVICE])).toEqual(access);
  });

  test('is the same in the words of Windows, and when it came from the folder above', () => {
    const words = `O:BAG:S-1-5-21-1-2-3-513D:PAI(A;;FA;;;BA)(A;;0x1301bf;;;${SID})(A;;FA;;;S-1-5-18)`;
    expect(accessFrom(words, 'file', [SERVICE])).toEqual({ ...writes, mode: 0o640 });
    const inherited = `O:${SID}G:${SID}D:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;0x1301bf;;;${SID})`;
    expect(accessFrom(inherited, 'file', [SERVICE])).toEqual({ ...writes, mode: 0o640 });
  });

  test.each([
    ['somebody more', `O:BAG:BAD:P${ALL}(A;;FA;;;WD)`, 'BA'],
    ['somebody less', 'O:BAG:BAD:P(A;;FA;;;BA)', 'BA'],
    ['another right', `O:BAG:BAD:P${ALL}(A;;0x1200ab;;;BU)`, 'BA'],
    ['a refusal', `O:BAG:BAD:P(D;;FA;;;BG)${ALL}`, 'BA'],
    ['a part from above', `O:BAG:BAD:${ALL}(A;ID;0x120089;;;BU)`, 'BA'],
    ['an account twice', `O:BAG:BAD:P${ALL}(A;;0x120089;;;BU)(A;;0x120089;;;BU)`, 'BA'],
    ['a service that is not of the plan', `O:BAG:BAD:P${ALL}(A;;0x120089;;;${serviceSid('Spooler')})`, 'BA'],
    ['our list and an owner who may change it', `O:S-1-5-21-1-2-3-1001G:BAD:P${ALL}(A;;0x120089;;;BU)`, 'S-1-5-21-1-2-3-1001'],
    ['our list and a service as its owner', `O:${SID}G:BAD:P${ALL}(A;;0x120089;;;${SID})`, SID],
    [
      'a list from above and a stranger as its owner',
      `O:${serviceSid('Spooler')}G:BAD:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)`,
      serviceSid('Spooler'),
    ],
    ['no list', 'O:SYG:SY', ''],
    ['nothing', '', ''],
  ])('with %s is foreign', (_, sddl, owner) => {
    expect(accessFrom(sddl, 'file', [SERVICE])).toEqual({ owner: 'foreign', group: owner, mode: 0 });
  });

  test('of a folder whose entries do not hold for what lies in it is foreign', () => {
    expect(accessFrom(`O:BAG:BAD:P${ALL}(A;;0x1301bf;;;${SID})`, 'folder', [SERVICE]).owner).toBe('foreign');
  });

  test.each<readonly [WindowsAccess, 'file' | 'folder']>([
    [{ owner: 'root', group: 'root', mode: 0o755 }, 'folder'],
    [{ ...admins, mode: 0o664 }, 'file'],
    [{ ...admins, mode: 0o644 }, 'folder'],
    [{ ...admins, mode: 0o655 }, 'file'],
    [{ ...writes, mode: 0o644 }, 'file'],
    [{ owner: ACCOUNT, group: 'Administrators', mode: 0o640 }, 'file'],
  ])('is not made of %j for a %s', (access, kind) => {
    expect(() => sddlFor(access, kind)).toThrow('no access list for');
  });

  test('tells whether a service may write, whoever else may', () => {
    expect(isWritableBy(`O:BAG:BAD:AI(A;ID;FA;;;WD)(A;;0x1301bf;;;${SID})`, SERVICE)).toBe(true);
    expect(isWritableBy(sddlFor({ ...reads, mode: 0o750 }, 'folder'), SERVICE)).toBe(false);
    expect(isWritableBy(sddlFor({ ...writes, mode: 0o750 }, 'folder'), OTHER)).toBe(false);
  });
});
