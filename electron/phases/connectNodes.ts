import pRetry from 'p-retry';
import type { Phase } from '../engine/phase.ts';
import type { RedisNode } from '../redis/redisNode.ts';
import { FailureError } from '../shared/domain/failure.ts';
import type { NodeSpec } from '../shared/domain/plan.ts';
import { message, say } from '../shared/messages/message.ts';
import { hostOf, type RunContext } from './runContext.ts';

/** Pause between two attempts to reach a process that is starting. */
const RETRY_MS = 40;

/** A process that has just been started refuses connections for a moment; anything else is told at once. */
function isStarting(error: unknown): boolean {
  return error instanceof FailureError && error.failure.code === 'redis.unreachable';
}

/** Opens the administrative connection to one node, trying again while it starts, for at most `waitMs`. */
export async function reachNode(
  context: RunContext,
  node: NodeSpec,
  waitMs: number,
  signal: AbortSignal = context.signal,
): Promise<RedisNode> {
  const host = hostOf(context, node.server);
  const connection = await pRetry(async () => context.ways.connectNode(node, host, signal), {
    retries: Math.ceil(waitMs / RETRY_MS),
    minTimeout: RETRY_MS,
    factor: 1,
    maxRetryTime: waitMs,
    signal,
    shouldRetry: ({ error }) => waitMs > 0 && isStarting(error),
  });
  context.nodes.get(node.id)?.close();
  context.nodes.set(node.id, connection);
  return connection;
}

/** What forbids to go on: anything where all nodes are needed, else only a password that is wrong for all that will follow. */
function isInTheWay(error: unknown, isGate: boolean): boolean {
  return isGate || !(error instanceof FailureError) || error.failure.code === 'redis.authRejected';
}

/** Opens a connection to each of the six nodes. With `isGate` off, a silent node is left to the checks to tell. */
export function connectNodes(options: { readonly waitMs: number; readonly isGate?: boolean }): Phase<RunContext> {
  return {
    id: 'connectNodes',
    title: message('phase.connectNodes'),
    scope: 'cluster',
    run: async (context) => {
      const attempts = await Promise.allSettled(context.plan.nodes.map(async (node) => reachNode(context, node, options.waitMs)));
      context.signal.throwIfAborted();
      for (const [index, attempt] of attempts.entries()) {
        if (attempt.status === 'fulfilled') continue;
        const error: unknown = attempt.reason;
        if (isInTheWay(error, options.isGate !== false)) throw error;
        const node = context.plan.nodes[index];
        if (node !== undefined && error instanceof FailureError) {
          const { code, values } = error.failure;
          context.silence.set(node.id, String(values['reason'] ?? say({ code, values })));
        }
      }
      return 'observed';
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
  };
}
