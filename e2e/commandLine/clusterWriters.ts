import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { dialDirect } from '../../electron/redis/dialDirect.ts';
import type { LostWrite } from '../../electron/redis/ledger.ts';
import { createProbeWriter, type ProbeWriter } from '../../electron/redis/probeWriter.ts';
import { connectRedisNode } from '../../electron/redis/redisNode.ts';
import type { FinishedCommand } from './triadCommand.ts';

/** Writers as applications are, one for each shard, straight to the nodes and apart from whatever Triad does. */
export interface ClusterWriters {
  /** Waits until every shard has acknowledged some more writes: clients are served, or are again. */
  awaitServed(): Promise<void>;
  /** Ends them, reads every acknowledged write back, and deletes their keys. How many were acknowledged in each shard, and which are missing. */
  finish(): Promise<{ readonly acknowledged: readonly number[]; readonly lost: readonly LostWrite[] }>;
  /** Ends all connections, whatever became of the test. */
  close(): void;
}

/** Enough to see that a shard is served by more than chance, and few enough for a test of minutes beside other tests. */
const RATE_PER_SECOND = 50;
const SERVED_WRITES = 20;
const SERVED_TIMEOUT_MS = 30_000;

/**
 * Makes the product's writer for the cluster that a run with `--json` has installed, straight to the nodes.
 * @param prefix begins its keys.
 */
export function writerFor(
  { events }: FinishedCommand,
  password: string,
  { prefix, ratePerSecond }: { readonly prefix: string; readonly ratePerSecond: number },
): ProbeWriter {
  const plan = events.flatMap((event) => (event.type === 'runStarted' ? [event.plan] : []))[0];
  if (plan === undefined) throw new Error('this run has not begun');
  return createProbeWriter({
    plan,
    prefix,
    ratePerSecond,
    connect: async ({ id, server, dataPort, address }, signal) =>
      connectRedisNode({ node: id, server, port: dataPort, password, open: dialDirect({ host: address, port: dataPort }), signal }),
  });
}

/** Starts writing on the cluster that a run with `--json` has installed. */
export async function startWriters(installed: FinishedCommand, password: string): Promise<ClusterWriters> {
  const prefix = `test:writers:${randomBytes(6).toString('hex')}:`;
  const writer = writerFor(installed, password, { prefix, ratePerSecond: RATE_PER_SECOND });
  await writer.start();
  return {
    awaitServed: async () => {
      const before = new Map(writer.counts().map(({ shard, acknowledged }) => [shard, acknowledged]));
      await expect
        .poll(() => writer.counts().filter(({ shard, acknowledged }) => acknowledged < (before.get(shard) ?? 0) + SERVED_WRITES), {
          timeout: SERVED_TIMEOUT_MS,
        })
        .toEqual([]);
    },
    finish: async () => {
      await writer.stop();
      const lost = await writer.readBack();
      await writer.cleanUp();
      return { acknowledged: writer.counts().map((shard) => shard.acknowledged), lost: [...lost.values()].flat() };
    },
    close: () => writer.close(),
  };
}
