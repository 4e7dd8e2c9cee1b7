import { Socket } from 'node:net';
import type { Duplex, Readable } from 'node:stream';
import type { Client, ClientChannel } from 'ssh2';
import { fail, type FailureError } from '../../shared/domain/failure.ts';
import type { HostKey } from '../../shared/domain/server.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { untilStopped, type CallBounds } from '../callBounds.ts';
import { createDeferred } from '../deferred.ts';
import type { RoundTrips } from '../host.ts';
import type { Dialled } from './dial.ts';
import { sftpSessionOf, type SftpSession } from './sftpSession.ts';
import { createSlots, type Slots } from './slots.ts';

/** sshd allows 10 sessions a connection (`MaxSessions`): 8 for work, 2 kept for ending what must be stopped. */
const WORK_SESSIONS = 8;
const STOP_SESSIONS = 2;

/** How a command ended. Both null: its connection or its session was cut, so nothing is known. */
export interface SessionEnd {
  readonly code: number | null;
  readonly signal: string | null;
}

/** One command that runs on the server. Both outputs must be read, or it never ends. */
export interface SshSession {
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly ended: Promise<SessionEnd>;
  write(bytes: Uint8Array | string): void;
  /** Closes standard input. */
  endInput(): void;
  /** Gives the session up; the command on the server is told only by the end of its input. */
  close(): void;
}

/** Why a forwarding was not opened. */
export type ForwardRefusal = 'prohibited' | 'unreachable';

/** Thrown by `openForward`; the caller knows what it wanted to reach and makes the failure of it. */
export class ForwardError extends Error {
  readonly refusal: ForwardRefusal;
  constructor(refusal: ForwardRefusal, message: string) {
    super(message);
    this.name = 'ForwardError';
    this.refusal = refusal;
  }
}

/** Thrown by `openSession` when the server opens no further session on this connection (`MaxSessions` of sshd). */
export class SessionsFullError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SessionsFullError';
  }
}

/** A logged-in SSH connection to one server. */
export interface SshConnection {
  readonly hostKey: HostKey;
  /** What the server called itself in its first line, such as `OpenSSH_9.2p1` or `OpenSSH_for_Windows_8.1`. */
  readonly ident: string;
  readonly roundTrips: RoundTrips;
  /** Resolves with `ssh.connectionLost` when the connection ends for a reason other than `close`. */
  readonly lost: Promise<FailureError>;
  /** The same at once; null while the connection stands. */
  lostFailure(): FailureError | null;
  /**
   * Runs a command line by the login shell. `forStopping` takes one of the places that are kept free for ending other sessions.
   * Rejects with a SessionsFullError, with what `stopped` makes when the bounds abort, or with `ssh.connectionLost`.
   */
  openSession(command: string, bounds: CallBounds, stopped: () => Error, forStopping?: boolean): Promise<SshSession>;
  /** Opens an SFTP channel, which takes the place of a session; rejects as `openSession` does. */
  openSftp(bounds: CallBounds, stopped: () => Error): Promise<SftpSession>;
  /** A TCP stream from the server to an address. Rejects with a ForwardError when the server refuses. */
  openForward(address: string, port: number, bounds: CallBounds, stopped: () => Error): Promise<Duplex>;
  close(): Promise<void>;
}

