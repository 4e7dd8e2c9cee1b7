import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ClientImpact } from '../../electron/shared/domain/clientImpact.ts';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { expectTold, flat, stoppingChecks } from './findings.ts';
import { triadForTest, type FinishedCommand, type RunningCommand } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();
const env = { REDIS_PASSWORD: `pw-${randomBytes(6).toString('hex')}` };

let set: PracticeSet;
let spec: string;
let names: readonly string[];

const run = async (...args: readonly string[]): Promise<FinishedCommand> => triad.run([...args, '--spec', spec], { env });
const begin = async (server: number, ...more: readonly string[]): Promise<FinishedCommand> =>
  run('maintenance', 'begin', '--server', names[server - 1] ?? '', '--yes', ...more);
const end = async (server: number, ...more: readonly string[]): Promise<FinishedCommand> =>
  run('maintenance', 'end', '--server', names[server - 1] ?? '', '--wait', '3', ...more);

function impactOf({ events }: FinishedCommand): ClientImpact | undefined {
  return events.flatMap((event) => (event.type === 'clientImpact' ? [event.impact] : []))[0];
}

/** One switchover of the shard of the server's master, nothing lost, and a pause far below a failover. */
function expectGentle(finished: FinishedCommand, moved: readonly number[]): void {
  const impact = impactOf(finished);
  expect(impact?.shards.map(({ lost }) => lost)).toEqual([0, 0, 0]);
  // Every write that was begun has come to one end, and no shard is told no whose master stays.
  expect(impact?.shards.filter((one) => one.acknowledged + one.refused + one.timedOut !== one.attempted)).toEqual([]);
  expect(impact?.shards.filter(({ shard, refused }) => refused > 0 && !moved.includes(shard))).toEqual([]);
  expect(impact?.shards.filter(({ switchovers }) => switchovers.length > 0).map(({ shard }) => shard)).toEqual(moved);
  expect(Math.max(...(impact?.shards.map(({ longestGapMs }) => longestGapMs) ?? [Infinity]))).toBeLessThan(1000);
  expect(impact?.shards.every(({ acknowledged }) => acknowledged >= 200)).toBe(true);
}

async function rolesOn(server: 1 | 2 | 3): Promise<readonly string[]> {
  const [address = ''] = [set.servers[server - 1]?.address];
  const role = async (port: number): Promise<string> => {
    const command = `REDISCLI_AUTH='${env.REDIS_PASSWORD}' /opt/triad/bin/*/redis-cli -h ${address} -p ${port} role | head -n 1`;
    return (await set.run(server, command)).stdout.trim();
  };
  return Promise.all([role(7000), role(7001)]);
}

/** The servers that hold a mark, and what the command line says of it. */
async function marks(): Promise<readonly number[]> {
  const found = await Promise.all(
    ([1, 2, 3] as const).map(async (server) => ((await set.run(server, 'ls /opt/triad/*/maintenance.json')).code === 0 ? [server] : [])),
  );
  return found.flat();
}

async function expectAsPlanned(): Promise<void> {
  const after = await run('validate', '--json');
  expect([after.code, after.result.verdict, stoppingChecks(after)]).toEqual([0, 'pass', []]);
  expect(after.result.checks.find(({ id }) => id === 'server.maintenance')?.verdict).toBe('pass');
  expect(await marks()).toEqual([]);
}

test('an installed cluster', async () => {
  set = await servers.up();
  spec = triad.spec(set, ({ redis }) => {
    redis['passwordEnv'] = 'REDIS_PASSWORD';
    // A node that was elected rests for four of it before it is elected again, in nearly every test of this file.
    redis['nodeTimeoutMs'] = 2000;
  });
  names = set.servers.map(({ name }) => name);
  expect((await run('install', '--yes')).code).toBe(0);
  expectTold(await run('maintenance', 'status'), 0, ['No server of']);
}, 90_000);

test('needs the name of one server', async () => {
  expectTold(await run('maintenance', 'begin', '--server', 'all', '--yes'), 2, ['name the one server']);
  expectTold(await run('maintenance', 'end', '--server', names[0] ?? '', '--wait', 'soon'), 2, ['a number of minutes']);
  expectTold(await run('maintenance', 'rolling'), 2, ['no terminal to ask on']);
});

