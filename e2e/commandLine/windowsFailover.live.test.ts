import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { MarkName } from '../../electron/shared/domain/failover.ts';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { ensureHelper } from '../../scripts/windows-service/helperBuild.ts';
import { CROSSED, replicas } from './askNode.ts';
import { expectTold } from './findings.ts';
import { expectPowerLost } from './powerLostTrial.ts';
import { bootOf, powerOptions, practicePower } from './practicePower.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { shown } from './shownTrial.ts';
import { triadForTest, type FinishedCommand, type RunningCommand } from './triadCommand.ts';
import { nodesOn, registerEarlier, undoOn } from './windowsFaults.ts';
import { windowsSnapshots, withoutData } from './windowsSnapshots.ts';

const servers = practiceSetForTest();
const triad = triadForTest();
beforeAll(async () => void (await ensureHelper(() => undefined)));

const password = 'the-same-in-every-run';
const env = { REDIS_PASSWORD: password };
const nodeTimeoutMs = 1000;

let set: PracticeSet;
let spec: string;

async function run(...args: readonly string[]): Promise<FinishedCommand> {
  return triad.run([...args, '--spec', spec, '--yes', '--json'], { env });
}

const nameOf = (server: 1 | 2 | 3): string => set.servers[server - 1]?.name ?? '';
const lose = (server: 1 | 2 | 3): RunningCommand =>
  triad.start(['failover-test', '--server', nameOf(server), '--spec', spec, '--yes', '--json'], { env });

test('a cluster to lose a server of', async () => {
  set = await servers.up({
    servers: { 1: { windows: {} }, 2: { windows: { shell: 'powershell' } }, 3: { windows: { openssh: '7.7' } } },
  });
  spec = triad.spec(set, ({ redis }) => {
    redis['passwordEnv'] = 'REDIS_PASSWORD';
    redis['nodeTimeoutMs'] = nodeTimeoutMs;
  });
  expect(runVerdict(await run('install'))).toEqual(passedRun);
});

test('failover-test of all three: each is lost, its replica takes over, nothing is lost or left behind', async () => {
  const before = withoutData(await windowsSnapshots(set));
  const finished = await run('failover-test', '--server', 'all');
  expect(runVerdict(finished)).toEqual(passedRun);
  const { trials } = finished.result.failover;
  // Replication is asynchronous: how many writes are lost is counted, and may be none.
  expect(trials.map(({ server, scenario, lostWrites }) => [server, scenario, lostWrites])).toEqual(
    set.servers.map(({ name }): unknown => [name, 'serverLost', expect.any(Number)]),
  );
  for (const trial of trials) {
    expect(trial.verdict).toMatch(/^(?:pass|warn)$/u);
    expect(trial.promotedMs).toBeGreaterThan(trial.detectedMs ?? Infinity);
    expect(trial.logs?.map(({ state }) => state)).toEqual(Array.from({ length: 6 }, () => 'read'));
    expect(trial.logMarks?.find(({ name }) => name === 'promoted')?.apartMs).toBe(0);
  }
  expect(withoutData(await windowsSnapshots(set))).toEqual(before);
  expect(await replicas(set, password)).toEqual(CROSSED);
}, 180_000);

test('a master that is killed, crashes, stands still, is cut off from its peers, and one that hands over as planned', async () => {
  const before = withoutData(await windowsSnapshots(set));
  const scenarios = 'processKilled,processRestarted,processFrozen,networkCut,switchover';
  const finished = await run('failover-test', '--server', nameOf(2), '--scenario', scenarios);
  expect(runVerdict(finished)).toEqual(passedRun);
  const { trials } = finished.result.failover;
  expect(trials.map((trial) => shown(trial))).toEqual([
    ['processKilled', 'promoted', 'suspected', 'came through'],
    // The service waits a second before it starts Redis again, as long as the node timeout here: either may come first.
    ['processRestarted', expect.stringMatching(/^(kept|promoted)$/u), expect.stringMatching(/^(trusted|suspected)$/u), 'came through'],
    ['processFrozen', 'promoted', 'suspected', 'came through'],
    ['networkCut', 'promoted', 'suspected', 'came through'],
    ['switchover', 'promoted', 'trusted', 'came through'],
  ]);
  // Also where the master comes back as one: clients missed it, and are served again before the roles are as planned.
  for (const { outageMs, restoredMs } of trials) expect(restoredMs).toBeGreaterThan(outageMs ?? Infinity);
  // A frozen process refuses nothing: it is silent. One that is cut off goes on taking writes, which only a full read-back misses.
  expect(trials.find(({ scenario }) => scenario === 'processFrozen')?.timedOutWrites).toBeGreaterThan(0);
  expect(trials.find(({ scenario }) => scenario === 'networkCut')?.lostWrites).toBeGreaterThan(0);
  expect(withoutData(await windowsSnapshots(set))).toEqual(before);
  expect(await replicas(set, password)).toEqual(CROSSED);
}, 300_000);

