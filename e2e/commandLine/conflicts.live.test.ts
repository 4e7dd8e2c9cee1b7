import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { expectTold, stoppingChecks, toldCodes } from './findings.ts';
import { startForeignRedis } from './foreignRedis.ts';
import { serverSnapshots } from './serverSnapshots.ts';
import { triadForTest, type FinishedCommand } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();

let set: PracticeSet;
let bare: readonly string[];
let names: readonly string[];
let addresses: readonly string[];

function expectProved(finished: FinishedCommand): void {
  expect([finished.code, finished.result.failure, stoppingChecks(finished), finished.stderr]).toEqual([0, null, [], '']);
}

beforeAll(async () => {
  set = await servers.up();
  bare = await serverSnapshots(set);
  names = set.servers.map(({ name }) => name);
  addresses = set.servers.map(({ address }) => address);
});

describe('two addresses, one machine', () => {
  test('equal addresses in the specification are refused before anything is contacted', async () => {
    const spec = triad.spec(set, (one) => Object.assign(one.servers[1] ?? {}, { address: addresses[0] }));
    const finished = await triad.run(['install', '--yes', '--spec', spec]);
    expectTold(finished, 2, [
      'The specification has 1 problem(s)',
      'Nothing was contacted or changed.',
      `servers[1].address: "${addresses[0]}"`,
      'servers[0]',
    ]);
  });

  test('a second address of the same machine is found out', async () => {
    const second = `${set.place.subnet}.21`;
    await set.run(1, `ip address add ${second}/24 dev eth0`);
    const spec = triad.spec(set, (one) => {
      const { ssh } = one.servers[0] ?? { ssh: {} };
      Object.assign(one.servers[1] ?? {}, { address: second, ssh: { ...ssh, host: second } });
    });
    const finished = await triad.run(['check', '--spec', spec]);
    const install = await triad.run(['install', '--yes', '--spec', spec]);
    await set.run(1, `ip address delete ${second}/24 dev eth0`);
    expectTold(finished, 1, [
      `${names[0]} The same machine-id as ${names[1]}: one machine, or a clone of one installation [server.ownMachine]`,
      `${names[1]} The same machine-id as ${names[0]}`,
      'If it is one machine, correct the addresses in the specification.',
    ]);
    // An install would meet itself at the lock; that, too, must not look like somebody else's work.
    expectTold(install, 1, ['is the same machine as', 'Correct the addresses in the specification']);
    expect(toldCodes(install)).toEqual(['host.sameMachine']);
  });

  test('an SSH host that is not the server of the address is found out', async () => {
    const elsewhere = `${set.place.subnet}.22`;
    await set.run(1, `ip address add ${elsewhere}/24 dev eth0`);
    const spec = triad.spec(set, (one) => {
      const { ssh } = one.servers[0] ?? { ssh: {} };
      Object.assign(one.servers[1]?.ssh ?? {}, { ...ssh, host: elsewhere });
    });
    const finished = await triad.run(['check', '--spec', spec]);
    await set.run(1, `ip address delete ${elsewhere}/24 dev eth0`);
    expectTold(finished, 1, [
      `${names[1]} The server has ${addresses[0]}, ${elsewhere}, not ${addresses[1]} [server.address]`,
      `Correct the address of ${names[1]} in the specification.`,
    ]);
  });

  test('clones with one machine-id are told what to do', async () => {
    await set.run(2, 'cp /etc/machine-id /root/kept-id');
    const id = (await set.run(1, 'cat /etc/machine-id')).stdout.trim();
    await set.run(2, `echo ${id} > /etc/machine-id`);
    const finished = await triad.run(['check', '--spec', triad.spec(set)]);
    await set.run(2, 'cat /root/kept-id > /etc/machine-id; rm /root/kept-id');
    expectTold(finished, 1, [
      `${names[1]} The same machine-id as ${names[0]}: one machine, or a clone of one installation`,
      'rm /etc/machine-id && systemd-machine-id-setup && reboot',
    ]);
  });
});

