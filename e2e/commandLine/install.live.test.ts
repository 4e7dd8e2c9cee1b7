import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { serverSnapshots } from './serverSnapshots.ts';
import { triadForTest, type FinishedCommand } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();

/** Asks a node with the generated password. */
async function redis(set: PracticeSet, server: 1 | 2 | 3, port: number, command: string): Promise<string> {
  const password = readFileSync(`${triad.home}/clusters/${set.place.prefix}/redis-password`, 'utf8').trim();
  const { stdout, stderr, code } = await set.run(
    server,
    `REDISCLI_AUTH=$(cat) $(ls /opt/triad/bin/*/redis-cli) -c -h ${set.servers[server - 1]?.address ?? ''} -p ${port} ${command}`,
    { input: password },
  );
  expect(`${code} ${stderr}`).toBe('0 ');
  return stdout.trim();
}

function outcomes(finished: FinishedCommand): Record<string, readonly string[]> {
  const byPhase: Record<string, string[]> = {};
  for (const event of finished.events) if (event.type === 'phaseFinished') (byPhase[event.phase] ??= []).push(event.outcome);
  return byPhase;
}

/** What is told of folders, restarts and logs beside a pass. A slow disk is no false alarm: these servers share one. */
function alarms({ result }: FinishedCommand): readonly string[] {
  return result.checks
    .filter(({ id, verdict }) => ['server.serviceUserWrites', 'node.uptime', 'node.logErrors'].includes(id) && verdict !== 'pass')
    .filter(({ observed }) => !observed.includes('fsync is taking too long'))
    .map(({ id, subject, verdict, observed }) => `${id} ${subject} ${verdict}: ${observed}`);
}

