import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, expect, test } from 'vitest';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { CROSSED, replicas } from './askNode.ts';
import { whatIsBroken } from './clusterHealth.ts';
import { expectTold } from './findings.ts';
import { expectInstalls, triedCluster, type TriedCluster } from './killedTrials.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { shown } from './shownTrial.ts';
import { triadForTest, type FinishedCommand, type RunningCommand } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();
const notes = mkdtempSync(join(tmpdir(), 'triad-power-'));

/** Above what each wait of a trial may take by itself: then that says what was waited for. */
const BOUNDS = { timeout: 300_000 } as const;
/** Longer than a boot may take on a busy machine. */
const HEALED = { timeout: 120_000, interval: 1500 } as const;
/** Measures less where nothing is said of the figures. */
const SHORT = '--no-application-view';
/** With this file the power comes back by a command that failed before. */
const MENDED = join(notes, 'mended');

let cluster: TriedCluster;
let set: PracticeSet;

/** What an admin would have for a management controller. */
function practice(command: string): string {
  const program = fileURLToPath(new URL('../../scripts/practice/cli.ts', import.meta.url));
  return `'${process.execPath}' '${program}' ${command} "\${TRIAD_SERVER##*-}" --prefix ${set.place.prefix} --subnet ${set.place.subnet}`;
}

function testOf(commands: { readonly off?: string; readonly on?: string } = {}): readonly string[] {
  const { off = practice('power-cut'), on = practice('power-on') } = commands;
  const power = ['--power-off-command', off, '--power-on-command', on];
  return [
    'failover-test',
    '--server',
    set.servers[0]?.name ?? '',
    '--scenario',
    'powerLost',
    ...power,
    '--spec',
    cluster.spec,
    '--yes',
    '--json',
  ];
}

async function loseIt(commands?: Parameters<typeof testOf>[0]): Promise<FinishedCommand> {
  return triad.run([...testOf(commands), ...(commands === undefined ? [] : [SHORT])], { env: cluster.env });
}

async function beginToLoseIt(): Promise<RunningCommand> {
  const running = triad.start([...testOf(), SHORT], { env: cluster.env });
  await running.waitForEvent((event) => event.type === 'trialMark' && event.mark.name === 'faultInjected');
  return running;
}

/** Which boot of the victim this is. */
async function bootOf(): Promise<string> {
  return (await set.run(1, 'systemctl show --property=UserspaceTimestampMonotonic --value')).stdout.trim();
}

/** Everything that is wrong, a line each. */
async function broken(): Promise<readonly string[]> {
  const off = set.status().servers.filter(({ power }) => power === 'off');
  return off.length > 0 ? off.map(({ name }) => `${name} is off`) : whatIsBroken(set, cluster.password, 'powerLost', cluster.nodeTimeoutMs);
}

// What a failed test has left must not fail the next one too.
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await triad.killRunning();
  await set.reset();
  await expectInstalls(cluster);
});

afterAll(() => {
  rmSync(notes, { recursive: true });
});

test('a cluster to cut the power on', BOUNDS, async () => {
  set = await servers.up();
  cluster = triedCluster(set, triad);
  await expectInstalls(cluster);
});

test('the power of a server is cut: measured, switched on, and everything is as it was', BOUNDS, async () => {
  const before = await bootOf();
  const finished = await loseIt();
  expect(runVerdict(finished)).toEqual(passedRun);
  const [trial] = finished.result.failover.trials;
  if (trial === undefined) throw new Error('a trial');
  expect(shown(trial)).toEqual(['powerLost', 'promoted', 'suspected', 'came through']);
  expect(await bootOf()).not.toBe(before);
  // A command may take seconds; the writes tell the moment at which the server went.
  expect(trial.marks.find(({ name }) => name === 'faultInjected')?.uncertaintyMs).toBeLessThan(250);
  expect(trial.outageMs).toBeGreaterThan(cluster.nodeTimeoutMs);
  expect(trial.restoredMs).toBeGreaterThan(trial.outageMs ?? Infinity);
  // What the clock of the victim said before its boot says nothing of it afterwards.
  expect(trial.clocks?.map(({ state, during }) => [state, during === null])).toEqual([
    ['booted', true],
    ['measured', false],
    ['measured', false],
  ]);
  expect(trial.logs?.filter(({ state }) => state !== 'read').map(({ node, state }) => [node.split(':')[0], state])).toEqual([
    [trial.server, 'noTime'],
    [trial.server, 'noTime'],
  ]);
  expect(trial.logMarks?.find(({ name }) => name === 'promoted')?.apartMs).toBe(0);
  expect(trial.actions.map(({ undoneAtMs }) => undoneAtMs === null)).toEqual([false, false]);
  expect(await broken()).toEqual([]);
  // Such a command may hold a password of a management controller.
  const kept = (await readdir(triad.home, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
  const texts = await Promise.all(kept.map(async (file) => readFile(join(file.parentPath, file.name), 'latin1')));
  expect(texts.filter((text) => text.includes('--prefix'))).toEqual([]);
});

test('Triad is killed while the server has no power: it is switched on all the same', BOUNDS, async () => {
  const before = await bootOf();
  const running = await beginToLoseIt();
  running.kill('SIGKILL');
  await running.finished;
  await expect.poll(broken, HEALED).toEqual([]);
  expect(await bootOf()).not.toBe(before);
  expect(runVerdict(await triad.run(['restore-roles', '--spec', cluster.spec, '--yes', '--json'], { env: cluster.env }))).toEqual(
    passedRun,
  );
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
  expect(await replicas(set, cluster.password)).toEqual(CROSSED);
  // The other node that booted copies its master by itself; whoever stopped the test does not wait for that.
  await expect.poll(broken, HEALED).toEqual([]);
});

test('a command that cuts no power ends the trial, and nothing is broken', BOUNDS, async () => {
  const before = await bootOf();
  const finished = await loseIt({ off: 'echo no such machine >&2; exit 3' });
  expectTold(finished, 1, ['no such machine']);
  expect(finished.result.failure?.code).toBe('failover.powerOffFailed');
  expect(await bootOf()).toBe(before);
  expect(await broken()).toEqual([]);
});

test('the power does not come back: told with what to do, and tried again after Triad', BOUNDS, async () => {
  expect(existsSync(MENDED)).toBe(false);
  const finished = await loseIt({ on: `[ -e '${MENDED}' ] || { echo the controller is busy; exit 7; }; ${practice('power-on')}` });
  expect([finished.code, finished.result.failure]).toMatchObject([
    1,
    { code: 'failover.powerOnFailed', evidence: expect.stringContaining('the controller is busy') as unknown },
  ]);
  expect(finished.result.failure?.title).toContain('could not be switched on again: it ended with 7');
  writeFileSync(MENDED, '');
  await expect.poll(broken, HEALED).toEqual([]);
});