describe('begin, reboot, end', () => {
  test('begin moves the master away, proves that the server may go, and marks it on all three', async () => {
    const begun = await begin(1, '--json');
    expect([begun.code, begun.result.verdict]).toEqual([0, 'pass']);
    expectGentle(begun, [1]);
    expect(await rolesOn(1)).toEqual(['slave', 'slave']);
    expect(await marks()).toEqual([1, 2, 3]);
    expect(begun.result.checks.filter(({ id }) => id === 'cluster.survivesLoss').map(({ subject, verdict }) => [subject, verdict])).toEqual(
      [[names[0], 'pass']],
    );
  });

  test('begun again it has nothing to do; another server, a restore and a failover test are refused', async () => {
    const again = await begin(1);
    expectTold(again, 0, ['may now be rebooted or patched', 'the loss of one more server is not survived']);
    expect(flat(again.stdout)).toMatch(/= Mark the maintenance/u);
    expectTold(await begin(2), 1, [`${names[0]} is in maintenance since`, `triad maintenance end --server ${names[0]}`]);
    expectTold(await end(2), 1, [`${names[0]} is in maintenance since`]);
    expectTold(await run('restore-roles', '--yes'), 1, [`${names[0]} is in maintenance since`]);
    expectTold(await run('failover-test', '--server', names[1] ?? '', '--yes'), 1, [`${names[0]} is in maintenance since`]);
    const told = await run('validate', '--json');
    expect(told.result.checks.find(({ id }) => id === 'server.maintenance')?.verdict).toBe('warn');
    // The mark is no change that an installation would make or undo.
    const plan = await run('plan', '--json');
    expect(plan.events.flatMap((event) => (event.type === 'changesPlanned' ? event.changes : []))).toEqual([]);
  });

  test('while it is rebooted the cluster serves, its peers tell why, and end waits for it', async () => {
    await set.powerCut(1);
    const status = await run('maintenance', 'status');
    expectTold(status, 0, [`${names[0]} of`, 'is in maintenance since', 'and cannot be reached now']);
    // Begun while the server is still away.
    const ending = triad.start(['maintenance', 'end', '--server', names[0] ?? '', '--wait', '3', '--spec', spec, '--json'], { env });
    await ending.waitForEvent((event) => event.type === 'phaseProgress' && event.message.code === 'maintenance.waiting');
    await set.powerOn(1);
    const ended = await ending.finished;
    expect([ended.code, ended.result.verdict]).toEqual([0, 'pass']);
    expectGentle(ended, [1]);
    expect(await rolesOn(1)).toEqual(['master', 'slave']);
    await expectAsPlanned();
  }, 120_000);

  test('end without a mark and with all roles as planned has nothing to do', async () => {
    const again = await end(1);
    expectTold(again, 0, ['is back']);
    expect(flat(again.stdout)).toMatch(/= Restore the planned roles/u);
  });
});

describe('refuses', () => {
  test('with a replica that stopped following, and moves nothing', async () => {
    const conf = `REDISCLI_AUTH='${env.REDIS_PASSWORD}' /opt/triad/bin/*/redis-cli -h ${set.servers[2]?.address} -p 7001`;
    expect((await set.run(3, `${conf} config set masterauth wrong && ${conf} client kill type master`)).code).toBe(0);
    const refused = await begin(1);
    expectTold(refused, 1, ['must not be taken away now', `${names[2]}:7001`]);
    expect(await rolesOn(1)).toEqual(['master', 'slave']);
    expect(await marks()).toEqual([]);
    expect((await set.run(3, `${conf} config set masterauth '${env.REDIS_PASSWORD}'`)).code).toBe(0);
  }, 60_000);

  test('with another server down', async () => {
    await set.powerCut(3);
    const refused = await begin(1, '--json');
    expect([refused.code, refused.result.failure]).toEqual([1, expect.objectContaining({ code: 'maintenance.refused' })]);
    expect(refused.result.failure?.title).toContain(
      `${names[0]} must not be taken away now, the cluster would not survive it: ${names[2]} is away`,
    );
    expect(refused.events.filter(({ type }) => type === 'clusterCommand' || type === 'changesApplied')).toEqual([]);
    // Its replica on the first server has taken over by itself.
    await expect.poll(() => rolesOn(1), { timeout: 30_000, interval: 500 }).toEqual(['master', 'master']);
    await set.powerOn(3);
    expect(await marks()).toEqual([]);
    const restored = await run('restore-roles', '--yes', '--json');
    expect(restored.code).toBe(0);
    expectGentle(restored, [3]);
    await expectAsPlanned();
  }, 120_000);
});

