import { accountOfService, serviceSid, sidOfAccount, WELL_KNOWN_SIDS } from './accounts.ts';

/** Who may do what with a path, in the words of the plan. */
export interface WindowsAccess {
  readonly owner: string;
  readonly group: string;
  readonly mode: number;
}

/** What an owner is called whose access list is not one of Triad's. */
export const FOREIGN_OWNER = 'foreign';

const SERVICE_ACCOUNT = /^NT SERVICE\\(.+)$/u;

/** Access rights of files, as numbers of the access mask. */
const RIGHTS = {
  full: 0x1f01ff,
  /** Everything but to change the access list or the owner. */
  modify: 0x1301bf,
  readAndRun: 0x1200a9,
  read: 0x120089,
} as const;
type Right = keyof typeof RIGHTS;

/** Two-letter words that Windows prints in place of a mask. */
const RIGHT_WORDS: Readonly<Record<string, number>> = { FA: 0x1f01ff, FR: 0x120089, FW: 0x120116, FX: 0x1200a0, GA: 0x10000000 };
const SID_WORDS: Readonly<Record<string, string>> = { SY: 'S-1-5-18', BA: 'S-1-5-32-544', BU: 'S-1-5-32-545' };
const WORD_OF_SID: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(SID_WORDS).map(([word, sid]) => [sid, word]));

/** Access entries of one path: what each SID may do. */
type Entries = ReadonlyMap<string, Right>;

/**
 * The access list for an owner, a group and a mode. SYSTEM and Administrators may do everything, always. The words mean what they mean on Linux as far as
 * Windows can say it, and only these can be said:
 *
 * - owner `Administrators`, group `Administrators`, 0600 or 0700: nobody else.
 * - owner `Administrators`, group `Administrators`, 0644 or 0755: everybody who can log in reads.
 * - owner `Administrators`, group `NT SERVICE\x`, 0640 or 0750: the service reads.
 * - owner and group `NT SERVICE\x`, 0640 or 0750: the service writes.
 *
 * The owner of the object itself is always Administrators: an owner may change the access list. Throws for anything else, which is a mistake of the plan.
 */
export function sddlFor(access: WindowsAccess, kind: 'file' | 'folder'): string {
  const entries = entriesFor(access, kind);
  if (entries === null) throw new Error(`no access list for ${access.owner}:${access.group} ${access.mode.toString(8)} of a ${kind}`);
  return `O:BAG:BAD:P${renderEntries(entries, kind)}`;
}

/** The entries that an access stands for, or null where there are none. */
function entriesFor({ owner, group, mode }: WindowsAccess, kind: 'file' | 'folder'): Entries | null {
  const always: readonly (readonly [string, Right])[] = [
    [WELL_KNOWN_SIDS.SYSTEM, 'full'],
    [WELL_KNOWN_SIDS.Administrators, 'full'],
  ];
  const reads: Right = (mode & 0o100) === 0 ? 'read' : 'readAndRun';
  if (kind === 'folder' && reads === 'read') return null;
  const digits = mode & ~0o111;
  const isRunAlike = (mode & 0o111) === 0 || (mode & 0o111) === runBitsFor(digits);
  if (!isRunAlike) return null;
  if (SERVICE_ACCOUNT.test(owner))
    return owner === group && digits === 0o640 ? new Map([...always, [sidOfAccount(owner), 'modify']]) : null;
  if (owner !== 'Administrators') return null;
  if (SERVICE_ACCOUNT.test(group)) return digits === 0o640 ? new Map([...always, [sidOfAccount(group), reads]]) : null;
  if (group !== 'Administrators') return null;
  if (digits === 0o600) return new Map(always);
  return digits === 0o644 ? new Map([...always, [WELL_KNOWN_SIDS.Users, reads]]) : null;
}

/** The bits to run that belong to bits to read. */
function runBitsFor(digits: number): number {
  return (digits & 0o444) >> 2;
}

function renderEntries(entries: Entries, kind: 'file' | 'folder'): string {
  const flags = kind === 'folder' ? 'OICI' : '';
  return [...entries].map(([sid, right]) => `(A;${flags};0x${RIGHTS[right].toString(16)};;;${WORD_OF_SID[sid] ?? sid})`).join('');
}

/** How icacls.exe names the rights that Triad gives. */
const GRANTS: Readonly<Record<number, string>> = {
  [RIGHTS.full]: 'F',
  [RIGHTS.modify]: 'M',
  [RIGHTS.readAndRun]: 'RX',
  [RIGHTS.read]: 'R',
};

/** The entries of a list of `sddlFor` as icacls.exe takes them, by SID: `*S-1-5-18:(OI)(CI)F`. Throws for any other list. */
export function grantsOf(sddl: string): readonly string[] {
  const text = LIST.exec(sddl)?.groups?.['entries'] ?? '';
  const read = readEntries(text);
  if (read === null || read.entries.size === 0) throw new Error(`not a list of ours: ${sddl}`);
  const below = read.isInheritedBelow ? '(OI)(CI)' : '';
  return [...read.entries].map(([sid, mask]) => {
    const right = GRANTS[mask];
    if (right === undefined) throw new Error(`not a right of ours: ${sddl}`);
    return `*${sid}:${below}${right}`;
  });
}

/** Whether a list that was read is the one that was asked for, whichever words stand in it: the entries, none of them inherited, and the owner. */
export function isSameList(wanted: string, found: string): boolean {
  const [one, other] = [readList(wanted), readList(found)];
  if (one === null || other === null || one.owner !== other.owner || other.isInherited) return false;
  const isSameEntries = one.entries.size === other.entries.size && [...one.entries].every(([sid, mask]) => other.entries.get(sid) === mask);
  return isSameEntries && one.isInheritedBelow === other.isInheritedBelow;
}

