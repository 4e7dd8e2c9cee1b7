import { setTimeout as pause } from 'node:timers/promises';
import { alignColumns } from '../alignColumns.ts';
import { BenchError } from '../benchError.ts';
import { benchFiles, writeReadmeBlock, writeResults } from './benchFiles.ts';
import { countLogs, endsOfLogs } from './clusterLogs.ts';
import { lastingDisturbances, pulses, type Ground, type LastingDisturbance, type Pulse } from './disturbances.ts';
import {
  falseFailoverCells,
  FalseFailoverResults,
  falseFailoversInReadme,
  gapsOf,
  worstOf,
  type Cell,
  type FalseFailovers,
} from './falseFailoverResults.ts';
import { measureOnServers } from './failoverServers.ts';
import { awaitWhole, prepareGround, settle } from './ground.ts';
import { NotInForceError, proveLength } from './notInForce.ts';
import type { MeasurePart, PartOptions } from './part.ts';
import { scheduleOrdinarily } from './serverProcessor.ts';

/** How long a lasting disturbance goes on in each round, milliseconds. */
const lastingMs = 30_000;
/** After a disturbance: for an election that began during it. */
const afterwardsMs = 3000;
const defaultRounds = 1;
/** How often a pulse is repeated in a round, each time with another victim. */
const pulsesPerRound = 3;

/**
 * How often masters are taken for lost although none is, against the node timeout: clusters that differ in nothing else stand side by side on the same
 * servers, which are kept busy, cut short of network, or stopped for a moment. The servers are scheduled as ordinary processes, also where the
 * benchmark itself is not: else nothing could keep them waiting.
 */
export const measureFalseFailovers: MeasurePart = async (options) =>
  measureOnServers<FalseFailoverResults>(options, {
    measure: async (set) => {
      await scheduleOrdinarily(set);
      const clusters = await prepareGround(set, options);
      const [first] = clusters;
      if (first === undefined) throw new BenchError('There is no cluster.');
      try {
        const measured = await measureCells({ set, clusters, signal: options.signal }, options);
        return { plan: first.plan, results: (on) => ({ schemaVersion: 1, on, ...measured }) };
      } finally {
        await Promise.all(clusters.map(({ watch }) => watch.stop()));
      }
    },
    keep: async (results) => {
      await writeResults(benchFiles.falseFailovers, FalseFailoverResults, results);
      await writeReadmeBlock('false-failovers', falseFailoversInReadme(results));
    },
    show: (results) => [alignColumns(falseFailoverCells(results)), ...gapsOf(results)].join('\n'),
  });

/** All rows; one whose disturbance was not in force is left out, with the reason. */
async function measureCells(
  ground: Ground,
  { progress, ...options }: PartOptions,
): Promise<Pick<FalseFailoverResults, 'cells' | 'notMeasured'>> {
  const rounds = options.rounds ?? defaultRounds;
  const cells: Cell[] = [];
  const notMeasured: FalseFailoverResults['notMeasured'] = [];
  const leaveOut = (what: string, why: string): void => {
    notMeasured.push({ what, why });
    progress(`${what}: not measured (${why})`);
  };
  const keep = async (what: string, measure: () => Promise<Cell>): Promise<void> => {
    try {
      const cell = await measure();
      cells.push(cell);
      progress(`${what}: ${cell.clusters.map((one) => `${one.nodeTimeoutMs} ms ${worstOf(one)}`).join(', ')}`);
    } catch (error) {
      if (!(error instanceof NotInForceError)) throw error;
      leaveOut(what, error.message);
      // What it brought about must not be counted in the next row.
      await pause(afterwardsMs, undefined, { signal: ground.signal });
      await Promise.all(ground.clusters.map(async (cluster) => settle(cluster, ground.signal)));
    }
  };
  for (const disturbance of lastingDisturbances)
    if (disturbance.missing === undefined) await keep(disturbance.what, async () => measureLasting(ground, disturbance, rounds));
    else leaveOut(disturbance.what, disturbance.missing);
  for (const pulse of pulses) await keep(pulse.what, async () => measurePulse(ground, pulse, rounds * pulsesPerRound));
  return { cells, notMeasured };
}

async function measureLasting(ground: Ground, { what, begin }: LastingDisturbance, rounds: number): Promise<Cell> {
  const clusters = await counted(ground, async () => {
    for (let round = 0; round < rounds; round += 1) {
      const { undo, prove } = await begin(ground);
      try {
        await pause(lastingMs, undefined, { signal: ground.signal });
        await prove?.();
      } finally {
        await undo();
      }
      await pause(afterwardsMs, undefined, { signal: ground.signal });
    }
  });
  return { what, times: rounds, seconds: lastingMs / 1000, clusters: [...clusters] };
}

async function measurePulse(ground: Ground, pulse: Pulse, times: number): Promise<Cell> {
  let sums: readonly FalseFailovers[] = [];
  const measuredSeconds: number[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    const counts = await counted(ground, async () => {
      const measuredMs = await pulse.hit(ground, turn);
      proveLength(pulse.lastsMs, measuredMs);
      measuredSeconds.push(measuredMs / 1000);
      await pause(afterwardsMs, undefined, { signal: ground.signal });
    });
    sums = sums.length === 0 ? counts : sums.map((sum, index) => plus(sum, counts[index]));
  }
  return { what: pulse.what, times, seconds: pulse.lastsMs / 1000, measuredSeconds, clusters: [...sums] };
}

/**
 * What the clusters make of a piece of work, counted until they are whole again: giving the masters their nodes back is an election too, and not counted.
 * They are whole and as planned before it, and again after it.
 */
async function counted({ set, clusters, signal }: Ground, work: () => Promise<void>): Promise<readonly FalseFailovers[]> {
  signal.throwIfAborted();
  const plans = clusters.map(({ plan }) => plan);
  const ends = await endsOfLogs(set, plans);
  const before = clusters.map(({ watch }) => watch.count());
  await work();
  await Promise.all(clusters.map(async (cluster) => awaitWhole(cluster, signal)));
  const logged = await countLogs(set, plans, ends);
  const counts = clusters.map(({ nodeTimeoutMs, watch }, index): FalseFailovers => {
    const { declared = 0, failovers = 0 } = logged[index] ?? {};
    return { nodeTimeoutMs, suspected: watch.count() - (before[index] ?? 0), declared, failovers };
  });
  await Promise.all(clusters.map(async (cluster) => settle(cluster, signal)));
  return counts;
}

function plus(sum: FalseFailovers, count: FalseFailovers | undefined): FalseFailovers {
  const { suspected = 0, declared = 0, failovers = 0 } = count ?? {};
  return {
    nodeTimeoutMs: sum.nodeTimeoutMs,
    suspected: sum.suspected + suspected,
    declared: sum.declared + declared,
    failovers: sum.failovers + failovers,
  };
}
