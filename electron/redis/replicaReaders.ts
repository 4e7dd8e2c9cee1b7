import type { ClusterPlan } from '../shared/domain/plan.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import { pause } from './bounded.ts';
import { AFTERWARDS_DEADLINE_MS, insist } from './insist.ts';
import { startOpenLoop, type OpenLoop } from './openLoop.ts';
import { shardKeysOf, type ShardKeys } from './probeKeys.ts';
import { ProbeRoutes, type ConnectNode } from './probeRoutes.ts';
import type { CommandWords } from './redisStream.ts';
import { FIRST_WRITE_DEADLINE_MS, notWritable } from './notWritable.ts';
import type { AcknowledgedValue, NumberedRead, ReadJournal } from './staleness.ts';

/** Writes begun each second and shard: staleness is known to 10 ms. */
export const SEQUENCE_PER_SECOND = 100;
/** Reads begun each second and node. */
export const READS_PER_SECOND = 50;
const ANSWER_MS = 500;
const POLL_MS = 5;

/** Reads a numbered key of every shard from those of its nodes that do not own it, while a writer of its own counts it up. */
export interface ReplicaReaders {
  /** Resolves when every shard has acknowledged its first number, and reading has begun. Throws `cluster.notReady` when one does not within 15 s. */
  start(): Promise<void>;
  /** Writes and reads no more, and waits for what is under way. */
  stop(): Promise<void>;
  journal(): ReadJournal;
  /** Deletes the keys of all shards, whatever becomes of one; throws when a shard does not within 15 s. After `stop`. */
  cleanUp(): Promise<void>;
  close(): void;
}

interface ReadShard extends ShardKeys {
  readonly acknowledged: AcknowledgedValue[];
  readonly nodes: readonly string[];
  begun: number;
}

/** Makes readers; nothing is connected, written or read before `start`. `prefix` begins the keys, and `expiryMs` outlasts the trial. */
export function createReplicaReaders(options: {
  readonly plan: ClusterPlan;
  readonly connect: ConnectNode;
  readonly prefix: string;
  readonly expiryMs: number;
  readonly now: () => number;
}): ReplicaReaders {
  const { plan, prefix, expiryMs, now } = options;
  const routes = new ProbeRoutes(plan, options.connect, now);
  const underWay = new Set<Promise<void>>();
  const loops: OpenLoop[] = [];
  const reads: NumberedRead[] = [];
  let startedAtMs = now();
  let lastError = '';

  const shards = shardKeysOf(plan, prefix).map((keys): ReadShard => {
    routes.follow(keys.slot, keys.master);
    return { ...keys, acknowledged: [], nodes: plan.nodes.filter(({ shard }) => shard === keys.shard).map(({ id }) => id), begun: 0 };
  });
  const keyOf = ({ keyStart }: ReadShard): string => `${keyStart}number`;

  function begin(work: Promise<void>): void {
    const one: Promise<void> = work.finally(() => underWay.delete(one));
    underWay.add(one);
  }

  async function countUp(shard: ReadShard): Promise<void> {
    const n = shard.begun;
    shard.begun += 1;
    const node = routes.ownerOf(shard.slot)?.node ?? null;
    const set: CommandWords = ['SET', keyOf(shard), n, 'PX', expiryMs];
    const [reply] = await routes
      .send(shard.slot, [set], now() + ANSWER_MS)
      .catch((error: unknown) => [{ ok: false as const, error: String(error) }]);
    if (reply?.ok === true) {
      // Answers can come out of order when the owner changes; what counts is the newest number that anybody was told of.
      if (n > (shard.acknowledged.at(-1)?.n ?? -1)) shard.acknowledged.push({ n, atMs: now() });
      return;
    }
    lastError = reply?.error ?? '';
    routes.failed(node);
  }

  async function read(shard: ReadShard, node: string): Promise<void> {
    const connection = routes.connectionTo(node);
    // Nothing is asked of a node that nobody reaches.
    if (connection === null) return;
    const sentAtMs = now();
    const commands: readonly CommandWords[] = [['READONLY'], ['GET', keyOf(shard)], ['ROLE']];
    const replies = await connection.pipeline(commands, { deadlineMs: ANSWER_MS }).catch(() => null);
    // Meanwhile it may have become the owner, whose answers are not asked for.
    if (routes.ownerIdOf(shard.slot) === node) return;
    const [, value, role] = replies ?? [];
    const isMaster = role?.ok === true && Array.isArray(role.value) && role.value[0] === 'master';
    const n = value?.ok !== true ? null : value.value === null ? -1 : Number(value.value);
    reads.push({ shard: shard.shard, from: isMaster && node === shard.master ? 'formerMaster' : 'replica', sentAtMs, n });
    if (replies === null) routes.failed(node);
    else routes.answered(node);
  }

  return {
    start: async () => {
      await routes.open();
      startedAtMs = now();
      loops.push(
        startOpenLoop({ ratePerSecond: SEQUENCE_PER_SECOND, startedAtMs, now }, () => {
          for (const shard of shards) begin(countUp(shard));
        }),
      );
      while (shards.some(({ acknowledged }) => acknowledged.length === 0)) {
        if (now() - startedAtMs > FIRST_WRITE_DEADLINE_MS) throw notWritable(lastError);
        await pause(POLL_MS, undefined, clusterSubject);
      }
      loops.push(
        startOpenLoop({ ratePerSecond: READS_PER_SECOND, startedAtMs: now(), now }, () => {
          for (const shard of shards) for (const node of shard.nodes) if (routes.ownerIdOf(shard.slot) !== node) begin(read(shard, node));
        }),
      );
    },
    stop: async () => {
      for (const loop of loops) loop.stop();
      await Promise.all(underWay);
    },
    journal: () => ({
      startedAtMs,
      acknowledged: new Map(shards.map(({ shard, acknowledged }) => [shard, [...acknowledged]])),
      reads: [...reads],
    }),
    cleanUp: async () => {
      await routes.refresh();
      const bounds = { endsAtMs: now() + AFTERWARDS_DEADLINE_MS, now };
      const ends = await Promise.allSettled(shards.map(async (shard) => insist(routes, shard.slot, ['UNLINK', keyOf(shard)], bounds)));
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    },
    close: () => {
      for (const loop of loops) loop.stop();
      routes.close();
    },
  };
}
