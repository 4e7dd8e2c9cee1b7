import pRetry from 'p-retry';
import type { Phase } from '../engine/phase.ts';
import { readCluster } from '../redis/clusterView.ts';
import type { RedisNode } from '../redis/redisNode.ts';
import { fail, FailureError } from '../shared/domain/failure.ts';
import type { NodeSpec } from '../shared/domain/plan.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import { hasLostMajority } from '../shared/domain/tolerance.ts';
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
  const connectOnce = (): Promise<RedisNode> =>
    context.access === 'redis'
      ? context.ways.connectDirectly(node, signal)
      : context.ways.connectNode(node, hostOf(context, node.server), signal);
  const connection = await pRetry(connectOnce, {
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

/**
 * A Redis without a password that does not run as our unit is somebody else's: ours has one from its first start. Where it is our unit somebody
 * took the password away, which the checks tell.
 */
function isForeign(context: RunContext, node: NodeSpec, connection: RedisNode): boolean {
  const units = context.facts.get(node.server)?.units ?? [];
  return connection.isPasswordUnused && !units.some(({ unit, active }) => unit === node.unit && active === 'active');
}

/** Throws `cluster.noMajority` when those that answer say that it is so: more than that one node cannot be reached. */
async function refuseLostMajority(context: RunContext): Promise<void> {
  const view = await readCluster(context.nodes, { signal: context.signal });
  if (!hasLostMajority(view, context.plan)) return;
  const silent = context.plan.nodes.filter(({ id }) => view.views.every(({ node }) => node !== id));
  throw fail('cluster.noMajority', clusterSubject, { evidence: silent.map(({ id }) => id).join(', '), retryable: true });
}

/**
 * Opens a connection to each of the six nodes. With `isGate` off, a silent node is left to the checks to tell; else the run ends with it, with
 * `redis.foreign` or, where those that answer miss most masters, with `cluster.noMajority`.
 */
export function connectNodes(options: { readonly waitMs: number; readonly isGate?: boolean }): Phase<RunContext> {
  return {
    id: 'connectNodes',
    title: message('phase.connectNodes'),
    scope: 'cluster',
    run: async (context) => {
      const attempts = await Promise.allSettled(context.plan.nodes.map(async (node) => reachNode(context, node, options.waitMs)));
      context.signal.throwIfAborted();
      const isGate = options.isGate !== false;
      if (isGate && attempts.some(({ status }) => status === 'rejected')) await refuseLostMajority(context);
      for (const [index, attempt] of attempts.entries()) {
        const node = context.plan.nodes[index];
        if (attempt.status === 'fulfilled') {
          if (isGate && node !== undefined && isForeign(context, node, attempt.value))
            throw fail('redis.foreign', attempt.value.subject, { values: { node: node.id }, evidence: 'no password is set' });
          continue;
        }
        const error: unknown = attempt.reason;
        if (isInTheWay(error, isGate)) throw error;
        if (node !== undefined && error instanceof FailureError) {
          const { code, values } = error.failure;
          const isServerLost = context.lost.has(node.server);
          context.silence.set(node.id, isServerLost ? say({ code, values }) : String(values['reason'] ?? say({ code, values })));
        }
      }
      return 'observed';
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
  };
}