describe('Triad is killed', () => {
  test.each(['vacateServer', 'proveAbsence', 'markServers'])(
    'in %s: begin goes on, and end puts everything right',
    async (phase) => {
      const running = triad.start(['maintenance', 'begin', '--server', names[1] ?? '', '--yes', '--spec', spec, '--json'], { env });
      await running.waitForEvent(
        (event) =>
          (event.type === 'phaseStarted' && event.phase.split(':')[0] === phase && phase !== 'vacateServer') ||
          (event.type === 'clusterCommand' && phase === 'vacateServer'),
      );
      running.kill('SIGKILL');
      await running.finished;
      const again = await begin(2, '--json');
      expect([again.code, again.result.failure]).toEqual([0, null]);
      expect(await rolesOn(2)).toEqual(['slave', 'slave']);
      expect(await marks()).toEqual([1, 2, 3]);
      const ended = await end(2, '--json');
      expect([ended.code, ended.result.failure]).toEqual([0, null]);
      expectGentle(ended, [2]);
      await expectAsPlanned();
    },
    120_000,
  );

  test.each(['restoreRoles', 'unmarkServers', 'verifyCluster'])(
    'in %s: end goes on',
    async (phase) => {
      expect((await begin(3, '--json')).code).toBe(0);
      const running = triad.start(['maintenance', 'end', '--server', names[2] ?? '', '--spec', spec, '--json'], { env });
      await running.waitForEvent((event) =>
        phase === 'restoreRoles' ? event.type === 'clusterCommand' : event.type === 'phaseStarted' && event.phase === phase,
      );
      running.kill('SIGKILL');
      await running.finished;
      const again = await end(3, '--json');
      expect([again.code, again.result.failure]).toEqual([0, null]);
      await expectAsPlanned();
    },
    120_000,
  );
});

test('rolling: one server after the other, each with a pause; stopped at one, it goes on there', async () => {
  const rolling = (): RunningCommand => triad.start(['maintenance', 'rolling', '--yes', '--spec', spec], { env, hasTerminal: true });
  const first = rolling();
  await first.waitForText(`Patch and reboot ${names[0]} now`);
  await set.reboot(1);
  first.type('\r');
  await first.waitForText(`Patch and reboot ${names[1]} now`);
  first.type('\u0003');
  const stopped = await first.finished;
  expect([stopped.code, flat(stopped.stdout)]).toEqual([130, expect.stringContaining(`${names[1]} stays in maintenance`)]);
  expect(await marks()).toEqual([1, 2, 3]);

  const second = rolling();
  await second.waitForText(`Patch and reboot ${names[1]} now`);
  await set.awaitReboot(2, async () => {
    expect((await set.run(2, 'systemctl reboot')).code).toBe(0);
    // Enter comes while the server is on its way down and still answers.
    second.type('\r');
  });
  await second.waitForText(`Patch and reboot ${names[2]} now`);
  second.type('\r');
  const done = await second.finished;
  const words = flat(done.stdout);
  expect([done.code, words]).toEqual([0, expect.stringContaining('All servers have had their maintenance')]);
  expect(words).toContain(`${names[1]} is in maintenance already: going on from there`);
  expect(words).not.toContain(`Patch and reboot ${names[0]} now`);
  await expectAsPlanned();
}, 240_000);

test('a removal in the middle of a maintenance takes the marks too', async () => {
  expect((await begin(1, '--json')).code).toBe(0);
  expect((await run('remove', '--delete-data', '--yes')).code).toBe(0);
  const left = await Promise.all(([1, 2, 3] as const).map(async (server) => (await set.run(server, 'ls -d /opt/triad')).code));
  expect(left.every((code) => code !== 0)).toBe(true);
}, 60_000);
