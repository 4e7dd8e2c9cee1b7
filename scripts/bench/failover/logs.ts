import { FailoverTrial } from '../../../electron/shared/domain/failover.ts';
import { BenchError } from '../benchError.ts';
import { withBenchServers } from '../benchServers.ts';
import { ensureCli } from '../measureTriad.ts';
import { lastWordsOf } from '../timedProgram.ts';
import { installCluster, type BenchCluster } from './benchCluster.ts';
import { eventsIn } from './eventsIn.ts';
import { tableOfErrors } from './logErrors.ts';
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
    const cluster = await installCluster(set, { folder, signal }, { name: 'logs', nodeTimeoutMs: NODE_TIMEOUT_MS });
    const [victim] = set.servers;
    if (victim === undefined) throw new BenchError('There are no practice servers.');
    progress(`${rounds ?? ROUNDS} rounds of ${SCENARIOS.join(', ')} on ${victim.name}.`);
    return runTrials(cluster, victim.name, rounds ?? ROUNDS);
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

/** All rounds of all scenarios in one test. Trials that did not pass (exit code 1) were measured all the same; a test that broke off is a BenchError. */
async function runTrials(cluster: BenchCluster, server: string, rounds: number): Promise<readonly FailoverTrial[]> {
  const run = await cluster.triad(['failover-test', '--server', server, '--scenario', SCENARIOS.join(','), '--rounds', String(rounds)]);
  const trials = eventsIn(run.stdout, 'trialFinished').map((event) => FailoverTrial.parse(event['trial']));
  const wanted = rounds * SCENARIOS.length;
  if ((run.code !== 0 && run.code !== 1) || trials.length !== wanted)
    throw new BenchError(`The failover test broke off after ${trials.length} of ${wanted} trials:\n${lastWordsOf(run)}`);
  return trials;
}