describe('from three bare servers to a proven cluster and back', () => {
  let set: PracticeSet;
  let spec: string;
  let bare: readonly string[];
  let firstPids: string;

  // Data files and logs went on; everything else is as it was.
  const still = (shots: readonly string[]): readonly string[] =>
    shots.map((shot) =>
      shot
        .split('\n')
        .filter((line) => !/ \/var\/(lib|log)\/triad\//u.test(line))
        .join('\n'),
    );

  const pids = async (): Promise<string> =>
    (await Promise.all(([1, 2, 3] as const).map(async (n) => (await set.run(n, 'pgrep -x redis-server | sort')).stdout))).join();

  test('check: all ways are open, and nothing is left behind', async () => {
    set = await servers.up();
    spec = triad.spec(set);
    const wrong = triad.spec(set, (edited) => (edited.redis['passwordEnv'] = 'OTHER_PASSWORD'));
    renameSync(wrong, spec.replace('.yaml', '-wrong.yaml'));
    bare = await serverSnapshots(set);
    const finished = await triad.run(['check', '--spec', spec, '--json']);
    expect(runVerdict(finished)).toEqual(passedRun);
    const ways = finished.result.checks.filter((check) => check.id.startsWith('pair.') && check.verdict === 'pass');
    expect(ways.filter((check) => !check.id.startsWith('pair.admin')).length).toBe(24);
    expect(await serverSnapshots(set)).toEqual(bare);
  });

  test('plan: shows every file with its content, and changes nothing', async () => {
    const finished = await triad.run(['plan', '--spec', spec]);
    expect(finished.code).toBe(0);
    for (const part of [
      '/etc/systemd/system/triad-',
      '/etc/sysctl.d/90-triad-',
      'cluster-enabled yes',
      'CLUSTER ADDSLOTSRANGE 0 5460',
      'CLUSTER REPLICATE',
      'auth.conf',
      'This was only the plan',
    ])
      expect(finished.stdout).toContain(part);
    expect(finished.stdout).not.toMatch(/requirepass "[^"]+"/u);
    expect(await serverSnapshots(set)).toEqual(bare);
  });

  test('install: refuses without a confirmation where nobody can be asked', async () => {
    const finished = await triad.run(['install', '--spec', spec, '--json']);
    expect(finished.code).toBe(2);
    expect(finished.result.failure?.code).toBe('usage.confirmationNeeded');
    expect(await serverSnapshots(set)).toEqual(bare);
  });

  test('install: forms the crossed cluster and proves it', async () => {
    const finished = await triad.run(['install', '--spec', spec, '--yes', '--json']);
    expect(runVerdict(finished)).toEqual(passedRun);
    expect(finished.result.verdict).toBe('pass');
    expect(alarms(finished)).toEqual([]);
    const nodes = await redis(set, 1, 7000, 'cluster nodes');
    const lines = nodes.split('\n').map((line) => line.split(' '));
    const ids = new Map(lines.map((line) => [line[0], (line[1] ?? '').split('@')[0]]));
    const [a, b, c] = set.servers.map((server) => server.address);
    const replicas = lines
      .filter((line) => line[2]?.includes('slave'))
      .map((line) => `${(line[1] ?? '').split('@')[0]} of ${ids.get(line[3])}`);
    expect(replicas.toSorted()).toEqual([`${a}:7001 of ${c}:7000`, `${b}:7001 of ${a}:7000`, `${c}:7001 of ${b}:7000`]);
    expect(lines.filter((line) => line[2]?.includes('master')).map((line) => line.slice(8).join())).toEqual(
      expect.arrayContaining(['0-5460', '5461-10922', '10923-16383']),
    );
    firstPids = await pids();
    expect(firstPids.split('\n').length).toBeGreaterThan(6);
  });

  test('no secret is on a command line, in the journal or in the report', async () => {
    const password = readFileSync(`${triad.home}/clusters/${set.place.prefix}/redis-password`, 'utf8').trim();
    expect(password.length).toBeGreaterThan(20);
    const { stdout } = await set.run(1, 'cat /proc/[0-9]*/cmdline | tr "\\0" " "; journalctl --no-pager');
    expect(stdout).toContain('redis-server');
    expect(stdout).not.toContain(password);
    const { stdout: kept } = await set.run(1, 'cat /opt/triad/*/auth.conf');
    expect(kept).toContain(password);
    // Nor its file's hash, from which a weak one could be guessed.
    const hash = (await set.run(1, 'sha256sum /opt/triad/*/auth.conf | cut -c1-64')).stdout.trim();
    expect(hash).toMatch(/^[0-9a-f]{64}$/u);
    expect(spawnSync('grep', ['-rlF', hash, triad.home], { encoding: 'utf8' })).toMatchObject({ status: 1, stdout: '' });
    const grep = (): string => execFileSync('grep', ['-rlF', '-e', password, triad.home], { encoding: 'utf8' }).trim();
    expect(grep()).toBe(`${triad.home}/clusters/${set.place.prefix}/redis-password`);
  });

  test('a second install changes nothing and says so', async () => {
    const before = await serverSnapshots(set);
    const finished = await triad.run(['install', '--spec', spec, '--yes', '--json']);
    expect(runVerdict(finished)).toEqual(passedRun);
    const done = outcomes(finished);
    expect(Object.entries(done).filter(([, ends]) => ends.includes('changed'))).toEqual([]);
    for (const phase of ['stageBinaries', 'stageClient']) expect(done[phase]).toEqual(['alreadyDone', 'alreadyDone', 'alreadyDone']);
    expect(finished.events.filter((event) => event.type === 'changesApplied' || event.type === 'clusterCommand')).toEqual([]);
    expect(await serverSnapshots(set)).toEqual(before);
    expect(await pids()).toBe(firstPids);
    const shown = await triad.run(['install', '--spec', spec, '--yes']);
    expect(shown.stdout).toContain('nothing to do');
  });

  test('validate: everything is proved, read-only', async () => {
    const before = await serverSnapshots(set);
    const finished = await triad.run(['validate', '--spec', spec, '--json']);
    expect(runVerdict(finished)).toEqual(passedRun);
    expect(finished.result.checks.filter((check) => check.id === 'cluster.survivesLoss').map((check) => check.verdict)).toEqual([
      'pass',
      'pass',
      'pass',
    ]);
    expect(await serverSnapshots(set)).toEqual(before);
  });

  test('an admin on another machine is told no lie: the password is found on the servers, and never replaced', async () => {
    const before = await serverSnapshots(set);
    const elsewhere = { TRIAD_HOME: `${triad.home}-elsewhere` };
    const kept = `${elsewhere.TRIAD_HOME}/clusters/${set.place.prefix}/redis-password`;
    expect(runVerdict(await triad.run(['validate', '--spec', spec, '--json'], { env: elsewhere }))).toEqual(passedRun);
    expect(existsSync(kept)).toBe(false);
    await set.run(2, `systemctl stop 'triad-*-700?.service'`);
    const wrong = await triad.run(['install', '--spec', spec.replace('.yaml', '-wrong.yaml'), '--yes', '--json'], {
      env: { ...elsewhere, OTHER_PASSWORD: 'another one altogether' },
    });
    expect(wrong.result.failure?.code).toBe('redis.passwordDiffers');
    expect(runVerdict(await triad.run(['install', '--spec', spec, '--yes', '--json'], { env: elsewhere }))).toEqual(passedRun);
    expect(readFileSync(kept, 'utf8')).toBe(readFileSync(`${triad.home}/clusters/${set.place.prefix}/redis-password`, 'utf8'));
    expect(still(await serverSnapshots(set))).toEqual(still(before));
  });

  test('failover-test: loses a server, measures, restores, leaves nothing behind', async () => {
    await redis(set, 1, 7000, 'set kept here');
    const before = await serverSnapshots(set);
    const victim = set.servers[1]?.name ?? '';
    const command = ['failover-test', '--server', victim, '--spec', spec, '--yes', '--json'];
    const refused = await triad.run(command);
    expect([refused.code, refused.result.failure?.code]).toEqual([1, 'failover.holdsKeys']);
    expect(still(await serverSnapshots(set))).toEqual(still(before));
    const finished = await triad.run([...command, '--confirm-cluster', set.place.prefix]);
    expect(runVerdict(finished)).toEqual(passedRun);
    expect(alarms(finished)).toEqual([]);
    // What draws a picture while it goes on is for a window, not for a script.
    expect(finished.events.filter(({ type }) => type === 'trialProgress' || type === 'trialRoles')).toEqual([]);
    const [trial] = finished.result.failover.trials;
    expect(trial).toMatchObject({ server: victim, scenario: 'serverLost', lostWrites: expect.any(Number) as unknown });
    expect(trial?.verdict).toMatch(/^(pass|warn)$/u);
    // The order of the moments, not their length: that depends on the machine.
    expect(trial?.detectedMs).toBeGreaterThan(4000);
    expect(trial?.promotedMs).toBeGreaterThan(trial?.detectedMs ?? Infinity);
    expect(trial?.outageMs).toBeGreaterThan(trial?.detectedMs ?? Infinity);
    expect(trial?.restoredMs).toBeGreaterThan(trial?.outageMs ?? Infinity);
    expect(trial?.acknowledgedWrites).toBeGreaterThan(2000);
    expect(trial?.refusedWrites).toBeGreaterThan(0);
    expect(await redis(set, 1, 7000, 'get kept')).toBe('here');
    const keys = await Promise.all(([1, 2, 3] as const).map(async (n) => redis(set, n, 7000, 'dbsize')));
    expect(keys.reduce((sum, count) => sum + Number(count), 0)).toBe(1);
    expect(still(await serverSnapshots(set))).toEqual(still(before));
  });

  test('restore-roles: two masters on one server are told, and put right', async () => {
    expect(await redis(set, 2, 7001, 'cluster failover')).toBe('OK');
    await expect.poll(async () => redis(set, 2, 7001, 'role | head -n 1'), { timeout: 10_000 }).toBe('master');
    const told = await triad.run(['validate', '--spec', spec, '--json']);
    expect(told.code).toBe(1);
    expect(told.result.checks.filter((check) => check.id === 'cluster.survivesLoss').map((check) => check.verdict)).toContain(
      'passWithoutTolerance',
    );
    expect(runVerdict(await triad.run(['restore-roles', '--spec', spec, '--yes', '--json']))).toEqual(passedRun);
    expect(runVerdict(await triad.run(['validate', '--spec', spec, '--json']))).toEqual(passedRun);
  });

  test('validate: tells what a log says, and folders that the nodes cannot write to any more', async () => {
    const [address] = set.servers.map((server) => server.address);
    // One line: Redis hangs up after it.
    const sent = await set.run(1, `bash -c 'exec 3<>/dev/tcp/${address}/7000; printf "POST / HTTP/1.1\\r\\n" >&3; timeout 5 cat <&3'`);
    expect(sent.code).toBe(0);
    await set.run(2, 'chmod 700 /var/log/triad');
    const told = await triad.run(['validate', '--spec', spec, '--json']);
    await set.run(2, 'chmod 755 /var/log/triad');
    const [one, two] = set.servers.map((server) => server.name);
    expect(alarms(told)).toEqual([
      `server.serviceUserWrites ${two} fail: triad-redis may not write to /var/log/triad/${set.place.prefix}`,
      expect.stringMatching(`^node\\.logErrors ${one}:7000 warn: One line does: .* # Possible SECURITY ATTACK detected`),
    ]);
  });

  test('after a reboot of every server the cluster comes back by itself', async () => {
    await set.reboot(1, 2, 3);
    await expect
      .poll(async () => (await triad.run(['validate', '--spec', spec, '--json'])).code, { timeout: 60_000, interval: 1000 })
      .toBe(0);
    expect(alarms(await triad.run(['validate', '--spec', spec, '--json']))).toEqual([]);
    expect(await redis(set, 1, 7000, 'get kept')).toBe('here');
  });

  test('remove: takes away what was installed and keeps the data, which an install finds again', async () => {
    expect(runVerdict(await triad.run(['remove', '--spec', spec, '--yes', '--json']))).toEqual(passedRun);
    const left = (await serverSnapshots(set)).flatMap((shot, index) => {
      const known = new Set(bare[index]?.split('\n'));
      return shot.split('\n').filter((line) => !known.has(line));
    });
    expect(left.filter((line) => !/^(folder|file|[0-9a-f]{64} ) \/var\/lib\/triad|triad-redis/u.test(line))).toEqual([]);
    expect(left.some((line) => line.includes('nodes.conf'))).toBe(true);
    expect(runVerdict(await triad.run(['install', '--spec', spec, '--yes', '--json']))).toEqual(passedRun);
    expect(await redis(set, 1, 7000, 'get kept')).toBe('here');
  });

  test('remove --delete-data: the servers are as they were', async () => {
    expect(runVerdict(await triad.run(['remove', '--delete-data', '--spec', spec, '--yes', '--json']))).toEqual(passedRun);
    expect(await serverSnapshots(set)).toEqual(bare);
    expect(runVerdict(await triad.run(['remove', '--delete-data', '--spec', spec, '--yes', '--json']))).toEqual(passedRun);
  });
});
