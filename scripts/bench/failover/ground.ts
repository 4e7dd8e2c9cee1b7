import type { RedisNode } from '../../../electron/redis/redisNode.ts';
import { restoreRoles } from '../../../electron/redis/restoreRoles.ts';
import { waitForView, type WaitBounds } from '../../../electron/redis/clusterView.ts';
import { readinessOf } from '../../../electron/shared/domain/readiness.ts';
import type { PracticeSet } from '../../practice/practiceSet.ts';
import { awaitCondition } from '../../practice/awaitCondition.ts';
import { BenchError } from '../benchError.ts';
import { connectAll, installCluster, type BenchCluster } from './benchCluster.ts';
import type { PartOptions } from './part.ts';
import { watchSuspicions, type SuspicionWatch } from './suspicions.ts';

/** The node timeouts whose patience is compared, milliseconds. */
export const comparedTimeoutsMs = [500, 1000, 2000, 5000, 15_000] as const;

const firstPort = 7000;
/** Room for a cluster's two ports, and easy to read. */
const portStep = 10;
const settledWithinMs = 120_000;

/** One of several clusters on the same servers, which differ in their node timeout alone. */
export interface GroundCluster extends BenchCluster {
  readonly nodeTimeoutMs: number;
  readonly watch: SuspicionWatch;
}

/**
 * Clusters side by side on the same three servers, one for each node timeout: whatever happens to the servers happens to all of them at the same
 * moment, so that nothing but the node timeout makes the difference.
 */
export async function prepareGround(set: PracticeSet, options: PartOptions): Promise<readonly GroundCluster[]> {
  const clusters: GroundCluster[] = [];
  try {
    for (const [index, nodeTimeoutMs] of comparedTimeoutsMs.entries()) {
      options.signal.throwIfAborted();
      const masterPort = firstPort + index * portStep;
      const cluster = await installCluster(set, options, {
        name: `timeout-${nodeTimeoutMs}`,
        nodeTimeoutMs,
        masterPort,
        maxMemory: '128mb',
      });
      clusters.push({ ...cluster, nodeTimeoutMs, watch: watchSuspicions(cluster, options.signal) });
    }
  } catch (error) {
    await Promise.all(clusters.map(({ watch }) => watch.stop()));
    throw error;
  }
  return clusters;
}

/** Waits until the cluster is whole, with whatever roles. */
export async function awaitWhole(cluster: GroundCluster, signal: AbortSignal): Promise<void> {
  await whenWhole(cluster, signal, () => Promise.resolve());
}

/** Waits until the cluster is whole, gives the masters their planned nodes back, and waits until nobody suspects anybody. */
export async function settle(cluster: GroundCluster, signal: AbortSignal): Promise<void> {
  const { plan, watch } = cluster;
  await whenWhole(cluster, signal, async (nodes, bounds) => {
    await restoreRoles(nodes, plan, bounds);
    const isCalm = await awaitCondition(settledWithinMs, () => {
      signal.throwIfAborted();
      return watch.isCalm() || undefined;
    });
    if (isCalm === undefined) throw new BenchError('its nodes go on suspecting each other');
  });
}

async function whenWhole(
  cluster: GroundCluster,
  signal: AbortSignal,
  work: (nodes: ReadonlyMap<string, RedisNode>, bounds: WaitBounds) => Promise<void>,
): Promise<void> {
  const { plan } = cluster;
  let nodes: ReadonlyMap<string, RedisNode> | undefined;
  try {
    nodes = await awaitCondition(
      settledWithinMs,
      async () => {
        signal.throwIfAborted();
        return connectAll(cluster, signal).catch(() => undefined);
      },
      500,
    );
    if (nodes === undefined) throw new BenchError('its nodes do not answer');
    const bounds = { deadlineMs: settledWithinMs, signal, pollMs: 100 };
    await waitForView(
      nodes,
      (view, earlier) => readinessOf(view, plan, earlier).reasons,
      (reasons) => new BenchError(reasons.map(({ code }) => code).join(', ')),
      bounds,
    );
    await work(nodes, bounds);
  } catch (error) {
    signal.throwIfAborted();
    throw new BenchError(`The cluster with a node timeout of ${cluster.nodeTimeoutMs} ms did not settle: ${String(error)}`);
  } finally {
    for (const node of nodes?.values() ?? []) node.close();
  }
}