/** The owner of a list, as a SID where it has a word, and its entries; null for one that is no plain list. */
function readList(sddl: string): (ReadEntries & { readonly owner: string }) | null {
  const groups = LIST.exec(sddl)?.groups;
  const read = readEntries(groups?.['entries'] ?? '');
  const owner = groups?.['owner'];
  return read === null || owner === undefined ? null : { ...read, owner: SID_WORDS[owner] ?? owner };
}

const LIST = /^O:(?<owner>[A-Z]{2}|S-[0-9-]+)(?:G:(?:[A-Z]{2}|S-[0-9-]+))?D:(?<flags>[A-Z]*)(?<entries>(?:\([^()]*\))*)/u;

/**
 * What an access list means, or `foreign` where it is not exactly one of `sddlFor`. `services` are the names whose accounts may stand in it: a SID tells no name.
 * A list that came wholly from the folder above is as good as one of its own: that is what Redis' own files have after it has written them anew, and theirs
 * alone may belong to a service: who owns an object may change its list.
 */
export function accessFrom(sddl: string, kind: 'file' | 'folder', services: readonly string[]): WindowsAccess {
  const found = LIST.exec(sddl)?.groups;
  const foreign: WindowsAccess = { owner: FOREIGN_OWNER, group: found?.['owner'] ?? '', mode: 0 };
  if (found === undefined) return foreign;
  const read = readEntries(found['entries'] ?? '');
  if (read === null) return foreign;
  const accounts = services.map((service) => accountOfService(service));
  const owner = SID_WORDS[found['owner'] ?? ''] ?? found['owner'];
  const isOwnersFile = kind === 'file' && read.isInherited && services.some((service) => serviceSid(service) === owner);
  if (owner !== WELL_KNOWN_SIDS.SYSTEM && owner !== WELL_KNOWN_SIDS.Administrators && !isOwnersFile) return foreign;
  for (const candidate of candidatesFor(accounts, kind)) {
    const wanted = entriesFor(candidate, kind);
    if (wanted !== null && isSame(wanted, read.entries) && (kind === 'file' || read.isInheritedBelow)) return candidate;
  }
  return foreign;
}

/** Every access that `sddlFor` knows. */
function candidatesFor(accounts: readonly string[], kind: 'file' | 'folder'): readonly WindowsAccess[] {
  const run = kind === 'folder' ? [true] : [false, true];
  return run.flatMap((isRun) => {
    const mode = (digits: number): number => (isRun ? digits | runBitsFor(digits) : digits);
    const admins = { owner: 'Administrators', group: 'Administrators' } as const;
    return [
      { ...admins, mode: mode(0o600) },
      { ...admins, mode: mode(0o644) },
      ...accounts.flatMap((account) => [
        { owner: 'Administrators', group: account, mode: mode(0o640) },
        { owner: account, group: account, mode: mode(0o640) },
      ]),
    ];
  });
}

interface ReadEntries {
  /** Access masks by SID. */
  readonly entries: ReadonlyMap<string, number>;
  /** Every entry holds for what lies in the folder as well. */
  readonly isInheritedBelow: boolean;
  /** All of it came from the folder above. */
  readonly isInherited: boolean;
}

/** The entries of a list, or null where one is no plain permission or a SID stands twice. */
function readEntries(text: string): ReadEntries | null {
  const entries = new Map<string, number>();
  let isInheritedBelow = true;
  let inherited = 0;
  for (const [, entry = ''] of text.matchAll(/\(([^()]*)\)/gu)) {
    const [type, flags = '', rights = '', object, inheritedObject, account = '', ...more] = entry.split(';');
    const sid = SID_WORDS[account] ?? account;
    const mask = maskOf(rights);
    if (type !== 'A' || object !== '' || inheritedObject !== '' || more.length > 0 || mask === null || entries.has(sid)) return null;
    const words: readonly string[] = flags.match(/../gu) ?? [];
    if (words.some((word) => !['OI', 'CI', 'ID'].includes(word))) return null;
    if (words.includes('ID')) inherited += 1;
    isInheritedBelow &&= words.includes('OI') && words.includes('CI');
    entries.set(sid, mask);
  }
  if (inherited !== 0 && inherited !== entries.size) return null;
  return { entries, isInheritedBelow, isInherited: inherited > 0 };
}

/** `0x1f01ff`, or words such as `FRFX`. */
function maskOf(rights: string): number | null {
  if (/^0x[0-9a-f]+$/iu.test(rights)) return Number.parseInt(rights, 16);
  let mask = 0;
  for (const word of rights.match(/../gu) ?? []) {
    const one = RIGHT_WORDS[word];
    if (one === undefined) return null;
    mask |= one;
  }
  return rights === '' ? null : mask;
}

function isSame(wanted: Entries, found: ReadonlyMap<string, number>): boolean {
  return wanted.size === found.size && [...wanted].every(([sid, right]) => found.get(sid) === RIGHTS[right]);
}

/** Whether a list gives a service the right to write; for lists that are not ours as well, as far as its own account goes. */
export function isWritableBy(sddl: string, service: string): boolean {
  const entries = [...sddl.matchAll(/\(([^()]*)\)/gu)].map(([, entry = '']) => entry.split(';'));
  return entries.some(([type, , rights = '', , , account]) => {
    const mask = maskOf(rights);
    return type === 'A' && account === serviceSid(service) && mask !== null && (mask & RIGHTS.modify) === RIGHTS.modify;
  });
}
