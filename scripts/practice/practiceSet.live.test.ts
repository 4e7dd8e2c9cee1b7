import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { ClusterSpec } from '../../electron/shared/domain/spec.ts';
import { awaitCondition } from './awaitCondition.ts';
import { openPracticeSet, type PracticeSet } from './practiceSet.ts';
import { runCommand } from './runCommand.ts';
import { findServerProcesses } from './serverProcesses.ts';
import { serverAt, serverNumbers, type ServerNumber } from './setPlace.ts';
import { listenOn, reach } from './testing/probe.ts';
import { tracesOf } from './testing/traces.ts';
import { practiceSetForTest } from './testSet.ts';

const practice = practiceSetForTest();
const cli = join(import.meta.dirname, 'cli.ts');

/** A set that is down, for tests that take it down or kill its runner. */
async function anotherSet(): Promise<PracticeSet> {
  const set = await practice.another();
  await set.down();
  return set;
}

const text = async (set: PracticeSet, server: ServerNumber, script: string): Promise<string> => {
  const { code, stdout, stderr } = await set.run(server, script);
  expect([script, code, code === 0 ? '' : stderr]).toEqual([script, 0, '']);
  return stdout.trim();
};

const onAll = (set: PracticeSet, script: string): Promise<string[]> =>
  Promise.all(serverNumbers.map((number) => text(set, number, script)));

test('the servers are three different machines with what a small Debian server has, and no python', async () => {
  const set = await practice.up();
  expect(await onAll(set, 'systemctl is-system-running')).toEqual(['running', 'running', 'running']);
  expect(await onAll(set, 'hostname')).toEqual(set.servers.map(({ name }) => name));
  for (const identity of ['cat /etc/machine-id', 'cat /proc/sys/kernel/random/boot_id', 'cat /etc/ssh/ssh_host_ed25519_key.pub']) {
    expect([identity, new Set(await onAll(set, identity)).size]).toEqual([identity, 3]);
  }
  const tools = 'bash systemd-run systemd-socket-activate systemd-analyze systemctl useradd timeout gzip sha256sum logrotate nft ss sudo';
  await text(set, 1, `for tool in ${tools}; do command -v $tool || exit 1; done`);
  expect(await text(set, 1, 'command -v python3 python curl nc || echo none')).toBe('none');
  expect(await text(set, 1, 'systemctl list-timers --no-legend | grep -c logrotate')).toBe('1');
  expect(await text(set, 1, 'systemd-analyze security --no-pager cron.service | tail -1')).toMatch(/exposure level/u);
});

test("a server's systemd sees its own processes only", async () => {
  const set = await practice.up();
  // In a control group shared by the servers this says "Input/output error", because the units of all servers are one.
  expect(await set.run(1, 'systemctl kill --signal=KILL cron')).toMatchObject({ code: 0, stderr: '' });
  expect(await text(set, 1, 'systemctl stop cron; systemctl is-active cron || true')).toBe('inactive');
  expect(await text(set, 2, 'systemctl is-active cron')).toBe('active');
});

test('an unchanged set stays as it is, a reset makes new servers', async () => {
  const set = await practice.up();
  await text(set, 1, 'touch /root/mark');
  await text(set, 2, 'touch /root/mark');
  expect(await set.up()).toBe('alreadyUp');
  const [kept, machine] = [set.fingerprintOf(1), await text(set, 1, 'test -e /root/mark && cat /etc/machine-id')];

  await set.reset({ only: [1] });
  expect(await text(set, 1, 'ls /root')).toBe('');
  expect(await text(set, 2, 'ls /root')).toBe('mark');
  expect(await text(set, 1, 'cat /etc/machine-id')).not.toBe(machine);
  expect(set.fingerprintOf(1)).toBe(kept);

  await set.reset({ hostKeys: 'change' });
  expect(set.fingerprintOf(1)).not.toBe(kept);
  expect(await set.ssh(1, 'echo logged in')).toMatchObject({ stdout: 'logged in\n' });
  const { stdout } = await runCommand('ssh-keyscan', ['-t', 'ed25519', serverAt(set.place, 1).address]);
  const shown = await runCommand('ssh-keygen', ['-l', '-f', '-'], { input: stdout });
  expect(shown.stdout).toContain(set.fingerprintOf(1));
});

