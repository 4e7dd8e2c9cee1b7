import { gunzipSync, gzipSync } from 'fflate';

/** An unpacked record may be this large, bytes: what claims to be more was made to fill the memory. */
const MOST_UNPACKED_BYTES = 512 * 1024 ** 2;

/**
 * Packs the bytes of a journal as gzip that any tool opens. By fflate and without a time, as the bundles are: the same bytes give the same file, whatever
 * zlib a program was built with.
 */
export function packRecord(journal: Uint8Array): Uint8Array {
  return gzipSync(journal, { level: 9, mtime: 0 });
}

/** Unpacks it again; null for what is no such file, or one too large. */
export function unpackRecord(packed: Uint8Array): Buffer | null {
  // The last four bytes are the size, modulo 4 GiB: read before anything is unpacked.
  const claimed = packed.length < 18 ? 0 : new DataView(packed.buffer, packed.byteOffset + packed.length - 4, 4).getUint32(0, true);
  if (claimed > MOST_UNPACKED_BYTES) return null;
  try {
    return Buffer.from(gunzipSync(packed));
  } catch {
    return null;
  }
}
