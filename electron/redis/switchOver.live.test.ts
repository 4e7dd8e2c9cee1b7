import { describe, expect, it, type TestContext } from 'vitest';
import { areRolesAsPlanned } from '../shared/domain/roles.ts';
import { mastersOn } from '../shared/domain/evacuation.ts';
import { formCluster } from './formCluster.ts';
import { createProbeWriter, type ProbeWriter } from './probeWriter.ts';
import type { RedisNode } from './redisNode.ts';
import { restoreRoles } from './restoreRoles.ts';
import { shardImpactOf } from './shardImpact.ts';
import { electionRestMs } from './switchOver.ts';
import { failureIn } from './testing/failureIn.ts';
import { startFor } from './testing/startFor.ts';
import type { TestCluster } from './testing/testCluster.ts';
import { vacateServer } from './vacateServer.ts';

const deadlineMs = 20_000;
const nodeTimeoutMs = 1000;

interface Bench {
  readonly cluster: TestCluster;
  readonly nodes: Map<string, RedisNode>;
}

async function formed(test: TestContext): Promise<Bench> {
  const cluster = await startFor(test, { nodeTimeoutMs });
  const nodes = await cluster.connectAll();
  await formCluster(nodes, cluster.plan, { deadlineMs });
  return { cluster, nodes };
}

async function writing(test: TestContext, { cluster }: Bench): Promise<ProbeWriter> {
  const writer = createProbeWriter({
    plan: cluster.plan,
    prefix: 'triad:probe:test:',
    connect: (spec, signal) => cluster.connect(spec.id, { signal, connectDeadlineMs: 1000 }),
  });
  test.onTestFinished(() => writer.close());
  await writer.start();
  return writer;
}

describe.concurrent('planned switchovers', () => {
  it('take every master off a server and back again, and no acknowledged write is lost', async (test) => {
    const bench = await formed(test);
    const { nodes, cluster } = bench;
    const writer = await writing(test, bench);
    const away = await vacateServer(nodes, cluster.plan, 'server-1', { deadlineMs });
    expect(away.switchovers).toMatchObject([{ shard: 1, from: 'server-1:7000', to: 'server-2:7001' }]);
    expect(mastersOn(away.view, cluster.plan, 'server-1')).toEqual([]);
    expect((await vacateServer(nodes, cluster.plan, 'server-1', { deadlineMs })).switchovers).toEqual([]);
    const back = await restoreRoles(nodes, cluster.plan, { deadlineMs });
    expect(areRolesAsPlanned(back.view, cluster.plan)).toBe(true);
    await writer.stop();
    const lost = await writer.readBack();
    const moved = [...away.switchovers, ...back.switchovers];
    const impacts = writer.journals().map((journal) => shardImpactOf(journal, moved, lost.get(journal.shard) ?? null));
    expect(impacts.map((one) => [one.shard, one.lost, one.switchovers.length])).toEqual([
      [1, 0, 2],
      [2, 0, 0],
      [3, 0, 0],
    ]);
    // Far below an election after a loss; the machine may be busy.
    for (const { longestGapMs } of impacts) expect(longestGapMs).toBeLessThan(nodeTimeoutMs);
    expect(impacts[0]?.refused).toBe(0);
  });

  it('wait for a node that was elected a moment ago, and hold no client back meanwhile', async (test) => {
    const bench = await formed(test);
    const { nodes, cluster } = bench;
    const elected = new Map<string, number>();
    const rests: number[] = [];
    const options = {
      deadlineMs,
      lastElectionAgoMs: (node: string) => Promise.resolve(elected.has(node) ? performance.now() - (elected.get(node) ?? 0) : null),
      onRest: (_node: string, restMs: number) => rests.push(restMs),
    };
    const first = await vacateServer(nodes, cluster.plan, 'server-1', options);
    elected.set('server-2:7001', first.switchovers[0]?.startedAtMs ?? 0);
    await restoreRoles(nodes, cluster.plan, options);
    const writer = await writing(test, bench);
    const again = await vacateServer(nodes, cluster.plan, 'server-1', options);
    await writer.stop();
    expect(rests).toHaveLength(1);
    expect((again.switchovers[0]?.startedAtMs ?? 0) - (first.switchovers[0]?.startedAtMs ?? 0)).toBeGreaterThanOrEqual(
      electionRestMs(nodeTimeoutMs),
    );
    for (const journal of writer.journals()) expect(shardImpactOf(journal, [], null).longestGapMs).toBeLessThan(nodeTimeoutMs);
  });

  it('promote no replica that does not follow, and leave the server as it is', async (test) => {
    const { cluster, nodes } = await formed(test);
    await nodes.get('server-2:7001')?.call(['CONFIG', 'SET', 'masterauth', 'wrong']);
    await nodes.get('server-1:7000')?.call(['CLIENT', 'KILL', 'TYPE', 'replica']);
    const told: string[] = [];
    const emit = (...line: readonly string[]): number => told.push(line.join(' '));
    const failure = await failureIn(vacateServer(nodes, cluster.plan, 'server-1', { deadlineMs: 1500, emit }));
    expect(failure).toMatchObject({ code: 'cluster.replicaNotInSync', values: { node: 'server-2:7001' } });
    expect(told).toEqual([]);
  });
});
