import type { Socket } from 'node:net';

/** One part of what a program of `programs/` and the host say to each other. */
export interface Part {
  readonly word: string;
  readonly bytes: Buffer;
}

const lineFeed = 0x0a;
const longestHead = 64;

/** Calls `take` with each part as it is complete. */
export function readParts(socket: Socket, take: (part: Part) => void): void {
  let held: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    for (;;) {
      const end = held.indexOf(lineFeed);
      if (end < 0) {
        if (held.length > longestHead) socket.destroy();
        return;
      }
      const [word = '', size = ''] = held.subarray(0, end).toString('utf8').split(' ');
      const length = Number(size);
      if (held.length < end + 1 + length) return;
      const bytes = held.subarray(end + 1, end + 1 + length);
      held = held.subarray(end + 1 + length);
      take({ word, bytes });
    }
  });
}

/** Sends one part. */
export function sendPart(socket: Socket, word: string, content: string | Buffer): void {
  const bytes = Buffer.from(content);
  socket.write(`${word} ${bytes.length}\n`);
  socket.write(bytes);
}
