import { spawn } from 'node:child_process';
import { timingSafeEqual, createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import ssh2, { type AuthContext, type Connection, type ServerChannel, type Session } from 'ssh2';
import { wineEnvironment, wineProgram } from '../../../windows-service/winePrefix.ts';
import { windowsFiles, type HostConfig } from '../hostConfig.ts';
import { recordCall } from '../toolCalls.ts';
import { opensshVersions } from '../windowsVariant.ts';
import { handedOver, shellAction } from './defaultShell.ts';
import type { PendingExecs } from './pendingExecs.ts';
import { rightsCallOf, rightsOf, type RightsCall } from './rights.ts';
import { serveSftp } from './sftpServer.ts';
import { linuxPathOf } from './windowsPath.ts';
import { blockedByPolicy, playedScript, playScript, startsHelper } from './withoutHelper.ts';

/** `MaxSessions` of sshd_config, as it comes. */
const maximumSessions = 10;
const fileNotFound = 2;
/** What Wine's cmd says of a word that it does not know. */
const notACommand = 9009;
const lostExitCode = 255;
const sshexec = 'C:\\windows\\triad-practice\\sshexec.exe';

/** Opens the SSH port. Returns what closes it, with all connections. */
export async function openSsh(config: HostConfig, serverFolder: string, execs: PendingExecs): Promise<() => void> {
  const connections = new Set<Connection>();
  const held = new Map<string, string>();
  const server = new ssh2.Server(
    { ident: opensshVersions[config.variant.openssh], hostKeys: [readFileSync(config.hostKeyFile)] },
    (connection) => {
      connections.add(connection);
      connection.on('close', () => connections.delete(connection));
      connection.on('error', () => undefined);
      connection.on('authentication', (context) => authenticate(context, config, serverFolder));
      serveConnection(connection, config, serverFolder, { execs, held });
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.sshPort, '0.0.0.0', resolve);
  });
  return () => {
    server.close();
    for (const connection of connections) connection.end();
  };
}

/** The file is the one that Windows' sshd reads for members of Administrators, and is read at each login. */
function authenticate(context: AuthContext, config: HostConfig, serverFolder: string): void {
  const ways = [...(config.acceptsKeys ? ['publickey' as const] : []), ...(config.password === undefined ? [] : ['password' as const])];
  const isUser = context.username.toLowerCase() === config.user.toLowerCase();
  if (isUser && context.method === 'password' && config.password !== undefined && sameText(context.password, config.password)) {
    context.accept();
  } else if (isUser && context.method === 'publickey' && config.acceptsKeys) {
    const { key, signature, blob, hashAlgo } = context;
    const known = authorizedKeys(serverFolder).find(
      (authorized) => authorized.type === key.algo && sameBytes(authorized.getPublicSSH(), key.data),
    );
    const isProved = signature === undefined || (blob !== undefined && known?.verify(blob, signature, hashAlgo) === true);
    if (known !== undefined && isProved) context.accept();
    else context.reject(ways);
  } else context.reject(ways);
}

function authorizedKeys(serverFolder: string): ssh2.ParsedKey[] {
  try {
    const text = readFileSync(join(windowsFiles(serverFolder).driveC, 'ProgramData', 'ssh', 'administrators_authorized_keys'), 'utf8');
    const keys = text.split(/\r?\n/u).filter((line) => line.trim() !== '' && !line.startsWith('#'));
    return keys.map((line) => ssh2.utils.parseKey(line)).filter((key): key is ssh2.ParsedKey => !(key instanceof Error));
  } catch {
    return [];
  }
}

