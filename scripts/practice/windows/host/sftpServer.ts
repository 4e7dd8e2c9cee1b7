import {
  closeSync,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeSync,
  type Stats,
} from 'node:fs';
import { join } from 'node:path';
import ssh2, { type Attributes, type SFTPWrapper } from 'ssh2';
import { isRunning } from './imageLocks.ts';
import { linuxPathOf, NoSuchPath, sftpPathOf } from './windowsPath.ts';

const { STATUS_CODE, flagsToString } = ssh2.utils.sftp;
const listedAtOnce = 64;
const millisecondsPerSecond = 1000;
const handleBytes = 4;

/** An open file, or a folder that is being listed. */
type Opened =
  { readonly kind: 'file'; readonly fd: number } | { readonly kind: 'folder'; readonly folder: string; readonly left: string[] };

/** Thrown for what Windows refuses: ends as "permission denied". */
class Refused extends Error {}

/** SFTP with the manner of Windows OpenSSH: drives in paths, case that does not count, rename that replaces nothing, programs that are locked while they run. */
export function serveSftp(sftp: SFTPWrapper, driveC: string, home: string): void {
  const opened = new Map<number, Opened>();
  let nextHandle = 0;
  const at = (path: string): string => linuxPathOf(driveC, linuxPathOf(driveC, driveC, home), path);
  const answer = (id: number, work: () => void): void => {
    try {
      work();
    } catch (error) {
      sftp.status(id, statusOf(error));
    }
  };
  const done = (id: number, work: () => void): void => {
    answer(id, () => {
      work();
      sftp.status(id, STATUS_CODE.OK);
    });
  };
  const keep = (what: Opened): Buffer => {
    const handle = Buffer.alloc(handleBytes);
    handle.writeUInt32BE(nextHandle);
    opened.set(nextHandle, what);
    nextHandle += 1;
    return handle;
  };
  const find = (handle: Buffer): Opened => {
    const found = handle.length === handleBytes ? opened.get(handle.readUInt32BE()) : undefined;
    if (found === undefined) throw new Error('no such handle');
    return found;
  };
  const file = (handle: Buffer): number => {
    const found = find(handle);
    if (found.kind !== 'file') throw new Error('not a file');
    return found.fd;
  };

  sftp.on('REALPATH', (id, path) => answer(id, () => sftp.name(id, [nameOf(sftpPathOf(driveC, at(path)))])));
  for (const kind of ['STAT', 'LSTAT'] as const) {
    const statOf = kind === 'STAT' ? statSync : lstatSync;
    const look = (id: number, path: string): void => answer(id, () => sftp.attrs(id, attributesOf(statOf(at(path)))));
    if (kind === 'STAT') sftp.on('STAT', look);
    else sftp.on('LSTAT', look);
  }
  sftp.on('FSTAT', (id, handle) => answer(id, () => sftp.attrs(id, attributesOf(fstatSync(file(handle))))));
  sftp.on('SETSTAT', (id, path) => done(id, () => statSync(at(path))));
  sftp.on('FSETSTAT', (id, handle) => done(id, () => fstatSync(file(handle))));
  sftp.on('OPEN', (id, path, flags) =>
    answer(id, () => {
      const how = flagsToString(flags);
      if (how === null) throw new Error('no such way to open');
      // A violation of sharing, which has no word of its own.
      if (how !== 'r' && isRunning(at(path))) throw new Error('a program that runs');
      if (existsSync(at(path)) && statSync(at(path)).isDirectory()) throw new Refused();
      sftp.handle(id, keep({ kind: 'file', fd: openSync(at(path), how) }));
    }),
  );
  sftp.on('READ', (id, handle, offset, length) =>
    answer(id, () => {
      const bytes = Buffer.alloc(length);
      const count = readSync(file(handle), bytes, 0, length, offset);
      if (count === 0) sftp.status(id, STATUS_CODE.EOF);
      else sftp.data(id, bytes.subarray(0, count));
    }),
  );
  sftp.on('WRITE', (id, handle, offset, bytes) => done(id, () => writeSync(file(handle), bytes, 0, bytes.length, offset)));
  sftp.on('CLOSE', (id, handle) =>
    done(id, () => {
      const found = find(handle);
      opened.delete(handle.readUInt32BE());
      if (found.kind === 'file') closeSync(found.fd);
    }),
  );
  sftp.on('OPENDIR', (id, path) =>
    answer(id, () => sftp.handle(id, keep({ kind: 'folder', folder: at(path), left: readdirSync(at(path)) }))),
  );
  sftp.on('READDIR', (id, handle) =>
    answer(id, () => {
      const found = find(handle);
      if (found.kind !== 'folder') throw new Error('not a folder');
      const names = found.left.splice(0, listedAtOnce);
      if (names.length === 0) sftp.status(id, STATUS_CODE.EOF);
      else
        sftp.name(
          id,
          names.map((name) => ({ ...nameOf(name), attrs: attributesOf(lstatSync(join(found.folder, name))) })),
        );
    }),
  );
  sftp.on('MKDIR', (id, path) => done(id, () => mkdirSync(at(path))));
  sftp.on('RMDIR', (id, path) => done(id, () => rmdirSync(at(path))));
  sftp.on('REMOVE', (id, path) =>
    done(id, () => {
      if (isRunning(at(path))) throw new Refused();
      unlinkSync(at(path));
    }),
  );
  sftp.on('RENAME', (id, from, to) =>
    done(id, () => {
      if (existsSync(at(to))) throw new Error('exists');
      // It makes a second name and removes the first, which Windows does not let for a program that runs.
      if (isRunning(at(from))) throw new Refused();
      renameSync(at(from), at(to));
    }),
  );
  sftp.on('close', () => {
    for (const what of opened.values()) if (what.kind === 'file') closeSync(what.fd);
    opened.clear();
  });
}

function statusOf(error: unknown): number {
  if (error instanceof NoSuchPath) return STATUS_CODE.NO_SUCH_FILE;
  if (error instanceof Refused) return STATUS_CODE.PERMISSION_DENIED;
  switch (error instanceof Error && 'code' in error ? error.code : undefined) {
    case 'ENOENT':
    case 'ENOTDIR':
      return STATUS_CODE.NO_SUCH_FILE;
    case 'EACCES':
    case 'EPERM':
    case 'EISDIR':
      return STATUS_CODE.PERMISSION_DENIED;
    default:
      return STATUS_CODE.FAILURE;
  }
}

function attributesOf(stats: Stats): Attributes {
  return {
    mode: stats.mode,
    uid: 0,
    gid: 0,
    size: stats.size,
    atime: Math.floor(stats.atimeMs / millisecondsPerSecond),
    mtime: Math.floor(stats.mtimeMs / millisecondsPerSecond),
  };
}

function nameOf(filename: string): { filename: string; longname: string; attrs: Attributes } {
  return { filename, longname: filename, attrs: { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 } };
}
