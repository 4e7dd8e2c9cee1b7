import { describe, expect, it, type TestContext } from 'vitest';
import { adminSubject } from '../shared/domain/subject.ts';
import { preparePersistence } from './preparePersistence.ts';
import type { RedisNode } from './redisNode.ts';
import { failureIn } from './testing/failureIn.ts';
import { startFor } from './testing/startFor.ts';
import type { TestCluster } from './testing/testCluster.ts';

const id = 'server-1:7000';
const SAVE = '300 1 60 10000';
const AOF = ['appendonly yes', 'save ""'];
const RDB = ['appendonly no', `save ${SAVE}`];
const NONE = ['appendonly no', 'save ""'];

function prepare(node: RedisNode, persistence: 'aof' | 'rdb' | 'none', told: string[] = [], deadlineMs = 20_000): Promise<boolean> {
  const save = persistence === 'rdb' ? SAVE : '';
  return preparePersistence(node, {
    persistence,
    save,
    deadlineMs,
    signal: new AbortController().signal,
    emit: (command) => told.push(command),
  });
}

/** A node that runs with these settings and has a key. */
async function startWithKey(test: TestContext, config: readonly string[]): Promise<{ cluster: TestCluster; node: RedisNode }> {
  const cluster = await startFor(test, { nodes: [] });
  await cluster.startNode(id, { config });
  const node = await cluster.connect(id);
  await node.call(['CLUSTER', 'ADDSLOTSRANGE', 0, 16_383]);
  await test.expect.poll(() => node.call(['SET', 'kept', 'yes']).catch(String), { timeout: 10_000 }).toBe('OK');
  return { cluster, node };
}

/** How many keys the node has when it loses its power and starts again with these settings. */
async function keysAfterCrash(cluster: TestCluster, config: readonly string[]): Promise<unknown> {
  await cluster.kill(id);
  await cluster.startNode(id, { config });
  return (await cluster.connect(id)).call(['DBSIZE']);
}

describe.concurrent('preparePersistence', () => {
  it.for([
    ['aof', NONE, AOF, ['CONFIG SET appendonly yes']],
    ['aof', RDB, AOF, ['CONFIG SET appendonly yes']],
    ['rdb', AOF, RDB, [`CONFIG SET save ${SAVE}`, 'BGSAVE']],
    ['rdb', NONE, RDB, [`CONFIG SET save ${SAVE}`, 'BGSAVE']],
  ] as const)('to %s from %j: a node that crashes once its file is written keeps its data', async ([to, old, planned, commands], test) => {
    const { cluster, node } = await startWithKey(test, old);
    const told: string[] = [];
    expect(await prepare(node, to, told)).toBe(true);
    expect(told).toEqual(commands);
    expect(await keysAfterCrash(cluster, planned)).toBe(1);
  });

  it('from aof the old way goes on, so that the old file finds later writes too', async (test) => {
    const { cluster, node } = await startWithKey(test, AOF);
    await prepare(node, 'rdb');
    await node.call(['SET', 'later', 'yes']);
    expect(await keysAfterCrash(cluster, AOF)).toBe(2);
  });

  it('from rdb the snapshots go on, so that an orderly stop with the old file loses nothing', async (test) => {
    const { cluster, node } = await startWithKey(test, RDB);
    await prepare(node, 'aof');
    await node.call(['SET', 'later', 'yes']);
    await cluster.kill(id, 'SIGTERM');
    await cluster.startNode(id, { config: RDB });
    expect(await (await cluster.connect(id)).call(['DBSIZE'])).toBe(2);
  });

  it('does nothing where the node has the planned persistence, or is to have none', async (test) => {
    const { node } = await startWithKey(test, AOF);
    const told: string[] = [];
    expect([await prepare(node, 'aof', told), await prepare(node, 'none', told), told]).toEqual([false, false, []]);
  });
});

/** A node that answers INFO persistence with these fields and takes every change. */
function nodeThatSays(fields: Readonly<Record<string, string>>): RedisNode {
  const info = { rdb_bgsave_in_progress: 0, aof_rewrite_in_progress: 0, aof_rewrite_scheduled: 0, aof_enabled: 1, ...fields };
  const text = Object.entries(info).map((pair) => `${pair.join(':')}\r\n`);
  return {
    node: id,
    subject: adminSubject,
    configGet: () => Promise.resolve(new Map([['appendonly', 'no']])),
    call: (words: readonly unknown[]) => Promise.resolve(words[0] === 'INFO' ? text.join('') : 'OK'),
  } as unknown as RedisNode;
}

describe('preparePersistence refuses', () => {
  it.each([
    ['aof', { aof_last_bgrewrite_status: 'err', aof_rewrite_scheduled: '1' }, 'it could not write its data to the disk'],
    ['rdb', { rdb_last_bgsave_status: 'err' }, 'it could not write its data to the disk'],
    ['aof', { aof_last_bgrewrite_status: 'ok', aof_rewrite_in_progress: '1' }, 'still writing its data after 0.1 s'],
  ] as const)('%s with %j', async (persistence, fields, reason) => {
    const failure = await failureIn(prepare(nodeThatSays(fields), persistence, [], 100));
    expect(failure).toMatchObject({ code: 'redis.persistenceNotChanged', values: { node: id, persistence, reason }, retryable: true });
    expect(failure.evidence).toContain(Object.entries(fields)[0]?.join(':'));
  });
});
