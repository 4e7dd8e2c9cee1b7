import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import type { ServerNumber } from '../../scripts/practice/setPlace.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { brake, PREPARE_BRAKES, type Brake } from './brakes.ts';
import { expectLostWithNodes, expectTold, flat, toldCodes } from './findings.ts';
import { installedState, leftovers } from './leftovers.ts';
import { serverSnapshots } from './serverSnapshots.ts';
import { triadForTest, type FinishedCommand, type RunningCommand } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();

/** The password is the same in every run, so that files which hold it can be compared. */
const env = { REDIS_PASSWORD: 'the-same-in-every-run' };

let set: PracticeSet;
let spec: string;
let bare: readonly string[];
/** What a clean installation looks like. */
let clean: readonly string[];

/** Shows words, as an admin sees them. */
function start(): RunningCommand {
  return triad.start(['install', '--spec', spec, '--yes'], { env });
}

// What a failed test has left must not fail the next one too.
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await triad.killRunning();
  await set.reset();
  bare = await serverSnapshots(set);
});

/** A master that became a replica gets a copy of the data as a file, which one that was never lost has not. */
function withoutDumps(shots: readonly string[]): readonly string[] {
  return shots.map((shot) =>
    shot
      .split('\n')
      .filter((line) => !/\/dump\.rdb\b/u.test(line))
      .join('\n'),
  );
}

async function expectInstalled(): Promise<void> {
  expect(withoutDumps(await installedState(set))).toEqual(withoutDumps(clean));
  await expect.poll(async () => leftovers(set), { timeout: 10_000 }).toEqual([]);
}

/** An undisturbed run ends well, and the servers are as after a clean installation. `meanwhile` happens while it goes on. */
async function expectFinishes(meanwhile: (running: RunningCommand) => Promise<void> | void = () => undefined): Promise<void> {
  const running = start();
  await meanwhile(running);
  expectTold(await running.finished, 0, ['is installed on three servers']);
  await expectInstalled();
}

/** The same where a master may have been lost: a replica that took over is told, with the command that gives the role back. */
async function finishWithRoles(): Promise<void> {
  const { result } = await triad.run(['install', '--spec', spec, '--yes', '--json'], { env });
  expect([undefined, 'cluster.rolesNotAsPlanned']).toContain(result.failure?.code);
  expect((await triad.run(['restore-roles', '--spec', spec, '--yes'], { env })).code).toBe(0);
  await expectInstalled();
}

async function removeAll(): Promise<void> {
  const removed = await triad.run(['remove', '--delete-data', '--spec', spec, '--yes', '--json'], { env });
  expect([removed.code, removed.result.failure]).toEqual([0, null]);
  expect(await serverSnapshots(set)).toEqual(bare);
}

function braked(...args: Parameters<typeof brake>): Brake {
  const placed = brake(...args);
  onTestFinished(() => placed.release());
  return placed;
}

function nameOf(server: ServerNumber): string {
  return set.servers[server - 1]?.name ?? '';
}

/** Kills what sshd has started for the sessions on a server; its listener stays. */
async function dropSessions(server: ServerNumber): Promise<void> {
  expect((await set.run(server, "pkill -KILL -f '^sshd: admin'")).code).toBe(0);
}

/** The run failed because of these servers, and of no others. */
function expectLost(finished: FinishedCommand, lost: readonly ServerNumber[]): void {
  expectTold(finished, 1, [
    ...lost.map((server) => `✗ The SSH connection to ${nameOf(server)} was lost`),
    'Check the server and the network, then run the same command again: it goes on from what it finds.',
  ]);
  expect(toldCodes(finished)).toEqual(['ssh.connectionLost']);
  const others = ([1, 2, 3] as const).filter((server) => !lost.includes(server));
  for (const server of others) expect(flat(finished.stdout)).not.toContain(`connection to ${nameOf(server)} was lost`);
}

test('an installation with good connections, to compare with', async () => {
  set = await servers.up({ prepare: PREPARE_BRAKES });
  spec = triad.spec(set, ({ redis }) => (redis['passwordEnv'] = 'REDIS_PASSWORD'));
  bare = await serverSnapshots(set);
  expectTold(await start().finished, 0, ['is installed on three servers']);
  clean = await installedState(set);
  await removeAll();
});

