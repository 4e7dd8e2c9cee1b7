import { z } from 'zod';
import type { FailoverScenario } from '../../../electron/shared/domain/scenario.ts';
import type { PracticeSet } from '../../practice/practiceSet.ts';
import { alignColumns } from '../alignColumns.ts';
import { BenchError } from '../benchError.ts';
import { lastWordsOf } from '../timedProgram.ts';
import { installCluster, type BenchCluster } from './benchCluster.ts';
import { benchFiles, writeBenchFile, writeReadmeBlock, writeResults } from './benchFiles.ts';
import { eventsIn } from './eventsIn.ts';
import { measureOnServers } from './failoverServers.ts';
import type { MeasurePart, PartOptions } from './part.ts';
import { timeoutChart } from './timeoutChart.ts';
import { timeoutsInReadme } from './timeoutsInReadme.ts';
import { MeasuredTrial, timeoutCells, TimeoutResults } from './timeoutResults.ts';

/** The node timeouts that are compared, milliseconds. */
const nodeTimeoutsMs = [1000, 2000, 5000, 15_000] as const;
/** From here on half the rounds. */
const longTimeoutMs = 5000;
const scenarios: readonly FailoverScenario[] = ['processKilled', 'serverLost'];
const servers = 3;
const defaultRounds = 2;

const Outcome = z.object({ failover: z.object({ trials: z.array(MeasuredTrial) }) });

/**
 * The outage that clients see against the node timeout, by Triad's own failover test. A round hits each server once in each scenario; long node
 * timeouts get half the rounds, because their trials take as long as those of all others together. Every group has fresh servers.
 */
export const measureTimeouts: MeasurePart = async (options) =>
  measureOnServers<TimeoutResults>(options, {
    measure: async (set) => {
      const measured: Awaited<ReturnType<typeof measureGroup>>[] = [];
      for (const nodeTimeoutMs of nodeTimeoutsMs) measured.push(await measureGroup(set, nodeTimeoutMs, options));
      const [first] = measured;
      if (first === undefined) throw new BenchError('No node timeout was measured.');
      return { plan: first.plan, results: (on) => ({ schemaVersion: 1, on, groups: measured.map(({ group }) => group) }) };
    },
    keep: async (results) => {
      await writeResults(benchFiles.timeouts, TimeoutResults, results);
      await writeBenchFile(benchFiles.timeoutsChart, timeoutChart(results));
      await writeReadmeBlock('timeouts', timeoutsInReadme(results));
    },
    show: (results) => alignColumns(timeoutCells(results)),
  });

async function measureGroup(set: PracticeSet, nodeTimeoutMs: number, options: PartOptions) {
  options.signal.throwIfAborted();
  await set.reset();
  const cluster = await installCluster(set, options, { name: 'timeouts', nodeTimeoutMs });
  const wanted = options.rounds ?? defaultRounds;
  const rounds = nodeTimeoutMs < longTimeoutMs ? wanted : Math.ceil(wanted / 2);
  const trials = await runTrials(cluster, rounds, (trial) => options.progress(`${nodeTimeoutMs} ms: ${describeTrial(trial)}`));
  return { plan: cluster.plan, group: { nodeTimeoutMs, trials } };
}

/** One scenario after the other on all servers in turn: a shard then rests while the others are hit, and no trial has to wait for it. */
async function runTrials(cluster: BenchCluster, rounds: number, tell: (trial: MeasuredTrial) => void): Promise<MeasuredTrial[]> {
  const trials: MeasuredTrial[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const scenario of scenarios) {
      const run = await cluster.triad(['failover-test', '--server', 'all', '--scenario', scenario]);
      // A trial that did not pass was measured all the same; one that never was tells its reason.
      const measured = eventsIn(run.stdout, 'result').flatMap((event) => Outcome.parse(event).failover.trials);
      if (measured.length < servers) throw new BenchError(`A failover test of ${scenario} broke off:\n${lastWordsOf(run)}`);
      measured.forEach(tell);
      trials.push(...measured);
    }
  }
  return trials;
}

function describeTrial({ scenario, server, outageMs, verdict }: MeasuredTrial): string {
  return `${scenario} on ${server}: ${outageMs === null ? 'no end of the outage seen' : `outage ${Math.round(outageMs)} ms`}, ${verdict}`;
}
