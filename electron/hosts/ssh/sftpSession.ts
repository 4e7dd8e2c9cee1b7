import type { SFTPWrapper } from 'ssh2';

/** What an SFTP server answers, as far as it tells: version 3 of the protocol has one code, `failure`, for a locked file, a full disk and a name that is taken. */
export type SftpRefusal = 'absent' | 'denied' | 'failure' | 'lost';

/** Thrown by every call of an {@link SftpSession}; the caller knows what it wanted and makes the failure of it. */
export class SftpError extends Error {
  readonly refusal: SftpRefusal;
  readonly path: string;
  constructor(refusal: SftpRefusal, path: string, message: string) {
    super(message);
    this.name = 'SftpError';
    this.refusal = refusal;
    this.path = path;
  }
}

/** What stands at a path. */
export interface SftpEntry {
  readonly kind: 'file' | 'folder' | 'other';
  readonly sizeBytes: number;
}

/** Files of a server over one SFTP channel. Paths are the server's: absolute, with forward slashes; on Windows `/C:/folder/file`. */
export interface SftpSession {
  /** The folder in which the login begins, absolute. */
  home(): Promise<string>;
  /** Null when nothing is there. */
  stat(path: string): Promise<SftpEntry | null>;
  /** Writes a new file, or over one; where it has to be new, one that is there is a `failure`. */
  writeFile(path: string, bytes: Uint8Array, more?: { readonly isNew: boolean }): Promise<void>;
  /** Reads at most `limitBytes`, from the byte `start` on. */
  readFile(path: string, limitBytes: number, start?: number): Promise<Buffer>;
  /** Version 3 of the protocol refuses to rename onto a file that is there. */
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  makeFolder(path: string): Promise<void>;
  /** Refused where the folder is not empty. */
  removeFolder(path: string): Promise<void>;
  /** Names in a folder, without `.` and `..`. */
  list(path: string): Promise<readonly string[]>;
  readonly ended: Promise<void>;
  close(): void;
}

const NO_SUCH_FILE = 2;
const PERMISSION_DENIED = 3;
const NO_CONNECTION = 6;
const CONNECTION_LOST = 7;

/** Bytes of one write; servers take at least this much in a packet. */
const PIECE_BYTES = 32_768;
/** Writes that are under way at once: one at a time would cost a round trip each. */
const PIECES_UNDER_WAY = 32;

function refusalOf(error: Error): SftpRefusal {
  const code: unknown = Reflect.get(error, 'code');
  // Every answer of a server has a number. Without one, ssh2 has given up what was under way, because the channel has ended.
  if (typeof code !== 'number') return 'lost';
  switch (code) {
    case NO_SUCH_FILE:
      return 'absent';
    case PERMISSION_DENIED:
      return 'denied';
    case NO_CONNECTION:
    case CONNECTION_LOST:
      return 'lost';
    default:
      return 'failure';
  }
}

/** Wraps a channel of ssh2. `lost` resolves when its connection has ended: ssh2 forgets callbacks then. */
export function sftpSessionOf(sftp: SFTPWrapper, lost: Promise<unknown>): SftpSession {
  const ended = Promise.race([
    new Promise<void>((resolve) => {
      sftp.on('close', () => resolve());
      sftp.on('end', () => resolve());
    }),
    lost.then(() => undefined),
  ]);
  sftp.on('error', () => undefined);

  const ask = <Value>(
    path: string,
    start: (answer: (error: Error | null | undefined, value?: Value) => void) => void,
  ): Promise<Value | undefined> =>
    Promise.race([
      new Promise<Value | undefined>((resolve, reject) => {
        start((error, value) => {
          if (error instanceof Error) reject(new SftpError(refusalOf(error), path, error.message));
          else resolve(value);
        });
      }),
      ended.then((): never => {
        throw new SftpError('lost', path, 'the SFTP channel has ended');
      }),
    ]);
  const need = async <Value>(path: string, start: Parameters<typeof ask<Value>>[1]): Promise<Value> => {
    const value = await ask<Value>(path, start);
    if (value === undefined) throw new SftpError('failure', path, 'no answer');
    return value;
  };
  const withOpen = async <Value>(path: string, flags: 'r' | 'w' | 'wx', work: (handle: Buffer) => Promise<Value>): Promise<Value> => {
    const handle = await need<Buffer>(path, (answer) => sftp.open(path, flags, answer));
    try {
      return await work(handle);
    } finally {
      await ask(path, (answer) => sftp.close(handle, answer)).catch(() => undefined);
    }
  };

  return {
    home: () => need<string>('.', (answer) => sftp.realpath('.', answer)),
    stat: async (path) => {
      try {
        const stats = await need<Parameters<Parameters<SFTPWrapper['stat']>[1]>[1]>(path, (answer) => sftp.stat(path, answer));
        return { kind: stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : 'other', sizeBytes: stats.size };
      } catch (error) {
        if (error instanceof SftpError && error.refusal === 'absent') return null;
        throw error;
      }
    },
    writeFile: (path, bytes, more) =>
      withOpen(path, more?.isNew === true ? 'wx' : 'w', async (handle) => {
        const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        let next = 0;
        const writeSome = async (): Promise<void> => {
          while (next < all.length) {
            const at = next;
            const length = Math.min(PIECE_BYTES, all.length - at);
            next += length;
            await ask(path, (answer) => sftp.write(handle, all, at, length, at, answer));
          }
        };
        await Promise.all(Array.from({ length: PIECES_UNDER_WAY }, writeSome));
      }),
    readFile: (path, limitBytes, start = 0) =>
      withOpen(path, 'r', async (handle) => {
        const pieces: Buffer[] = [];
        let size = 0;
        while (size < limitBytes) {
          const piece = Buffer.alloc(Math.min(PIECE_BYTES, limitBytes - size));
          const read = await readPiece(handle, piece, start + size, path);
          if (read === 0) break;
          pieces.push(piece.subarray(0, read));
          size += read;
        }
        return Buffer.concat(pieces);
      }),
    rename: async (from, to) => {
      await ask(to, (answer) => sftp.rename(from, to, answer));
    },
    remove: async (path) => {
      await ask(path, (answer) => sftp.unlink(path, answer));
    },
    makeFolder: async (path) => {
      await ask(path, (answer) => sftp.mkdir(path, answer));
    },
    removeFolder: async (path) => {
      await ask(path, (answer) => sftp.rmdir(path, answer));
    },
    list: async (path) => {
      const entries = await need<readonly { readonly filename: string }[]>(path, (answer) => sftp.readdir(path, answer));
      return entries.map(({ filename }) => filename).filter((name) => name !== '.' && name !== '..');
    },
    ended,
    close: () => {
      sftp.end();
    },
  };

  /** Bytes that were read; none at the end of the file, which ssh2 tells as an error of code 1. */
  async function readPiece(handle: Buffer, piece: Buffer, at: number, path: string): Promise<number> {
    return Promise.race([
      new Promise<number>((resolve, reject) => {
        sftp.read(handle, piece, 0, piece.length, at, (error, bytesRead) => {
          if (error === undefined || error === null) resolve(bytesRead);
          else if (Reflect.get(error, 'code') === 1) resolve(0);
          else reject(new SftpError(refusalOf(error), path, error.message));
        });
      }),
      ended.then((): never => {
        throw new SftpError('lost', path, 'the SFTP channel has ended');
      }),
    ]);
  }
}
