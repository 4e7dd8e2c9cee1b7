import { describe, expect, it } from 'vitest';
import { agreementOf } from '../shared/domain/agreement.ts';
import { formationFromScratch, formatClusterCommand } from '../shared/domain/formation.ts';
import { readinessOf } from '../shared/domain/readiness.ts';
import { areRolesAsPlanned } from '../shared/domain/roles.ts';
import { toleranceOf } from '../shared/domain/tolerance.ts';
import { readCluster, waitForView, type RedisNodes } from './clusterView.ts';
import { formCluster, type FormOptions } from './formCluster.ts';
import type { RedisNode } from './redisNode.ts';
import { failureIn } from './testing/failureIn.ts';
import { startFor } from './testing/startFor.ts';
import type { TestCluster } from './testing/testCluster.ts';

const options: FormOptions = { deadlineMs: 20_000 };

function at(nodes: RedisNodes, id: string): RedisNode {
  const node = nodes.get(id);
  if (node === undefined) throw new Error(`no connection to ${id}`);
  return node;
}

async function redisId(nodes: RedisNodes, id: string): Promise<string> {
  return (await at(nodes, id).read()).redisId;
}

async function meet(cluster: TestCluster, nodes: RedisNodes, from: string, to: string): Promise<void> {
  const { address, dataPort, busPort } = cluster.spec(to);
  await at(nodes, from).call(['CLUSTER', 'MEET', address, dataPort, busPort]);
  const known = async (): Promise<boolean> =>
    (await at(nodes, from).read()).peers.some((peer) => peer.address === address && peer.dataPort === dataPort && !peer.isHandshake);
  while (!(await known())) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Six equal views, ready, roles as planned, the loss of any server survived, and the settings as configured. */
async function expectFormed(cluster: TestCluster, nodes: RedisNodes): Promise<void> {
  const view = await readCluster(nodes);
  expect(readinessOf(view, cluster.plan)).toEqual({ isReady: true, reasons: [] });
  expect(areRolesAsPlanned(view, cluster.plan)).toBe(true);
  expect(toleranceOf(view, cluster.plan).map((one) => one.survives)).toEqual([true, true, true]);
  await expectSettings(cluster, nodes);
}

async function expectSettings(cluster: TestCluster, nodes: RedisNodes): Promise<void> {
  for (const node of nodes.values())
    expect(await node.configGet(['cluster-node-timeout', 'repl-diskless-sync-delay'])).toEqual(
      new Map([
        ['cluster-node-timeout', String(cluster.plan.settings.nodeTimeoutMs)],
        ['repl-diskless-sync-delay', '0'],
      ]),
    );
}

// At once: nearly all of the time is waiting for Redis, which reports ok only 2 s after its start.
describe.concurrent('formCluster', () => {
  it('forms the planned cluster, tells every command, and has nothing to do the second time', async (test) => {
    const cluster = await startFor(test);
    const nodes = await cluster.connectAll();
    const told: string[] = [];
    const result = await formCluster(nodes, cluster.plan, { ...options, emit: (node, command) => told.push(`${node} ${command}`) });
    expect(result.hasChanged).toBe(true);
    expect(result.agreedMs).toBeGreaterThan(0);
    expect(result.firstCommandAtMs).not.toBeNull();
    expect(told).toEqual(result.commands.map((sent) => `${sent.node} ${sent.command}`));
    // What `plan` showed is what was done, beside the settings for speed.
    const shown = formationFromScratch(cluster.plan).map((command) => `${command.node} ${formatClusterCommand(command, cluster.plan)}`);
    expect(told.filter((line) => !line.includes('CONFIG SET')).toSorted()).toEqual(shown.toSorted());
    await expectFormed(cluster, nodes);

    expect(await formCluster(nodes, cluster.plan, options)).toMatchObject({ hasChanged: false, commands: [], agreedMs: 0 });
  });

  const partialStates: readonly (readonly [string, (cluster: TestCluster, nodes: RedisNodes) => Promise<unknown>])[] = [
    ['an epoch on one node', (_, nodes) => at(nodes, 'server-2:7000').call(['CLUSTER', 'SET-CONFIG-EPOCH', 2])],
    ['slots on one node, without epochs', (_, nodes) => at(nodes, 'server-1:7000').call(['CLUSTER', 'ADDSLOTSRANGE', 0, 5460])],
    ['a part of the slots on one node', (_, nodes) => at(nodes, 'server-3:7000').call(['CLUSTER', 'ADDSLOTSRANGE', 11_000, 12_000])],
    ['two nodes that met without epochs', (cluster, nodes) => meet(cluster, nodes, 'server-1:7000', 'server-2:7000')],
    [
      'a replica joined to its master, the others alone',
      async (cluster, nodes) => {
        await at(nodes, 'server-1:7000').call(['CLUSTER', 'ADDSLOTSRANGE', 0, 5460]);
        await meet(cluster, nodes, 'server-2:7001', 'server-1:7000');
        await at(nodes, 'server-2:7001').call(['CLUSTER', 'REPLICATE', await redisId(nodes, 'server-1:7000')]);
      },
    ],
    [
      'six nodes that met, nothing else',
      async (cluster, nodes) => {
        for (const { id } of cluster.plan.nodes.slice(1)) await meet(cluster, nodes, 'server-1:7000', id);
      },
    ],
    [
      'settings for speed that a broken run left',
      (_, nodes) => Promise.all([...nodes.values()].map((node) => node.call(['CONFIG', 'SET', 'cluster-node-timeout', 300]))),
    ],
  ];
  it.for(partialStates)('goes on from %s', async ([, prepare], test) => {
    const cluster = await startFor(test);
    const nodes = await cluster.connectAll();
    await prepare(cluster, nodes);
    expect((await formCluster(nodes, cluster.plan, options)).hasChanged).toBe(true);
    await expectFormed(cluster, nodes);
  });

  it.for([1, 13, 20, 40, 52, 54])(
    'puts the settings back when interrupted at command %i, and finishes the next time',
    async (count, test) => {
      const cluster = await startFor(test);
      const nodes = await cluster.connectAll();
      const abort = new AbortController();
      let sent = 0;
      const emit = (): void => {
        sent += 1;
        if (sent === count) abort.abort();
      };
      expect((await failureIn(formCluster(nodes, cluster.plan, { ...options, signal: abort.signal, emit }))).code).toBe('run.aborted');
      await expectSettings(cluster, nodes);
      await formCluster(nodes, cluster.plan, options);
      await expectFormed(cluster, nodes);
    },
  );

  it('adds a replica that is missing to a cluster in service, without touching its settings', async (test) => {
    const cluster = await startFor(test);
    const nodes = await cluster.connectAll();
    await formCluster(nodes, cluster.plan, options);
    expect(await at(nodes, 'server-1:7000').call(['SET', '{06S}', 'kept'])).toBe('OK');

    // A replica that lost its disk comes back as another node: its peers still list the old one.
    await cluster.kill('server-2:7001');
    await cluster.startNode('server-2:7001', { wipe: true });
    const again = await cluster.connectAll();
    const result = await formCluster(again, cluster.plan, options);
    expect(result.commands.filter(({ command }) => command.startsWith('CONFIG'))).toEqual([]);
    expect(result.commands.filter(({ command }) => command.startsWith('CLUSTER FORGET')).map(({ node }) => node)).toHaveLength(5);
    await expectFormed(cluster, again);
    expect(await at(again, 'server-1:7000').call(['GET', '{06S}'])).toBe('kept');
  });

  it('leaves exchanged roles alone, and joins a former master that lost its disk as a replica', async (test) => {
    const cluster = await startFor(test, { nodeTimeoutMs: 1000 });
    const nodes = await cluster.connectAll();
    await formCluster(nodes, cluster.plan, options);
    await at(nodes, 'server-1:7000').call(['SET', '{06S}', 'kept']);
    await cluster.kill('server-1:7000');
    const survivors = new Map([...nodes].filter(([id]) => id !== 'server-1:7000'));
    await waitForView(
      survivors,
      (view) =>
        view.views
          .filter((one) => one.node === 'server-2:7001' && one.role !== 'master')
          .map(() => ({ code: 'cluster.noReplica', values: {} })),
      () => new Error('no failover'),
      options,
    );
    await cluster.startNode('server-1:7000', { wipe: true });
    const again = await cluster.connectAll();
    await formCluster(again, cluster.plan, options);
    const view = await readCluster(again);
    expect(readinessOf(view, cluster.plan).reasons).toEqual([]);
    expect(view.views.find((one) => one.node === 'server-1:7000')?.role).toBe('replica');
    expect(view.views.find((one) => one.node === 'server-2:7001')?.role).toBe('master');
    expect(await at(again, 'server-2:7001').call(['GET', '{06S}'])).toBe('kept');
    expect((await formCluster(again, cluster.plan, options)).hasChanged).toBe(false);
  });

  const refusals: readonly (readonly [
    string,
    Parameters<typeof TestCluster.start>[0],
    (cluster: TestCluster, nodes: RedisNodes) => Promise<unknown>,
    object,
  ])[] = [
    [
      'keys on a node that is alone',
      {},
      async (_, nodes) => {
        const node = at(nodes, 'server-2:7000');
        await node.call(['CLUSTER', 'ADDSLOTSRANGE', 0, 16_383]);
        while ((await node.call(['SET', 'a', '1']).catch(() => null)) === null) await new Promise((resolve) => setTimeout(resolve, 50));
        await node.call(['CLUSTER', 'DELSLOTSRANGE', 0, 16_383]);
      },
      { code: 'redis.holdsKeys', values: { node: 'server-2:7000', keys: 1 } },
    ],
    [
      'a node that belongs to another cluster',
      {},
      (_, nodes) => at(nodes, 'server-3:7001').call(['CLUSTER', 'MEET', '127.0.0.254', 7999, 17_999]),
      { code: 'cluster.foreignNodes', values: { node: 'server-3:7001', nodes: '127.0.0.254:7999' } },
    ],
    [
      'slots of another shard',
      {},
      (_, nodes) => at(nodes, 'server-3:7000').call(['CLUSTER', 'ADDSLOTSRANGE', 5, 7]),
      { code: 'cluster.foreignNodes', values: { node: 'server-3:7000' } },
    ],
    ['a Redis without cluster support', { config: ['cluster-enabled no'] }, () => Promise.resolve(), { code: 'redis.foreign' }],
    ['a silent node', {}, (cluster) => cluster.kill('server-2:7001'), { code: 'redis.unreachable', values: { node: 'server-2:7001' } }],
  ];
  it.for(refusals)('refuses %s and sends nothing', async ([, startOptions, prepare, expected], test) => {
    const cluster = await startFor(test, startOptions);
    const nodes = await cluster.connectAll();
    await prepare(cluster, nodes);
    const told: string[] = [];
    const failure = await failureIn(
      formCluster(nodes, cluster.plan, { ...options, emit: (node, command) => told.push(`${node} ${command}`) }),
    );
    expect(failure).toMatchObject(expected);
    expect(told).toEqual([]);
  });

  it('names the node that cannot be met, within the deadline, and puts the settings back', async (test) => {
    const cluster = await startFor(test, { nodes: ['server-1:7000', 'server-1:7001', 'server-2:7000', 'server-2:7001', 'server-3:7000'] });
    // Its bus listens elsewhere: to its peers it looks as if a firewall refused the bus port.
    await cluster.startNode('server-3:7001', { config: ['cluster-port 18001'] });
    const nodes = await cluster.connectAll();
    const failure = await failureIn(formCluster(nodes, cluster.plan, { deadlineMs: 1500 }));
    expect(failure).toMatchObject({ code: 'cluster.noAgreement', values: { seconds: 1.5 } });
    expect(failure.evidence).toContain('server-3:7001');
    expect(agreementOf(await readCluster(nodes), cluster.plan).dissenters).toContain('server-3:7001');
    await expectSettings(cluster, nodes);
  });

  it('names a replica that cannot follow its master', async (test) => {
    const cluster = await startFor(test, { nodes: ['server-1:7000', 'server-1:7001', 'server-2:7000', 'server-3:7001', 'server-3:7000'] });
    await cluster.startNode('server-2:7001', { config: ['masterauth wrong'] });
    const nodes = await cluster.connectAll();
    const failure = await failureIn(formCluster(nodes, cluster.plan, { deadlineMs: 2500 }));
    expect(failure).toMatchObject({ code: 'cluster.replicaNotInSync', values: { node: 'server-2:7001' } });
    await expectSettings(cluster, nodes);
  });

  it('waits for a node that is slow for a moment, and names one that stays silent', async (test) => {
    const cluster = await startFor(test);
    const nodes = await cluster.connectAll();
    let isFrozen = false;
    const emit = (_: string, command: string): void => {
      if (isFrozen || !command.startsWith('CLUSTER REPLICATE')) return;
      isFrozen = true;
      cluster.signal('server-3:7001', 'SIGSTOP');
      setTimeout(() => cluster.signal('server-3:7001', 'SIGCONT'), 1500);
    };
    await formCluster(nodes, cluster.plan, { ...options, emit });
    expect(isFrozen).toBe(true);
    await expectFormed(cluster, nodes);
    cluster.signal('server-2:7001', 'SIGSTOP');
    const failure = await failureIn(formCluster(nodes, cluster.plan, options));
    expect(failure).toMatchObject({ code: 'redis.unreachable', values: { node: 'server-2:7001' } });
    cluster.signal('server-2:7001', 'SIGCONT');
  });

  it('fails when a node dies while forming, and puts the settings of the others back', async (test) => {
    const cluster = await startFor(test);
    const nodes = await cluster.connectAll();
    let killing: Promise<void> | undefined;
    const emit = (_: string, command: string): void => {
      if (command.startsWith('CLUSTER MEET')) killing ??= cluster.kill('server-3:7001');
    };
    const failure = await failureIn(formCluster(nodes, cluster.plan, { ...options, emit }));
    await killing;
    expect(failure).toMatchObject({ code: 'redis.unreachable', values: { node: 'server-3:7001' } });
    nodes.delete('server-3:7001');
    await expectSettings(cluster, nodes);
  });
});