test('a port is blocked in one direction, in each way, unseen by the servers', async () => {
  const set = await practice.up();
  await Promise.all(serverNumbers.flatMap((number) => [7000, 7001].map((port) => listenOn(set, number, port))));
  const rulesBefore = await text(set, 2, 'nft list ruleset');

  await set.block(1, 2, 7000);
  expect(await reach(set, 1, 2, 7000)).toBe('silence');
  const stillOpen = [
    reach(set, 2, 1, 7000),
    reach(set, 1, 2, 7001),
    reach(set, 3, 2, 7000),
    reach(set, 1, 3, 7000),
    reach(set, 'admin', 2, 7000),
  ];
  expect(await Promise.all(stillOpen)).toEqual(['open', 'open', 'open', 'open', 'open']);

  await set.block('admin', 2, 7000, 'reject');
  await set.block(3, 2, 7000, 'prohibit');
  await set.block('any', 3, 7001, 'drop');
  expect(await reach(set, 'admin', 2, 7000)).toBe('refused');
  expect(await reach(set, 3, 2, 7000)).toBe('prohibited');
  expect(await Promise.all([reach(set, 'admin', 3, 7001), reach(set, 1, 3, 7001)])).toEqual(['silence', 'silence']);
  expect(await text(set, 2, 'nft list ruleset')).toBe(rulesBefore);

  await set.reboot(1);
  expect(await reach(set, 1, 2, 7000)).toBe('silence');
  await set.unblock();
  expect(await Promise.all([reach(set, 1, 2, 7000), reach(set, 'admin', 2, 7000), reach(set, 3, 2, 7000)])).toEqual([
    'open',
    'open',
    'open',
  ]);
  expect(set.status().blocks).toEqual([]);
});

test('a power cut is silent, and what was on the disk is there afterwards', async () => {
  const set = await practice.up();
  await listenOn(set, 2, 7002);
  await text(set, 2, 'echo kept > /root/kept && sync /root/kept');
  // Reads from the connection for two seconds: a goodbye of server 2 would end it before.
  const talk = 'echo hello >&3; read -r line <&3; echo "$line"; touch /run/connected; timeout 2 cat <&3';
  const peer = set.run(1, `bash -c 'exec 3<>/dev/tcp/${serverAt(set.place, 2).address}/7002; ${talk}'`);
  await text(set, 1, "timeout 10 sh -c 'until [ -e /run/connected ]; do sleep 0.02; done'");
  await set.powerCut(2);
  expect(set.status().servers.map(({ power }) => power)).toEqual(['on', 'off', 'on']);
  expect(findServerProcesses(serverAt(set.place, 2))).toEqual({ keepers: [], spawners: [], init: undefined });
  expect(await peer).toMatchObject({ code: 124, stdout: 'hello\n' });
  expect(await reach(set, 1, 2, 22)).toMatch(/silence|prohibited/u);
  expect(readFileSync(join(set.rootFolder(2), 'root/kept'), 'utf8')).toBe('kept\n');

  await set.powerOn(2);
  expect(await text(set, 2, 'cat /root/kept')).toBe('kept');
  expect(await reach(set, 1, 2, 22)).toBe('open');
});

test('a server comes back from a reboot of its own with none of the rules that nobody kept', async () => {
  const set = await practice.up();
  await text(set, 3, 'nft add table inet forgotten');
  await set.awaitReboot(3, () => set.ssh(3, 'sudo systemctl reboot'));
  expect(await text(set, 3, 'nft list tables')).toBe('');
  expect(await set.ssh(3, 'sudo id -un')).toMatchObject({ code: 0, stdout: 'root\n' });
  await set.powerOff(3);
  expect(await reach(set, 1, 3, 22)).toMatch(/silence|prohibited/u);
  expect(await set.logs(3)).toContain('Reached target');
  expect(await set.up()).toBe('alreadyUp');
  expect(await reach(set, 1, 3, 22)).toBe('open');
});

test('the specification fits the schema and pins the host keys', async () => {
  const set = await practice.up();
  const spec = ClusterSpec.parse(parse(readFileSync(set.place.specFile, 'utf8')));
  expect(spec.servers.map(({ address }) => String(address))).toEqual(set.servers.map(({ address }) => address));
  expect(spec.servers.map(({ ssh }) => ssh.hostKey)).toEqual(serverNumbers.map((number) => set.fingerprintOf(number)));
});

