import { afterEach, expect, test } from 'vitest';
import type { FailoverScenario } from '../../electron/shared/domain/scenario.ts';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { expectTold } from './findings.ts';
import { installedState, leftovers } from './leftovers.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { shown, type TrialOf } from './shownTrial.ts';
import { triadForTest, type FinishedCommand, type RunningCommand } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();
const env = { REDIS_PASSWORD: 'the-same-in-every-run' };

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

async function expectInstalls(): Promise<void> {
  expect(runVerdict(await run('install'))).toEqual(passedRun);
}

// What a failed test has left must not fail the next one too.
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await triad.killRunning();
  await set.reset();
  await expectInstalls();
});

test('a cluster to try every scenario on', async () => {
  set = await servers.up({ firewall: 'nftables' });
  victim = set.servers[0]?.name ?? '';
  spec = triad.spec(set, ({ redis }) => {
    redis['passwordEnv'] = 'REDIS_PASSWORD';
    redis['nodeTimeoutMs'] = 1000;
  });
  await expectInstalls();
  installed = await stateNow();
});

/** The logs of all six nodes were read and placed in time, and what they say of the promotion agrees with what was seen. */
function expectLogsAgree({ scenario, clocks = [], logs = [], logMarks = [], promotedMs, marks }: TrialOf): void {
  expect(clocks.map(({ state }) => state)).toEqual(['measured', 'measured', 'measured']);
  expect(logs.map(({ state, isCut }) => [state, isCut])).toEqual(Array.from({ length: 6 }, () => ['read', false]));
  if (promotedMs === null) return;
  const told = logMarks.find(({ name }) => name === 'promoted');
  expect(told?.line).toContain("Failover election won: I'm the new master.");
  expect([scenario, told?.apartMs]).toEqual([scenario, 0]);
  const seen = marks.find(({ name }) => name === 'promoted');
  // By hand, and not by the product's own reckoning: the log lies within the look that saw it, as far as clocks can tell.
  const clockMs = (told?.uncertaintyMs ?? NaN) + 1;
  expect(told?.atMs).toBeLessThanOrEqual((seen?.atMs ?? NaN) + clockMs);
  expect(told?.atMs).toBeGreaterThanOrEqual((seen?.atMs ?? NaN) - (seen?.uncertaintyMs ?? NaN) - clockMs);
}

test('all of them, one after the other: each is measured, taken back and proved', { timeout: 300_000 }, async () => {
  const finished = await run('failover-test', '--server', victim, '--scenario', 'all', '--readers', '--wait-replicas');
  expect(runVerdict(finished)).toEqual(passedRun);
  const { trials } = finished.result.failover;
  expect(trials.map((trial) => shown(trial))).toEqual([
    ['switchover', 'promoted', 'trusted', 'came through'],
    // A busy machine may take longer for the restart than the node timeout of a second; where it is quicker, nobody may have missed it.
    ['processRestarted', expect.stringMatching(/^(kept|promoted)$/u), expect.stringMatching(/^(trusted|suspected)$/u), 'came through'],
    ['processKilled', 'promoted', 'suspected', 'came through'],
    ['processFrozen', 'promoted', 'suspected', 'came through'],
    ['serverLost', 'promoted', 'suspected', 'came through'],
    ['networkCut', 'promoted', 'suspected', 'came through'],
    ['networkCutIn', 'promoted', 'suspected', 'came through'],
    ['networkCutOut', 'promoted', 'suspected', 'came through'],
  ]);
  for (const trial of trials) expectLogsAgree(trial);
  // Also the switchover, which leaves nothing on a server to heal.
  expect(trials.flatMap(({ actions }) => actions.filter(({ undoneAtMs }) => undoneAtMs === null))).toEqual([]);
  for (const { outageMs, restoredMs } of trials) expect(restoredMs).toBeGreaterThan(outageMs ?? Infinity);
  const of = (scenario: FailoverScenario): TrialOf | undefined => trials.find((trial) => trial.scenario === scenario);
  expect(of('switchover')?.lostWrites).toBe(0);
  // A master that is cut off goes on acknowledging writes of clients that still reach it; only a full read-back finds them.
  expect(of('networkCut')?.lostWrites).toBeGreaterThan(0);
  expect(of('networkCut')?.shards.find(({ isVictims }) => isVictims)?.lostKeys.length).toBe(of('networkCut')?.lostWrites);
  // A frozen process refuses nothing: it is silent.
  expect(of('processFrozen')?.timedOutWrites).toBeGreaterThan(0);

  // What was measured beside: each in every trial, over connections of its own.
  for (const { noticed } of trials) expect(Object.keys(noticed ?? {}).toSorted()).toEqual(['application', 'readers', 'wait']);
  const application = of('serverLost')?.noticed?.application;
  const lostShard = application?.shards.find(({ isVictims }) => isVictims);
  expect(lostShard?.gapMs).toBeGreaterThanOrEqual((of('serverLost')?.outageMs ?? Infinity) - (application?.addedFromMs ?? 0));
  expect(lostShard?.gapToMs).toBeLessThan(of('serverLost')?.restoredMs ?? 0);
  // A master that is cut off acknowledges, and no replica confirms: whoever waits knows of each write that is lost.
  const { lost, lostConfirmed, confirmed } = of('networkCut')?.noticed?.wait ?? {};
  expect(lost).toBeGreaterThan(0);
  expect(lostConfirmed).toBe(0);
  expect(confirmed).toBeGreaterThan(0);
  expect(of('networkCut')?.noticed?.readers?.replicas.during.stale).toBeGreaterThan(0);
  expect(of('switchover')?.noticed?.wait).toMatchObject({ lost: 0, lostConfirmed: 0 });
  const { after } = of('switchover')?.noticed?.readers?.replicas ?? {};
  expect(after?.reads).toBeGreaterThan(0);
  expect(after?.p95Ms).toBeLessThan(1000);
  expect(await leftovers(set)).toEqual([]);
  expect(await stateNow()).toEqual(installed);
});

test('rounds: the whole is made again, and the replica may rest in between', async () => {
  const finished = await run('failover-test', '--server', victim, '--scenario', 'processKilled', '--rounds', '2');
  expect(runVerdict(finished)).toEqual(passedRun);
  expect(finished.result.failover.trials.map(({ promotedMs }) => promotedMs)).toEqual([expect.any(Number), expect.any(Number)]);
});

test('Ctrl-C while the network is cut: it is whole again, and the roles are as planned', async () => {
  const running = begin('networkCut');
  await running.waitForEvent((event) => event.type === 'trialMark' && event.mark.name === 'promoted');
  running.kill('SIGINT');
  const { code, result, events } = await running.finished;
  expect([code, result.failure?.code]).toEqual([130, 'run.aborted']);
  // It says how long after the stop the server was healed; the roles come after that.
  const healed = events.findLast((event) => event.type === 'phaseProgress' && event.message.code === 'failover.progress.healed');
  expect(healed).toMatchObject({ message: { values: { server: victim, seconds: expect.stringMatching(/^\d+\.\d$/u) as string } } });
  expect(await leftovers(set)).toEqual([]);
  expect(runVerdict(await run('validate'))).toEqual(passedRun);
});

test('a scenario that nobody knows is told with those that are known', async () => {
  const command = ['failover-test', '--scenario', 'serverLost,meteorite', '--spec', spec, '--yes'];
  expectTold(await triad.run(command, { env }), 2, ['meteorite is no scenario', 'networkCutOut, powerLost, all']);
});
