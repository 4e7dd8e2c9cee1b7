import { crc32, inflateRawSync } from 'node:zlib';
import { zipSync, type Zippable } from 'fflate';
import { BUNDLE_LIMITS, isBundlePath, type BundlePart } from '../shared/domain/configBundle.ts';
import { fail, type FailureError } from '../shared/domain/failure.ts';
import { formatBytes } from '../shared/domain/reportFormat.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { message, say, type MessageCode } from '../shared/messages/message.ts';

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
const ENCRYPTED_FLAG = 0x00_01;
const UNIX = 3;
const FILE_TYPE_BITS = 0o170_000;
const REGULAR_FILE = 0o100_000;

type ZipReason = Extract<MessageCode, `storage.zip.${string}`>;

/** The earliest moment that a zip can hold, as the local time that fflate reads it as: every file of every bundle bears it. */
const FIXED_MOMENT = new Date(1980, 0, 1);

/**
 * Makes the zip of a bundle: the parts in the order given, all with one moment and no attributes, so that the same parts give the same bytes. By fflate
 * and not by Node's zlib, whose compression differs from version to version and between Node and Electron.
 */
export function zipParts(parts: readonly BundlePart[]): Uint8Array {
  const files: Zippable = {};
  for (const { path, bytes } of parts) files[path] = [bytes, { mtime: FIXED_MOMENT, level: path.endsWith('.gz') ? 0 : 6 }];
  return zipSync(files);
}

interface Header {
  readonly path: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly sizeBytes: number;
  readonly offset: number;
}

/** What is wrong, as a failure that names the file and the part of it. */
function refusal(
  kind: 'damaged' | 'unsafe',
  file: string,
  part: string,
  reason: ZipReason,
  values: Readonly<Record<string, string | number>> = {},
): FailureError {
  const code = kind === 'damaged' ? 'configBundle.damaged' : 'configBundle.unsafe';
  return fail(code, adminSubject, { values: { file, part, reason: say({ code: reason, values }) } });
}

/** The part that stands for the file as a whole. */
function wholeFile(): string {
  return say(message('storage.zip.wholeFile'));
}