function sameBytes(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

function sameText(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return sameBytes(digest(one), digest(other));
}

function serveConnection(
  connection: Connection,
  config: HostConfig,
  serverFolder: string,
  { execs, held }: { readonly execs: PendingExecs; readonly held: Map<string, string> },
): void {
  let sessions = 0;
  const home = `C:\\Users\\${config.user}`;
  const rights = rightsOf(windowsFiles(serverFolder).rights, windowsFiles(serverFolder).driveC, home);
  connection.on('session', (accept, reject) => {
    if (sessions >= maximumSessions) {
      reject();
      return;
    }
    sessions += 1;
    const session: Session = accept();
    session.on('close', () => (sessions -= 1));
    session.on('exec', (acceptExec, _reject, { command }) => runExec(acceptExec(), command));
    // Without a terminal, as the server has none to give: enough to look around by hand.
    session.on('shell', (acceptShell) => start(acceptShell(), `"C:\\windows\\system32\\cmd.exe"`, { exitCode: (code) => code }));
    session.on('sftp', (acceptSftp) => serveSftp(acceptSftp(), windowsFiles(serverFolder).driveC, home));
  });
  connection.on('tcpip', (accept, reject, { destIP, destPort }) => {
    const socket = connect({ host: destIP, port: destPort });
    socket.once('error', () => reject());
    socket.once('connect', () => {
      const channel = accept();
      socket.on('error', () => channel.destroy());
      channel.on('error', () => socket.destroy());
      channel.on('close', () => socket.destroy());
      channel.pipe(socket).pipe(channel);
    });
  });

  /** What the shell did not understand is remembered like an unanswered tool. */
  function refused(line: string, code: number): void {
    recordCall(windowsFiles(serverFolder).calls, { tool: 'default shell', line, code, isAnswered: false });
  }

  /** Whether the command is one that a server without the helper answers in a way of its own. */
  function withoutHelper(channel: ServerChannel, command: string): boolean {
    if (startsHelper(command)) {
      const code = config.variant.shell === 'cmd' ? blockedByPolicy : 1;
      finish(channel, code, '', 'This program is blocked by group policy. For more information, contact your system administrator.\r\n');
      return true;
    }
    const { driveC } = windowsFiles(serverFolder);
    const script = playedScript(command, driveC, home);
    if (script === undefined) return false;
    const room = { driveC, helper: runHelper, keepList: rights.keep, told: rights.told, held };
    playScript(script, room, channel).then(
      (stdout = '') => finish(channel, stdout === '' ? 1 : 0, stdout, ''),
      (error: unknown) => finish(channel, 1, '', `practice: ${script.name}: ${String(error)}\r\n`),
    );
    return true;
  }

  /** What the helper that was uploaded says: for what a script asks of Windows, as nobody else knows it here. */
  function runHelper(words: readonly string[], input: string): Promise<string> {
    const { prefix, driveC } = windowsFiles(serverFolder);
    const folder = linuxPathOf(driveC, driveC, `${home}\\.triad`);
    const name = readdirSync(folder).find((one) => one.startsWith('triad-service-')) ?? '';
    const id = execs.add({ folder: home, line: [`${home}\\.triad\\${name}`, ...words].join(' ') });
    const child = spawn(wineProgram, [sshexec, id], {
      cwd: prefix,
      env: { ...wineEnvironment(prefix), PATH: '/usr/bin:/bin' },
      stdio: 'pipe',
    });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stdin.end(input);
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', () => {
        execs.codeOf(id);
        resolve(Buffer.concat(output).toString('utf8'));
      });
    });
  }

  function runExec(channel: ServerChannel, sent: string): void {
    const command = handedOver(config.variant.shell, config.variant.openssh, sent);
    channel.on('error', () => undefined);
    if (config.variant.messageOfTheDay !== '') channel.write(config.variant.messageOfTheDay);
    if (config.variant.helper === 'blocked' && withoutHelper(channel, command)) return undefined;
    const action = shellAction(config.variant.shell, command);
    switch (action.kind) {
      case 'say':
        return finish(channel, action.code, action.stdout, action.stderr);
      case 'unknown':
        refused(command, 1);
        return finish(channel, 1, '', `practice: no golden answer for: ${command} (${action.why})\r\n`);
      case 'run':
        return start(channel, action.line, { ...action, about: rightsCallOf(command) });
      default:
        return action satisfies never;
    }
  }

  function start(
    channel: ServerChannel,
    line: string,
    {
      exitCode,
      notFound,
      about = null,
    }: {
      readonly exitCode: (code: number) => number;
      readonly notFound?: { readonly stderr: string; readonly code: number };
      readonly about?: RightsCall | null;
    },
  ): void {
    const id = execs.add({ folder: home, line });
    const { prefix } = windowsFiles(serverFolder);
    const child = spawn(wineProgram, [sshexec, id], {
      cwd: prefix,
      env: { ...wineEnvironment(prefix), PATH: '/usr/bin:/bin' },
      stdio: 'pipe',
    });
    child.stdin.on('error', () => undefined);
    channel.on('error', () => undefined);
    channel.pipe(child.stdin);
    const input: Buffer[] = [];
    const output: Buffer[] = [];
    if (about === null) child.stdout.pipe(channel, { end: false });
    else {
      channel.on('data', (chunk: Buffer) => input.push(chunk));
      child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    }
    const complaint: Buffer[] = [];
    if (notFound === undefined) child.stderr.pipe(channel.stderr, { end: false });
    else child.stderr.on('data', (chunk: Buffer) => complaint.push(chunk));
    // Windows' sshd holds the command in a job, which ends with the session.
    channel.on('close', () => child.kill('SIGKILL'));
    child.on('error', () => finish(channel, lostExitCode, '', 'practice: Wine could not be started\r\n'));
    // Not "exit": as with Windows' sshd, who inherited the output keeps the session open.
    child.on('close', (ownCode, signal) => {
      const code = execs.codeOf(id);
      if (about !== null) {
        const answer = Buffer.concat(output).toString('utf8');
        if (about.kind === 'sets') rights.learn(about, Buffer.concat(input).toString('utf8'), answer);
        if (channel.writable) channel.write(about.kind === 'tells' ? rights.told(answer) : answer);
      }
      const said = Buffer.concat(complaint);
      if (config.variant.shell === 'cmd' && code === notACommand) refused(line, code);
      const isMissing = notFound !== undefined && code === fileNotFound && said.includes('practice: could not start');
      if (isMissing) refused(line, notFound.code);
      if (isMissing) finish(channel, notFound.code, '', notFound.stderr);
      else if (code === undefined)
        finish(channel, lostExitCode, '', `practice: sshexec.exe ended (${signal ?? ownCode}) before it told a code\r\n`);
      else finish(channel, exitCode(code), '', said);
    });
  }
}

function finish(channel: ServerChannel, code: number, stdout: string, stderr: string | Buffer): void {
  // The client has gone before its command ended.
  if (channel.destroyed || !channel.writable) return;
  if (stdout !== '') channel.write(stdout);
  if (stderr.length > 0) channel.stderr.write(stderr);
  channel.exit(code);
  channel.end();
}