describe('places that are taken', () => {
  test('another program, a foreign Redis and a foreign cluster on our ports: told with names, untouched; without them the same command ends well', async () => {
    await set.run(1, 'systemd-run --quiet --unit=printer systemd-socket-activate --listen=7001 --accept --inetd cat');
    await set.run(1, "timeout 5 sh -c 'until ss -Hltn | grep -q :7001; do sleep 0.05; done'");
    const redis = await startForeignRedis(set, 2, 7000);
    const cluster = await startForeignRedis(set, 3, 7000, '--cluster-enabled yes --cluster-config-file nodes.conf');
    expect(await redis.ask('set', 'their', 'data')).toBe('OK');
    expect(await cluster.ask('cluster', 'addslotsrange', '0', '16383')).toBe('OK');
    await expect.poll(async () => cluster.ask('set', 'other', 'data'), { timeout: 10_000 }).toBe('OK');
    const before = { redis: await redis.state(), cluster: await cluster.state(), servers: await serverSnapshots(set) };
    const pidOf = (state: string): string => /MainPID=(\d+)/u.exec(state)?.[1] ?? '';

    const spec = triad.spec(set);
    const finished = await triad.run(['install', '--yes', '--spec', spec, '--json']);
    expect([finished.code, finished.result.failure?.code]).toEqual([1, 'check.failed']);
    const printer = (await set.run(1, 'systemctl show -p MainPID --value printer')).stdout.trim();
    expect(stoppingChecks(finished)).toEqual(
      [
        `server.foreignRedis ${names[1]}: Holds the ports of this cluster: /srv/other-redis-7000/redis-server (pid ${pidOf(before.redis)}, other-redis-7000.service)`,
        `server.foreignRedis ${names[2]}: Holds the ports of this cluster: /srv/other-redis-7000/redis-server (pid ${pidOf(before.cluster)}, other-redis-7000.service)`,
        `server.ports ${names[0]}: Taken by something else: 7001 systemd-socket- (pid ${printer}, printer.service)`,
        `server.ports ${names[1]}: Taken by something else: 7000 redis-server (pid ${pidOf(before.redis)}, other-redis-7000.service)`,
        `server.ports ${names[2]}: Taken by something else: 7000 redis-server (pid ${pidOf(before.cluster)}, other-redis-7000.service); 17000 redis-server (pid ${pidOf(before.cluster)}, other-redis-7000.service)`,
      ].toSorted(),
    );
    const shown = await triad.run(['install', '--yes', '--spec', spec]);
    expectTold(shown, 1, [
      'Stop what holds 7001 or move it, or choose other ports in the specification (redis.masterPort, redis.replicaPort).',
      'Triad does not touch it. Stop it or move it to other ports',
    ]);
    expect({ redis: await redis.state(), cluster: await cluster.state(), servers: await serverSnapshots(set) }).toEqual(before);
    expect(await redis.ask('get', 'their')).toBe('data');
    expect(await cluster.ask('get', 'other')).toBe('data');

    await redis.stop();
    await cluster.stop();
    await set.run(1, 'systemctl stop printer');
    expectProved(await triad.run(['install', '--yes', '--spec', spec, '--json']));
    expectProved(await triad.run(['remove', '--delete-data', '--yes', '--spec', spec, '--json']));
    expect(await serverSnapshots(set)).toEqual(bare);
  });

  test('a Redis of somebody else on other ports may stay', async () => {
    const redis = await startForeignRedis(set, 1, 6379);
    const before = await redis.state();
    const finished = await triad.run(['check', '--spec', triad.spec(set), '--json']);
    expectProved(finished);
    const [told] = finished.result.checks.filter(({ id, verdict }) => id === 'server.foreignRedis' && verdict === 'warn');
    expect(told?.subject).toBe(names[0]);
    expect(told?.observed).toMatch(
      /^Runs beside this cluster: \/srv\/other-redis-6379\/redis-server \(pid \d+, other-redis-6379.service\)$/u,
    );
    expect(await redis.state()).toBe(before);
    await redis.stop();
  });

  test('files of somebody else are kept beside ours, and come back', async () => {
    const { prefix } = set.place;
    const theirs = [`/etc/sysctl.d/90-triad-${prefix}.conf`, `/etc/tmpfiles.d/triad-${prefix}.conf`];
    await set.run(1, `for f in ${theirs.join(' ')}; do echo "# theirs" > $f; chmod 604 $f; done`);
    const before = await serverSnapshots(set);
    const spec = triad.spec(set);
    const told = await triad.run(['check', '--spec', spec]);
    expectTold(told, 0, [`Files in the way: ${names[0]}`, `There, and not Triad's: ${theirs.join(', ')}`, 'NAME.triad-before']);

    expectProved(await triad.run(['install', '--yes', '--spec', spec, '--json']));
    const kept = theirs.map((path) => `${path}.triad-before`);
    const shown = await set.run(1, `stat -c '%n %a' ${kept.join(' ')}; cat ${kept.join(' ')}`);
    expect(shown.stdout).toBe(`${kept.map((path) => `${path} 604`).join('\n')}\n# theirs\n# theirs\n`);

    expectProved(await triad.run(['remove', '--delete-data', '--yes', '--spec', spec, '--json']));
    expect(await serverSnapshots(set)).toEqual(before);
    await set.run(1, `rm ${theirs.join(' ')}`);
  });

  test('a folder where a file must be is refused', async () => {
    await set.run(1, `mkdir -p /etc/sysctl.d/90-triad-${set.place.prefix}.conf`);
    const finished = await triad.run(['install', '--yes', '--spec', triad.spec(set)]);
    expectTold(finished, 1, [
      `${names[0]} A file where a folder is needed, or a folder where a file is: /etc/sysctl.d/90-triad-${set.place.prefix}.conf [server.ownFiles]`,
      'Move them away, or choose other folders in the specification (paths).',
    ]);
    await set.run(1, `rmdir /etc/sysctl.d/90-triad-${set.place.prefix}.conf`);
    expect(await serverSnapshots(set)).toEqual(bare);
  });
});