/** The list at the end of the file. Refuses everything that Triad never writes: comments, extra fields, links, several disks, zip64, encryption. */
function readList(bytes: Buffer, file: string): { readonly headers: readonly Header[]; readonly listAt: number } {
  const whole = wholeFile();
  const endAt = bytes.length - END_BYTES;
  if (endAt < 0 || bytes.readUInt32LE(endAt) !== END_SIGNATURE) throw refusal('damaged', file, whole, 'storage.zip.noEnd');
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
    throw refusal('damaged', file, whole, 'storage.zip.layout');
  if (count > BUNDLE_LIMITS.parts) throw refusal('unsafe', file, whole, 'storage.zip.tooMany', { count, limit: BUNDLE_LIMITS.parts });
  const headers: Header[] = [];
  let at = listAt;
  for (let index = 0; index < count; index += 1) {
    if (at + CENTRAL_BYTES > endAt || bytes.readUInt32LE(at) !== CENTRAL_SIGNATURE)
      throw refusal('damaged', file, whole, 'storage.zip.layout');
    const [nameLength = 0, extraLength, commentLength, startDisk] = [28, 30, 32, 34].map((field) => bytes.readUInt16LE(at + field));
    const nameEnd = at + CENTRAL_BYTES + nameLength;
    if (nameEnd > endAt || extraLength !== 0 || commentLength !== 0 || startDisk !== 0)
      throw refusal('damaged', file, whole, 'storage.zip.layout');
    const path = bytes.toString('latin1', at + CENTRAL_BYTES, nameEnd);
    const attributes = bytes.readUInt32LE(at + 38);
    const type = (attributes >>> 16) & FILE_TYPE_BITS;
    // Below the upper half stand the attributes of DOS: 0x10 is a folder, 0x08 a volume.
    if ((attributes & 0x18) !== 0 || (bytes[at + 5] === UNIX && type !== 0 && type !== REGULAR_FILE) || type === 0o120_000)
      throw refusal('unsafe', file, shownPath(path), 'storage.zip.special');
    headers.push({
      path,
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packedBytes: bytes.readUInt32LE(at + 20),
      sizeBytes: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at = nameEnd;
  }
  if (at !== endAt) throw refusal('damaged', file, whole, 'storage.zip.layout');
  return { headers, listAt };
}

/** A name as it may be shown on a terminal: no control characters, and not too long. */
function shownPath(path: string): string {
  return JSON.stringify(path.slice(0, 120)).slice(1, -1);
}

/** Refuses names, sizes and kinds that a bundle never has, before anything is unpacked. */
function requireSafe(headers: readonly Header[], file: string): void {
  const seen = new Set<string>();
  let totalBytes = 0;
  for (const { path, flags, method, packedBytes, sizeBytes } of headers) {
    const part = shownPath(path);
    if (!isBundlePath(path)) throw refusal('unsafe', file, part, 'storage.zip.path');
    // Two names that a disk of Windows or macOS takes for one.
    if (seen.has(path.toLowerCase())) throw refusal('unsafe', file, part, 'storage.zip.twice');
    seen.add(path.toLowerCase());
    if ((flags & ENCRYPTED_FLAG) !== 0) throw refusal('unsafe', file, part, 'storage.zip.encrypted');
    if ((flags & ~UTF8_FLAG) !== 0 || (method !== STORED && method !== DEFLATED)) throw refusal('unsafe', file, part, 'storage.zip.method');
    totalBytes += sizeBytes;
    const limit = formatBytes(sizeBytes > BUNDLE_LIMITS.partBytes ? BUNDLE_LIMITS.partBytes : BUNDLE_LIMITS.totalBytes);
    if (sizeBytes > BUNDLE_LIMITS.partBytes || totalBytes > BUNDLE_LIMITS.totalBytes)
      throw refusal('unsafe', file, part, 'storage.zip.tooLarge', { limit });
    if (sizeBytes > BUNDLE_LIMITS.ratioFromBytes && sizeBytes > packedBytes * BUNDLE_LIMITS.ratio)
      throw refusal('unsafe', file, part, 'storage.zip.ratio');
  }
}

function unpackPart(bytes: Buffer, header: Header, from: number, file: string): Uint8Array {
  const part = shownPath(header.path);
  const packed = bytes.subarray(from, from + header.packedBytes);
  let unpacked: Uint8Array;
  try {
    // One byte more than said is enough to know that the size was a lie; nothing unpacks further than that.
    unpacked = header.method === STORED ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, header.sizeBytes) });
  } catch {
    throw refusal('damaged', file, part, 'storage.zip.unpack');
  }
  if (unpacked.length !== header.sizeBytes || crc32(unpacked) !== header.crc) throw refusal('damaged', file, part, 'storage.zip.unpack');
  return unpacked;
}

/**
 * The parts in a bundle's zip, all in memory. Far stricter than a zip need be: parts must follow one another without gap or overlap in the order of the
 * list, so that no reader sees anything else than another. Throws `configBundle.damaged` and `configBundle.unsafe`.
 * @param file how failures name the file
 */
export function unzipParts(archive: Uint8Array, file: string): readonly BundlePart[] {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const { headers, listAt } = readList(bytes, file);
  requireSafe(headers, file);
  let at = 0;
  const parts = headers.map((header): BundlePart => {
    const part = shownPath(header.path);
    if (header.offset !== at || at + LOCAL_BYTES > listAt || bytes.readUInt32LE(at) !== LOCAL_SIGNATURE)
      throw refusal('damaged', file, part, 'storage.zip.layout');
    const from = at + LOCAL_BYTES + bytes.readUInt16LE(at + 26);
    const isSame =
      bytes.readUInt16LE(at + 28) === 0 &&
      from + header.packedBytes <= listAt &&
      bytes.toString('latin1', at + LOCAL_BYTES, from) === header.path &&
      bytes.readUInt16LE(at + 6) === header.flags &&
      bytes.readUInt16LE(at + 8) === header.method &&
      bytes.readUInt32LE(at + 14) === header.crc &&
      bytes.readUInt32LE(at + 18) === header.packedBytes &&
      bytes.readUInt32LE(at + 22) === header.sizeBytes;
    if (!isSame) throw refusal('damaged', file, part, 'storage.zip.layout');
    at = from + header.packedBytes;
    return { path: header.path, bytes: unpackPart(bytes, header, from, file) };
  });
  if (at !== listAt) throw refusal('damaged', file, wholeFile(), 'storage.zip.layout');
  return parts;
}
