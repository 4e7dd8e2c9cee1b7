import { basename } from 'node:path';
import { refusedArchive } from './archiveLayout.ts';

/** A text of its own in a program, as a version that is printed stands there. */
const OWN_TEXT = /(?<=\0)\d{1,2}\.\d{1,3}\.\d{1,3}(?=\0)/gu;
/** Redis that Memurai can be like; libraries in it (OpenSSL, Lua, an allocator) have other numbers. */
const LIKE_REDIS = /^[6-9]\./u;
/** How a zip may be called to say it: `Memurai-redis-7.4.9.zip`. */
const NAMED = /redis[-_ ]?v?(?<version>\d+\.\d+\.\d+)(?!\d|\.\d)/iu;
const PRODUCT_VERSION = Buffer.from('ProductVersion\0', 'utf16le');
/** A version is no longer than this, characters. */
const LONGEST = 32;

/** Memurai's own version, as Windows shows it in the properties of its server program; null where nothing is said. */
export function memuraiProductVersion(server: Uint8Array): string | null {
  const program = Buffer.from(server.buffer, server.byteOffset, server.byteLength);
  const at = program.indexOf(PRODUCT_VERSION);
  if (at === -1) return null;
  const start = at + PRODUCT_VERSION.length;
  const said = program.subarray(start, start + 2 * LONGEST).toString('utf16le');
  return /^\0*(?<version>\d+(?:\.\d+){1,2})/u.exec(said)?.groups?.['version'] ?? null;
}

/** What decides of which Redis a Memurai is. */
export interface MemuraiClaim {
  /** How failures name the archive; its name may say the version. */
  readonly file: string;
  /** The version that is wanted; undefined takes any. */
  readonly wanted: string | undefined;
  /** The version that is thought of where nothing else says one; undefined where none is. */
  readonly hint: string | undefined;
}

/**
 * The version of Redis that a Memurai says it is like. Its programs, never seen here, are read leniently: a version that alone stands in the server counts; where
 * none or several do, the one that is wanted, that the file's name says, or that the hint says, in this order. In the end the running nodes tell. Throws `bundle.windows.refused`.
 */
export function redisVersionOfMemurai(server: Uint8Array, { file, wanted, hint }: MemuraiClaim): string {
  const program = Buffer.from(server.buffer, server.byteOffset, server.byteLength).toString('latin1');
  const own = memuraiProductVersion(server);
  const found = [...new Set(program.match(OWN_TEXT) ?? [])].filter((version) => LIKE_REDIS.test(version) && version !== own);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const claimed = wanted ?? NAMED.exec(basename(file))?.groups?.['version'] ?? hint;
  if (claimed !== undefined && (found.length === 0 || found.includes(claimed))) return claimed;
  throw refusedArchive(file, 'windowsArchive.refused.memuraiVersion', { found: found.length === 0 ? '-' : found.toSorted().join(', ') });
}
