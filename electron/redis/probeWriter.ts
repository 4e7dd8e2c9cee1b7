import { fail, FailureError } from '../shared/domain/failure.ts';
import type { ClusterPlan } from '../shared/domain/plan.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { pause } from './bounded.ts';
import { AFTERWARDS_DEADLINE_MS, insist } from './insist.ts';
import type { LostWrite, ProbeWrite, ShardJournal } from './ledger.ts';
import { startOpenLoop, type OpenLoop } from './openLoop.ts';
import { shardKeysOf } from './probeKeys.ts';
import { ProbeRoutes, type ConnectNode } from './probeRoutes.ts';
import { NoAnswerError } from './redisNode.ts';
import type { CommandWords } from './redisStream.ts';

/** How a probe writer writes. */
export interface ProbeWriterOptions {
  readonly plan: ClusterPlan;
  readonly connect: ConnectNode;
  /** Begins every key; without braces. Unique for the trial, so that nothing of anybody else is ever read or deleted. */
  readonly prefix: string;
  /** Writes begun each second and shard, whatever became of those before; 200 unless told. */
  readonly ratePerSecond?: number;
  /** When a write that has no answer counts as timed out; 500 ms unless told. */
  readonly writeTimeoutMs?: number;
  /** Writes without an answer at one time in one shard; further ones are not begun. 200 unless told: more than time out within the rate. */
  readonly maxInFlight?: number;
  /** Safety net for keys that could not be deleted; 30 minutes unless told. Must outlast the trial: an expired key would look lost. */
  readonly expiryMs?: number;
  /** Follows every write with `WAIT 1` for at most this long, on the same connection, which waits meanwhile; no WAIT unless told. */
  readonly waitMs?: number;
  /** Monotonic milliseconds; `performance.now` unless told. */
  readonly now?: () => number;
}

/** One writer per shard, as an application would be: knows all six nodes, follows redirections and the topology. */
export interface ProbeWriter {
  /** Connects, and resolves when every shard has acknowledged its first write. Throws `cluster.notReady` when one does not within 5 s. */
  start(): Promise<void>;
  /** What has been done so far; a snapshot. */
  journals(): readonly ShardJournal[];
  /** How many writes of each shard have ended so far, and how; costs nothing, so it may be asked often. */
  counts(): readonly ShardCounts[];
  /** Begins no more writes and waits for those under way. */
  stop(): Promise<void>;
  /** Reads every acknowledged write back from the present masters: what is missing or wrong, by shard. After `stop`. */
  readBack(): Promise<ReadonlyMap<number, readonly LostWrite[]>>;
  /** Deletes every key that may have been written, acknowledged or not; returns how many there were. After `stop`. */
  cleanUp(): Promise<number>;
  /** Ends all connections. */
  close(): void;
}

/** See {@link ProbeWriter.counts}. */
export interface ShardCounts {
  readonly shard: number;
  readonly acknowledged: number;
  readonly failed: number;
  /** When the last good write ended, on the writer's clock; the start of the writer before the first. */
  readonly lastAcknowledgedAtMs: number;
  /** The newest stretch without a good write that is over and was at least {@link LEAST_SILENCE_MS} long; null when there was none. */
  readonly lastSilence: { readonly lengthMs: number; readonly endedAtMs: number } | null;
}

/** A shorter stretch without a good write is the ordinary gap between two of them. */
const LEAST_SILENCE_MS = 250;

const FIRST_WRITE_DEADLINE_MS = 5000;
const CHUNK = 500;
const START_POLL_MS = 2;

interface ShardWriter {
  readonly shard: number;
  readonly slot: number;
  readonly keyStart: string;
  readonly writes: ProbeWrite[];
  readonly underWay: Set<Promise<void>>;
  begun: number;
  /** Called for by the clock while `maxInFlight` others had no answer, or while this process paused for long. */
  notBegun: number;
  acknowledged: number;
  lastAcknowledgedAtMs: number | null;
  lastSilence: ShardCounts['lastSilence'];
}

