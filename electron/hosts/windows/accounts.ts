import { createHash } from 'node:crypto';

/** Accounts by names that no language of Windows changes, with their SIDs. Virtual service accounts are `NT SERVICE\NAME`. */
export const WELL_KNOWN_SIDS = {
  SYSTEM: 'S-1-5-18',
  Administrators: 'S-1-5-32-544',
  Users: 'S-1-5-32-545',
} as const;

const SERVICE_PREFIX = 'NT SERVICE\\';

/** The account under which a service runs that has none of its own: made by Windows with the service, without a password. */
export function accountOfService(service: string): string {
  return `${SERVICE_PREFIX}${service}`;
}

/**
 * The SID of a service's virtual account: `S-1-5-80` and the SHA-1 of its name in upper case, in UTF-16LE, as five little-endian numbers.
 * No server has to be asked, and it stands before the service does.
 */
export function serviceSid(service: string): string {
  const digest = createHash('sha1').update(Buffer.from(service.toUpperCase(), 'utf16le')).digest();
  return ['S-1-5-80', ...Array.from({ length: 5 }, (_, word) => digest.readUInt32LE(word * 4))].join('-');
}

/** The SID of an account that Triad uses. Throws for any other: names of people and groups depend on the language and the domain. */
export function sidOfAccount(account: string): string {
  if (account.startsWith(SERVICE_PREFIX)) return serviceSid(account.slice(SERVICE_PREFIX.length));
  const found = Object.entries(WELL_KNOWN_SIDS).find(([name]) => name === account);
  if (found === undefined) throw new Error(`not an account of ours: ${account}`);
  return found[1];
}
