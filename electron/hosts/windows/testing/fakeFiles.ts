import ssh2 from 'ssh2';
import type { Attributes, SFTPWrapper } from 'ssh2';

const { STATUS_CODE, OPEN_MODE } = ssh2.utils.sftp;
const FOLDER_MODE = 0o40_777;
const FILE_MODE = 0o100_666;

/** A file or a folder (null) of the fake, and what stands in its way. */
type Content = Buffer | null;

/** The drive of a fake Windows server: names are told apart without their case, a file that runs is locked, renaming replaces nothing. */
export interface FakeFiles {
  /** By SFTP path in lower case, without a slash at its end. */
  readonly entries: Map<string, Content>;
  /** Paths in lower case that another program holds open: they can be read only. */
  readonly locked: Set<string>;
  /** Folders in lower case below which nothing may be written. */
  readonly denied: Set<string>;
  /** How many bytes still fit; writing more fails. */
  freeBytes: number;
  /** Called after a file was closed that had been written, as an antivirus program is. */
  onWritten: ((path: string) => void) | null;
  /** Called after a rename, with keys. */
  onRenamed: ((from: string, to: string) => void) | null;
  /** What was asked, as `VERB path`. */
  readonly log: string[];
  serve(sftp: SFTPWrapper): void;
  put(path: string, bytes: Buffer | string): void;
  get(path: string): Content | undefined;
}

/** `C:\folder` or `/C:/folder` as a key. */
export function keyOf(path: string): string {
  const slashed = path.replaceAll('\\', '/').toLowerCase();
  return (slashed.startsWith('/') ? slashed : `/${slashed}`).replace(/\/+$/u, '');
}

/** Makes an empty drive with a profile folder. */
export function createFakeFiles(home = '/C:/Users/admin'): FakeFiles {
  const entries = new Map<string, Content>([
    ['/c:', null],
    ['/c:/users', null],
    [keyOf(home), null],
  ]);
  const files: FakeFiles = {
    entries,
    locked: new Set(),
    denied: new Set(),
    freeBytes: Number.POSITIVE_INFINITY,
    onWritten: null,
    onRenamed: null,
    log: [],
    serve: (sftp) => serve(sftp, files, home),
    put: (path, bytes) => {
      const key = keyOf(path);
      for (let at = key.indexOf('/', 1); at > 0; at = key.indexOf('/', at + 1))
        if (!entries.has(key.slice(0, at))) entries.set(key.slice(0, at), null);
      entries.set(key, Buffer.from(bytes));
    },
    get: (path) => entries.get(keyOf(path)),
  };
  return files;
}