test('the command line does it too', async () => {
  const set = await practice.up();
  const { prefix, subnet } = set.place;
  const practiceCommand = (...args: readonly string[]) =>
    runCommand(process.execPath, [cli, ...args, '--prefix', prefix, '--subnet', subnet]);
  await listenOn(set, 2, 7003);
  expect(await practiceCommand('block', '1', '2', '7003', 'reject')).toMatchObject({ code: 0 });
  expect(await reach(set, 1, 2, 7003)).toBe('refused');
  const status = await practiceCommand('status');
  expect(status.stdout).toContain(`Set "${prefix}" (${subnet}.0/24): up`);
  expect(status.stdout).toContain('blocked: 1 -> 2 port 7003 (reject)');
  expect(await practiceCommand('unblock')).toMatchObject({ code: 0 });
  expect(await practiceCommand('spec')).toMatchObject({ code: 0, stdout: readFileSync(set.place.specFile, 'utf8') });
  const login = await runCommand(process.execPath, [cli, 'ssh', '2', 'hostname; exit 7'], {
    env: { TRIAD_PRACTICE_PREFIX: prefix, TRIAD_PRACTICE_SUBNET: subnet },
  });
  expect(login).toMatchObject({ code: 7, stdout: `${prefix}-2\n` });
  expect(await practiceCommand('power-off', '3')).toMatchObject({ code: 0 });
  expect((await practiceCommand('logs', '3')).stdout).toContain(`[practice] ${prefix}-3 ended with code 0`);
  expect(await practiceCommand('up')).toMatchObject({ code: 0 });
  expect(await reach(set, 1, 3, 22)).toBe('open');
});

test('two sets live side by side, and a set that is down has left nothing', async () => {
  const other = await anotherSet();
  const set = await practice.up();
  expect(await other.up()).toBe('started');
  expect(await text(other, 1, 'hostname')).toBe(`${other.place.prefix}-1`);
  await other.block('any', 1, 22);
  expect(await reach(set, 'admin', 1, 22)).toBe('open');
  expect(await reach(other, 'admin', 1, 22)).toBe('silence');
  const kinds = new Set((await tracesOf(other.place)).map((trace) => trace.split(':')[0]));
  expect(kinds).toEqual(new Set(['process', 'link', 'route', 'mount', 'group', 'nspawn', 'file']));

  await other.down();
  expect(await tracesOf(other.place)).toEqual([]);
  expect(await onAll(set, 'systemctl is-system-running')).toEqual(['running', 'running', 'running']);
});

test('a subnet that is in use is refused, and nothing is left of the attempt', async () => {
  const { place } = await practice.up();
  const set = openPracticeSet({ prefix: `${place.prefix}y`, subnet: place.subnet });
  onTestFinished(() => set.down());
  await expect(set.up()).rejects.toThrow(`The subnet ${place.cidr} is already in use`);
  await set.down();
  // The routes are those of the set that was there first.
  expect((await tracesOf(set.place)).filter((trace) => !trace.startsWith('route:'))).toEqual([]);
  expect(await reach(set, 'admin', 1, 22)).toBe('open');
});

/** Starts `up` in a process of its own, kills that when `moment` has come, and finds traces of the set. */
async function killRunner(set: PracticeSet, moment: () => boolean): Promise<void> {
  const { prefix, subnet } = set.place;
  const runner = spawn(process.execPath, [cli, 'up', '--prefix', prefix, '--subnet', subnet], { stdio: 'ignore' });
  const ended = new Promise((resolve) => {
    runner.once('exit', resolve);
  });
  expect(await awaitCondition(60_000, () => moment() || undefined, 5)).toBe(true);
  runner.kill('SIGKILL');
  await ended;
  expect(await tracesOf(set.place)).not.toEqual([]);
}

test('after kill -9 of an up on its way, the next up starts from nothing', async () => {
  const set = await anotherSet();
  await killRunner(set, () => serverNumbers.some((number) => findServerProcesses(serverAt(set.place, number)).init !== undefined));
  expect(set.status().state).toBe('broken');
  expect(await set.up()).toBe('started');
  expect(await onAll(set, 'systemctl is-system-running')).toEqual(['running', 'running', 'running']);
});

test('after kill -9 of an up on its way, down leaves nothing', async () => {
  const set = await anotherSet();
  await killRunner(set, () => existsSync(set.place.stateFile));
  await set.down();
  expect(await tracesOf(set.place)).toEqual([]);
});

test('a server whose keepers were killed is taken down all the same', async () => {
  const set = await anotherSet();
  await set.up();
  const { keepers, spawners } = findServerProcesses(serverAt(set.place, 1));
  for (const pid of [...keepers, ...spawners]) process.kill(pid, 'SIGKILL');
  await set.down();
  expect(await tracesOf(set.place)).toEqual([]);
});

test('a folder that somebody holds open does not keep a set from going down', async () => {
  const set = await anotherSet();
  await set.up();
  const holder = spawn('sleep', ['60'], { cwd: join(set.rootFolder(1), 'root') });
  onTestFinished(() => {
    holder.kill();
  });
  await set.down();
  expect(await tracesOf(set.place)).toEqual([]);
});
