import { fail, FailureError, type Failure } from '../shared/domain/failure.ts';
import { nodeSubject, type Subject } from '../shared/domain/subject.ts';
import type { NodeView } from '../shared/domain/view.ts';
import { message, say } from '../shared/messages/message.ts';
import { bounded, pause, throwIfAborted, type CallBounds } from './bounded.ts';
import type { OpenStream } from './dialDirect.ts';
import { UnreadableReplyError } from './parseClusterNodes.ts';
import { parseNodeView } from './parseNodeView.ts';
import { BrokenStreamError, startRedisStream, type CommandWords, type PipelineReply, type RedisStream } from './redisStream.ts';

/** How to reach one planned node, and for how long to try. */
export interface RedisNodeOptions {
  /** The planned node's id (`server:port`), its server and its data port: what failures name. */
  readonly node: string;
  readonly server: string;
  readonly port: number;
  readonly password: string | null;
  /** Opens the only stream of this connection: SSH forwarding, or `dialDirect`. */
  readonly open: OpenStream;
  /** From the call until the node has accepted the password and has its data loaded; 5 s unless told. */
  readonly connectDeadlineMs?: number;
  /** For each later call that brings no deadline of its own; 5 s unless told. */
  readonly commandDeadlineMs?: number;
  /** Ends connecting only; each later call takes its own. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * An administrative connection to one node. Every failure is a `FailureError` about this node: `redis.unreachable` (lost, silent),
 * `redis.authRejected`, `redis.commandRefused` (an error reply), `redis.replyUnexpected` (not Redis, or not as documented), `run.aborted`.
 */
export interface RedisNode {
  readonly node: string;
  readonly subject: Subject;
  /** A password was given, but this Redis has none: it is not one that Triad configured. */
  readonly isPasswordUnused: boolean;
  /** One command; an error reply throws `redis.commandRefused`. Nothing of the arguments but the command's name enters a failure. */
  call(words: CommandWords, bounds?: CallBounds): Promise<unknown>;
  /** All commands in one write, hence one round trip; error replies are answers here. */
  pipeline(commands: readonly CommandWords[], bounds?: CallBounds): Promise<readonly PipelineReply[]>;
  /** What this node says of itself and of all others, in one round trip. */
  read(bounds?: CallBounds): Promise<NodeView>;
  /** The values of exact setting names; a setting that this version does not have is missing in the answer. */
  configGet(names: readonly string[], bounds?: CallBounds): Promise<ReadonlyMap<string, string>>;
  /** Resolves with the failure when the connection ends for another reason than `close`. */
  readonly lost: Promise<FailureError>;
  close(): void;
}

/** No answer in time: what was asked may have been done, or may still be. Everything else that fails has certainly been answered or cut off. */
export class NoAnswerError extends FailureError {}

const DEADLINE_MS = 5000;
const LOADING_POLL_MS = 50;
const READ: readonly CommandWords[] = [
  ['CLUSTER', 'INFO'],
  ['CLUSTER', 'NODES'],
  // One command a section: only Redis 7 takes several at once.
  ...['server', 'clients', 'replication', 'persistence', 'memory', 'keyspace'].map((section): CommandWords => ['INFO', section]),
];

/** The name of a command for failures and events: `CLUSTER MEET`, `SET`. Never its arguments: a password may be among them. */
export function commandName(words: CommandWords): string {
  const [name, second] = words;
  const isContainer = ['CLUSTER', 'CONFIG', 'CLIENT', 'INFO'].includes(name.toUpperCase());
  return isContainer && second !== undefined ? `${name} ${second}`.toUpperCase() : name.toUpperCase();
}

function isLoading(error: string): boolean {
  return error.startsWith('LOADING');
}

/** Opens the stream within the bounds; one that opens too late is destroyed. */
async function openStream(
  options: RedisNodeOptions,
  bounds: {
    readonly deadlineMs: number;
    readonly signal: AbortSignal | undefined;
    readonly subject: Subject;
    readonly tooLate: () => Error;
  },
  unreachable: (reason: string) => FailureError,
): Promise<RedisStream> {
  throwIfAborted(options.signal, bounds.subject);
  const givenUp = new AbortController();
  try {
    const opening = options.open(givenUp.signal);
    return await startRedisStream(await bounded(opening, { ...bounds, discard: (late) => void late.destroy() }));
  } catch (error) {
    givenUp.abort();
    if (error instanceof FailureError) throw error;
    throw unreachable(error instanceof Error ? error.message : String(error));
  }
}

/** Connects to one node with one attempt to open the stream; a node that is loading its data is waited for. */
export async function connectRedisNode(options: RedisNodeOptions): Promise<RedisNode> {
  const { node, connectDeadlineMs = DEADLINE_MS, commandDeadlineMs = DEADLINE_MS } = options;
  const subject = nodeSubject(options.server, options.port);
  const endsAt = performance.now() + connectDeadlineMs;
  const seconds = Math.round(connectDeadlineMs / 100) / 10;
  const throwing = (code: Failure['code'], values: Failure['values'], evidence = '', retryable = false): FailureError =>
    fail(code, subject, { values: { node, ...values }, evidence, retryable });
  const unreachable = (reason: string, evidence = ''): FailureError => throwing('redis.unreachable', { reason }, evidence, true);
  const silent = (afterSeconds: number): FailureError =>
    new NoAnswerError(unreachable(say(message('cluster.why.silent', { seconds: afterSeconds }))).failure);
  const translate = (error: unknown, command: string): Error => {
    if (error instanceof BrokenStreamError)
      return error.isProtocol
        ? throwing('redis.replyUnexpected', { command }, error.message)
        : unreachable(error.message === 'closed' ? say(message('cluster.why.closed')) : error.message);
    if (error instanceof UnreadableReplyError) return throwing('redis.replyUnexpected', { command: error.command }, error.message);
    return error instanceof Error ? error : unreachable(String(error));
  };
  const remaining = (): { deadlineMs: number; signal: AbortSignal | undefined; subject: Subject; tooLate: () => Error } => ({
    deadlineMs: endsAt - performance.now(),
    signal: options.signal,
    subject,
    tooLate: () => (loading === null ? silent(seconds) : unreachable(say(message('cluster.why.loading', { seconds })), loading)),
  });

  let isClosed = false;
  // The last word of a node that answers but is not ready: more than "no answer" when time is up.
  let loading: string | null = null;
  const stream = await openStream(options, remaining(), unreachable);
  const isPasswordUnused = await bounded(greet(stream), remaining()).catch((error: unknown) => {
    stream.close();
    throw translate(error, 'PING');
  });

  /** Proves that this is a Redis, that it takes the password, and waits while it is loading; tells whether it has no password at all. */
  async function greet(redis: RedisStream): Promise<boolean> {
    const login: readonly CommandWords[] = options.password === null ? [] : [['AUTH', options.password]];
    const replies = await redis.send([...login, ['PING']]).catch((error: unknown) => {
      if (error instanceof BrokenStreamError && error.answered.length > 0) return error.answered;
      throw error;
    });
    const auth = login.length > 0 ? replies[0] : undefined;
    const hasNoPassword = auth?.ok === false && /without any password configured|no password is set/u.test(auth.error);
    if (auth?.ok === false && !hasNoPassword) {
      if (/^(?:WRONGPASS|NOAUTH|ERR invalid password)/u.test(auth.error)) throw throwing('redis.authRejected', {}, auth.error);
      throw throwing('redis.commandRefused', { command: 'AUTH', reason: auth.error }, auth.error);
    }
    let pong = replies.at(-1);
    while (pong?.ok === false && isLoading(pong.error)) {
      loading = pong.error;
      await pause(LOADING_POLL_MS, options.signal, subject);
      [pong] = await redis.send([['PING']]);
    }
    if (pong?.ok === false && pong.error.startsWith('NOAUTH')) throw throwing('redis.authRejected', {}, pong.error);
    if (pong?.ok === false) throw throwing('redis.commandRefused', { command: 'PING', reason: pong.error }, pong.error);
    if (pong?.value !== 'PONG') throw throwing('redis.replyUnexpected', { command: 'PING' }, String(pong?.value).slice(0, 200));
    return hasNoPassword;
  }

  async function pipeline(commands: readonly CommandWords[], bounds: CallBounds = {}): Promise<readonly PipelineReply[]> {
    const [first] = commands;
    if (first === undefined) return [];
    throwIfAborted(bounds.signal, subject);
    const deadlineMs = bounds.deadlineMs ?? commandDeadlineMs;
    const tooLate = (): Error => silent(Math.round(deadlineMs / 100) / 10);
    try {
      return await bounded(stream.send(commands), { deadlineMs, signal: bounds.signal, subject, tooLate });
    } catch (error) {
      throw translate(error, commandName(first));
    }
  }

  function valueOf(words: CommandWords, reply: PipelineReply | undefined): unknown {
    if (reply?.ok === true) return reply.value;
    const command = commandName(words);
    const reason = reply?.error ?? '';
    throw throwing('redis.commandRefused', { command, reason }, `${command}: ${reason}`, isLoading(reason));
  }

  function textOf(words: CommandWords, reply: PipelineReply | undefined): string {
    const value = valueOf(words, reply);
    if (typeof value === 'string') return value;
    throw throwing('redis.replyUnexpected', { command: commandName(words) }, JSON.stringify(value).slice(0, 200));
  }

  return {
    node,
    subject,
    isPasswordUnused,
    pipeline,
    call: async (words, bounds) => valueOf(words, (await pipeline([words], bounds))[0]),
    read: async (bounds) => {
      const replies = await pipeline(READ, bounds);
      const clusterText = (index: 0 | 1): string | null => {
        const reply = replies[index];
        const isUnavailable = reply?.ok === false && (isLoading(reply.error) || /cluster support disabled/u.test(reply.error));
        return isUnavailable ? null : textOf(READ[index] ?? ['CLUSTER'], reply);
      };
      const info = READ.slice(2).map((words, index) => textOf(words, replies[index + 2]));
      try {
        return parseNodeView(node, { clusterInfo: clusterText(0), clusterNodes: clusterText(1), info: info.join('\n') });
      } catch (error) {
        throw translate(error, 'CLUSTER NODES');
      }
    },
    configGet: async (names, bounds) => {
      const commands = names.map((name): CommandWords => ['CONFIG', 'GET', name]);
      const replies = await pipeline(commands, bounds);
      return new Map(
        commands.flatMap((words, index) => {
          const found = valueOf(words, replies[index]);
          return Array.isArray(found) && found.length === 2 ? [[String(found[0]), String(found[1])] as const] : [];
        }),
      );
    },
    lost: new Promise((resolve) => {
      void stream.ended.then((error) => {
        if (!isClosed) resolve(unreachable(error.message === 'closed' ? say(message('cluster.why.closed')) : error.message));
      });
    }),
    close: () => {
      isClosed = true;
      stream.close();
    },
  };
}
