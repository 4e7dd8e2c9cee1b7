import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import type { RunEvent } from '../../electron/shared/domain/events.ts';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { brake, PREPARE_BRAKES, type Brake } from './brakes.ts';
import { expectTold } from './findings.ts';
import { installedState, leftovers } from './leftovers.ts';
import { serverSnapshots } from './serverSnapshots.ts';
import { triadForTest, type CommandSetting, type FinishedCommand, type RunningCommand } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();

/** The password is the same in every run, so that files which hold it can be compared. */
const env = { REDIS_PASSWORD: 'the-same-in-every-run' };

/** The phases of an installation. A new one fails the first test until it is interrupted here too. */
const PHASES = [
  'requireConfirmation',
  'connect',
  'lockServers',
  'gatherFacts',
  'findPassword',
  'checkServers',
  'protectRunning',
  'observeCluster',
  'confirmChanges',
  'securePersistence',
  'openFirewall',
  'checkReachability',
  'stageBinaries',
  'layOutServer',
  'startNodes',
  'connectNodes',
  'applySettings',
  'formCluster',
  'stageClient',
  'verifyCluster',
];
/** Those before anything is changed. */
const LOOKING = PHASES.slice(0, PHASES.indexOf('openFirewall'));

let set: PracticeSet;
let spec: string;
let bare: readonly string[];
/** What a clean installation looks like. */
let clean: readonly string[];

function start(setting: CommandSetting = {}): RunningCommand {
  return triad.start(['install', '--spec', spec, '--yes', '--json'], { ...setting, env });
}

function isPhaseStart(phase: string): (event: RunEvent) => boolean {
  return (event) => event.type === 'phaseStarted' && event.phase === phase;
}

/** A run that was interrupted says so, says that nothing is lost, and leaves no process, lock or half a file. */
async function expectInterrupted(finished: FinishedCommand): Promise<void> {
  const { code, result, stderr } = finished;
  expect({ code, failure: result.failure?.code, verdict: result.verdict }).toEqual({ code: 130, failure: 'run.aborted', verdict: 'fail' });
  expect(stderr).toContain('Interrupted');
  await expect.poll(async () => leftovers(set), { timeout: 10_000 }).toEqual([]);
}

// What a failed test has left must not fail the next one too.
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await triad.killRunning();
  await set.reset();
  bare = await serverSnapshots(set);
});

/** An undisturbed run ends well, and the servers are as after a clean installation. `meanwhile` happens while it goes on. */
async function expectFinishes(meanwhile: (running: RunningCommand) => Promise<unknown> = () => Promise.resolve()): Promise<void> {
  const running = start();
  await meanwhile(running);
  const finished = await running.finished;
  const bad = finished.result.checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'unknown');
  expect({ code: finished.code, failure: finished.result.failure, verdict: finished.result.verdict, bad }).toEqual({
    code: 0,
    failure: null,
    verdict: 'pass',
    bad: [],
  });
  expect(await installedState(set)).toEqual(clean);
  await expect.poll(async () => leftovers(set), { timeout: 10_000 }).toEqual([]);
}

async function removeAll(): Promise<void> {
  const removed = await triad.run(['remove', '--delete-data', '--spec', spec, '--yes', '--json'], { env });
  expect([removed.code, removed.result.failure]).toEqual([0, null]);
}

function braked(...args: Parameters<typeof brake>): Brake {
  const placed = brake(...args);
  onTestFinished(() => placed.release());
  return placed;
}

test('an installation without interruption, to compare with', async () => {
  set = await servers.up({ prepare: PREPARE_BRAKES, servers: { 3: { prepare: PREPARE_BRAKES, firewall: 'nftables' } } });
  spec = triad.spec(set, ({ redis }) => (redis['passwordEnv'] = 'REDIS_PASSWORD'));
  bare = await serverSnapshots(set);
  const finished = await start().finished;
  expect([finished.code, finished.result.failure]).toEqual([0, null]);
  expect([...new Set(finished.events.flatMap((event) => (event.type === 'phaseStarted' ? [event.phase] : [])))]).toEqual(PHASES);
  clean = await installedState(set);
  await removeAll();
  expect(await serverSnapshots(set)).toEqual(bare);
});

describe('Ctrl-C at the beginning of a phase', () => {
  test.each(LOOKING)('%s', async (phase) => {
    const running = start();
    await running.waitForEvent(isPhaseStart(phase));
    running.kill('SIGINT');
    await expectInterrupted(await running.finished);
  });

  test('and until then nothing is changed', async () => {
    expect(await serverSnapshots(set)).toEqual(bare);
  });

  // One after the other on the same servers: each run goes on where the one before was stopped.
  test.each(PHASES.slice(LOOKING.length))('%s: the next run gets past it', async (phase) => {
    const running = start();
    await running.waitForEvent(isPhaseStart(phase));
    running.kill('SIGINT');
    await expectInterrupted(await running.finished);
  });

  test('and the last run finishes', async () => {
    await expectFinishes();
    await removeAll();
    expect(await serverSnapshots(set)).toEqual(bare);
  });
});

/** A way to make sure that a phase stands in its middle when the signal comes. */
interface Middle {
  readonly phase: string;
  /** Whether the server goes on standing there after Triad is gone. */
  readonly isKept: boolean;
  readonly stop: () => Promise<{ reached: (running: RunningCommand) => Promise<void>; release: () => Promise<void> | void }>;
}

