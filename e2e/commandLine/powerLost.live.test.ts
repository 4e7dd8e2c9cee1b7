import { writeFileSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CROSSED, replicas } from './askNode.ts';
import { whatIsBroken } from './clusterHealth.ts';
import { expectTold } from './findings.ts';
import { expectHealsItself, type KilledTrial } from './killedTrials.ts';
import { expectPowerLost } from './powerLostTrial.ts';
import { bootOf, powerOptions, practicePower, type PowerLines } from './practicePower.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import type { FinishedCommand, RunningCommand } from './triadCommand.ts';
import { triedClusterForTest } from './triedCluster.ts';

const tried = triedClusterForTest();

/** Above what each wait of a trial may take by itself: then that says what was waited for. */
const BOUNDS = { timeout: 300_000 } as const;
/** Longer than a boot may take on a busy machine. */
const HEALED = { timeout: 120_000, interval: 1500 } as const;
/** Measures less where nothing is said of the figures. */
const SHORT = '--no-application-view';

function testOf(lines: Partial<PowerLines> = {}): readonly string[] {
  const { set, spec } = tried();
  const power = powerOptions({ ...practicePower(set), ...lines });
  return ['failover-test', '--server', set.servers[0]?.name ?? '', '--scenario', 'powerLost', ...power, '--spec', spec, '--yes', '--json'];
}

async function loseIt(lines?: Partial<PowerLines>): Promise<FinishedCommand> {
  const { triad, env } = tried();
  return triad.run([...testOf(lines), ...(lines === undefined ? [] : [SHORT])], { env });
}

async function beginToLoseIt(lines?: Partial<PowerLines>): Promise<RunningCommand> {
  const { triad, env } = tried();
  const running = triad.start([...testOf(lines), SHORT], { env });
  await running.waitForEvent((event) => event.type === 'trialMark' && event.mark.name === 'faultInjected');
  return running;
}

async function bootOfVictim(): Promise<string> {
  return bootOf(tried().set, 1);
}

/** Everything that is wrong, a line each. */
async function broken(): Promise<readonly string[]> {
  const { set, password, nodeTimeoutMs } = tried();
  return whatIsBroken(set, password, 'powerLost', nodeTimeoutMs);
}

test('the power of a server is cut: measured, switched on, and everything is as it was', BOUNDS, async () => {
  const before = await bootOfVictim();
  const finished = await loseIt();
  expect(runVerdict(finished)).toEqual(passedRun);
  expectPowerLost(finished.result.failover.trials[0], tried().nodeTimeoutMs);
  expect(await bootOfVictim()).not.toBe(before);
  expect(await broken()).toEqual([]);
  // Such a command may hold a password of a management controller.
  const kept = (await readdir(tried().triad.home, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
  const texts = await Promise.all(kept.map(async (file) => readFile(join(file.parentPath, file.name), 'latin1')));
  expect(texts.filter((text) => text.includes('--prefix'))).toEqual([]);
});

// Those in which a power that stays off, or a keeper that stays, is most likely; `npm run test:long` has all of them on all servers.
test.each<KilledTrial>([
  { scenario: 'powerLost', state: 'undoBeingPlaced' },
  { scenario: 'powerLost', state: 'undoFirst' },
  { scenario: 'powerLost', state: 'injected' },
])('Triad is killed, $state: the server has its power all the same, and the cluster heals', BOUNDS, async (trial) => {
  await expectHealsItself(tried(), trial);
});

test('Ctrl-C while the server has no power: it is switched on at once, and the roles are as planned', BOUNDS, async () => {
  const running = await beginToLoseIt();
  running.kill('SIGINT');
  const { code, result, events } = await running.finished;
  expect([code, result.failure?.code]).toEqual([130, 'run.aborted']);
  const told = events.flatMap((event) => (event.type === 'phaseProgress' ? [event.message.code] : []));
  expect(told.slice(told.indexOf('failover.progress.healing')).filter((one) => one !== 'failover.progress.booting')).toEqual([
    'failover.progress.healing',
    'failover.progress.poweredOn',
    'failover.progress.healed',
    'failover.progress.restoring',
  ]);
  expect(await replicas(tried().set, tried().password)).toEqual(CROSSED);
  // The other node that booted copies its master by itself; whoever stopped the test does not wait for that.
  await expect.poll(broken, HEALED).toEqual([]);
});

test('a command that cuts no power ends the trial, and nothing is broken', BOUNDS, async () => {
  const before = await bootOfVictim();
  const finished = await loseIt({ off: 'echo no such machine >&2; exit 3' });
  expectTold(finished, 1, ['no such machine']);
  expect(finished.result.failure?.code).toBe('failover.powerOffFailed');
  expect(await bootOfVictim()).toBe(before);
  expect(await broken()).toEqual([]);
});

test('a command that cuts the power of nothing is found out, and nothing is broken', BOUNDS, async () => {
  const before = await bootOfVictim();
  const finished = await loseIt({ off: 'true' });
  expect([finished.code, finished.result.failure?.code]).toEqual([1, 'failover.stillOn']);
  expect(await bootOfVictim()).toBe(before);
  expect(await broken()).toEqual([]);
});

test('a command that says in vain that the power is back: Ctrl-C runs it again, and the roles are as planned', BOUNDS, async () => {
  const { set, password, notes } = tried();
  const asked = join(notes, 'asked');
  const on = `[ -e '${asked}' ] || { : >'${asked}'; exit 0; }; ${practicePower(set).on}`;
  const running = await beginToLoseIt({ on });
  await running.waitForEvent((event) => event.type === 'phaseProgress' && event.message.code === 'failover.progress.poweredOn');
  expect((await broken()).join()).toContain('is off');
  running.kill('SIGINT');
  const { code, result } = await running.finished;
  expect([code, result.failure?.code]).toEqual([130, 'run.aborted']);
  expect(await replicas(set, password)).toEqual(CROSSED);
  await expect.poll(broken, HEALED).toEqual([]);
});

test('the power does not come back: told with what to do, and tried again after Triad', BOUNDS, async () => {
  const { set, notes } = tried();
  const mended = join(notes, 'mended');
  const finished = await loseIt({ on: `[ -e '${mended}' ] || { echo the controller is busy; exit 7; }; ${practicePower(set).on}` });
  expect([finished.code, finished.result.failure]).toMatchObject([
    1,
    { code: 'failover.powerOnFailed', evidence: expect.stringContaining('the controller is busy') as unknown },
  ]);
  expect(finished.result.failure?.title).toContain('could not be switched on again: it ended with 7');
  writeFileSync(mended, '');
  await expect.poll(broken, HEALED).toEqual([]);
});
