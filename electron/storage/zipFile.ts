import { crc32, inflateRawSync } from 'node:zlib';
import { formatBytes } from '../shared/domain/reportFormat.ts';
import { message, say } from '../shared/messages/message.ts';

const END_SIGNATURE = 0x06_05_4b_50;
const END_BYTES = 22;
const CENTRAL_SIGNATURE = 0x02_01_4b_50;
const CENTRAL_BYTES = 46;
const LOCAL_SIGNATURE = 0x04_03_4b_50;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;
/** Names in UTF-8: the only flag of a zip that changes nothing for plain letters. */
const UTF8_FLAG = 0x08_00;
/** How hard the packer tried. */
const EFFORT_FLAGS = 0x00_06;
const ENCRYPTED_FLAG = 0x00_01;
const UNIX = 3;
const FILE_TYPE_BITS = 0o170_000;
const REGULAR_FILE = 0o100_000;
const FOLDER = 0o040_000;
const LINK = 0o120_000;
const DOS_FOLDER = 0x10;
const DOS_VOLUME = 0x08;
/** Moments, owners: what Info-ZIP and 7-Zip add. Any other field may say another name, size or kind than the header does (zip64, Unicode path, AES). */
const HARMLESS_FIELDS: ReadonlySet<number> = new Set([0x54_55, 0x78_75, 0x58_55, 0x78_55, 0x00_0a]);

/** What can be wrong with a zip. `damaged`: it is not what was packed; `unsafe`: it was made to harm, or could. */
export type ZipReason =
  'noEnd' | 'layout' | 'tooMany' | 'special' | 'path' | 'twice' | 'encrypted' | 'method' | 'tooLarge' | 'ratio' | 'unpack';

/** The largest that a zip may be; sizes are in bytes and count before unpacking and while it goes on. */
export interface ZipLimits {
  readonly parts: number;
  readonly partBytes: number;
  readonly totalBytes: number;
  /** Unpacked to packed, of a part above `ratioFromBytes`. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
}

/** Which zips a reader takes. */
export interface ZipManner {
  readonly limits: ZipLimits;
  /** Whether it was packed by another program than Triad: then folders, and extra fields that say nothing of names or sizes, may be in it. */
  readonly isForeign: boolean;
  /** Whether a name may stand in it; that of a folder comes without its slash. */
  readonly isPath: (path: string) => boolean;
  /** The error for what is wrong; `part` is a name that may be shown, or null for the file as a whole. */
  readonly refuse: (
    kind: 'damaged' | 'unsafe',
    part: string | null,
    reason: ZipReason,
    values: Readonly<Record<string, string | number>>,
  ) => Error;
}

/** One part of a zip, unpacked and proved. A folder has no bytes and no slash at its end. */
export interface ZipPart {
  readonly path: string;
  readonly isFolder: boolean;
  readonly bytes: Uint8Array;
}

interface Header {
  readonly name: string;
  readonly path: string;
  readonly isFolder: boolean;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly sizeBytes: number;
  readonly offset: number;
}

/** A name as it may be shown on a terminal: no control characters, and not too long. */
export function shownPath(path: string): string {
  return JSON.stringify(path.slice(0, 120)).slice(1, -1);
}

/** The words for the file as a whole, where a part is named otherwise. */
export function wholeFile(): string {
  return say(message('storage.zip.wholeFile'));
}

/** Whether extra fields are whole, and only of the harmless kinds. */
function areHarmless(fields: Buffer): boolean {
  let at = 0;
  while (at + 4 <= fields.length) {
    if (!HARMLESS_FIELDS.has(fields.readUInt16LE(at))) return false;
    at += 4 + fields.readUInt16LE(at + 2);
  }
  return at === fields.length;
}

/** Whether attributes say something else than an ordinary file, or the folder that the name says. */
function isSpecial(attributes: number, madeBy: number, isFolder: boolean, isForeign: boolean): boolean {
  const type = (attributes >>> 16) & FILE_TYPE_BITS;
  // Below the upper half stand the attributes of DOS.
  if ((attributes & DOS_VOLUME) !== 0 || type === LINK) return true;
  if (isFolder && !isForeign) return true;
  if ((attributes & DOS_FOLDER) !== 0 && !isFolder) return true;
  return madeBy === UNIX && type !== 0 && type !== (isFolder ? FOLDER : REGULAR_FILE);
}

/** The list at the end of the file. Refuses what no reader needs: comments, several disks, zip64, and extra fields that could say anything else. */
function readList(bytes: Buffer, manner: ZipManner): { readonly headers: readonly Header[]; readonly listAt: number } {
  const { isForeign, limits, refuse } = manner;
  const layout = (): Error => refuse('damaged', null, 'layout', {});
  const endAt = bytes.length - END_BYTES;
  if (endAt < 0 || bytes.readUInt32LE(endAt) !== END_SIGNATURE) throw refuse('damaged', null, 'noEnd', {});
  const [disk, listDisk, here, count] = [4, 6, 8, 10].map((at) => bytes.readUInt16LE(endAt + at));
  const listBytes = bytes.readUInt32LE(endAt + 12);
  const listAt = bytes.readUInt32LE(endAt + 16);
  if (
    count === undefined ||
    disk !== 0 ||
    listDisk !== 0 ||
    here !== count ||
    bytes.readUInt16LE(endAt + 20) !== 0 ||
    listAt + listBytes !== endAt
  )
    throw layout();
  if (count > limits.parts) throw refuse('unsafe', null, 'tooMany', { count, limit: limits.parts });
  const headers: Header[] = [];
  let at = listAt;
  for (let index = 0; index < count; index += 1) {
    if (at + CENTRAL_BYTES > endAt || bytes.readUInt32LE(at) !== CENTRAL_SIGNATURE) throw layout();
    const [nameLength = 0, extraLength = 0, commentLength, startDisk] = [28, 30, 32, 34].map((field) => bytes.readUInt16LE(at + field));
    const nameEnd = at + CENTRAL_BYTES + nameLength;
    const partEnd = nameEnd + extraLength;
    if (partEnd > endAt || (extraLength !== 0 && !isForeign) || commentLength !== 0 || startDisk !== 0) throw layout();
    if (!areHarmless(bytes.subarray(nameEnd, partEnd))) throw layout();
    const name = bytes.toString('latin1', at + CENTRAL_BYTES, nameEnd);
    const isFolder = isForeign && name.endsWith('/');
    if (isSpecial(bytes.readUInt32LE(at + 38), bytes[at + 5] ?? 0, isFolder, isForeign))
      throw refuse('unsafe', shownPath(name), 'special', {});
    headers.push({
      name,
      path: isFolder ? name.slice(0, -1) : name,
      isFolder,
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packedBytes: bytes.readUInt32LE(at + 20),
      sizeBytes: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at = partEnd;
  }
  if (at !== endAt) throw layout();
  return { headers, listAt };
}

/** Refuses names, sizes and kinds that such a zip never has, before anything is unpacked. */
function requireSafe(headers: readonly Header[], { isForeign, limits, isPath, refuse }: ZipManner): void {
  const seen = new Set<string>();
  let totalBytes = 0;
  for (const { path, isFolder, flags, method, packedBytes, sizeBytes } of headers) {
    const part = shownPath(path);
    if (!isPath(path)) throw refuse('unsafe', part, 'path', {});
    // Two names that a disk of Windows or macOS takes for one.
    if (seen.has(path.toLowerCase())) throw refuse('unsafe', part, 'twice', {});
    seen.add(path.toLowerCase());
    if ((flags & ENCRYPTED_FLAG) !== 0) throw refuse('unsafe', part, 'encrypted', {});
    const known = isForeign ? UTF8_FLAG | EFFORT_FLAGS : UTF8_FLAG;
    if ((flags & ~known) !== 0 || (method !== STORED && method !== DEFLATED)) throw refuse('unsafe', part, 'method', {});
    if (isFolder && sizeBytes !== 0) throw refuse('unsafe', part, 'special', {});
    totalBytes += sizeBytes;
    const limit = formatBytes(sizeBytes > limits.partBytes ? limits.partBytes : limits.totalBytes);
    if (sizeBytes > limits.partBytes || totalBytes > limits.totalBytes) throw refuse('unsafe', part, 'tooLarge', { limit });
    if (sizeBytes > limits.ratioFromBytes && sizeBytes > packedBytes * limits.ratio) throw refuse('unsafe', part, 'ratio', {});
  }
}

function unpackPart(bytes: Buffer, header: Header, from: number, { refuse }: ZipManner): Uint8Array {
  const packed = bytes.subarray(from, from + header.packedBytes);
  const damaged = (): Error => refuse('damaged', shownPath(header.path), 'unpack', {});
  let unpacked: Uint8Array;
  try {
    // One byte more than said is enough to know that the size was a lie; nothing unpacks further than that.
    unpacked = header.method === STORED ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, header.sizeBytes) });
  } catch {
    throw damaged();
  }
  if (unpacked.length !== header.sizeBytes || crc32(unpacked) !== header.crc) throw damaged();
  return unpacked;
}

