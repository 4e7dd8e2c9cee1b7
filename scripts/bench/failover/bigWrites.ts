import { setTimeout as pause } from 'node:timers/promises';
import slotOf from 'cluster-key-slot';
import type { RedisNode } from '../../../electron/redis/redisNode.ts';
import { BenchError } from '../benchError.ts';
import { connectAll, type BenchCluster } from './benchCluster.ts';
import type { Undo } from './undo.ts';

const valueBytes = 20_000;
const everyMs = 100;
const keysPerShard = 500;
const answerWithinMs = 5000;

/** Values are made in Redis itself: they cross the network only as replication does. */
const writeScript =
  "local v = string.rep('x', tonumber(ARGV[1])) for n = 1, tonumber(ARGV[2]) do redis.call('SET', KEYS[1] .. ((ARGV[3] + n) % ARGV[4]), v) end";

/** Keeps all masters of a cluster writing, each so many bytes a second, until it is undone or the signal is aborted; the keys are deleted then. */
export async function startBigWrites(cluster: BenchCluster, bytesPerSecond: number, signal: AbortSignal): Promise<Undo> {
  const stopped = new AbortController();
  const ended = AbortSignal.any([stopped.signal, signal]);
  const writes = Math.max(1, Math.round((bytesPerSecond * everyMs) / 1000 / valueBytes));
  const keys = cluster.plan.nodes.map(({ id, slots, replicaOf }) => {
    const ownSlots = slots ?? cluster.plan.nodes.find((node) => node.id === replicaOf)?.slots;
    if (ownSlots === null || ownSlots === undefined) throw new BenchError(`${id} has no slots.`);
    return [id, `{${tagIn(ownSlots)}}:bench:`] as const;
  });
  const connections = await connectAll(cluster, signal);
  const writing = keys.map(async ([id, key]) => {
    const node = connections.get(id);
    if (node === undefined) return;
    await repeat(ended, async (turn) => writeOnce(node, key, { writes, turn }));
    await deleteKeys(node, key);
  });
  return async () => {
    stopped.abort();
    await Promise.all(writing);
    for (const node of connections.values()) node.close();
  };
}

async function repeat(signal: AbortSignal, work: (turn: number) => Promise<void>): Promise<void> {
  for (let turn = 0; !signal.aborted; turn += 1) {
    await work(turn);
    await pause(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

/** A replica refuses: its master writes. So does a node that is busy or cut off; the next turn tries again. */
async function writeOnce(
  node: RedisNode,
  key: string,
  { writes, turn }: { readonly writes: number; readonly turn: number },
): Promise<void> {
  const args = [valueBytes, writes, turn * writes, keysPerShard].map(String);
  await node.pipeline([['EVAL', writeScript, '1', key, ...args]], { deadlineMs: answerWithinMs }).catch(() => undefined);
}

async function deleteKeys(node: RedisNode, key: string): Promise<void> {
  const keys = Array.from({ length: keysPerShard }, (_, number) => `${key}${number}`);
  await node.pipeline([['UNLINK', ...keys]], { deadlineMs: answerWithinMs }).catch(() => undefined);
}

/** A hash tag whose slot lies in the range. */
function tagIn({ first, last }: { readonly first: number; readonly last: number }): string {
  for (let number = 0; ; number += 1) {
    const slot = slotOf(`bench${number}`);
    if (slot >= first && slot <= last) return `bench${number}`;
  }
}
