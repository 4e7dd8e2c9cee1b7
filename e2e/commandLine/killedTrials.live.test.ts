import { expect, test } from 'vitest';
import { faultScripts } from '../../electron/hosts/linux/faultScripts.ts';
import { PREPARE_BRAKES } from './brakes.ts';
import { whatIsBroken } from './clusterHealth.ts';
import { expectHealsItself, type KilledTrial } from './killedTrials.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { triedClusterForTest } from './triedCluster.ts';

const tried = triedClusterForTest({ prepare: PREPARE_BRAKES });

/** Above what each wait of a trial may take by itself: then that says what was waited for. */
const BOUNDS = { timeout: 300_000 } as const;

// Every scenario once (the power cut in its own file), and the states so that each kind of fault meets the hard ones; `npm run test:long` has all of them on all servers.
test.each<KilledTrial>([
  { scenario: 'switchover', state: 'injected' },
  { scenario: 'processRestarted', state: 'injected' },
  { scenario: 'processKilled', state: 'undoFirst' },
  { scenario: 'processFrozen', state: 'injected' },
  { scenario: 'networkCut', state: 'undoFirst' },
  { scenario: 'networkCutIn', state: 'healing' },
  { scenario: 'networkCutOut', state: 'promoted' },
  { scenario: 'serverLost', state: 'restoring' },
])('Triad is killed during $scenario, $state: the cluster heals by itself', BOUNDS, async (trial) => {
  await expectHealsItself(tried(), trial);
});

test('a fault that a killed run has prepared is taken back before another is prepared on the same server', BOUNDS, async () => {
  const { set, triad, spec, env, password, nodeTimeoutMs } = tried();
  const victim = set.servers[0]?.name ?? '';
  const services = [`triad-${set.place.prefix}-7000.service`];
  const { prepare } = faultScripts({ kind: 'killed', cluster: set.place.prefix, services, healAfterSeconds: 3600 });
  expect((await set.run(1, prepare)).code).toBe(0);
  const command = ['failover-test', '--server', victim, '--scenario', 'processFrozen', '--spec', spec, '--yes', '--json'];
  expect(runVerdict(await triad.run(command, { env }))).toEqual(passedRun);
  expect(await whatIsBroken(set, password, 'processFrozen', nodeTimeoutMs)).toEqual([]);
});
