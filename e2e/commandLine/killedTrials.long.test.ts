import { describe, expect, test } from 'vitest';
import { serverNumbers } from '../../scripts/practice/setPlace.ts';
import { PREPARE_BRAKES } from './brakes.ts';
import { expectHealsItself, KILLED_TRIALS } from './killedTrials.ts';
import { powerOptions, practicePower } from './practicePower.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { triedClusterForTest } from './triedCluster.ts';

const tried = triedClusterForTest({ prepare: PREPARE_BRAKES });

test('every scenario on every server, one after the other: each is measured, taken back and proved', { timeout: 3_600_000 }, async () => {
  const { set, triad, spec, env } = tried();
  const scenarios = ['--scenario', 'all', ...powerOptions(practicePower(set)), '--server', 'all'];
  const finished = await triad.run(['failover-test', ...scenarios, '--spec', spec, '--yes', '--json'], { env });
  expect(runVerdict(finished)).toEqual(passedRun);
});

describe.each(serverNumbers)('on server %i', (victim) => {
  test.each(KILLED_TRIALS)('Triad is killed during $scenario, $state: the cluster heals by itself', async (trial) => {
    await expectHealsItself(tried(), trial, victim);
  });
});
