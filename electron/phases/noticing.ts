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
  stop(): Promise<void>;
  figures(moments: TrialMoments): Promise<Noticed>;
  /** Deletes all keys; throws when some are left. */
  cleanUp(): Promise<void>;
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

  async function startOne(measure: Measure): Promise<void> {
    const measurer = makeMeasurer(context, measure, keys);
    try {
      await measurer.start();
      started.push(measurer);
    } catch (error) {
      await measurer.stop().catch(() => undefined);
      measurer.close();
      warn(context, measure, error);
    }
  }

  return {
    start: async () => {
      await Promise.all(measures.map(startOne));
    },
    stop: async () => {
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
      const ends = await Promise.allSettled(started.map(async (one) => one.cleanUp()));
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    },
    close: () => {
      for (const one of started) one.close();
    },
  };
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