/** Wraps a connection that `dial` made. */
export function createSshConnection(server: string, { client, hostKey, ident }: Dialled): SshConnection {
  const work = createSlots(WORK_SESSIONS);
  const stopping = createSlots(STOP_SESSIONS);
  let sessions = 0;
  let forwards = 0;
  let failure: FailureError | null = null;
  let lastError: unknown;
  let isClosing = false;

  const closed = createDeferred<void>();
  const lost = createDeferred<FailureError>();
  client.setMaxListeners(0);
  client.on('error', (error) => {
    lastError = error;
  });
  client.on('close', () => {
    const evidence = lastError instanceof Error ? lastError.message : '';
    failure = fail('ssh.connectionLost', serverSubject(server), { values: { server }, evidence, retryable: true });
    if (!isClosing) lost.resolve(failure);
    closed.resolve();
  });

  /** Rejects when the connection ends first: ssh2 forgets some callbacks then. */
  const whileConnected = <Value>(value: Promise<Value>): Promise<Value> =>
    Promise.race([
      value,
      closed.promise.then((): never => {
        throw failure ?? new Error('closed');
      }),
    ]);

  // The session is made inside of the callback: a command that ends at once is told in the same packet as its start, and nobody would hear it.
  const exec = (command: string): Promise<SshSession> =>
    new Promise((resolve, reject) => {
      if (failure !== null) throw failure;
      client.exec(command, (error, channel) => {
        if (error === undefined) resolve(sessionOf(channel, closed.promise));
        else reject(failure ?? sessionError(error));
      });
    });

  const openSubsystem = (): Promise<SftpSession> =>
    new Promise((resolve, reject) => {
      if (failure !== null) throw failure;
      client.sftp((error, sftp) => {
        if (error === undefined) resolve(sftpSessionOf(sftp, closed.promise));
        else reject(failure ?? sessionError(error));
      });
    });

  const inSlot = async <Session extends { readonly ended: Promise<unknown>; close(): void }>(
    slots: Slots,
    open: () => Promise<Session>,
    bounds: CallBounds,
    stopped: () => Error,
  ): Promise<Session> => {
    const release = await slots.take(bounds.signal).catch(() => {
      throw stopped();
    });
    try {
      sessions += 1;
      const session = await untilStopped(whileConnected(open()), bounds.signal, stopped, (late) => late.close());
      // The place is free when the server has closed the session, not when the caller has lost interest.
      void session.ended.then(release);
      return session;
    } catch (error) {
      release();
      throw error;
    }
  };

  const forwardOut = (address: string, port: number): Promise<ClientChannel> =>
    new Promise((resolve, reject) => {
      if (failure !== null) throw failure;
      client.forwardOut('127.0.0.1', 0, address, port, (error, channel) => {
        if (error === undefined) resolve(channel);
        else reject(failure ?? forwardError(error));
      });
    });

  return {
    hostKey,
    ident,
    get roundTrips() {
      return { connects: 1, sessions, forwards };
    },
    lost: lost.promise,
    lostFailure: () => failure,
    openSession: (command, bounds, stopped, forStopping = false) =>
      inSlot(forStopping ? stopping : work, () => exec(command), bounds, stopped),
    openSftp: (bounds, stopped) => inSlot(work, openSubsystem, bounds, stopped),
    async openForward(address, port, bounds, stopped) {
      forwards += 1;
      const channel = await untilStopped(whileConnected(forwardOut(address, port)), bounds.signal, stopped, (late) => late.close());
      return asSocket(channel);
    },
    close() {
      isClosing = true;
      if (failure !== null) return Promise.resolve();
      client.end();
      // A server that does not answer the farewell must not hold us up, least of all one without power: TCP would wait for it for a quarter of an hour.
      const impatience = setTimeout(() => destroySocket(client), CLOSE_PATIENCE_MS);
      return closed.promise.finally(() => clearTimeout(impatience));
    },
  };
}

const CLOSE_PATIENCE_MS = 500;

/** ssh2's own `destroy` does nothing once the writing side has ended, as it has after `end`. */
function destroySocket(client: Client): void {
  const socket: unknown = Reflect.get(client, '_sock');
  if (socket instanceof Socket) socket.destroy();
}

function sessionOf(channel: ClientChannel, connectionClosed: Promise<void>): SshSession {
  let code: number | null = null;
  let signal: string | null = null;
  channel.on('exit', (exitCode: number | null, exitSignal?: string) => {
    code = exitCode;
    signal = exitSignal ?? null;
  });
  // A command may end without reading its input, and a connection may break: both are told by the end, not by the stream.
  channel.on('error', () => undefined);
  const channelClosed = new Promise<void>((resolve) => {
    channel.on('close', () => resolve());
  });
  return {
    stdout: channel,
    stderr: channel.stderr,
    ended: Promise.race([channelClosed, connectionClosed]).then(() => ({ code, signal })),
    write: (bytes) => {
      if (channel.writable) channel.write(bytes);
    },
    endInput: () => {
      channel.end();
    },
    close: () => {
      channel.close();
    },
  };
}

/** SSH_OPEN_ADMINISTRATIVELY_PROHIBITED of RFC 4254. */
const PROHIBITED = 1;
const OPEN_FAILURE = '(SSH) Channel open failure: ';

function sessionError(error: Error): Error {
  return error.message.startsWith(OPEN_FAILURE) ? new SessionsFullError(error.message.slice(OPEN_FAILURE.length)) : error;
}

function forwardError(error: Error): ForwardError {
  const reason: unknown = Reflect.get(error, 'reason');
  return new ForwardError(reason === PROHIBITED ? 'prohibited' : 'unreachable', error.message.replace(OPEN_FAILURE, ''));
}

/** ioredis calls these three of net.Socket on every stream; a channel has none of them, and the connection below has set its own. */
function asSocket(channel: ClientChannel): Duplex {
  channel.on('error', () => undefined);
  return Object.assign(channel, {
    setNoDelay: () => channel,
    setKeepAlive: () => channel,
    setTimeout: () => channel,
  });
}
