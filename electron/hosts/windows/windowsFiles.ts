import { randomUUID } from 'node:crypto';
import { fail, type FailureError } from '../../shared/domain/failure.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { message, say } from '../../shared/messages/message.ts';
import { bindCall, stopFailure, untilStopped } from '../callBounds.ts';
import type { CallOptions } from '../host.ts';
import { SftpError, type SftpEntry, type SftpSession } from '../ssh/sftpSession.ts';
import type { SshConnection } from '../ssh/sshConnection.ts';
import { sftpPathOf } from './windowsPath.ts';

const FILES_DEADLINE_MS = 120_000;

/** Files of one Windows server, over one SFTP channel that is opened when it is first needed. Paths are `C:\folder\file`. All failures are `FailureError`s. */
export interface WindowsFiles {
  /** Null when nothing is there. */
  stat(path: string, options?: CallOptions): Promise<SftpEntry | null>;
  /** Writes a file that is not there yet. Throws `host.diskFull` also where another program stands in the way, `host.accessDenied`, ... */
  write(path: string, bytes: Uint8Array, options?: CallOptions): Promise<void>;
  /** Reads at most `limitBytes`, from the beginning or up to the end. */
  read(path: string, limitBytes: number, options?: CallOptions & { readonly from?: 'beginning' | 'end' }): Promise<Buffer>;
  /** Renames, which replaces nothing: `host.fileLocked` where something is there. */
  rename(from: string, to: string, options?: CallOptions): Promise<void>;
  /** Succeeds when nothing is there. */
  remove(path: string, options?: CallOptions): Promise<void>;
  /** Whether it is gone: not when it holds something. */
  removeFolder(path: string, options?: CallOptions): Promise<boolean>;
  list(path: string, options?: CallOptions): Promise<readonly string[]>;
  /** Writes a file into a folder below the login's profile, such as `.triad\x.exe`; it is replaced if it is there. */
  writeTool(file: string, bytes: Uint8Array, options?: CallOptions): Promise<void>;
  /** What stands in such a file; null where there is none. */
  readTool(file: string, limitBytes: number, options?: CallOptions): Promise<Buffer | null>;
  /** Whether such a file is there. */
  hasTool(file: string, options?: CallOptions): Promise<boolean>;
  removeTool(file: string, options?: CallOptions): Promise<void>;
}

/** Makes the files of one connection. */
export function createWindowsFiles(server: string, connection: SshConnection): WindowsFiles {
  let opening: Promise<SftpSession> | null = null;

  const session = async (options: CallOptions | undefined, step: string): Promise<SftpSession> => {
    const bounds = bindCall(options, FILES_DEADLINE_MS);
    if (opening === null) {
      const made = connection.openSftp(bounds, () => stopFailure(bounds, server, step));
      opening = made;
      const forget = (): void => {
        if (opening === made) opening = null;
      };
      made.then((sftp) => sftp.ended.then(forget), forget);
    }
    return opening;
  };

  const work = async <Value>(
    step: string,
    path: string,
    options: CallOptions | undefined,
    act: (sftp: SftpSession) => Promise<Value>,
  ): Promise<Value> => {
    const bounds = bindCall(options, FILES_DEADLINE_MS);
    try {
      return await untilStopped(
        session(options, step).then((sftp) => act(sftp)),
        bounds.signal,
        () => stopFailure(bounds, server, step),
      );
    } catch (error) {
      if (error instanceof SftpError) throw fileFailure(server, step, path, error, connection);
      throw error;
    }
  };

  /** The folder in which the login begins, with a slash behind it. */
  const toolPath = async (sftp: SftpSession, file: string): Promise<string> => `${await sftp.home()}/${file.replaceAll('\\', '/')}`;

  const files: WindowsFiles = {
    stat: (path, options) => work('stat', path, options, (sftp) => sftp.stat(sftpPathOf(path))),
    write: (path, bytes, options) => work('write', path, options, (sftp) => sftp.writeFile(sftpPathOf(path), bytes, { isNew: true })),
    read: (path, limitBytes, options) =>
      work('read', path, options, async (sftp) => {
        const at = sftpPathOf(path);
        if (options?.from !== 'end') return sftp.readFile(at, limitBytes);
        const size = (await sftp.stat(at))?.sizeBytes ?? 0;
        return sftp.readFile(at, limitBytes, Math.max(0, size - limitBytes));
      }),
    rename: (from, to, options) => work('rename', to, options, (sftp) => sftp.rename(sftpPathOf(from), sftpPathOf(to))),
    remove: (path, options) =>
      work('remove', path, options, async (sftp) => {
        await sftp.remove(sftpPathOf(path)).catch(orAbsent);
      }),
    removeFolder: (path, options) =>
      work('removeFolder', path, options, async (sftp) => {
        const at = sftpPathOf(path);
        if ((await sftp.stat(at)) === null) return true;
        if ((await sftp.list(at)).length > 0) return false;
        await sftp.removeFolder(at);
        return true;
      }),
    list: (path, options) => work('list', path, options, (sftp) => sftp.list(sftpPathOf(path))),
    writeTool: (file, bytes, options) =>
      work('upload', file, options, async (sftp) => {
        const at = await toolPath(sftp, file);
        const folder = at.slice(0, at.lastIndexOf('/'));
        if ((await sftp.stat(folder)) === null) await sftp.makeFolder(folder);
        // Another run may do the same at this moment.
        const beside = `${at}.${randomUUID()}.new`;
        await sftp.writeFile(beside, bytes, { isNew: true });
        if ((await sftp.stat(at)) !== null) await sftp.remove(at);
        await sftp.rename(beside, at);
      }),
    readTool: (file, limitBytes, options) =>
      work('upload', file, options, async (sftp) => sftp.readFile(await toolPath(sftp, file), limitBytes).catch(orAbsent)),
    hasTool: (file, options) => work('upload', file, options, async (sftp) => (await sftp.stat(await toolPath(sftp, file))) !== null),
    removeTool: (file, options) =>
      work('remove', file, options, async (sftp) => {
        await sftp.remove(await toolPath(sftp, file)).catch(orAbsent);
      }),
  };
  return files;
}

function orAbsent(error: unknown): null {
  if (!(error instanceof SftpError) || error.refusal !== 'absent') throw error;
  return null;
}

/**
 * What stood in the way, as far as it can be told from here. Version 3 of the protocol says `failure` for a full disk and for a file that is held open; Windows'
 * server says `denied` for one that is held when it is to be renamed or removed. Who has the helper at hand asks it (`apply/standsInTheWay.ts`).
 */
function fileFailure(server: string, step: string, path: string, error: SftpError, connection: SshConnection): FailureError {
  const subject = serverSubject(server);
  const details = { evidence: error.message, cause: error };
  switch (error.refusal) {
    case 'lost':
      return connection.lostFailure() ?? fail('ssh.connectionLost', subject, { values: { server }, ...details, retryable: true });
    case 'denied':
      return fail('host.accessDenied', subject, { values: { server, step, what: path }, ...details });
    case 'absent':
      return fail('host.commandFailed', subject, { values: { server, step, code: say(message('hosts.notThere', { path })) }, ...details });
    case 'failure':
      return step === 'write' || step === 'upload'
        ? fail('host.diskFull', subject, { values: { server, path }, ...details })
        : fail('host.fileLocked', subject, { values: { server, path }, ...details });
  }
}
