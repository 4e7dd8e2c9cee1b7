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
import { prepareGround, settle } from './ground.ts';
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
        const cells = await measureCells({ set, clusters, signal: options.signal }, options);
        const notMeasured = lastingDisturbances.flatMap(({ what, missing }) => (missing === undefined ? [] : [{ what, why: missing }]));
        return { plan: first.plan, results: (on) => ({ schemaVersion: 1, on, cells, notMeasured }) };
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

async function measureCells(ground: Ground, { progress, ...options }: PartOptions): Promise<Cell[]> {
  const rounds = options.rounds ?? defaultRounds;
  const cells: Cell[] = [];
  const keep = (cell: Cell): void => {
    cells.push(cell);
    progress(`${cell.what}: ${cell.clusters.map((one) => `${one.nodeTimeoutMs} ms ${worstOf(one)}`).join(', ')}`);
  };
  for (const disturbance of lastingDisturbances)
    if (disturbance.missing === undefined) keep(await measureLasting(ground, disturbance, rounds));
  for (const pulse of pulses) keep(await measurePulse(ground, pulse, rounds * pulsesPerRound));
  return cells;
}

async function measureLasting(ground: Ground, { what, begin }: LastingDisturbance, rounds: number): Promise<Cell> {
  const clusters = await counted(ground, async () => {
    for (let round = 0; round < rounds; round += 1) {
      const end = await begin(ground);
      try {
        await pause(lastingMs, undefined, { signal: ground.signal });
      } finally {
        await end();
      }
      await pause(afterwardsMs, undefined, { signal: ground.signal });
    }
  });
  return { what, times: rounds, seconds: lastingMs / 1000, clusters: [...clusters] };
}

async function measurePulse(ground: Ground, pulse: Pulse, times: number): Promise<Cell> {
  let sums: readonly FalseFailovers[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    const counts = await counted(ground, async () => {
      await pulse.hit(ground, turn);
      await pause(afterwardsMs, undefined, { signal: ground.signal });
    });
    sums = sums.length === 0 ? counts : sums.map((sum, index) => plus(sum, counts[index]));
  }
  return { what: pulse.what, times, seconds: pulse.lastsMs / 1000, clusters: [...sums] };
}

/** What the clusters make of a piece of work. They are whole and as planned before it, and again after it. */
async function counted({ set, clusters, signal }: Ground, work: () => Promise<void>): Promise<readonly FalseFailovers[]> {
  signal.throwIfAborted();
  const plans = clusters.map(({ plan }) => plan);
  const ends = await endsOfLogs(set, plans);
  const before = clusters.map(({ watch }) => watch.count());
  await work();
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
