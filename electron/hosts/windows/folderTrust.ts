import { WELL_KNOWN_SIDS } from './accounts.ts';

/** What keeps a folder from being trusted: who owns it, or who may write there. `service`: only accounts of services may, as in the folder of a node. */
export type FolderTrust =
  | { readonly kind: 'closed' }
  | { readonly kind: 'service' }
  | { readonly kind: 'writable'; readonly by: string }
  | { readonly kind: 'owned'; readonly by: string }
  | { readonly kind: 'unknown' };

/** Windows Update, so to say: it owns the system's own folders. */
const TRUSTED_INSTALLER = 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464';
/** The words of SDDL for those who may do everything anyway; `LA` is the built-in administrator. */
const TRUSTED: ReadonlySet<string> = new Set(['SY', 'BA', 'LA', WELL_KNOWN_SIDS.SYSTEM, WELL_KNOWN_SIDS.Administrators, TRUSTED_INSTALLER]);
/** An entry for whoever makes something below; on the folder itself it gives nobody anything. */
const CREATOR = /^(?:CO|CG|S-1-3-[01])$/u;
const SERVICE = /^S-1-5-80-/u;

/** Every word of SDDL for a right, with its bits; what is not here counts as everything. */
const RIGHTS: Readonly<Record<string, number>> = {
  CC: 0x1,
  DC: 0x2,
  LC: 0x4,
  SW: 0x8,
  RP: 0x10,
  WP: 0x20,
  DT: 0x40,
  LO: 0x80,
  CR: 0x100,
  SD: 0x1_0000,
  RC: 0x2_0000,
  WD: 0x4_0000,
  WO: 0x8_0000,
  FA: 0x1f_01ff,
  FR: 0x12_0089,
  FW: 0x12_0116,
  FX: 0x12_00a0,
  GA: 0x1000_0000,
  GX: 0x2000_0000,
  GW: 0x4000_0000,
  GR: 0x8000_0000,
};
/** Adding files and folders, removing what is there, attributes (a link is set by them), the folder itself, its list and its owner; and what stands for them. */
const WRITES = 0x2 | 0x4 | 0x10 | 0x40 | 0x100 | 0x1_0000 | 0x4_0000 | 0x8_0000 | 0x1000_0000 | 0x4000_0000;

const DESCRIPTOR = /^O:(?<owner>[A-Z]{2}|S-[0-9-]+)(?:G:(?:[A-Z]{2}|S-[0-9-]+))?D:(?<flags>[A-Z_]*)(?<entries>(?:\([^()]*\))*)/u;

/** Judges a folder by its owner and access list: nobody but administrators may be able to put something else where Triad writes its programs. */
export function folderTrust(sddl: string | null): FolderTrust {
  const found = DESCRIPTOR.exec(sddl ?? '')?.groups;
  const owner = found?.['owner'];
  // No list at all: everybody may do everything.
  if (found === undefined || owner === undefined || found['flags']?.includes('NO_ACCESS_CONTROL') === true) return { kind: 'unknown' };
  if (!TRUSTED.has(owner)) return { kind: 'owned', by: owner };
  const writers = [...(found['entries'] ?? '').matchAll(/\(([^()]*)\)/gu)].flatMap(([, entry = '']) => writerOf(entry));
  const stranger = writers.find((writer) => !SERVICE.test(writer));
  if (stranger !== undefined) return { kind: 'writable', by: stranger };
  return writers.length > 0 ? { kind: 'service' } : { kind: 'closed' };
}

/** Whom an entry lets write here, beside those who may anyway. */
function writerOf(entry: string): readonly string[] {
  const [type = '', flags = '', rights = '', , , account = ''] = entry.split(';');
  const isDenial = type === 'D' || type === 'OD' || type === 'XD';
  const words: readonly string[] = flags.match(/../gu) ?? [];
  const isForBelow = words.includes('IO');
  if (isDenial || isForBelow || TRUSTED.has(account) || CREATOR.test(account)) return [];
  return (maskOf(rights) & WRITES) === 0 ? [] : [account];
}

function maskOf(rights: string): number {
  if (/^0x[0-9a-f]+$/iu.test(rights)) return Number.parseInt(rights, 16);
  const words: readonly string[] = rights.match(/../gu) ?? [];
  return words.reduce((mask, word) => mask | (RIGHTS[word] ?? -1), 0);
}