/** Makes a probe writer; nothing is connected or written before `start`. */
export function createProbeWriter(options: ProbeWriterOptions): ProbeWriter {
  const { plan, prefix, ratePerSecond = 200, writeTimeoutMs = 500, maxInFlight = 200, expiryMs = 30 * 60_000, waitMs } = options;
  const now = options.now ?? (() => performance.now());
  const routes = new ProbeRoutes(plan, options.connect, now);
  let startedAtMs = now();
  let endedAtMs: number | null = null;
  let loop: OpenLoop | null = null;

  const shards = shardKeysOf(plan, prefix).map(({ shard, master, slot, keyStart }): ShardWriter => {
    routes.follow(slot, master);
    return {
      shard,
      slot,
      keyStart,
      writes: [],
      underWay: new Set(),
      begun: 0,
      notBegun: 0,
      acknowledged: 0,
      lastAcknowledgedAtMs: null,
      lastSilence: null,
    };
  });

  const keyOf = (shard: ShardWriter, n: number): string => `${shard.keyStart}${n}`;
  const valueOf = (shard: ShardWriter, n: number): string => `${shard.shard}:${n}`;

  /** SET and, where it is asked for, WAIT in the same write: it counts those replicas that have what this connection wrote. */
  function commandsOf(shard: ShardWriter, n: number): readonly CommandWords[] {
    const set: CommandWords = ['SET', keyOf(shard, n), valueOf(shard, n), 'PX', expiryMs];
    return waitMs === undefined ? [set] : [set, ['WAIT', 1, waitMs]];
  }

  async function write(shard: ShardWriter, dueMs: number): Promise<void> {
    const n = shard.begun;
    shard.begun += 1;
    const node = routes.ownerOf(shard.slot)?.node ?? null;
    let outcome: ProbeWrite['outcome'] = 'refused';
    let reason = '';
    let replicas: number | null = null;
    try {
      // A write that was begun late is given its whole time: that this process paused is no fault of the node.
      const [reply, waited] = await routes.send(shard.slot, commandsOf(shard, n), now() + writeTimeoutMs);
      if (reply?.ok === true) outcome = 'acknowledged';
      else reason = reply?.error ?? '';
      if (reply?.ok === true && waited?.ok === true) replicas = Number(waited.value);
    } catch (error) {
      if (error instanceof NoAnswerError) outcome = 'timedOut';
      reason = error instanceof FailureError ? String(error.failure.values['reason'] ?? error.failure.code) : String(error);
    }
    const writeEndedAtMs = now();
    shard.writes.push({ n, startedAtMs: dueMs, endedAtMs: writeEndedAtMs, outcome, reason, ...(replicas === null ? {} : { replicas }) });
    if (outcome === 'acknowledged') {
      shard.acknowledged += 1;
      const lengthMs = writeEndedAtMs - (shard.lastAcknowledgedAtMs ?? startedAtMs);
      if (lengthMs >= LEAST_SILENCE_MS) shard.lastSilence = { lengthMs, endedAtMs: writeEndedAtMs };
      shard.lastAcknowledgedAtMs = writeEndedAtMs;
    } else routes.failed(node);
  }

  /** Begins one write in every shard; after a pause of this process at most `maxInFlight` at once, and the rest is counted. */
  function begin(dueMs: number): void {
    for (const shard of shards) {
      if (shard.underWay.size >= maxInFlight) shard.notBegun += 1;
      else {
        const one: Promise<void> = write(shard, dueMs).finally(() => shard.underWay.delete(one));
        shard.underWay.add(one);
      }
    }
  }

  /** Sends a command about many keys of one shard, chunk by chunk; waits and tries again while the shard has no reachable master. */
  async function overKeys(
    shard: ShardWriter,
    name: string,
    numbers: readonly number[],
    use: (value: unknown, chunk: readonly number[]) => void,
  ): Promise<void> {
    const endsAtMs = now() + AFTERWARDS_DEADLINE_MS;
    for (let at = 0; at < numbers.length; at += CHUNK) {
      const chunk = numbers.slice(at, at + CHUNK);
      const words: CommandWords = [name, ...chunk.map((n) => keyOf(shard, n))];
      use(await insist(routes, shard.slot, words, { endsAtMs, now }), chunk);
    }
  }

  return {
    start: async () => {
      await routes.open();
      startedAtMs = now();
      const isUp = (): boolean => shards.every((shard) => shard.writes.some((one) => one.outcome === 'acknowledged'));
      const onSkipped = (count: number): void => {
        for (const shard of shards) shard.notBegun += count;
      };
      loop = startOpenLoop({ ratePerSecond, startedAtMs, now, onSkipped }, begin);
      while (!isUp()) {
        if (now() - startedAtMs > FIRST_WRITE_DEADLINE_MS) {
          loop.stop();
          const refused = shards.flatMap((shard) => shard.writes.slice(-1)).find((one) => one.outcome !== 'acknowledged');
          const reason = refused?.reason ?? say(message('cluster.why.noOwner'));
          throw fail('cluster.notReady', clusterSubject, { values: { reason }, evidence: reason, cause: routes.lastError });
        }
        await pause(START_POLL_MS, undefined, clusterSubject);
      }
    },
    journals: () =>
      shards.map(({ shard, writes, notBegun }) => ({ shard, startedAtMs, endedAtMs: endedAtMs ?? now(), writes: [...writes], notBegun })),
    counts: () =>
      shards.map(({ shard, writes, acknowledged, lastAcknowledgedAtMs, lastSilence }) => ({
        shard,
        lastSilence,
        acknowledged,
        failed: writes.length - acknowledged,
        lastAcknowledgedAtMs: lastAcknowledgedAtMs ?? startedAtMs,
      })),
    stop: async () => {
      loop?.stop();
      await Promise.all(shards.flatMap((shard) => [...shard.underWay]));
      endedAtMs ??= now();
    },
    readBack: async () => {
      await routes.refresh();
      const found = new Map<number, readonly LostWrite[]>();
      for (const shard of shards) {
        const acknowledged = new Map(shard.writes.filter((one) => one.outcome === 'acknowledged').map((one) => [one.n, one.endedAtMs]));
        const lost: LostWrite[] = [];
        await overKeys(shard, 'MGET', [...acknowledged.keys()], (values, chunk) => {
          chunk.forEach((n, index) => {
            if (Array.isArray(values) && values[index] === valueOf(shard, n)) return;
            lost.push({ n, key: keyOf(shard, n), acknowledgedAtMs: acknowledged.get(n) ?? 0 });
          });
        });
        found.set(shard.shard, lost);
      }
      return found;
    },
    cleanUp: async () => {
      await routes.refresh();
      let deleted = 0;
      for (const shard of shards) {
        const numbers = Array.from({ length: shard.begun }, (_, n) => n);
        await overKeys(shard, 'UNLINK', numbers, (count) => {
          deleted += Number(count);
        });
      }
      return deleted;
    },
    close: () => {
      loop?.stop();
      routes.close();
    },
  };
}
