import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { AbstractConnector, Redis } from 'ioredis';

/** What a node answered: a value, or the text of its error reply. A broken connection is never one of these, it throws. */
export type PipelineReply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: string };

/** A command as its words, such as `['CLUSTER', 'MEET', '10.0.0.1', '7000']`. */
export type CommandWords = readonly [string, ...(readonly (string | number)[])];

/** The connection ended, or what came back is not the Redis protocol (`isProtocol`). Holds no command, because AUTH is one. */
export class BrokenStreamError extends Error {
  readonly isProtocol: boolean;
  /** What had been answered before it broke: a server that refuses a client says why, then hangs up. */
  readonly answered: readonly PipelineReply[];
  constructor(message: string, isProtocol: boolean, answered: readonly PipelineReply[] = []) {
    super(message);
    this.name = 'BrokenStreamError';
    this.isProtocol = isProtocol;
    this.answered = answered;
  }
}

/** One ioredis client on one open stream. */
export interface RedisStream {
  /** Sends all commands in one write; the replies come in their order. Rejects with {@link BrokenStreamError}. */
  send(commands: readonly CommandWords[]): Promise<readonly PipelineReply[]>;
  /** Resolves when the connection has ended, for whatever reason. */
  readonly ended: Promise<BrokenStreamError>;
  close(): void;
}

/** ioredis calls these three on whatever a connector returns; an SSH channel lacks them, and a missing one ends the process. */
const SOCKET_ONLY = ['setNoDelay', 'setKeepAlive', 'setTimeout'] as const;

/** A stream as ioredis wants it. */
export function asSocket(stream: Duplex): Socket {
  for (const name of SOCKET_ONLY) if (!(name in stream)) Object.defineProperty(stream, name, { value: () => stream });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- ioredis uses only the Duplex part and the three methods above
  return stream as Socket;
}

function isErrorReply(error: Error): boolean {
  return error.name === 'ReplyError';
}

/**
 * Puts a client on an open stream. No reconnecting, no queue before it is up, no handshake of its own: RESP2 without HELLO and AUTH, because
 * ioredis would only print a warning where a server has no password, and Triad must know. The one client serves one stream, then ends.
 */
export async function startRedisStream(stream: Duplex): Promise<RedisStream> {
  const socket = asSocket(stream);
  class GivenStream extends AbstractConnector {
    constructor() {
      super(0);
    }
    override connect(): Promise<Socket> {
      return Promise.resolve(socket);
    }
    /** At once: the usual `end()` waits for a peer that may be frozen. */
    override disconnect(): void {
      socket.destroy();
    }
  }
  const client = new Redis({
    Connector: GivenStream,
    lazyConnect: true,
    protocol: 2,
    disableClientInfo: true,
    enableReadyCheck: false,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });

  let broken: BrokenStreamError | null = null;
  const note = (error: Error): void => {
    // A system error has a code (ECONNRESET); what has none was thrown by the decoder, over bytes that are not Redis's.
    broken ??= new BrokenStreamError(error.message, !('code' in error));
  };
  // Both stay for life: without them a second error on a broken stream would end the process.
  socket.on('error', (error) => {
    broken ??= new BrokenStreamError(error.message, false);
  });
  client.on('error', note);
  // A half-closed Redis connection is of no use, and some streams (SSH channels) stay open after their end.
  socket.once('end', () => socket.destroy());
  const ended = new Promise<BrokenStreamError>((resolve) => {
    client.once('end', () => resolve(broken ?? new BrokenStreamError('closed', false)));
  });

  try {
    await client.connect();
  } catch {
    throw broken ?? new BrokenStreamError('closed', false);
  }

  return {
    ended,
    close: () => client.disconnect(),
    send: async (commands) => {
      const pipeline = client.pipeline();
      for (const [name, ...words] of commands) pipeline.call(name, ...words);
      // exec() rejects only when the client is unusable; what happens to a command stands beside its value.
      const results = await pipeline.exec().catch(() => null);
      const replies: PipelineReply[] = [];
      for (const [error, value] of results ?? [[new Error('closed'), null]]) {
        if (error === null) replies.push({ ok: true, value });
        else if (isErrorReply(error)) replies.push({ ok: false, error: error.message });
        else throw new BrokenStreamError(broken?.message ?? 'closed', broken?.isProtocol ?? false, replies);
      }
      return replies;
    },
  };
}
