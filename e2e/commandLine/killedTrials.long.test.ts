import { afterEach, describe, expect, test } from 'vitest';
import { serverNumbers } from '../../scripts/practice/setPlace.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { PREPARE_BRAKES } from './brakes.ts';
import { expectHealsItself, expectInstalls, KILLED_TRIALS, triedCluster, type TriedCluster } from './killedTrials.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { triadForTest } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();

let cluster: TriedCluster;

// What a failed test has left must not fail the next one too.
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await triad.killRunning();
  await cluster.set.reset();
  await expectInstalls(cluster);
});

test('a cluster to be killed on', async () => {
  cluster = triedCluster(await servers.up({ prepare: PREPARE_BRAKES }), triad);
  await expectInstalls(cluster);
});

test('every scenario on every server, one after the other: each is measured, taken back and proved', { timeout: 3_600_000 }, async () => {
  const { spec, env } = cluster;
  const finished = await triad.run(['failover-test', '--scenario', 'all', '--server', 'all', '--spec', spec, '--yes', '--json'], { env });
  expect(runVerdict(finished)).toEqual(passedRun);
});

describe.each(serverNumbers)('on server %i', (victim) => {
  test.each(KILLED_TRIALS)('Triad is killed during $scenario, $state: the cluster heals by itself', async (trial) => {
    await expectHealsItself(cluster, trial, victim);
  });
});