describe('the SSH connection to one server breaks', () => {
  test('while a program is sent: nothing of it stays, and the next run sends it again', async () => {
    const held = braked(set, 2, 'gzip', '-dc');
    const running = start();
    await held.reached(running);
    await dropSessions(2);
    held.release();
    expectLost(await running.finished, [2]);
    await expect.poll(async () => leftovers(set), { timeout: 10_000 }).toEqual([]);
    const programs = ([1, 2, 3] as const).map(async (server) => (await set.run(server, 'ls /opt/triad/bin/*')).stdout);
    expect(await Promise.all(programs)).toEqual(['redis-server\n', '', 'redis-server\n']);
    await expectFinishes();
    await removeAll();
  });

  test.each([
    ['files are written', 'sync', 'auth.conf'],
    ['services are started', 'systemctl', 'start --'],
  ] as const)('while %s: the next run waits for what still goes on there, and finishes', async (_, program, words) => {
    const held = braked(set, 2, program, words);
    const running = start();
    await held.reached(running);
    await dropSessions(2);
    expectLost(await running.finished, [2]);
    await expectFinishes(async () => {
      // The next run has its reservation, and looks at nothing before the batch has ended.
      await expect.poll(async () => (await set.run(2, 'cat /run/triad.lock')).stdout, { timeout: 20_000 }).toContain(', run ');
      held.release();
    });
    await removeAll();
  });

  test('while the cluster is formed', async () => {
    const running = triad.start(['install', '--spec', spec, '--yes', '--json'], { env });
    await running.waitForEvent((event) => event.type === 'clusterCommand');
    await dropSessions(2);
    const { code, result } = await running.finished;
    expect({ code, failure: result.failure }).toMatchObject({ code: 1, failure: { code: 'ssh.connectionLost', subject: nameOf(2) } });
    await expectFinishes();
    await removeAll();
  });
});

describe('a server goes away', () => {
  test.each([
    ['files are written', 'sync', 'auth.conf'],
    ['services are started', 'systemctl', 'start --'],
  ] as const)('it is rebooted while %s', async (_, program, words) => {
    const held = braked(set, 2, program, words);
    const running = start();
    await held.reached(running);
    await set.reboot(2);
    held.release();
    expectLost(await running.finished, [2]);
    await expectFinishes();
    await removeAll();
  });

  test('it loses its power in the middle of one thing after the other: the last run leaves nothing half done', async () => {
    for (const [program, words] of [
      ['sync', 'auth.conf'],
      ['systemctl', 'start --'],
    ] as const) {
      const held = braked(set, 2, program, words);
      const running = start();
      await held.reached(running);
      await set.powerCut(2);
      held.release();
      await set.powerOn(2);
      expectLost(await running.finished, [2]);
    }
    const forming = triad.start(['install', '--spec', spec, '--yes', '--json'], { env });
    await forming.waitForEvent((event) => event.type === 'clusterCommand');
    await set.powerCut(2);
    await set.powerOn(2);
    expectLostWithNodes(await forming.finished, nameOf(2));
    await finishWithRoles();
    await removeAll();
  }, 300_000);

  test('one loses its power, and nothing passes to another any more: both are told, no reservation stays', async () => {
    const held = [braked(set, 2, 'gzip', '-dc'), braked(set, 3, 'gzip', '-dc')];
    onTestFinished(() => set.unblock());
    const running = start();
    await Promise.all(held.map(async (one) => one.reached(running)));
    await Promise.all([set.powerCut(2), set.block('admin', 3, 'any', 'drop')]);
    expectLost(await running.finished, [2, 3]);

    await set.unblock();
    const without = await start().finished;
    expectTold(without, 3, [`✗ ${nameOf(2)}: The `, `${set.servers[1]?.address ?? ''}:22`]);
    // As long as the switch remembers the card, its packets go nowhere; then nobody has the address.
    expect(['ssh.timedOut', 'ssh.unreachable']).toContain(toldCodes(without).join());

    for (const one of held) one.release();
    await set.powerOn(2);
    await expectFinishes();
    await removeAll();
  });
});
