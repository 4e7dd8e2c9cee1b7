import type { Readable } from 'node:stream';

/** Everything that came from one stream so far, as bytes: decoding piece by piece would break characters that were cut in two. */
export interface Collected {
  bytes(): Buffer;
  sizeBytes(): number;
  /** Called after each piece. */
  onPiece(listener: () => void): void;
}

/** Reads a stream to its end. */
export function collectOutput(stream: Readable): Collected {
  let pieces: Buffer[] = [];
  let size = 0;
  const listeners: (() => void)[] = [];
  stream.on('data', (piece: Buffer) => {
    pieces.push(piece);
    size += piece.length;
    for (const listener of listeners) listener();
  });
  return {
    bytes: () => {
      const whole = pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
      pieces = [whole];
      return whole;
    },
    sizeBytes: () => size,
    onPiece: (listener) => {
      listeners.push(listener);
    },
  };
}

/** The last lines of a text, for evidence. */
export function lastLines(text: string, count = 40): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
