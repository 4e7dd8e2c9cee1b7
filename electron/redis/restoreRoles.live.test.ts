import { describe, expect, it, type TestContext } from 'vitest';
import { readinessOf } from '../shared/domain/readiness.ts';
import { areRolesAsPlanned } from '../shared/domain/roles.ts';
import { toleranceOf } from '../shared/domain/tolerance.ts';
import { readCluster, waitForView, type RedisNodes } from './clusterView.ts';
import { formCluster } from './formCluster.ts';
import type { RedisNode } from './redisNode.ts';
import { restoreRoles } from './restoreRoles.ts';
import { failureIn } from './testing/failureIn.ts';
import { startFor } from './testing/startFor.ts';
import type { TestCluster } from './testing/testCluster.ts';

const deadlineMs = 20_000;

async function formed(test: TestContext): Promise<{ readonly cluster: TestCluster; readonly nodes: Map<string, RedisNode> }> {
  const cluster = await startFor(test, { nodeTimeoutMs: 1000 });
  const nodes = await cluster.connectAll();
  await formCluster(nodes, cluster.plan, { deadlineMs });
  return { cluster, nodes };
}

/** Makes the replica of a shard its master, without loss. */
async function swap(cluster: TestCluster, nodes: RedisNodes, replica: string): Promise<void> {
  await nodes.get(replica)?.call(['CLUSTER', 'FAILOVER']);
  await waitForView(
    nodes,
    (view, earlier) => [
      ...readinessOf(view, cluster.plan, earlier).reasons,
      ...view.views
        .filter((one) => one.node === replica && one.role === 'replica')
        .map(() => ({ code: 'cluster.noReplica' as const, values: {} })),
    ],
    (reasons) => new Error(JSON.stringify(reasons)),
    { deadlineMs },
  );
}

describe.concurrent('restoreRoles', () => {
  it('restores the layout after a server was lost and came back, keeping the data', async (test) => {
    const { cluster, nodes } = await formed(test);
    await nodes.get('server-1:7000')?.call(['SET', '{06S}', 'kept']);
    await cluster.killServer('server-1');
    const survivors = new Map([...nodes].filter(([id]) => !id.startsWith('server-1')));
    await waitForView(
      survivors,
      (view) =>
        view.views
          .filter((one) => one.clusterState !== 'ok' || (one.node === 'server-2:7001' && one.role === 'replica'))
          .map((one) => ({ code: 'cluster.stateFail' as const, values: { node: one.node } })),
      (reasons) => new Error(JSON.stringify(reasons)),
      { deadlineMs },
    );
    await Promise.all(['server-1:7000', 'server-1:7001'].map((id) => cluster.startNode(id)));
    const again = await cluster.connectAll();

    // Called at once: the former master may still believe in its role, or be copying.
    const told: string[] = [];
    const result = await restoreRoles(again, cluster.plan, { deadlineMs, emit: (node, command) => told.push(`${node} ${command}`) });
    expect(result.switchovers).toMatchObject([{ shard: 1, from: 'server-2:7001', to: 'server-1:7000' }]);
    expect(told.filter((line) => !line.includes('CLUSTER MEET'))).toEqual(['server-1:7000 CLUSTER FAILOVER']);
    const view = await readCluster(again);
    expect(readinessOf(view, cluster.plan).reasons).toEqual([]);
    expect(areRolesAsPlanned(view, cluster.plan)).toBe(true);
    expect(toleranceOf(view, cluster.plan).every((one) => one.survives)).toBe(true);
    expect(await again.get('server-1:7000')?.call(['GET', '{06S}'])).toBe('kept');
  });

  it('restores several shards one after the other, and does nothing the second time', async (test) => {
    const { cluster, nodes } = await formed(test);
    for (const replica of ['server-1:7001', 'server-2:7001', 'server-3:7001']) await swap(cluster, nodes, replica);
    const result = await restoreRoles(nodes, cluster.plan, { deadlineMs });
    expect(result.switchovers.map(({ shard, to }) => [shard, to])).toEqual([
      [1, 'server-1:7000'],
      [2, 'server-2:7000'],
      [3, 'server-3:7000'],
    ]);
    expect(areRolesAsPlanned(result.view, cluster.plan)).toBe(true);
    const told: string[] = [];
    expect((await restoreRoles(nodes, cluster.plan, { deadlineMs, emit: (...line) => told.push(line.join(' ')) })).switchovers).toEqual([]);
    expect(told).toEqual([]);
  });

  it('sends nothing while the former master is not in sync', async (test) => {
    const { cluster, nodes } = await formed(test);
    await swap(cluster, nodes, 'server-2:7001');
    await nodes.get('server-1:7000')?.call(['CONFIG', 'SET', 'masterauth', 'wrong']);
    await nodes.get('server-2:7001')?.call(['CLIENT', 'KILL', 'TYPE', 'replica']);
    const told: string[] = [];
    const failure = await failureIn(restoreRoles(nodes, cluster.plan, { deadlineMs: 1500, emit: (...line) => told.push(line.join(' ')) }));
    expect(failure).toMatchObject({ code: 'cluster.replicaNotInSync', values: { node: 'server-1:7000' } });
    expect(told).toEqual([]);
  });

  it('refuses a silent node, roles that no switchover restores, and an abort', async (test) => {
    const { cluster, nodes } = await formed(test);
    await swap(cluster, nodes, 'server-2:7001');
    expect((await failureIn(restoreRoles(nodes, cluster.plan, { deadlineMs, signal: AbortSignal.abort() }))).code).toBe('run.aborted');
    const otherMaster = (await nodes.get('server-2:7000')?.read())?.redisId ?? '';
    await nodes.get('server-1:7000')?.call(['CLUSTER', 'REPLICATE', otherMaster]);
    const failure = await failureIn(restoreRoles(nodes, cluster.plan, { deadlineMs }));
    expect(failure.code).toBe('cluster.rolesNotAsPlanned');
    expect(failure.values['reason']).toContain('server-1:7000');
    await cluster.kill('server-3:7001');
    expect(await failureIn(restoreRoles(nodes, cluster.plan, { deadlineMs }))).toMatchObject({
      code: 'redis.unreachable',
      values: { node: 'server-3:7001' },
    });
  });
});
