import { setTimeout as pause } from 'node:timers/promises';
import { numberField, parseInfo } from '../../../electron/redis/parseInfo.ts';
import type { RedisNode } from '../../../electron/redis/redisNode.ts';
import type { PracticeSet } from '../../practice/practiceSet.ts';
import { BenchError } from '../benchError.ts';
import { connectAll } from './benchCluster.ts';
import { startBigWrites } from './bigWrites.ts';
import type { GroundCluster } from './ground.ts';
import { NotInForceError } from './notInForce.ts';
import { losePackets, narrowWays, type NarrowWay } from './serverNetwork.ts';
import { canLimitProcessor, limitProcessor, pauseServer, proveLimit, proveLoops, startLoops } from './serverProcessor.ts';
import { beginAtOnce, beginInTurn, type Undo } from './undo.ts';

/** Where a disturbance happens. */
export interface Ground {
  readonly set: PracticeSet;
  readonly clusters: readonly GroundCluster[];
  readonly signal: AbortSignal;
}

/** A disturbance that goes on. */
interface Begun {
  readonly undo: Undo;
  /** Asked before it is undone: a NotInForceError where it was not what it is called. Absent where beginning it tells. */
  readonly prove?: () => void | Promise<void>;
}

/** Something that goes on for a while and is no failure of a server. */
export interface LastingDisturbance {
  readonly what: string;
  /** Why it cannot be made on this machine; absent where it can. */
  readonly missing?: string;
  /** Where it fails, what it has begun until then is undone. A NotInForceError where it cannot be made here. */
  readonly begin: (ground: Ground) => Promise<Begun>;
}

/** Something that is over after a moment: how long, milliseconds. */
export interface Pulse {
  readonly what: string;
  readonly lastsMs: number;
  /** `turn` counts from 0: each time it hits another victim. Resolves when it is over, with how long it really lasted, milliseconds. */
  readonly hit: (ground: Ground, turn: number) => Promise<number>;
}

const kib = 1024;
/** What a busy application writes into each shard of each cluster: more than the narrow ways below let through to the replicas. */
const writtenBytesPerSecond = 400_000;
/** How much each master holds before full copies of it are asked for. */
const beforeCopyMs = 5000;

const loops = (perServer: number): LastingDisturbance => ({
  what: `${perServer} busy loops on each server`,
  begin: async ({ set }) => ({ undo: await startLoops(set, perServer), prove: () => proveLoops(set, perServer) }),
});

const processorShare = (percent: number): LastingDisturbance => ({
  what: `each server runs for ${percent} % of each second`,
  ...(canLimitProcessor() ? {} : { missing: 'this kernel has no control group for it' }),
  begin: async ({ set }) => ({ undo: await limitProcessor(set, percent), prove: () => proveLimit(set) }),
});

const bigWrites = async ({ clusters, signal }: Ground): Promise<Undo> =>
  beginAtOnce(clusters.map((cluster) => async () => startBigWrites(cluster, writtenBytesPerSecond, signal)));

const narrow = (way: NarrowWay): LastingDisturbance => ({
  what: `${way.megabitsPerSecond} Mbit/s, queue of ${way.queueBytes / kib} KiB, big writes`,
  // The way is undone first: what was written must reach the replicas before they are calm.
  begin: async (ground) => ({ undo: await beginInTurn([async () => bigWrites(ground), async () => narrowWays(ground.set, way)]) }),
});

/** Replicas lose their connection, and the backlog is too short for what was written meanwhile: each asks for a full copy, over a narrow way. */
const fullCopies = (way: NarrowWay): LastingDisturbance => ({
  what: `${way.megabitsPerSecond} Mbit/s, queue of ${way.queueBytes / kib} KiB, full copies`,
  begin: async (ground) => {
    const { set, clusters, signal } = ground;
    let before: readonly number[] = [];
    const undo = await beginInTurn([
      async () => bigWrites(ground),
      async () => {
        await pause(beforeCopyMs, undefined, { signal });
        return narrowWays(set, way);
      },
      async () => beginAtOnce(clusters.map((cluster) => async () => shortenBacklogs(cluster, signal))),
      async () => {
        before = await Promise.all(clusters.map(async (cluster) => countFullCopies(cluster, signal)));
        await Promise.all(
          clusters.map(async (cluster) => onAll(cluster, signal, async (node) => node.call(['CLIENT', 'KILL', 'TYPE', 'REPLICA']))),
        );
        return () => Promise.resolve();
      },
    ]);
    const prove = async (): Promise<void> => {
      for (const [index, cluster] of clusters.entries()) {
        const copies = (await countFullCopies(cluster, signal)) - (before[index] ?? 0);
        const wanted = cluster.plan.nodes.filter(({ role }) => role === 'master').length;
        if (copies < wanted)
          throw new NotInForceError(`the cluster with ${cluster.nodeTimeoutMs} ms made ${copies} of ${wanted} full copies`);
      }
    };
    return { undo, prove };
  },
});

const backlogSetting = 'repl-backlog-size';
const shortBacklogBytes = 16_384;
const restoreWithinMs = 30_000;

