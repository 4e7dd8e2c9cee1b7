import { BenchError } from '../benchError.ts';
import { withBenchServers } from '../benchServers.ts';
import { ensureCli } from '../measureTriad.ts';
import { tableOfErrors } from './logErrors.ts';
import { installCluster } from './measureTrials.ts';
import type { MeasurePart } from './part.ts';

const ROUNDS = 5;
/** Short, so that many failovers fit into a few minutes. */
const NODE_TIMEOUT_MS = 1000;
const SCENARIOS = ['processKilled', 'serverLost', 'switchover'] as const;

/** Compares what Triad saw of failovers with what the logs of Redis say, over some rounds of three scenarios on one server. */
export const measureLogs: MeasurePart = async ({ rounds, folder, signal, progress }) => {
  await ensureCli(progress);
  const trials = await withBenchServers(progress, async (set) => {
    progress(`Installing a cluster with a node timeout of ${NODE_TIMEOUT_MS} ms.`);
    const cluster = await installCluster(set, NODE_TIMEOUT_MS, { folder, signal });
    const [victim] = set.servers;
    if (victim === undefined) throw new BenchError('There are no practice servers.');
    progress(`${rounds ?? ROUNDS} rounds of ${SCENARIOS.join(', ')} on ${victim.name}.`);
    return cluster.test('--server', victim.name, '--scenario', SCENARIOS.join(','), '--rounds', String(rounds ?? ROUNDS));
  });
  return {
    text: tableOfErrors(trials),
    figures: trials.map(({ scenario, startedAt, outageMs, marks, clocks, logMarks }) => ({
      scenario,
      startedAt,
      outageMs,
      marks,
      clocks,
      logMarks,
    })),
  };
};
