import { spawn } from 'node:child_process';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import ssh2 from 'ssh2';
import type { AuthContext, Connection, ServerChannel, SFTPWrapper } from 'ssh2';

type AuthVerdict = boolean | 'answered' | readonly ('password' | 'publickey' | 'keyboard-interactive')[];

/** What a fake server accepts and how it misbehaves. */
export interface FakeServerOptions {
  readonly hostKeys?: readonly string[];
  /** Whether an attempt to log in is right; everything is, by default. A list rejects it and says what is offered; `answered` was told already. */
  readonly authenticate?: (attempt: AuthContext) => AuthVerdict;
  /** Ends the TCP connection after so many bytes from the client. */
  readonly cutAfterBytes?: number;
  readonly forwarding?: 'allowed' | 'refused' | 'silent';
  /** Sessions that one connection may have at once. */
  readonly maxSessions?: number;
  /** How long the place of a session stays taken after its end. */
  readonly freeAfterMs?: number;
  /** What it calls itself in its first line. */
  readonly ident?: string;
  /** Serves an SFTP channel; without it there is none. */
  readonly onSftp?: (sftp: SFTPWrapper) => void;
  /** In place of the login shell of commands. */
  readonly onExec?: (command: string, channel: ServerChannel) => void;
}

/** A small sshd in this process. Commands run for real, by `/bin/sh`, as the user who runs the tests. */
export interface FakeServer {
  readonly port: number;
  /** What clients offered, in order: `password:secret`, `publickey:ssh-ed25519`, ... */
  readonly attempts: readonly string[];
  /** Commands that were started. */
  readonly commands: readonly string[];
  readonly connections: number;
  /** Ends all connections at once, without a word. */
  cut(): void;
  stop(): Promise<void>;
}

/** A key pair for hosts or users, as text; with a passphrase the private half is protected by it. */
export function makeKey(
  type: 'ed25519' | 'rsa' | 'ecdsa' = 'ed25519',
  passphrase?: string,
): { readonly private: string; readonly public: string } {
  const bits = type === 'rsa' ? { bits: 2048 } : type === 'ecdsa' ? { bits: 256 } : {};
  const protection = passphrase === undefined ? {} : { passphrase, cipher: 'aes256-ctr', rounds: 4 };
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync(type, { ...bits, ...protection } as never);
    // One in 400 ed25519 keys that ssh2 1.17.0 makes is malformed, for ssh-keygen too.
    if (!(ssh2.utils.parseKey(pair.private, passphrase) instanceof Error)) return pair;
  }
}

/** Starts a fake server on a free port of 127.0.0.1. */
export async function startFakeServer(options: FakeServerOptions = {}): Promise<FakeServer> {
  const attempts: string[] = [];
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const ssh = new ssh2.Server(
    { hostKeys: [...(options.hostKeys ?? [makeKey().private])], ...(options.ident === undefined ? {} : { ident: options.ident }) },
    (client) => {
      client.on('error', () => undefined);
      client.on('authentication', (attempt) => {
        attempts.push(describeAttempt(attempt));
        answer(attempt, options.authenticate?.(attempt) ?? true);
      });
      client.on('ready', () => serve(client, options, commands));
    },
  );

  // A plain listener in front, so that connections can be counted and cut.
  // Without delay, as sshd: small answers would wait 40 ms each for a client that says nothing meanwhile.
  const front = createServer({ noDelay: true }, (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    let seen = 0;
    if (options.cutAfterBytes !== undefined) {
      const limit = options.cutAfterBytes;
      const count = socket.push.bind(socket);
      socket.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
        if (Buffer.isBuffer(chunk)) seen += chunk.length;
        if (seen > limit) {
          socket.resetAndDestroy();
          return false;
        }
        return count(chunk, encoding);
      };
    }
    ssh.injectSocket(socket);
  });
  await new Promise<void>((resolve) => {
    front.listen(0, '127.0.0.1', resolve);
  });
  const cut = (): void => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: (front.address() as AddressInfo).port,
    attempts,
    commands,
    get connections() {
      return connections;
    },
    cut,
    stop: () =>
      new Promise((resolve) => {
        cut();
        front.close(() => resolve());
      }),
  };
}

function describeAttempt(attempt: AuthContext): string {
  if (attempt.method === 'password') return `password:${attempt.password}`;
  return attempt.method === 'publickey' ? `publickey:${attempt.key.algo}` : attempt.method;
}

function answer(attempt: AuthContext, verdict: AuthVerdict): void {
  if (verdict === 'answered') return;
  if (verdict === true) attempt.accept();
  else attempt.reject(verdict === false ? ['publickey', 'password'] : [...verdict]);
}

function serve(client: Connection, options: FakeServerOptions, commands: string[]): void {
  let sessions = 0;
  client.on('session', (accept, reject) => {
    if (sessions >= (options.maxSessions ?? 10)) {
      reject();
      return;
    }
    sessions += 1;
    const session = accept();
    session.on('close', () => {
      setTimeout(() => (sessions -= 1), options.freeAfterMs ?? 0);
    });
    session.on('sftp', (acceptSftp, rejectSftp) => {
      if (options.onSftp === undefined) rejectSftp();
      else options.onSftp(acceptSftp());
    });
    session.on('exec', (acceptExec, _reject, { command }) => {
      const channel = acceptExec();
      commands.push(command);
      if (options.onExec === undefined) runForReal(command, channel);
      else options.onExec(command, channel);
    });
  });
  client.on('tcpip', (accept, reject, { destIP, destPort }) => {
    if (options.forwarding === 'silent') return;
    if (options.forwarding === 'refused') {
      reject();
      return;
    }
    const target = connect(destPort, destIP);
    target.on('error', () => reject());
    target.on('connect', () => {
      const channel = accept();
      channel.pipe(target).pipe(channel);
    });
  });
}

/** As sshd does: the command leads a process group of its own, and lives on when its channel is closed. */
function runForReal(command: string, channel: ServerChannel): void {
  const child = spawn('/bin/sh', ['-c', command], { detached: true });
  channel.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  channel.pipe(child.stdin);
  channel.on('close', () => child.stdin.end());
  child.stdout.pipe(channel, { end: false });
  child.stderr.pipe(channel.stderr, { end: false });
  child.on('close', (code, signal) => {
    if (!channel.writable) return;
    if (signal === null) channel.exit(code ?? 0);
    else channel.exit(signal.replace('SIG', ''));
    channel.end();
    channel.close();
  });
}
