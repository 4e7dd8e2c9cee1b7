/** A member of a tar archive. `read` gives its bytes; a member that is not read is passed over. */
export interface TarMember {
  /** As the archive writes it, without a leading `./`. */
  readonly name: string;
  /** `file` is an ordinary file; links, folders and devices are `other`. */
  readonly kind: 'file' | 'other';
  readonly sizeBytes: number;
  read(): Promise<Uint8Array>;
}

/** The bytes are no tar archive, or end within one. */
export class TarError extends Error {
  override readonly name = 'TarError';
}

const BLOCK = 512;
/** Long names and the like; far above what real archives have, far below what hurts. */
const LONGEST_EXTENSION_BYTES = 1024 * 1024;

/**
 * The members of a tar archive in their order, without unpacking anything: nothing is ever written to a disk. Understands what GNU tar,
 * bsdtar and Node tools write (ustar, pax and GNU long names, sizes in base 256); own because the project needs reading only, and no more
 * than this. Throws {@link TarError}.
 */
export async function* readTar(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TarMember, void> {
  const input = blockReader(chunks);
  let longName: string | null = null;
  let pax: ReadonlyMap<string, string> = new Map();
  for (;;) {
    const header = await input.take(BLOCK);
    // An archive ends with two empty blocks; some writers leave the second out, or both.
    if (header === null || header.every((byte) => byte === 0)) return;
    if (!hasRightChecksum(header)) throw new TarError('no tar header where one should be');
    const type = String.fromCharCode(header[156] ?? 0);
    const sizeBytes = pax.has('size') ? Number(pax.get('size')) : numberAt(header, 124, 12);
    if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0) throw new TarError('impossible size in a tar header');
    const paddedBytes = Math.ceil(sizeBytes / BLOCK) * BLOCK;

    if ('xgLK'.includes(type)) {
      if (sizeBytes > LONGEST_EXTENSION_BYTES) throw new TarError('impossible extension in a tar header');
      const body = (await input.mustTake(paddedBytes)).subarray(0, sizeBytes);
      if (type === 'x') pax = paxRecords(body);
      if (type === 'L') longName = textAt(body, 0, body.length);
      continue;
    }

    const name = pax.get('path') ?? longName ?? shortName(header);
    let left = paddedBytes;
    yield {
      name: name.replace(/^(?:\.\/)+/u, ''),
      kind: type === '0' || type === '\0' || type === '7' ? 'file' : 'other',
      sizeBytes,
      read: async () => {
        left = 0;
        return (await input.mustTake(paddedBytes)).subarray(0, sizeBytes);
      },
    };
    await input.skip(left);
    longName = null;
    pax = new Map();
  }
}

function shortName(header: Uint8Array): string {
  const name = textAt(header, 0, 100);
  const prefix = textAt(header, 257, 6) === 'ustar' ? textAt(header, 345, 155) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

function hasRightChecksum(header: Uint8Array): boolean {
  // The sum counts its own field as blanks.
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 0x20 : byte), 0);
  return numberAt(header, 148, 8) === sum;
}

function textAt(bytes: Uint8Array, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end));
}

function numberAt(header: Uint8Array, start: number, length: number): number {
  const first = header[start] ?? 0;
  if ((first & 0x80) !== 0) {
    return header.subarray(start + 1, start + length).reduce((total, byte) => total * 256 + byte, first & 0x7f);
  }
  return Number.parseInt(textAt(header, start, length).trim() || '0', 8);
}

/** Records of the form `LENGTH KEY=VALUE\n`, the length in bytes and including itself. */
function paxRecords(body: Uint8Array): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  let at = 0;
  while (at < body.length) {
    const blank = body.indexOf(0x20, at);
    const length = Number(textAt(body, at, blank - at));
    if (blank === -1 || !Number.isSafeInteger(length) || length <= blank - at + 1) throw new TarError('unreadable pax record');
    const record = new TextDecoder().decode(body.subarray(blank + 1, at + length - 1));
    const equals = record.indexOf('=');
    records.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return records;
}

interface BlockReader {
  /** Exactly so many bytes, or null when the archive ends here. */
  take(bytes: number): Promise<Uint8Array | null>;
  mustTake(bytes: number): Promise<Uint8Array>;
  skip(bytes: number): Promise<void>;
}

function blockReader(chunks: AsyncIterable<Uint8Array>): BlockReader {
  const source = chunks[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array(0);

  async function* pieces(bytes: number): AsyncGenerator<Uint8Array, void> {
    let wanted = bytes;
    while (wanted > 0) {
      if (rest.length === 0) {
        const next = await source.next();
        if (next.done === true) return;
        rest = next.value;
      }
      const piece = rest.subarray(0, wanted);
      rest = rest.subarray(piece.length);
      wanted -= piece.length;
      yield piece;
    }
  }

  async function take(bytes: number): Promise<Uint8Array | null> {
    const whole = new Uint8Array(bytes);
    let filled = 0;
    for await (const piece of pieces(bytes)) {
      whole.set(piece, filled);
      filled += piece.length;
    }
    if (filled < bytes && filled > 0) throw new TarError('the archive ends too early');
    return filled === bytes ? whole : null;
  }

  return {
    take,
    mustTake: async (bytes) => {
      const whole = await take(bytes);
      if (whole === null) throw new TarError('the archive ends too early');
      return whole;
    },
    skip: async (bytes) => {
      let passed = 0;
      for await (const piece of pieces(bytes)) passed += piece.length;
      if (passed < bytes) throw new TarError('the archive ends too early');
    },
  };
}