/**
 * The parts of a zip, one after the other, each unpacked in memory and proved. Far stricter than a zip need be: parts must follow one another without gap or
 * overlap in the order of the list, so that no reader sees anything else than another. Whoever stops before the end has not proved the rest. Throws what
 * `refuse` makes.
 */
export function* readZip(archive: Uint8Array, manner: ZipManner): Generator<ZipPart, void> {
  const { isForeign, refuse } = manner;
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const { headers, listAt } = readList(bytes, manner);
  requireSafe(headers, manner);
  let at = 0;
  for (const header of headers) {
    const layout = (): Error => refuse('damaged', shownPath(header.path), 'layout', {});
    if (header.offset !== at || at + LOCAL_BYTES > listAt || bytes.readUInt32LE(at) !== LOCAL_SIGNATURE) throw layout();
    const nameEnd = at + LOCAL_BYTES + bytes.readUInt16LE(at + 26);
    const extraLength = bytes.readUInt16LE(at + 28);
    const from = nameEnd + extraLength;
    const isSame =
      (extraLength === 0 || isForeign) &&
      from + header.packedBytes <= listAt &&
      areHarmless(bytes.subarray(nameEnd, from)) &&
      bytes.toString('latin1', at + LOCAL_BYTES, nameEnd) === header.name &&
      bytes.readUInt16LE(at + 6) === header.flags &&
      bytes.readUInt16LE(at + 8) === header.method &&
      bytes.readUInt32LE(at + 14) === header.crc &&
      bytes.readUInt32LE(at + 18) === header.packedBytes &&
      bytes.readUInt32LE(at + 22) === header.sizeBytes;
    if (!isSame) throw layout();
    at = from + header.packedBytes;
    yield { path: header.path, isFolder: header.isFolder, bytes: unpackPart(bytes, header, from, manner) };
  }
  if (at !== listAt) throw refuse('damaged', null, 'layout', {});
}