describe('somebody else at work', () => {
  test('a second Triad waits for nobody: it is told who holds the servers, and the first one ends well', async () => {
    const spec = triad.spec(set);
    const first = triad.start(['install', '--yes', '--spec', spec, '--json']);
    await first.waitForEvent((event) => event.type === 'phaseStarted' && event.phase === 'stageBinaries');
    // Held still, so that the second meets it for certain.
    first.kill('SIGSTOP');
    const second = await triad.run(['install', '--yes', '--spec', spec]);
    const removing = await triad.run(['remove', '--delete-data', '--yes', '--spec', spec]);
    first.kill('SIGCONT');
    for (const finished of [second, removing]) {
      expectTold(finished, 1, [
        ...names.map((name) => `✗ Somebody else is working on ${name} with Triad: root@`),
        'Wait until that run has ended. The lock ends by itself with its connection.',
      ]);
      expect(toldCodes(finished)).toEqual(['host.lockHeld']);
    }
    expectProved(await first.finished);
  });

  test('another password than that of the running nodes is refused, and nothing is changed', async () => {
    const before = await serverSnapshots(set);
    const file = join(triad.home, 'clusters', set.place.prefix, 'redis-password');
    const password = readFileSync(file, 'utf8').trim();
    const spec = triad.spec(set, (one) => (one.redis['passwordEnv'] = 'REDIS_PASSWORD'));
    const env = { REDIS_PASSWORD: 'another one, with "quotes" and spaces' };
    const finished = await triad.run(['install', '--yes', '--spec', spec], { env });
    expectTold(finished, 1, [
      ...names.map((name) => `✗ The password differs from the one that ${name} was installed with`),
      `/opt/triad/${set.place.prefix}/auth.conf`,
      'Give the original password',
      'Nothing was changed.',
    ]);
    expect(toldCodes(finished)).toEqual(['redis.passwordDiffers']);
    for (const command of [['failover-test'], ['restore-roles'], ['validate']]) {
      const other = await triad.run([...command, '--yes', '--spec', spec], { env });
      expectTold(other, 1, ['rejected the password', 'Give the password that the cluster was installed with']);
    }
    expect(await serverSnapshots(set)).toEqual(before);
    expectProved(await triad.run(['validate', '--spec', spec, '--json'], { env: { REDIS_PASSWORD: password } }));
  });
});

test('a server that systemd does not run is refused', async () => {
  // What sd_booted(3) looks for, and systemctl with it.
  await set.run(3, 'mv /run/systemd/system /run/systemd/hidden');
  const finished = await triad.run(['install', '--yes', '--spec', triad.spec(set)]);
  await set.run(3, 'mv /run/systemd/hidden /run/systemd/system');
  expectTold(finished, 1, [
    `${names[2]} systemd does not run this server [server.systemd]`,
    'Use a server that boots with systemd: Triad installs Redis as its services.',
  ]);
});
