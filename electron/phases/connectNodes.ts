import pRetry from 'p-retry';
import type { Phase } from '../engine/phase.ts';
import type { RedisNode } from '../redis/redisNode.ts';
import { FailureError } from '../shared/domain/failure.ts';
import type { NodeSpec } from '../shared/domain/plan.ts';
import { message } from '../shared/messages/message.ts';
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

/** Opens a connection to each of the six nodes. With `isGate` off, a silent node is left to the checks to tell. */
export function connectNodes(options: { readonly waitMs: number; readonly isGate?: boolean }): Phase<RunContext> {
  return {
    id: 'connectNodes',
    title: message('phase.connectNodes'),
    scope: 'cluster',
    run: async (context) => {
      const attempts = await Promise.allSettled(context.plan.nodes.map(async (node) => reachNode(context, node, options.waitMs)));
      const failed = attempts.find((one) => one.status === 'rejected');
      if (failed !== undefined && options.isGate !== false) throw failed.reason;
      context.signal.throwIfAborted();
      return 'observed';
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
  };
}