function atBrake(phase: string, ...[program, words]: [Parameters<typeof brake>[2], string]): Middle {
  return {
    phase,
    isKept: true,
    stop: () => {
      const placed = braked(set, 3, program, words);
      return Promise.resolve({ reached: (running) => placed.reached(running), release: () => placed.release() });
    },
  };
}

const MIDDLES: readonly Middle[] = [
  {
    phase: 'checkReachability',
    isKept: false,
    // An attempt without an answer takes seconds, and all listeners are open meanwhile.
    stop: async () => {
      await set.block(1, 2, 17_001, 'drop');
      onTestFinished(() => set.unblock());
      const listening = (): Promise<string> => set.run(2, "pgrep -fc '[s]ystemd-socket-activate'").then(({ stdout }) => stdout.trim());
      const reached = async (): Promise<void> => {
        await expect.poll(listening, { timeout: 20_000, interval: 50 }).toBe('4');
      };
      return { reached, release: () => set.unblock() };
    },
  },
  atBrake('stageBinaries', 'gzip', '-dc'),
  atBrake('layOutServer', 'sync', 'auth.conf'),
  atBrake('startNodes', 'systemctl', 'start --'),
  {
    phase: 'formCluster',
    isKept: false,
    stop: () =>
      Promise.resolve({
        reached: async (running: RunningCommand) => {
          await running.waitForEvent((event) => event.type === 'clusterCommand');
        },
        release: () => undefined,
      }),
  },
];

describe('in the middle of a phase', () => {
  test.each(MIDDLES)('$phase: Ctrl-C, then Triad killed, then a run that finishes', async ({ phase, isKept, stop }) => {
    const first = await stop();
    const interrupted = start();
    await first.reached(interrupted);
    const signalledAtMs = Date.now();
    interrupted.kill('SIGINT');
    // Still braked: nothing waits for the program to end by itself.
    const stopped = await interrupted.finished;
    await expectInterrupted(stopped);
    expect(Date.parse(stopped.events.find(({ type }) => type === 'runFinished')?.at ?? '') - signalledAtMs).toBeLessThanOrEqual(2000);
    await first.release();

    const second = await stop();
    const killed = start();
    await second.reached(killed);
    killed.kill('SIGKILL');
    const { code, events } = await killed.finished;
    expect(code).toBe(null);
    expect(events.findLast((event) => event.type === 'phaseStarted')).toMatchObject({ phase });
    // What the killed run left on the server is still at work when the next run reserves it, and is waited for.
    await expectFinishes(async (next) => {
      if (isKept)
        await next.waitForEvent((event) => event.type === 'phaseStarted' && event.phase === 'lockServers' && event.server !== null);
      await second.release();
    });
    await removeAll();
    expect(await serverSnapshots(set)).toEqual(bare);
  });
});

describe('signals', () => {
  test('SIGTERM is like Ctrl-C, the words say what to do, and what was done can be removed', async () => {
    const held = braked(set, 1, 'gzip', '-dc');
    const running = triad.start(['install', '--spec', spec, '--yes'], { env });
    await held.reached(running);
    running.kill('SIGTERM');
    const finished = await running.finished;
    expectTold(finished, 130, [
      '■ Interrupted → Run the same command again: it looks at the servers and goes on from there. [run.aborted]',
      '■ Interrupted Installing',
      'was interrupted. What was done stays on the servers, and the same command goes on from there.',
    ]);
    await expect.poll(async () => leftovers(set), { timeout: 10_000 }).toEqual([]);
    held.release();
    await removeAll();
    expect(await serverSnapshots(set)).toEqual(bare);
  });

  test('signals that come together are one interrupt', async () => {
    const held = braked(set, 1, 'gzip', '-dc');
    const running = start();
    await held.reached(running);
    running.kill('SIGINT');
    running.kill('SIGINT');
    running.kill('SIGTERM');
    await expectInterrupted(await running.finished);
    held.release();
    await removeAll();
    expect(await serverSnapshots(set)).toEqual(bare);
  });
});

describe('the question on a terminal', () => {
  const ask = async (keys: string): Promise<FinishedCommand> => {
    const running = triad.start(['install', '--spec', spec], { env: { ...env, NO_COLOR: '1' }, hasTerminal: true });
    await running.waitForText('[y/N]');
    running.type(keys);
    return running.finished;
  };

  test.each([
    ['n', 'n\r'],
    ['only Enter', '\r'],
    ['the end of input', '\u0004'],
  ])('%s: nothing is changed', async (_, keys) => {
    const finished = await ask(keys);
    expectTold(finished, 2, ['Not confirmed: nothing was changed', 'Run the command again when you are ready, or add --yes.']);
    await expect.poll(async () => leftovers(set), { timeout: 10_000 }).toEqual([]);
    expect(await serverSnapshots(set)).toEqual(bare);
  });

  test('Ctrl-C: nothing is changed', async () => {
    const finished = await ask('\u0003');
    expectTold(finished, 130, ['Interrupted', 'Run the same command again', 'No setting of the servers was changed.']);
    await expect.poll(async () => leftovers(set), { timeout: 10_000 }).toEqual([]);
    expect(await serverSnapshots(set)).toEqual(bare);
  });

  test('y: it installs', async () => {
    const finished = await ask('y\r');
    expectTold(finished, 0, ['is installed on three servers']);
    expect(await installedState(set)).toEqual(clean);
  });
});