function serve(sftp: SFTPWrapper, files: FakeFiles, home: string): void {
  const handles = new Map<number, { readonly key: string; readonly isWritten: boolean; hasListed: boolean }>();
  let nextHandle = 0;
  const { entries } = files;
  const isDenied = (key: string): boolean => [...files.denied].some((folder) => key === folder || key.startsWith(`${folder}/`));
  const parentOf = (key: string): string => key.slice(0, key.lastIndexOf('/'));
  const childrenOf = (key: string): string[] => [...entries.keys()].filter((other) => parentOf(other) === key && other !== key);
  const attributesOf = (content: Content): Attributes => ({
    mode: content === null ? FOLDER_MODE : FILE_MODE,
    uid: 0,
    gid: 0,
    size: content === null ? 0 : content.length,
    atime: 0,
    mtime: 0,
  });
  const resolve = (path: string): string => keyOf(path.startsWith('/') ? path : `${home}/${path === '.' ? '' : path}`);
  const handleOf = (handle: Buffer): { key: string; isWritten: boolean; hasListed: boolean } | undefined =>
    handles.get(handle.readUInt32BE(0));
  const opened = (request: number, key: string, isWritten: boolean): void => {
    const handle = Buffer.alloc(4);
    nextHandle += 1;
    handle.writeUInt32BE(nextHandle);
    handles.set(nextHandle, { key, isWritten, hasListed: false });
    sftp.handle(request, handle);
  };

  sftp.on('REALPATH', (request, path) => {
    const name = path === '.' ? home : path;
    sftp.name(request, [{ filename: name, longname: name, attrs: attributesOf(null) }]);
  });
  const stat = (request: number, path: string): void => {
    const content = entries.get(resolve(path));
    if (content === undefined) sftp.status(request, STATUS_CODE.NO_SUCH_FILE);
    else sftp.attrs(request, attributesOf(content));
  };
  sftp.on('STAT', stat);
  sftp.on('LSTAT', stat);
  sftp.on('OPEN', (request, path, flags) => {
    const key = resolve(path);
    const isWritten = (flags & OPEN_MODE.WRITE) !== 0;
    files.log.push(`${isWritten ? 'write' : 'read'} ${path}`);
    const there = entries.get(key);
    if (!isWritten) {
      if (there === undefined || there === null) sftp.status(request, STATUS_CODE.NO_SUCH_FILE);
      else opened(request, key, false);
      return;
    }
    if (isDenied(key)) sftp.status(request, STATUS_CODE.PERMISSION_DENIED);
    else if (there !== undefined && (flags & OPEN_MODE.EXCL) !== 0) sftp.status(request, STATUS_CODE.FAILURE);
    else if (entries.get(parentOf(key)) !== null) sftp.status(request, STATUS_CODE.NO_SUCH_FILE);
    else if (there === null || files.locked.has(key)) sftp.status(request, STATUS_CODE.FAILURE);
    else {
      entries.set(key, Buffer.alloc(0));
      opened(request, key, true);
    }
  });
  sftp.on('WRITE', (request, handle, offset, data) => {
    const open = handleOf(handle);
    if (open === undefined || data.length > files.freeBytes) {
      sftp.status(request, STATUS_CODE.FAILURE);
      return;
    }
    files.freeBytes -= data.length;
    const before = entries.get(open.key) ?? Buffer.alloc(0);
    const after = Buffer.alloc(Math.max(before.length, offset + data.length));
    before.copy(after);
    data.copy(after, offset);
    entries.set(open.key, after);
    sftp.status(request, STATUS_CODE.OK);
  });
  sftp.on('READ', (request, handle, offset, length) => {
    const content = entries.get(handleOf(handle)?.key ?? '') ?? Buffer.alloc(0);
    if (offset >= content.length) sftp.status(request, STATUS_CODE.EOF);
    else sftp.data(request, content.subarray(offset, offset + length));
  });
  sftp.on('CLOSE', (request, handle) => {
    const open = handleOf(handle);
    handles.delete(handle.readUInt32BE(0));
    sftp.status(request, STATUS_CODE.OK);
    if (open?.isWritten === true) files.onWritten?.(open.key);
  });
  sftp.on('OPENDIR', (request, path) => {
    if (entries.get(resolve(path)) === null) opened(request, resolve(path), false);
    else sftp.status(request, STATUS_CODE.NO_SUCH_FILE);
  });
  sftp.on('READDIR', (request, handle) => {
    const open = handleOf(handle);
    if (open === undefined || open.hasListed) {
      sftp.status(request, STATUS_CODE.EOF);
      return;
    }
    open.hasListed = true;
    const names = ['.', '..', ...childrenOf(open.key).map((key) => key.slice(key.lastIndexOf('/') + 1))];
    sftp.name(
      request,
      names.map((filename) => ({ filename, longname: filename, attrs: attributesOf(entries.get(`${open.key}/${filename}`) ?? null) })),
    );
  });
  const change = (request: number, path: string, work: (key: string) => number): void => {
    const key = resolve(path);
    sftp.status(request, isDenied(key) ? STATUS_CODE.PERMISSION_DENIED : work(key));
  };
  sftp.on('MKDIR', (request, path) => {
    files.log.push(`mkdir ${path}`);
    change(request, path, (key) => {
      if (entries.has(key)) return STATUS_CODE.FAILURE;
      if (entries.get(parentOf(key)) !== null) return STATUS_CODE.NO_SUCH_FILE;
      entries.set(key, null);
      return STATUS_CODE.OK;
    });
  });
  sftp.on('RMDIR', (request, path) => {
    files.log.push(`rmdir ${path}`);
    change(request, path, (key) => {
      if (entries.get(key) !== null) return STATUS_CODE.NO_SUCH_FILE;
      if (childrenOf(key).length > 0) return STATUS_CODE.FAILURE;
      entries.delete(key);
      return STATUS_CODE.OK;
    });
  });
  sftp.on('REMOVE', (request, path) => {
    files.log.push(`remove ${path}`);
    change(request, path, (key) => {
      if (!entries.has(key)) return STATUS_CODE.NO_SUCH_FILE;
      // Windows' server tells a file that is held open from one that may not be removed by nothing.
      if (files.locked.has(key)) return STATUS_CODE.PERMISSION_DENIED;
      if (entries.get(key) === null) return STATUS_CODE.FAILURE;
      entries.delete(key);
      return STATUS_CODE.OK;
    });
  });
  sftp.on('RENAME', (request, from, to) => {
    files.log.push(`rename ${from} ${to}`);
    change(request, to, (key) => {
      const source = resolve(from);
      const content = entries.get(source);
      if (content === undefined) return STATUS_CODE.NO_SUCH_FILE;
      if (entries.has(key)) return STATUS_CODE.FAILURE;
      // A second name is made and the first removed, which a program that runs does not let.
      if (files.locked.has(source)) return STATUS_CODE.PERMISSION_DENIED;
      entries.delete(source);
      entries.set(key, content);
      files.onRenamed?.(source, key);
      return STATUS_CODE.OK;
    });
  });
}
