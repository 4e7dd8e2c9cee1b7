import { Cluster } from 'ioredis';
import type { ClusterPlan } from '../shared/domain/plan.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import { bounded, pause } from './bounded.ts';
import type { ProbeWrite, ShardJournal } from './ledger.ts';
import { FIRST_WRITE_DEADLINE_MS, notWritable } from './notWritable.ts';
import { connectorThrough, type OpenAddress } from './openConnector.ts';
import { startOpenLoop, type OpenLoop } from './openLoop.ts';
import { shardKeysOf, type ShardKeys } from './probeKeys.ts';

/** What an application needs to reach a cluster, and nothing that would change how its client behaves. */
export interface ApplicationAccess {
  readonly password: string | null;
  /** The way to a node where this machine has none of its own; null: the client dials by itself, as an application's does. */
  readonly open: OpenAddress | null;
}

/** An application that writes to every shard at a fixed rate through ioredis' `Cluster` with its defaults. */
export interface ApplicationWriter {
  /** Resolves when every shard has acknowledged its first write. Throws `cluster.notReady` when one does not within 15 s. */
  start(): Promise<void>;
  /** Begins no more writes, and waits at most 2 s for those that the client still holds. */
  stop(): Promise<void>;
  /** What the client has told so far; `timedOut` are the writes of which it has told nothing. */
  journals(): readonly ShardJournal[];
  /** Deletes the keys; throws when that takes longer than 5 s. After `stop`. */
  cleanUp(): Promise<void>;
  close(): void;
}

/** Writes begun each second and shard: gaps are known to 20 ms, and a client that repeats what fails stays a small load. */
export const APPLICATION_PER_SECOND = 50;
/** The client and its version, as the report names it. */
export const APPLICATION_CLIENT = 'ioredis 6';

const SETTLE_MS = 2000;
const CLEAN_UP_DEADLINE_MS = 5000;
const POLL_MS = 5;
/** Names are used again after this many writes, as an application does that writes its sessions again: few keys are left to delete. */
const NAMES = 64;

interface ApplicationShard extends ShardKeys {
  readonly writes: ProbeWrite[];
  readonly underWay: Map<number, number>;
  begun: number;
}

/** Makes an application's writer; nothing is connected before `start`. `prefix` begins the keys, and `expiryMs` outlasts the trial. */
export function createApplicationWriter(options: {
  readonly plan: ClusterPlan;
  readonly access: ApplicationAccess;
  readonly prefix: string;
  readonly expiryMs: number;
  readonly now: () => number;
}): ApplicationWriter {
  const { plan, access, expiryMs, now } = options;
  const shards = shardKeysOf(plan, options.prefix).map((keys): ApplicationShard => ({
    ...keys,
    writes: [],
    underWay: new Map(),
    begun: 0,
  }));
  let startedAtMs = now();
  let endedAtMs: number | null = null;
  let cluster: Cluster | null = null;
  let loop: OpenLoop | null = null;
  let notBegun = 0;
  const pending = new Set<Promise<void>>();

  const keyOf = ({ keyStart }: ApplicationShard, n: number): string => `${keyStart}${n % NAMES}`;

  /** The client as it comes: only how to log in and, where there is no straight way, how to get there. */
  function connect(): Cluster {
    const made = new Cluster(
      plan.nodes.map(({ address, dataPort }) => ({ host: address, port: dataPort })),
      {
        redisOptions: {
          ...(access.password === null ? {} : { password: access.password }),
          ...(access.open === null ? {} : { Connector: connectorThrough(access.open) }),
        },
      },
    );
    // What matters of it fails the writes; unheard, it would be printed.
    made.on('error', () => undefined);
    return made;
  }

  async function write(client: Cluster, shard: ApplicationShard, dueMs: number): Promise<void> {
    const n = shard.begun;
    shard.begun += 1;
    shard.underWay.set(n, dueMs);
    // No error of ioredis goes on as it is: it carries the command and its arguments.
    const reason = await client.set(keyOf(shard, n), n, 'PX', expiryMs).then(
      () => '',
      (error: unknown) => (error instanceof Error ? error.message : String(error)) || 'error',
    );
    if (endedAtMs !== null) return;
    shard.underWay.delete(n);
    shard.writes.push({ n, startedAtMs: dueMs, endedAtMs: now(), outcome: reason === '' ? 'acknowledged' : 'refused', reason });
  }

  return {
    start: async () => {
      const client = connect();
      cluster = client;
      startedAtMs = now();
      const onSkipped = (count: number): void => void (notBegun += count);
      loop = startOpenLoop({ ratePerSecond: APPLICATION_PER_SECOND, startedAtMs, now, onSkipped }, (dueMs) => {
        for (const shard of shards) {
          const one: Promise<void> = write(client, shard, dueMs).finally(() => pending.delete(one));
          pending.add(one);
        }
      });
      while (!shards.every(({ writes }) => writes.some(({ outcome }) => outcome === 'acknowledged'))) {
        if (now() - startedAtMs > FIRST_WRITE_DEADLINE_MS)
          throw notWritable(
            shards.flatMap(({ writes }) => writes.findLast(({ outcome }) => outcome !== 'acknowledged')?.reason ?? [])[0] ?? '',
          );
        await pause(POLL_MS, undefined, clusterSubject);
      }
    },
    stop: async () => {
      loop?.stop();
      const bounds = { deadlineMs: SETTLE_MS, signal: undefined, subject: clusterSubject, tooLate: () => notWritable('') };
      await bounded(Promise.all(pending), bounds).catch(() => undefined);
      endedAtMs ??= now();
    },
    journals: () =>
      shards.map(({ shard, writes, underWay }) => {
        const atMs = endedAtMs ?? now();
        const open = [...underWay].map(([n, dueMs]): ProbeWrite => ({
          n,
          startedAtMs: dueMs,
          endedAtMs: atMs,
          outcome: 'timedOut',
          reason: '',
        }));
        return { shard, startedAtMs, endedAtMs: atMs, writes: [...writes, ...open], notBegun };
      }),
    cleanUp: async () => {
      const client = cluster;
      if (client === null) return;
      const deleting = Promise.all(
        shards.map(async (shard) => {
          const names = Array.from({ length: Math.min(NAMES, shard.begun) }, (_, n) => keyOf(shard, n));
          if (names.length > 0)
            await client
              .unlink(...names)
              .catch((error: unknown) => Promise.reject(notWritable(error instanceof Error ? error.message : '')));
        }),
      );
      const bounds = { deadlineMs: CLEAN_UP_DEADLINE_MS, signal: undefined, subject: clusterSubject, tooLate: () => notWritable('') };
      await bounded(deleting, bounds);
    },
    close: () => {
      loop?.stop();
      endedAtMs ??= now();
      cluster?.disconnect();
    },
  };
}
