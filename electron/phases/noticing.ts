import { applicationViewOf } from '../redis/applicationView.ts';
import { createApplicationWriter } from '../redis/applicationWriter.ts';
import type { ShardJournal } from '../redis/ledger.ts';
import { createProbeWriter } from '../redis/probeWriter.ts';
import { createReplicaReaders, READS_PER_SECOND, SEQUENCE_PER_SECOND } from '../redis/replicaReaders.ts';
import { replicaReadsOf } from '../redis/staleness.ts';
import { WAIT_MS, WAITED_PER_SECOND, waitedWritesOf } from '../redis/waitedWrites.ts';
import { fail, failureOf } from '../shared/domain/failure.ts';
import type { ShardLedger } from '../shared/domain/failover.ts';
import type { Measure, Noticed } from '../shared/domain/noticed.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { hostOf, type RunContext } from './runContext.ts';

/** What the trial's own writers know, from which the rest is counted. */
export interface TrialMoments {
  readonly faultAtMs: number;
  /** When the victim's shard was written to again. */
  readonly outageEndsAtMs: number;
  readonly ledgers: readonly ShardLedger[];
  readonly journals: readonly ShardJournal[];
}

/** One thing that is measured beside the trial's own writes, over connections and with keys of its own. */
interface Measurer {
  readonly measure: Measure;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Its figures; after `stop`. */
  figures(moments: TrialMoments): Promise<Noticed>;
  cleanUp(): Promise<unknown>;
  close(): void;
}

/** All that is measured of a trial beside its own writes. Nothing of it ever fails the trial: what cannot be measured is told, and missing in the figures. */
export interface Noticing {
  start(): Promise<void>;
  /** Also of what is still starting, which it waits for: that has begun to write. */
  stop(): Promise<void>;
  figures(moments: TrialMoments): Promise<Noticed>;
  /** Deletes all keys; throws when some are left. */
  cleanUp(): Promise<void>;
  /** What is starting ends by itself as soon as it has started. */
  close(): void;
}

/** Where the keys of the measures begin, and when they go away by themselves, milliseconds. */
export interface NoticingKeys {
  readonly prefix: string;
  readonly expiryMs: number;
}

function makeMeasurer(context: RunContext, measure: Measure, keys: NoticingKeys): Measurer {
  const { plan, now } = context;
  const common = {
    plan,
    now,
    prefix: `${keys.prefix}${measure}:`,
    expiryMs: keys.expiryMs,
    connect: async (...[node, stop]: Parameters<Parameters<typeof createProbeWriter>[0]['connect']>) =>
      context.ways.connectProbe(node, hostOf(context, node.server), stop),
  };
  switch (measure) {
    case 'application': {
      const writer = createApplicationWriter({ ...common, access: { password: context.password.value, open: wayOfApplication(context) } });
      return {
        ...writer,
        measure,
        figures: async ({ faultAtMs, ledgers }) =>
          Promise.resolve({ application: applicationViewOf(writer.journals(), { faultAtMs, shards: ledgers }) }),
      };
    }
    case 'readers': {
      const readers = createReplicaReaders(common);
      const pace = { ratePerSecond: READS_PER_SECOND, writesPerSecond: SEQUENCE_PER_SECOND };
      return {
        ...readers,
        measure,
        figures: async (moments) => Promise.resolve({ readers: replicaReadsOf(readers.journal(), { ...moments, ...pace }) }),
      };
    }
    case 'wait': {
      const writer = createProbeWriter({ ...common, ratePerSecond: WAITED_PER_SECOND, waitMs: WAIT_MS });
      return {
        ...writer,
        measure,
        figures: async ({ faultAtMs, journals }) => {
          const lost = await writer.readBack().catch(() => null);
          return { wait: waitedWritesOf(writer.journals(), { faultAtMs, lost, without: journals }) };
        },
      };
    }
  }
}

/** An application dials by itself where this machine reaches the nodes; else it is given the way through their servers. */
function wayOfApplication(context: RunContext): Parameters<typeof createApplicationWriter>[0]['access']['open'] {
  if (context.probeRoute === 'direct') return null;
  return async (address, port, stop) => {
    const node = context.plan.nodes.find((one) => one.address === address && one.dataPort === port);
    if (node === undefined) throw fail('cluster.notReady', clusterSubject, { values: { reason: `${address}:${port}` } });
    return context.ways.openThroughServer(node, hostOf(context, node.server), stop);
  };
}

/** Makes what a trial measures beside its own writes; nothing is connected before `start`. */
export function createNoticing(context: RunContext, measures: readonly Measure[], keys: NoticingKeys): Noticing {
  const started: Measurer[] = [];
  let starting: readonly Promise<void>[] = [];
  /** Those that are of no use: not started, or too late. */
  const dropped: Promise<void>[] = [];
  let isClosed = false;

  async function startOne(measure: Measure): Promise<void> {
    const measurer = makeMeasurer(context, measure, keys);
    try {
      await measurer.start();
      if (isClosed) dropped.push(drop(measurer));
      else started.push(measurer);
    } catch (error) {
      // The trial does not wait for it to be put away.
      dropped.push(drop(measurer));
      if (!isClosed) warn(context, measure, error);
    }
  }

  return {
    start: async () => {
      starting = measures.map(startOne);
      await Promise.all(starting);
    },
    stop: async () => {
      isClosed = true;
      await Promise.allSettled(starting);
      await Promise.allSettled(started.map(async (one) => one.stop()));
    },
    figures: async (moments) => {
      const parts = await Promise.all(
        started.map(async (one) =>
          one.figures(moments).catch((error: unknown) => {
            warn(context, one.measure, error);
            return {};
          }),
        ),
      );
      return parts.reduce<Noticed>((all, part) => ({ ...all, ...part }), {});
    },
    cleanUp: async () => {
      const [ends] = await Promise.all([Promise.allSettled(started.map(async (one) => one.cleanUp())), Promise.all(dropped)]);
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    },
    close: () => {
      isClosed = true;
      for (const one of started) one.close();
    },
  };
}

/** Ends what is of no use and deletes its keys as far as it can; those that stay go away by themselves. */
async function drop(measurer: Measurer): Promise<void> {
  await measurer.stop().catch(() => undefined);
  await measurer.cleanUp().catch(() => undefined);
  measurer.close();
}

function warn(context: RunContext, measure: Measure, error: unknown): void {
  const { code, values } = failureOf(error, clusterSubject);
  context.emit({
    type: 'note',
    level: 'warn',
    server: null,
    message: message(`failover.notMeasured.${measure}`, { reason: say({ code, values }) }),
  });
}