test('the power of a server is cut: its services start with it, and everything is as it was', async () => {
  const before = withoutData(await windowsSnapshots(set));
  const boot = await bootOf(set, 2);
  const power = powerOptions(practicePower(set));
  const finished = await run('failover-test', '--server', nameOf(2), '--scenario', 'powerLost', '--no-application-view', ...power);
  expect(runVerdict(finished)).toEqual(passedRun);
  expectPowerLost(finished.result.failover.trials[0], nodeTimeoutMs);
  expect(await bootOf(set, 2)).not.toBe(boot);
  expect(withoutData(await windowsSnapshots(set))).toEqual(before);
  expect(await replicas(set, password)).toEqual(CROSSED);
}, 180_000);

test('a firewall rule that an earlier test has left is told of, a service of an earlier Triad is not crashed, and an installation mends both', async () => {
  const before = withoutData(await windowsSnapshots(set));
  const rule = `triad-fault:${set.place.prefix}`;
  const add = `"$WINE" netsh.exe advfirewall firewall add rule name=${rule} dir=in action=block protocol=TCP localport=9 remoteip=${set.servers[1]?.address ?? ''}`;
  expect((await set.run(1, add)).code).toBe(0);
  expectTold(await triad.run(['validate', '--spec', spec], { env }), 0, [`The firewall rules ${rule} of an earlier failover test`]);
  const takeAway = await registerEarlier(set, 1, `triad-${set.place.prefix}-7000`);
  const { code, result } = await run('failover-test', '--server', nameOf(1), '--scenario', 'processRestarted');
  expect([code, result.failure?.code, result.failover.trials]).toEqual([1, 'failover.installFirst', []]);
  expect(runVerdict(await run('install'))).toEqual(passedRun);
  takeAway();
  expect(withoutData(await windowsSnapshots(set))).toEqual(before);
});

test('what cannot be done to a Windows server is refused before anybody logs in', async () => {
  const finished = await run('failover-test', '--server', nameOf(1), '--scenario', 'switchover,networkCutIn');
  expect([finished.code, finished.result.failure?.code]).toEqual([1, 'failover.notOnWindows']);
  expect(finished.events.filter((event) => event.type === 'phaseStarted').map(({ phase }) => phase)).toEqual([
    'requireConfirmation',
    'requireScenarios',
  ]);
});

test('a cut that the firewall of the server would not make is refused before anything is done', async () => {
  const before = withoutData(await windowsSnapshots(set));
  const key = 'HKLM\\System\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\DomainProfile';
  const turn = async (value: 0 | 1): Promise<number> =>
    (await set.run(3, `"$WINE" reg add '${key}' /v EnableFirewall /t REG_DWORD /d ${value} /f`)).code;
  onTestFinished(async () => void (await turn(1)));
  expect(await turn(0)).toBe(0);
  const { code, result } = await run('failover-test', '--server', nameOf(3), '--scenario', 'networkCut');
  expect(await turn(1)).toBe(0);
  expect([code, result.failure?.code]).toEqual([1, 'failover.noFirewall']);
  expect(withoutData(await windowsSnapshots(set))).toEqual(before);
});

test('a master that Windows stops: its replica takes over, and commands bring everything back', async () => {
  const service = `triad-${set.place.prefix}-7000`;
  expect((await set.run(3, `"$WINE" sc.exe stop ${service}`)).code).toBe(0);
  await expect
    .poll(async () => replicas(set, password), { timeout: 30_000 })
    .toEqual(CROSSED.filter((line) => !line.endsWith('of 3:7000')));
  expect((await set.run(3, `"$WINE" sc.exe start ${service}`)).code).toBe(0);
  await expect.poll(async () => replicas(set, password), { timeout: 60_000 }).toContain('3:7000 of 1:7001');
  expect(runVerdict(await run('restore-roles'))).toEqual(passedRun);
  expect(await replicas(set, password)).toEqual(CROSSED);
}, 120_000);

describe('Ctrl-C', () => {
  test.each(['faultInjected', 'promoted'] satisfies MarkName[])('at %s: the victim is back and the roles are as planned', async (name) => {
    const running = lose(1);
    await running.waitForEvent((event) => event.type === 'trialMark' && event.mark.name === name);
    expect(await undoOn(set, 1)).toContain(`triad-${set.place.prefix}-7000`);
    running.kill('SIGINT');
    const { code, result } = await running.finished;
    expect([code, result.failure?.code]).toEqual([130, 'run.aborted']);
    expect([await undoOn(set, 1), await nodesOn(set, 1)]).toEqual(['', 2]);
    expect(runVerdict(await triad.run(['validate', '--spec', spec, '--json'], { env }))).toEqual(passedRun);
  });
});
