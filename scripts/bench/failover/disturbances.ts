import { setTimeout as pause } from 'node:timers/promises';
import type { CommandWords } from '../../../electron/redis/redisStream.ts';
import type { PracticeSet } from '../../practice/practiceSet.ts';
import { BenchError } from '../benchError.ts';
import { connectAll } from './benchCluster.ts';
import { startBigWrites } from './bigWrites.ts';
import type { GroundCluster } from './ground.ts';
import { losePackets, narrowWays, type NarrowWay } from './serverNetwork.ts';
import { canLimitProcessor, limitProcessor, pauseServer, startLoops, type Undo } from './serverProcessor.ts';

/** Where a disturbance happens. */
export interface Ground {
  readonly set: PracticeSet;
  readonly clusters: readonly GroundCluster[];
  readonly signal: AbortSignal;
}

/** Something that goes on for a while and is no failure of a server. */
export interface LastingDisturbance {
  readonly what: string;
  /** Why it cannot be made on this machine; absent where it can. */
  readonly missing?: string;
  readonly begin: (ground: Ground) => Promise<Undo>;
}

/** Something that is over after a moment: how long, milliseconds. It resolves when it is over. */
export interface Pulse {
  readonly what: string;
  readonly lastsMs: number;
  /** `turn` counts from 0: each time it hits another victim. */
  readonly hit: (ground: Ground, turn: number) => Promise<void>;
}

const kib = 1024;
/** What a busy application writes into each shard of each cluster: more than the narrow ways below let through to the replicas. */
const writtenBytesPerSecond = 400_000;
/** How much each master holds before full copies of it are asked for. */
const beforeCopyMs = 5000;

const loops = (perServer: number): LastingDisturbance => ({
  what: `${perServer} busy loops on each server`,
  begin: ({ set }) => startLoops(set, perServer),
});

const processorShare = (percent: number): LastingDisturbance => ({
  what: `each server runs for ${percent} % of each second`,
  ...(canLimitProcessor() ? {} : { missing: 'this kernel has no control group for it' }),
  begin: ({ set }) => limitProcessor(set, percent),
});

const narrow = (way: NarrowWay): LastingDisturbance => ({
  what: `${way.megabitsPerSecond} Mbit/s, queue of ${way.queueBytes / kib} KiB, big writes`,
  begin: async ({ set, clusters, signal }) => {
    const stopWrites = await Promise.all(clusters.map(async (cluster) => startBigWrites(cluster, writtenBytesPerSecond, signal)));
    const widen = await narrowWays(set, way);
    return async () => {
      // First the way: what was written must reach the replicas before they are calm.
      await widen();
      await Promise.all(stopWrites.map((stop) => stop()));
    };
  },
});

/** Replicas lose their connection, and the backlog is too short for what was written meanwhile: each asks for a full copy, over a narrow way. */
const fullCopies = (way: NarrowWay): LastingDisturbance => ({
  what: `${way.megabitsPerSecond} Mbit/s, queue of ${way.queueBytes / kib} KiB, full copies`,
  begin: async ({ set, clusters, signal }) => {
    const stopWrites = await Promise.all(clusters.map(async (cluster) => startBigWrites(cluster, writtenBytesPerSecond, signal)));
    await pause(beforeCopyMs, undefined, { signal });
    const widen = await narrowWays(set, way);
    await Promise.all(
      clusters.map(async (cluster) => {
        await tellAll(cluster, ['CONFIG', 'SET', 'repl-backlog-size', '16384'], signal);
        await tellAll(cluster, ['CLIENT', 'KILL', 'TYPE', 'REPLICA'], signal);
      }),
    );
    return async () => {
      await widen();
      await Promise.all(stopWrites.map((stop) => stop()));
      await Promise.all(clusters.map((cluster) => tellAll(cluster, ['CONFIG', 'SET', 'repl-backlog-size', '1048576'], signal)));
    };
  },
});

const loss = (percent: number): LastingDisturbance => ({
  what: `${percent} % of the packets between servers lost`,
  begin: ({ set }) => losePackets(set, percent),
});

/** What goes on for a while, in the order of the table. */
export const lastingDisturbances: readonly LastingDisturbance[] = [
  { what: 'nothing', begin: () => Promise.resolve(() => Promise.resolve()) },
  loops(100),
  processorShare(20),
  processorShare(5),
  narrow({ megabitsPerSecond: 10, queueBytes: 256 * kib }),
  narrow({ megabitsPerSecond: 1, queueBytes: 256 * kib }),
  fullCopies({ megabitsPerSecond: 10, queueBytes: 256 * kib }),
  loss(10),
  loss(30),
];

/** Looks at the clock until its time is over; the count ends it where a version of Redis stops the clock of a script. */
const busyScript = `local function now() local t = redis.call('TIME') return t[1] * 1000 + t[2] / 1000 end
local ends, count = now() + ARGV[1], 0
while now() < ends and count < 5000000 do count = count + 1 end`;

/** A script that keeps the whole event loop of a master busy: Redis neither answers clients nor the cluster meanwhile. */
const slowCommand = (lastsMs: number): Pulse => ({
  what: `a command of ${lastsMs / 1000} s on a master`,
  lastsMs,
  hit: async ({ clusters, signal }, turn) => {
    await Promise.all(
      clusters.map(async (cluster) => {
        const masters = cluster.plan.nodes.filter(({ role }) => role === 'master');
        const victim = masters[turn % masters.length];
        if (victim === undefined) return;
        const node = await cluster.connect(victim, signal);
        const startedAtMs = performance.now();
        await node.call(['EVAL', busyScript, '0', String(lastsMs)], { deadlineMs: lastsMs * 10, signal }).finally(() => node.close());
        if (performance.now() - startedAtMs < lastsMs) throw new BenchError(`A command of ${lastsMs} ms was shorter: it proves nothing.`);
      }),
    );
  },
});

const serverPause = (lastsMs: number): Pulse => ({
  what: `a server stands still for ${lastsMs / 1000} s`,
  lastsMs,
  hit: async ({ set, signal }, turn) => {
    const server = set.servers[turn % set.servers.length];
    if (server === undefined) return;
    const goOn = await pauseServer(set, server);
    try {
      await pause(lastsMs, undefined, { signal });
    } finally {
      await goOn();
    }
  },
});

const pulsesMs = [500, 1000, 2000, 4000] as const;

/** What is over after a moment, in the order of the table. */
export const pulses: readonly Pulse[] = [...pulsesMs.map(slowCommand), ...pulsesMs.map(serverPause)];

async function tellAll(cluster: GroundCluster, command: CommandWords, signal: AbortSignal): Promise<void> {
  const nodes = await connectAll(cluster, signal);
  try {
    await Promise.all([...nodes.values()].map((node) => node.call(command)));
  } finally {
    for (const node of nodes.values()) node.close();
  }
}
