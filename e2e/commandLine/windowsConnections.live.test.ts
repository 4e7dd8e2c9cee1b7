import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import type { ServerNumber } from '../../scripts/practice/setPlace.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { ensureHelper } from '../../scripts/windows-service/helperBuild.ts';
import { expectLostWithNodes } from './findings.ts';
import { triadForTest, type FinishedCommand, type RunningCommand } from './triadCommand.ts';
import { windowsSnapshots, withoutData } from './windowsSnapshots.ts';

const servers = practiceSetForTest();
const triad = triadForTest();
beforeAll(async () => void (await ensureHelper(() => undefined)));

/** Two or three installations and a removal, on a machine that is busy with others. */
const BOUNDS = { timeout: 300_000 } as const;

/** The password is the same in every run, so that files which hold it can be compared. */
const env = { REDIS_PASSWORD: 'the-same-in-every-run' };

let set: PracticeSet;
let spec: string;
let bare: readonly string[];
/** What a clean installation looks like. */
let clean: readonly string[];

const start = (): RunningCommand => triad.start(['install', '--spec', spec, '--yes', '--json'], { env });
const nameOf = (server: ServerNumber): string => set.servers[server - 1]?.name ?? '';

// What a failed test has left must not fail the next one too.
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await triad.killRunning();
  await set.reset();
  bare = await windowsSnapshots(set);
});

/**
 * The servers to compare, whatever broke off before. Windows numbers its firewall rules anew each time, and the folder that all clusters share keeps the rights that it was
 * found with, also those of a run that broke off.
 */
async function installed(): Promise<readonly string[]> {
  return withoutData(await windowsSnapshots(set)).map((shot) =>
    shot
      .split('\n')
      .filter((line) => !line.startsWith('folder C:\\Triad\\nodes '))
      .map((line) => line.replace(/\{[-0-9A-F]{36}\}/u, '{ID}'))
      .toSorted()
      .join('\n'),
  );
}

/** Stops every Windows program on a server where it stands, until it is released: so a fault meets a step in its middle. */
async function freeze(server: ServerNumber): Promise<() => Promise<void>> {
  const signal = async (name: 'STOP' | 'CONT'): Promise<void> => {
    expect((await set.run(server, `pkill -${name} -f '^/usr/lib/wine/wineserver'`)).code).toBe(0);
  };
  await signal('STOP');
  let isFrozen = true;
  const release = async (): Promise<void> => {
    if (isFrozen) await signal('CONT');
    isFrozen = false;
  };
  onTestFinished(release);
  return release;
}

/** Cuts every SSH connection to a server, as a firewall in between does that forgets them. */
async function cut(server: ServerNumber): Promise<void> {
  expect((await set.run(server, "ss -K -t state established '( sport = :22 )'")).stdout).toContain(':');
}

/** An undisturbed run ends well, and the servers are as after a clean installation; nothing of the broken run goes on. */
async function expectFinishes(): Promise<void> {
  const finished = await start().finished;
  expect([finished.code, finished.result.failure, finished.result.verdict]).toEqual([0, null, 'pass']);
  await expectInstalled();
}

/** The same where a master may have been lost: a replica that took over is told, with the command that gives the role back. */
async function finishWithRoles(): Promise<void> {
  const { result } = await start().finished;
  expect([undefined, 'cluster.rolesNotAsPlanned']).toContain(result.failure?.code);
  expect((await triad.run(['restore-roles', '--spec', spec, '--yes', '--json'], { env })).code).toBe(0);
  await expectInstalled();
}

async function expectInstalled(): Promise<void> {
  // A program that was cut off in its middle ends a moment after it was let go on.
  await expect.poll(installed, { timeout: 30_000, interval: 1000 }).toEqual(clean);
}

async function removeAll(): Promise<void> {
  const removed = await triad.run(['remove', '--delete-data', '--spec', spec, '--yes', '--json'], { env });
  expect([removed.code, removed.result.failure]).toEqual([0, null]);
  expect(await windowsSnapshots(set)).toEqual(bare);
}

function expectLost({ code, result }: FinishedCommand, server: ServerNumber): void {
  expect([code, result.failure]).toEqual([1, expect.objectContaining({ code: 'ssh.connectionLost', subject: nameOf(server) })]);
}

test('an installation with good connections, to compare with', BOUNDS, async () => {
  set = await servers.up({
    servers: { 1: { windows: {} }, 2: { windows: { shell: 'powershell' } }, 3: { windows: { openssh: '7.7' } } },
  });
  spec = triad.spec(set, ({ redis }) => (redis['passwordEnv'] = 'REDIS_PASSWORD'));
  bare = await windowsSnapshots(set);
  const finished = await start().finished;
  expect([finished.code, finished.result.failure]).toEqual([0, null]);
  clean = await installed();
  await removeAll();
});

describe('the SSH connection to one server breaks', () => {
  test.each([
    ['stageBinaries', 1],
    ['layOutServer', 3],
    ['startNodes', 2],
  ] as const)('in the middle of %s: the next run goes on from what it finds, and finishes', BOUNDS, async (phase, server) => {
    const running = start();
    await running.waitForEvent((event) => event.type === 'phaseStarted' && event.phase === phase && event.server === nameOf(server));
    const release = await freeze(server);
    await cut(server);
    expectLost(await running.finished, server);
    await release();
    await expectFinishes();
    await removeAll();
  });
});

/** Whether files wait on a server for their places, which they do for as long as a batch is at work. */
function isStaging(server: ServerNumber): boolean {
  const folder = join(set.windows(server).driveC, 'Triad', '.triad-stage');
  return existsSync(folder) && readdirSync(folder).length > 0;
}

test('a server loses its power, in the middle of one phase after the other: the last run leaves nothing half done', BOUNDS, async () => {
  const cuts = [
    ['stageBinaries', 1],
    ['layOutServer', 3],
  ] as const;
  for (const [phase, server] of cuts) {
    const running = start();
    await running.waitForEvent((event) => event.type === 'phaseStarted' && event.phase === phase && event.server === nameOf(server));
    await expect.poll(() => isStaging(server), { timeout: 60_000, interval: 5 }).toBe(true);
    // Nothing holds the batch: what waited may just have been placed when the power goes.
    await set.powerCut(server);
    await set.powerOn(server);
    expectLost(await running.finished, server);
  }
  const running = start();
  await running.waitForEvent((event) => event.type === 'clusterCommand');
  await set.powerCut(2);
  await set.powerOn(2);
  expectLostWithNodes(await running.finished, nameOf(2));
  await finishWithRoles();
  await removeAll();
});

describe('Triad is killed', () => {
  test('while nodes are started: the next run finds the servers free, and finishes', BOUNDS, async () => {
    const running = start();
    await running.waitForEvent((event) => event.type === 'phaseStarted' && event.phase === 'startNodes');
    running.kill('SIGKILL');
    await running.finished;
    await expectFinishes();
    await removeAll();
  });
});