/** Gives all nodes of a cluster a backlog that is soon too short; each gets its own size back. */
async function shortenBacklogs(cluster: GroundCluster, signal: AbortSignal): Promise<Undo> {
  const sizes = await onAll(cluster, signal, async (node) => {
    const size = (await node.configGet([backlogSetting])).get(backlogSetting);
    if (size === undefined) throw new BenchError(`${node.node} does not tell its ${backlogSetting}.`);
    return size;
  });
  const setAll = async (sizeOf: (node: string) => string | undefined, until: AbortSignal): Promise<void> => {
    await onAll(cluster, until, async (node) => {
      const size = sizeOf(node.node);
      if (size !== undefined) await node.call(['CONFIG', 'SET', backlogSetting, size]);
    });
  };
  // Also after an interruption: it has a time of its own.
  const restore: Undo = async () => setAll((node) => sizes.get(node), AbortSignal.timeout(restoreWithinMs));
  try {
    await setAll(() => String(shortBacklogBytes), signal);
  } catch (error) {
    await restore().catch(() => undefined);
    throw error;
  }
  return restore;
}

/** How many full copies all nodes of a cluster have begun to hand out since they were started. */
async function countFullCopies(cluster: GroundCluster, signal: AbortSignal): Promise<number> {
  const counts = await onAll(cluster, signal, async (node) =>
    numberField(parseInfo(String(await node.call(['INFO', 'stats']))), 'sync_full', 0),
  );
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

const loss = (percent: number): LastingDisturbance => ({
  what: `${percent} % of the packets between servers lost`,
  begin: async ({ set }) => ({ undo: await losePackets(set, percent) }),
});

/** What goes on for a while, in the order of the table. */
export const lastingDisturbances: readonly LastingDisturbance[] = [
  { what: 'nothing', begin: () => Promise.resolve({ undo: () => Promise.resolve() }) },
  loops(100),
  processorShare(20),
  processorShare(5),
  narrow({ megabitsPerSecond: 10, queueBytes: 256 * kib }),
  narrow({ megabitsPerSecond: 1, queueBytes: 256 * kib }),
  fullCopies({ megabitsPerSecond: 10, queueBytes: 256 * kib }),
  loss(10),
  loss(30),
];

/**
 * Looks at the clock until its time is over. Some versions of Redis stop the clock of a script (7.2 and later): the count ends it there, and as it lasts as
 * long as it may then, it is refused.
 */
const busyScript = `local function now() local t = redis.call('TIME') return t[1] * 1000 + t[2] / 1000 end
local ends, most, count = now() + ARGV[1], tonumber(ARGV[2]), 0
while now() < ends and count < most do count = count + 1 end`;
/** More looks at the clock than any processor makes in a millisecond. */
const looksPerMs = 2500;
/** How much longer than it should a slow command may take before its node counts as lost: one that is only too slow is told so. */
const answerWithinMs = 120_000;

/** A script that keeps the whole event loop of a master busy: Redis neither answers clients nor the cluster meanwhile. */
const slowCommand = (lastsMs: number): Pulse => ({
  what: `a command of ${lastsMs / 1000} s on a master`,
  lastsMs,
  hit: async ({ clusters, signal }, turn) => {
    const measuredMs = await Promise.all(
      clusters.map(async (cluster) => {
        const masters = cluster.plan.nodes.filter(({ role }) => role === 'master');
        const victim = masters[turn % masters.length];
        if (victim === undefined) throw new BenchError('There is no master.');
        const node = await cluster.connect(victim, signal);
        const startedAtMs = performance.now();
        const command = ['EVAL', busyScript, '0', String(lastsMs), String(lastsMs * looksPerMs)] as const;
        await node.call(command, { deadlineMs: lastsMs + answerWithinMs, signal }).finally(() => node.close());
        return performance.now() - startedAtMs;
      }),
    );
    const shortestMs = Math.min(...measuredMs);
    return shortestMs < lastsMs ? shortestMs : Math.max(...measuredMs);
  },
});

const serverPause = (lastsMs: number): Pulse => ({
  what: `a server stands still for ${lastsMs / 1000} s`,
  lastsMs,
  hit: async ({ set, signal }, turn) => {
    const server = set.servers[turn % set.servers.length];
    if (server === undefined) throw new BenchError('There is no server.');
    const goOn = await pauseServer(set, server);
    const startedAtMs = performance.now();
    try {
      await pause(lastsMs, undefined, { signal });
    } finally {
      await goOn();
    }
    return performance.now() - startedAtMs;
  },
});

const pulsesMs = [500, 1000, 2000, 4000] as const;

/** What is over after a moment, in the order of the table. */
export const pulses: readonly Pulse[] = [...pulsesMs.map(slowCommand), ...pulsesMs.map(serverPause)];

/** Does the same with all nodes of a cluster at once, over connections of their own; what each gave, by its planned id. */
async function onAll<Result>(
  cluster: GroundCluster,
  signal: AbortSignal,
  work: (node: RedisNode) => Promise<Result>,
): Promise<ReadonlyMap<string, Result>> {
  const nodes = await connectAll(cluster, signal);
  try {
    return new Map(await Promise.all([...nodes].map(async ([id, node]) => [id, await work(node)] as const)));
  } finally {
    for (const node of nodes.values()) node.close();
  }
}
