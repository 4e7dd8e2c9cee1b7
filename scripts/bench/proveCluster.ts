import { Redis } from 'ioredis';
import { awaitCondition } from '../practice/awaitCondition.ts';
import { BenchError } from './benchError.ts';

const ports = [7000, 7001] as const;

/**
 * Looks for itself whether the cluster stands, without a word of code from what is measured: six nodes that know each other, all slots served,
 * three masters, three replicas in sync. Returns after how many milliseconds that was so; 0 means at first sight.
 * A BenchError when it was not within `waitMs`.
 */
export async function proveCluster(addresses: readonly string[], password: string, waitMs: number): Promise<number> {
  const connections = addresses.flatMap((host) =>
    ports.map((port) => new Redis({ host, port, password, lazyConnect: true, enableOfflineQueue: false, retryStrategy: () => null })),
  );
  let startedAt = 0;
  let faults: readonly string[] = [];
  try {
    for (const connection of connections) connection.on('error', () => undefined);
    await Promise.all(connections.map((connection) => connection.connect()));
    let looks = 0;
    const proved = await awaitCondition(waitMs, async () => {
      looks += 1;
      startedAt ||= performance.now();
      faults = faultsOf(await Promise.all(connections.map(lookAt)));
      return faults.length === 0 ? looks : undefined;
    });
    if (proved === undefined) throw new BenchError(`The cluster does not stand: ${faults.join('; ')}.`);
    return proved === 1 ? 0 : Math.round(performance.now() - startedAt);
  } catch (error) {
    throw error instanceof BenchError ? error : new BenchError(`The cluster cannot be looked at: ${String(error)}`);
  } finally {
    for (const connection of connections) connection.disconnect();
  }
}

/** What one node says of itself and the cluster, as Redis writes it: `name:value` a line. */
export interface NodeWords {
  readonly node: string;
  readonly cluster: string;
  readonly replication: string;
}

async function lookAt(connection: Redis): Promise<NodeWords> {
  const [cluster, replication] = await Promise.all([connection.call('CLUSTER', 'INFO'), connection.call('INFO', 'replication')]);
  return { node: `${connection.options.host}:${connection.options.port}`, cluster: String(cluster), replication: String(replication) };
}

/** What is wrong with a cluster of six nodes; empty when it stands. */
export function faultsOf(nodes: readonly NodeWords[]): readonly string[] {
  const own = nodes.flatMap(({ node, cluster, replication }) => {
    const wanted = isReplica(replication)
      ? [[replication, 'master_link_status', 'up'] as const]
      : [[replication, 'connected_slaves', '1'] as const];
    return [
      [cluster, 'cluster_state', 'ok'] as const,
      [cluster, 'cluster_slots_ok', '16384'] as const,
      [cluster, 'cluster_known_nodes', '6'] as const,
      ...wanted,
    ].flatMap(([words, name, value]) => (valueOf(words, name) === value ? [] : [`${node} ${name} ${valueOf(words, name) ?? 'missing'}`]));
  });
  const replicas = nodes.filter(({ replication }) => isReplica(replication)).length;
  return replicas === 3 && nodes.length === 6 ? own : [...own, `${replicas} of ${nodes.length} nodes are replicas`];
}

function isReplica(replication: string): boolean {
  return valueOf(replication, 'role') === 'slave';
}

function valueOf(words: string, name: string): string | undefined {
  return words
    .split(/\r?\n/u)
    .find((line) => line.startsWith(`${name}:`))
    ?.slice(name.length + 1);
}
