import type { ServerChannel } from 'ssh2';
import { bindCall } from '../../callBounds.ts';
import { dial } from '../../ssh/dial.ts';
import { createSshConnection, type SshConnection } from '../../ssh/sshConnection.ts';
import { startFakeServer, type FakeServer } from '../../ssh/testing/fakeSshServer.ts';
import { createFakeFiles, type FakeFiles } from './fakeFiles.ts';
import { commandLineToArgv, throughCmd, throughOldSshd, throughPowerShell } from './shellModels.ts';

/** One program call as the fake server got it. */
export interface FakeCall {
  /** As it stood on the line. */
  readonly path: string;
  /** File name of the program in lower case, without folder. */
  readonly program: string;
  readonly args: readonly string[];
  /** All of standard input, when the client has closed it. */
  readonly input: () => Promise<string>;
  readonly channel: ServerChannel;
}

/** What a program prints, and its exit code. `held`: nothing more is said, the fake goes on with the channel by itself or not at all. */
export type FakeReply = { readonly code: number; readonly stdout?: string | Buffer; readonly stderr?: string | Buffer } | 'held';

/** The shells that Windows' sshd may start. */
export type FakeShell = 'cmd' | 'powershell' | 'bash';

/** How a fake Windows server answers. */
export interface FakeWindowsOptions {
  readonly defaultShell?: FakeShell;
  readonly ident?: string;
  /** Printed on standard output before anything else, as a login message is. */
  readonly greeting?: string;
  readonly files?: FakeFiles;
  /** Null: there is no such program. */
  readonly onCall?: (call: FakeCall) => FakeReply | null | Promise<FakeReply | null>;
}

/** A server that speaks SSH as Windows' OpenSSH does and plays what it is told. */
export interface FakeWindows {
  readonly ssh: FakeServer;
  readonly files: FakeFiles;
  /** Programs that were started with their arguments, joined by blanks. */
  readonly calls: readonly string[];
}

/** Sends a reply and ends the channel. */
export function sendReply(channel: ServerChannel, reply: Exclude<FakeReply, 'held'>): void {
  if (reply.stdout !== undefined) channel.write(reply.stdout);
  if (reply.stderr !== undefined) channel.stderr.write(reply.stderr);
  channel.exit(reply.code);
  channel.end();
  channel.close();
}

const NOT_A_COMMAND = 9009;

/** What the probes of the default shell are answered. */
function shellAnswer(shell: FakeShell, line: string): string | null {
  if (line === 'echo %OS%') return shell === 'cmd' ? 'Windows_NT' : '%OS%';
  if (line === 'echo %OS% x') return { cmd: 'Windows_NT x', powershell: '%OS%\r\nx', bash: '%OS% x' }[shell];
  return null;
}

/** Starts one on a free port of 127.0.0.1. */
export async function startFakeWindows(options: FakeWindowsOptions = {}): Promise<FakeWindows> {
  const files = options.files ?? createFakeFiles();
  const shell = options.defaultShell ?? 'cmd';
  const isOld = options.ident?.includes('_7.7') === true;
  const calls: string[] = [];

  const run = async (line: string, channel: ServerChannel): Promise<void> => {
    channel.on('error', () => undefined);
    if (options.greeting !== undefined) channel.write(options.greeting);
    const answer = shellAnswer(shell, line);
    if (answer !== null) {
      sendReply(channel, { code: 0, stdout: `${answer}\r\n` });
      return;
    }
    const [path = '', ...args] = commandLineToArgv(
      shell === 'powershell' ? throughPowerShell(isOld ? throughOldSshd(line) : line) : throughCmd(line),
    );
    const program = (path.split('\\').at(-1) ?? '').toLowerCase();
    calls.push([program, ...args].join(' '));
    const chunks: Buffer[] = [];
    const input = new Promise<string>((resolve) => {
      channel.on('data', (chunk: Buffer) => chunks.push(chunk));
      channel.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    });
    const reply = shell === 'bash' ? null : await (options.onCall?.({ path, program, args, input: () => input, channel }) ?? null);
    if (reply === 'held') return;
    // PowerShell has no other codes for what it was told by `-c`.
    const code = shell === 'powershell' && reply !== null && reply.code !== 0 ? 1 : reply?.code;
    sendReply(
      channel,
      reply !== null && code !== undefined
        ? { ...reply, code }
        : { code: shell === 'powershell' ? 1 : NOT_A_COMMAND, stderr: `'${path}' is not recognized\r\n` },
    );
  };

  const ssh = await startFakeServer({
    ident: options.ident ?? 'OpenSSH_for_Windows_8.1',
    onSftp: (sftp) => files.serve(sftp),
    onExec: (line, channel) => {
      run(line, channel).catch((error: unknown) => {
        sendReply(channel, { code: 0xdead, stderr: String(error) });
      });
    },
  });
  return { ssh, files, calls };
}

/** Logs in to one. */
export async function connectFake(fake: FakeWindows): Promise<SshConnection> {
  const target = { server: 'win-1', host: '127.0.0.1', port: fake.ssh.port, user: 'admin' };
  const login = { kind: 'password', user: 'admin', password: 'x' } as const;
  const dialled = await dial(target, login, { expected: null, acceptsNew: true }, bindCall(undefined, 10_000));
  return createSshConnection('win-1', dialled);
}
