import { expect, it, vi, type TestContext } from 'vitest';
import type { Host } from '../hosts/host.ts';
import { formCluster } from '../redis/formCluster.ts';
import { readCluster } from '../redis/clusterView.ts';
import { failureIn } from '../redis/testing/failureIn.ts';
import { startFor } from '../redis/testing/startFor.ts';
import type { TestCluster } from '../redis/testing/testCluster.ts';
import type { NodeSpec } from '../shared/domain/plan.ts';
import { hasLostMajority } from '../shared/domain/tolerance.ts';
import { connectNodes } from './connectNodes.ts';
import type { RunContext } from './runContext.ts';

/** A run on a test cluster; the units of its nodes are `active` or not. Passwords are sent whether the nodes have one or not. */
function contextOf(cluster: TestCluster, active: string): RunContext {
  const { plan } = cluster;
  return {
    plan,
    signal: new AbortController().signal,
    hosts: new Map(plan.servers.map(({ name }) => [name, {} as Host])),
    facts: new Map(plan.servers.map(({ name }) => [name, { units: plan.nodes.map(({ unit }) => ({ unit, active })) }])),
    lost: new Map(),
    silence: new Map(),
    nodes: new Map(),
    ways: { connectNode: (node: NodeSpec) => cluster.connect(node.id, { password: cluster.password ?? 'unneeded' }) },
  } as unknown as RunContext;
}

const gate = connectNodes({ waitMs: 0 });

it('refuses a Redis without a password as foreign, unless it is our own unit', async (test: TestContext) => {
  const cluster = await startFor(test, { password: null });
  expect(await failureIn(gate.run(contextOf(cluster, 'inactive'), ''))).toMatchObject({
    code: 'redis.foreign',
    values: { node: 'server-1:7000' },
  });
  const own = contextOf(cluster, 'active');
  await gate.run(own, '');
  expect(own.nodes.size).toBe(6);
});

it('names a lost majority rather than the first node that cannot be reached', async (test: TestContext) => {
  const cluster = await startFor(test, { nodeTimeoutMs: 500 });
  const nodes = await cluster.connectAll();
  await formCluster(nodes, cluster.plan, { deadlineMs: 20_000 });
  await cluster.kill('server-1:7001');
  expect((await failureIn(gate.run(contextOf(cluster, 'active'), ''))).code).toBe('redis.unreachable');
  await Promise.all([cluster.killServer('server-1'), cluster.killServer('server-2')]);
  await vi.waitFor(async () => expect(hasLostMajority(await readCluster(nodes), cluster.plan)).toBe(true), { timeout: 20_000 });
  expect(await failureIn(gate.run(contextOf(cluster, 'active'), ''))).toMatchObject({
    code: 'cluster.noMajority',
    evidence: 'server-1:7000, server-1:7001, server-2:7000, server-2:7001',
  });
});
