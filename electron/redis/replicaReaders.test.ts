import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fail } from '../shared/domain/failure.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import type { RedisNode } from './redisNode.ts';
import type { CommandWords, PipelineReply } from './redisStream.ts';
import { createReplicaReaders, type ReplicaReaders } from './replicaReaders.ts';
import { failureIn } from './testing/failureIn.ts';
import { testPlan } from './testing/testCluster.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1000 }));
afterEach(() => void vi.useRealTimers());

const plan = testPlan();
const [master = '', replica = ''] = plan.nodes.filter(({ shard }) => shard === 1).map(({ id }) => id);

interface Bench {
  readonly readers: ReplicaReaders;
  /** From now on nobody reaches a node. */
  readonly lose: (node: string) => void;
  /** What the nodes were asked, but for their topology, by node. */
  readonly asked: ReadonlyMap<string, string[]>;
}

/** Readers of six nodes that answer at once, and whose word nobody asks for the owners: those of the plan stay. `refusing` says no to a node's UNLINK. */
function prepare(refusing = ''): Bench {
  const lost = new Map<string, () => void>();
  const asked = new Map<string, string[]>(plan.nodes.map(({ id }) => [id, []]));
  const answer = (node: string, words: CommandWords): PipelineReply => {
    if (words[0] !== 'CLUSTER') asked.get(node)?.push(words.join(' '));
    if (words[0] === 'CLUSTER' || (words[0] === 'UNLINK' && node === refusing)) return { ok: false, error: 'NOPERM' };
    return { ok: true, value: words[0] === 'GET' ? '0' : words[0] === 'ROLE' ? ['slave'] : 'OK' };
  };
  const gone = new Set<string>();
  const readers = createReplicaReaders({
    plan,
    prefix: 'triad:probe:test:',
    expiryMs: 60_000,
    now: () => Date.now(),
    connect: async ({ id }) => {
      if (gone.has(id)) throw fail('redis.unreachable', clusterSubject);
      const connection: Partial<RedisNode> = {
        node: id,
        lost: new Promise((resolve) => lost.set(id, () => resolve(fail('redis.unreachable', clusterSubject)))),
        pipeline: async (commands) => Promise.resolve(commands.map((words) => answer(id, words))),
        close: () => undefined,
      };
      return Promise.resolve(connection as RedisNode);
    },
  });
  const lose = (node: string): void => {
    gone.add(node);
    lost.get(node)?.();
  };
  return { readers, lose, asked };
}

async function begun(readers: ReplicaReaders): Promise<void> {
  const starting = readers.start();
  await vi.advanceTimersByTimeAsync(500);
  await starting;
}

it('a dead owner is no replica, and what nobody could ask is no read', async () => {
  const { readers, lose, asked } = prepare();
  await begun(readers);
  expect(asked.get(replica)?.some((words) => words.startsWith('GET '))).toBe(true);
  lose(master);
  await vi.advanceTimersByTimeAsync(1000);
  const { reads } = readers.journal();
  expect(reads.filter(({ shard, sentAtMs }) => shard === 1 && sentAtMs > 1600).length).toBeGreaterThan(40);
  lose(replica);
  await vi.advanceTimersByTimeAsync(0);
  const known = readers.journal().reads.filter(({ shard }) => shard === 1).length;
  await vi.advanceTimersByTimeAsync(1000);
  expect(readers.journal().reads.filter(({ n }) => n === null)).toEqual([]);
  expect(readers.journal().reads.filter(({ shard }) => shard === 1)).toHaveLength(known);
  readers.close();
});

it('a shard that does not let its key be deleted is told after 15 s, and keeps no other from it', async () => {
  const { readers, asked } = prepare(master);
  await begun(readers);
  await readers.stop();
  const cleaning = failureIn(readers.cleanUp());
  await vi.advanceTimersByTimeAsync(14_000);
  const others = plan.nodes.filter(({ role, shard }) => role === 'master' && shard !== 1);
  const deleted = others.map(({ id }) => asked.get(id)?.filter((words) => words.startsWith('UNLINK ')).length);
  expect(deleted).toEqual([1, 1]);
  await vi.advanceTimersByTimeAsync(2000);
  expect(await cleaning).toMatchObject({ code: 'cluster.notReady', values: { reason: 'NOPERM' } });
  readers.close();
});
