import { afterEach, expect, test } from 'vitest';
import type { FailoverScenario } from '../../electron/shared/domain/scenario.ts';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { expectTold } from './findings.ts';
import { installedState, leftovers } from './leftovers.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { triadForTest, type FinishedCommand, type RunningCommand } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();
const env = { REDIS_PASSWORD: 'the-same-in-every-run' };
/** Longer than a fault may stay here: its timer, a start, and a busy machine. */
const HEALED_WITHIN_MS = 90_000;

let set: PracticeSet;
let spec: string;
let victim: string;
let installed: readonly string[];

const run = async (...command: readonly string[]): Promise<FinishedCommand> =>
  triad.run([...command, '--spec', spec, '--yes', '--json'], { env });
const begin = (scenario: FailoverScenario): RunningCommand =>
  triad.start(['failover-test', '--server', victim, '--scenario', scenario, '--spec', spec, '--yes', '--json'], { env });

/** What is installed. A replica that has copied its master keeps the snapshot that it copied. */
async function stateNow(): Promise<readonly string[]> {
  return (await installedState(set)).map((shot) =>
    shot
      .split('\n')
      .filter((line) => !line.includes('/dump.rdb '))
      .join('\n'),
  );
}

// What a failed test has left must not fail the next one too.
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await set.reset();
  expect(runVerdict(await run('install'))).toEqual(passedRun);
});

test('a cluster to try every scenario on', async () => {
  set = await servers.up({ firewall: 'nftables' });
  victim = set.servers[0]?.name ?? '';
  spec = triad.spec(set, ({ redis }) => {
    redis['passwordEnv'] = 'REDIS_PASSWORD';
    redis['nodeTimeoutMs'] = 1000;
  });
  expect(runVerdict(await run('install'))).toEqual(passedRun);
  installed = await stateNow();
});

/** What each scenario shows, whatever the machine: which moments come, and whether clients are refused, kept waiting, or deceived. */
const SHOWN: Readonly<Record<FailoverScenario, { readonly promoted: boolean; readonly suspected: boolean; readonly mayLose: boolean }>> = {
  switchover: { promoted: true, suspected: false, mayLose: false },
  processRestarted: { promoted: false, suspected: true, mayLose: true },
  processKilled: { promoted: true, suspected: true, mayLose: true },
  processFrozen: { promoted: true, suspected: true, mayLose: true },
  serverLost: { promoted: true, suspected: true, mayLose: true },
  networkCut: { promoted: true, suspected: true, mayLose: true },
  networkCutIn: { promoted: true, suspected: true, mayLose: true },
  networkCutOut: { promoted: true, suspected: true, mayLose: true },
};

test('all of them, one after the other: each is measured, taken back and proved', async () => {
  const finished = await run('failover-test', '--server', victim, '--scenario', 'all');
  expect(runVerdict(finished)).toEqual(passedRun);
  const { trials } = finished.result.failover;
  expect(trials.map(({ scenario }) => scenario)).toEqual(Object.keys(SHOWN));
  for (const trial of trials) {
    const { scenario, marks, promotedMs, outageMs, restoredMs, lostWrites, verdict } = trial;
    const shown = SHOWN[scenario];
    expect([scenario, verdict]).toEqual([scenario, expect.stringMatching(/^(pass|warn)$/u)]);
    if (shown.promoted) expect([scenario, promotedMs]).toEqual([scenario, expect.any(Number)]);
    if (!shown.suspected) expect([scenario, marks.map(({ name }) => name)]).not.toContainEqual(expect.arrayContaining(['suspected']));
    if (!shown.mayLose) expect([scenario, lostWrites]).toEqual([scenario, 0]);
    expect([scenario, outageMs]).toEqual([scenario, expect.any(Number)]);
    expect(restoredMs).toBeGreaterThan(outageMs ?? Infinity);
  }
  const of = (scenario: FailoverScenario): (typeof trials)[number] | undefined => trials.find((trial) => trial.scenario === scenario);
  // A master that is cut off goes on acknowledging writes of clients that still reach it; only a full read-back finds them.
  expect(of('networkCut')?.lostWrites).toBeGreaterThan(0);
  expect(of('networkCut')?.shards.find(({ isVictims }) => isVictims)?.lostKeys.length).toBe(of('networkCut')?.lostWrites);
  // A frozen process refuses nothing: it is silent.
  expect(of('processFrozen')?.timedOutWrites).toBeGreaterThan(0);
  expect(await leftovers(set)).toEqual([]);
  expect(await stateNow()).toEqual(installed);
});

test('rounds: the whole is made again, and the replica may rest in between', async () => {
  const finished = await run('failover-test', '--server', victim, '--scenario', 'processKilled', '--rounds', '2');
  expect(runVerdict(finished)).toEqual(passedRun);
  expect(finished.result.failover.trials.map(({ promotedMs }) => promotedMs)).toEqual([expect.any(Number), expect.any(Number)]);
});

test.each(['processKilled', 'processFrozen', 'networkCut', 'networkCutIn', 'networkCutOut', 'processRestarted'] as const)(
  'Triad is killed during %s: the server heals itself',
  async (scenario) => {
    // The timer waits for a minute and more otherwise.
    const folder = '/run/systemd/system/triad-heal-.timer.d';
    await set.run(
      1,
      `mkdir -p ${folder}; printf '[Timer]\\nOnActiveSec=\\nOnActiveSec=6s\\n' >${folder}/soon.conf; systemctl daemon-reload`,
    );
    const running = begin(scenario);
    await running.waitForEvent((event) => event.type === 'trialMark' && event.mark.name === 'faultInjected');
    running.kill('SIGKILL');
    await running.finished;
    await expect
      .poll(async () => (await leftovers(set)).filter((line) => !line.endsWith('triad-heal-.timer.d')), {
        timeout: HEALED_WITHIN_MS,
        interval: 500,
      })
      .toEqual([]);
    await set.run(1, `rm -r ${folder}; systemctl daemon-reload`);
    expect(runVerdict(await run('restore-roles'))).toEqual(passedRun);
    expect(runVerdict(await run('validate'))).toEqual(passedRun);
    expect(await stateNow()).toEqual(installed);
  },
);

test('Ctrl-C while the network is cut: it is whole again, and the roles are as planned', async () => {
  const running = begin('networkCut');
  await running.waitForEvent((event) => event.type === 'trialMark' && event.mark.name === 'promoted');
  running.kill('SIGINT');
  const { code, result } = await running.finished;
  expect([code, result.failure?.code]).toEqual([130, 'run.aborted']);
  expect(await leftovers(set)).toEqual([]);
  expect(runVerdict(await run('validate'))).toEqual(passedRun);
});

test('a scenario that nobody knows is told with those that are known', async () => {
  const command = ['failover-test', '--scenario', 'serverLost,meteorite', '--spec', spec, '--yes'];
  expectTold(await triad.run(command, { env }), 2, ['meteorite is no scenario', 'networkCutIn, networkCutOut, all']);
});
