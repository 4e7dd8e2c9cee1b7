import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { ensureHelper } from '../../scripts/windows-service/helperBuild.ts';
import { askNode, CROSSED, replicas } from './askNode.ts';
import { expectTold } from './findings.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { triadForTest, type FinishedCommand } from './triadCommand.ts';
import { windowsSnapshots, withoutData } from './windowsSnapshots.ts';

const servers = practiceSetForTest();
const triad = triadForTest();
beforeAll(async () => void (await ensureHelper(() => undefined)));

const passwordFile = (home = triad.home): string => `${home}/clusters/${set.place.prefix}/redis-password`;
const password = (): string => readFileSync(passwordFile(), 'utf8').trim();

let set: PracticeSet;
let spec: string;
let bare: readonly string[];

async function run(...args: readonly string[]): Promise<FinishedCommand> {
  return triad.run([...args, '--spec', spec, '--yes', '--json']);
}

/** What each server's Microsoft Defender leaves alone; the program folder without the part of its name that differs from build to build. */
function exclusions(): readonly unknown[] {
  const told = (path: string): string =>
    path.replace(/(?<bin>\\bin\\).*$/u, '$<bin>BUILD').replace(`\\${set.place.prefix}\\`, '\\CLUSTER\\');
  return ([1, 2, 3] as const).map((server) => set.windows(server).defender?.exclusions.map(told) ?? null);
}
/** One has none yet, one has had a folder of ours excluded by somebody, and the third has no Defender. */
const THEIRS = ['D:\\theirs', String.raw`C:\Triad\nodes\CLUSTER\7001`];
const OURS = [String.raw`C:\Triad\nodes\CLUSTER\7000`, String.raw`C:\Triad\nodes\CLUSTER\7001`, String.raw`C:\Triad\bin\BUILD`] as const;
const EXCLUDED = [OURS, [...THEIRS, OURS[0], OURS[2]], null];

/** What a run says of the virus scanner of each server, in short. */
function scanners({ result }: FinishedCommand): readonly string[] {
  const words = [
    ['excluded', /^Its exclusions have them$/u],
    ['to be excluded', /; install excludes them$/u],
    ['drifted', /which are to be excluded/u],
    ['refused', /does not take the exclusion/u],
    ['none', /^It does not run/u],
  ] as const;
  const own = result.checks.filter(({ id }) => id === 'server.windowsDefender');
  return own.map(({ observed }) => words.find(([, pattern]) => pattern.test(observed))?.[0] ?? observed);
}

/** The nodes' processes, a line for each; equal as long as none was started again. */
async function nodeProcesses(): Promise<readonly string[]> {
  const found = ([1, 2, 3] as const).map(async (server) => (await set.run(server, 'pgrep -x redis-server | sort')).stdout.trim());
  return Promise.all(found);
}

/** What stands between Triad and a Windows server that cannot be seen from its words: tools that it called and nobody answered. */
function unanswered(): readonly string[] {
  return ([1, 2, 3] as const).flatMap((server) =>
    set
      .windows(server)
      .unanswered()
      // Defender: there is none here, and the look goes on without. And the first look at each server, which finds out that the helper is not there yet.
      .filter(({ tool, line }) => !(tool === 'powershell.exe' && line.includes('Get-MpPreference')))
      .filter(({ tool, line }) => !(tool === 'default shell' && /\.triad\\triad-service-[0-9a-f]{8}\.exe"? hash /u.test(line)))
      .map(({ tool, line }) => `${server} ${tool}: ${line}`),
  );
}

describe('from three bare Windows servers to a proven cluster and back', () => {
  test('check and plan change nothing, and speak of Windows', async () => {
    set = await servers.up({
      servers: { 1: { windows: {} }, 2: { windows: { shell: 'powershell' } }, 3: { windows: { openssh: '7.7' } } },
    });
    spec = triad.spec(set, (one) => (one.windows = { defenderExclusions: 'add' }));
    const theirs = THEIRS.map((path) => path.replace('CLUSTER', set.place.prefix));
    set.windows(1).defender = { isRunning: true, takesExclusions: true, exclusions: [] };
    set.windows(2).defender = { isRunning: true, takesExclusions: true, exclusions: theirs };
    bare = await windowsSnapshots(set);
    const check = await triad.run(['check', '--spec', spec, '--json']);
    expect(runVerdict(check)).toEqual(passedRun);
    expect(scanners(check)).toEqual(['to be excluded', 'to be excluded', 'none']);
    const plan = await triad.run(['plan', '--spec', spec]);
    expectTold(plan, 0, [
      String.raw`C:\Triad\nodes\ `.trim(),
      'netsh.exe advfirewall firewall add rule',
      'CLUSTER ADDSLOTSRANGE 0 5460',
      'service.ini',
      `Add-MpPreference -ExclusionPath 'C:\\Triad\\nodes\\${set.place.prefix}\\7000'`,
      'This was only the plan',
    ]);
    for (const word of ['systemctl', 'systemd', '/etc/', 'sysctl', 'ufw']) expect(plan.stdout).not.toContain(word);
    expect(await windowsSnapshots(set)).toEqual(bare);
    expect(exclusions()).toEqual([[], THEIRS, null]);
  });

  test('install forms the crossed cluster and proves it', async () => {
    const refused = await triad.run(['install', '--spec', spec, '--json']);
    expect([refused.code, refused.result.failure?.code]).toEqual([2, 'usage.confirmationNeeded']);
    const finished = await run('install');
    expect(runVerdict(finished)).toEqual(passedRun);
    expect(exclusions()).toEqual(EXCLUDED);
    expect(scanners(finished)).toEqual(['excluded', 'excluded', 'none']);
    expect(await replicas(set, password())).toEqual(CROSSED);
    expect((await nodeProcesses()).map((pids) => pids.split('\n').length)).toEqual([2, 2, 2]);
    expect(await askNode(set, 1, 7000, password(), 'set', 'kept', 'here')).toBe('OK');
    expect(unanswered()).toEqual([]);
  });

  test("the nodes' ports are their services', by the word of the servers", async () => {
    const finished = await triad.run(['validate', '--spec', spec, '--json']);
    const facts = finished.events.flatMap((event) => (event.type === 'factsGathered' ? [event.facts] : []));
    const held = facts.flatMap(({ server, listening, redisProcesses }) =>
      listening
        .filter(({ pid }) => redisProcesses.some((process) => process.pid === pid))
        .map(({ port, program, unit }) => `${server} ${port} ${program} ${unit}`),
    );
    const { prefix } = set.place;
    const expected = set.servers.flatMap(({ name }) =>
      [7000, 7001].flatMap((port) => [port, port + 10_000].map((one) => `${name} ${one} redis-server.exe triad-${prefix}-${port}`)),
    );
    // Redis listens on its own address and on loopback.
    expect([...new Set(held)].toSorted()).toEqual(expected.toSorted());
  });

  test('no secret is on a command line, in the journal or in the report', async () => {
    const lines = await set.run(1, 'cat /proc/[0-9]*/cmdline | tr "\\0" " "');
    expect(lines.stdout).toContain('redis-server');
    expect(lines.stdout).not.toContain(password());
    for (const server of [1, 2, 3] as const)
      expect(
        set
          .windows(server)
          .calls()
          .map(({ line }) => line)
          .join('\n'),
      ).not.toContain(password());
    const [file = ''] = (await set.run(1, 'find Triad -name auth.conf')).stdout.split('\n');
    const secret = readFileSync(`${set.windows(1).driveC}/${file}`);
    expect(secret.toString()).toContain(password());
    const hash = createHash('sha256').update(secret).digest('hex');
    expect(spawnSync('grep', ['-rlF', hash, triad.home], { encoding: 'utf8' })).toMatchObject({ status: 1, stdout: '' });
    expect(execFileSync('grep', ['-rlF', '-e', password(), triad.home], { encoding: 'utf8' }).trim()).toBe(passwordFile());
  });

  test('a second install changes nothing and says so', async () => {
    const [before, processes] = [withoutData(await windowsSnapshots(set)), await nodeProcesses()];
    const finished = await run('install');
    expect(runVerdict(finished)).toEqual(passedRun);
    const changed = finished.events.filter((event) => event.type === 'phaseFinished' && event.outcome === 'changed');
    expect(changed).toEqual([]);
    expect(finished.events.filter(({ type }) => type === 'changesApplied' || type === 'clusterCommand')).toEqual([]);
    expect(withoutData(await windowsSnapshots(set))).toEqual(before);
    expect(exclusions()).toEqual(EXCLUDED);
    expect(await nodeProcesses()).toEqual(processes);
    expectTold(await triad.run(['install', '--spec', spec, '--yes']), 0, ['nothing to do', 'nothing was changed']);
  });

  test('validate proves it without drift, also for an administrator who has no password yet', async () => {
    const before = withoutData(await windowsSnapshots(set));
    const elsewhere = { TRIAD_HOME: `${triad.home}-elsewhere` };
    for (const env of [{}, elsewhere]) {
      const finished = await triad.run(['validate', '--spec', spec, '--json'], { env });
      expect(runVerdict(finished)).toEqual(passedRun);
      const survives = finished.result.checks.filter(({ id }) => id === 'cluster.survivesLoss').map(({ verdict }) => verdict);
      expect(survives).toEqual(['pass', 'pass', 'pass']);
    }
    expect(existsSync(passwordFile(elsewhere.TRIAD_HOME))).toBe(false);
    const plan = await triad.run(['plan', '--spec', spec, '--json']);
    expect(plan.events.flatMap((event) => (event.type === 'changesPlanned' ? event.changes : []))).toEqual([]);
    expect(withoutData(await windowsSnapshots(set))).toEqual(before);
  });

  test('drift is told and put right: a changed file, a rule that has gone, a service that was stopped, an exclusion that was taken away', async () => {
    const before = withoutData(await windowsSnapshots(set));
    expect((await set.run(1, "sed -i 's/^loglevel .*/loglevel debug/' Triad/nodes/*/7000/redis.conf")).code).toBe(0);
    const [rule = ''] = set
      .windows(2)
      .calls()
      .flatMap(({ line }) => /add rule (?<name>name=\S*clients\S*)/u.exec(line)?.groups?.['name'] ?? []);
    expect((await set.run(2, `"$WINE" netsh.exe advfirewall firewall delete rule ${rule}`)).code).toBe(0);
    expect((await set.run(3, `"$WINE" sc.exe stop triad-${set.place.prefix}-7001`)).code).toBe(0);
    const [first = ''] = set.windows(1).defender?.exclusions ?? [];
    set.windows(1).defender = { isRunning: true, takesExclusions: true, exclusions: [first] };
    set.windows(3).defender = { isRunning: true, takesExclusions: false, exclusions: [] };
    const drifted = await triad.run(['validate', '--spec', spec, '--json']);
    expect(drifted.result.verdict).toBe('fail');
    expect(scanners(drifted)).toEqual(['drifted', 'excluded', 'drifted']);
    const repaired = await run('install');
    expect(runVerdict(repaired)).toEqual(passedRun);
    // That a policy decides otherwise stops nothing, and is told.
    expect(scanners(repaired)).toEqual(['excluded', 'excluded', 'refused']);
    expect(exclusions()).toEqual([OURS, EXCLUDED[1], []]);
    set.windows(3).defender = null;
    const after = withoutData(await windowsSnapshots(set));
    // The rule is a new one for Windows, which numbers them, and the file that somebody changed is kept.
    const known = (shot = ''): readonly string[] => shot.split('\n').map((line) => line.replace(/\{[-0-9A-F]+\}/u, '{ID}'));
    // The third server's record names what was about to be excluded there, and was refused.
    const RECORD = /^file C:\\Triad\\before\.json /u;
    const kept = (shots: readonly string[]): readonly (readonly string[])[] =>
      shots.map((shot, at) =>
        known(shot)
          .filter((line) => !line.includes('.triad-before') && !(at === 2 && RECORD.test(line)))
          .toSorted(),
      );
    expect(kept(after)).toEqual(kept(before));
    expect(after.join('\n').match(/\S+\.triad-before/gu)).toHaveLength(2);
  });
});

describe('servers come back by themselves', () => {
  test('after a reboot of all three', async () => {
    await set.reboot(1, 2, 3);
    await expect
      .poll(async () => (await triad.run(['validate', '--spec', spec, '--json'])).code, { timeout: 60_000, interval: 1000 })
      .toBe(0);
    expect(await askNode(set, 1, 7000, password(), 'get', 'kept')).toBe('here');
  });

  test('after a power cut of one: its replica takes over, its nodes come back as replicas, and restore-roles puts them right', async () => {
    await set.powerCut(2);
    await expect
      .poll(() => askNode(set, 3, 7001, password(), 'role').then((role) => role.split('\n')[0]), { timeout: 30_000, interval: 500 })
      .toBe('master');
    await set.powerOn(2);
    await expect
      .poll(() => replicas(set, password()), { timeout: 60_000, interval: 500 })
      .toEqual(['1:7001 of 3:7000', '2:7000 of 3:7001', '2:7001 of 1:7000']);
    await expect.poll(async () => (await run('restore-roles')).code, { timeout: 60_000, interval: 1000 }).toBe(0);
    expect(await replicas(set, password())).toEqual(CROSSED);
    expect(runVerdict(await triad.run(['validate', '--spec', spec, '--json']))).toEqual(passedRun);
  });
});

describe('remove', () => {
  test('takes away what was installed and keeps the data, which an install finds again', async () => {
    expect(runVerdict(await run('remove'))).toEqual(passedRun);
    const known = bare.map((shot) => new Set(shot.split('\n')));
    const left = (await windowsSnapshots(set)).flatMap((shot, at) => shot.split('\n').filter((line) => known[at]?.has(line) !== true));
    expect(
      left.filter(
        (line) =>
          !/^(?:folder|file) C:\\Triad(?: |\\before\.json|\\nodes )/u.test(line) &&
          !/^(?:folder|file) C:\\Triad\\nodes\\[^\\]+(?: |\\\d+(?: |\\(?:nodes\.conf|dump\.rdb|appendonlydir|(?:redis|service|startup)\.log)))/u.test(
            line,
          ),
      ),
    ).toEqual([]);
    expect(left.some((line) => line.includes('nodes.conf'))).toBe(true);
    expect(exclusions()).toEqual([[], THEIRS, null]);
    expect(await nodeProcesses()).toEqual(['', '', '']);
    expect(runVerdict(await run('install'))).toEqual(passedRun);
    expect(await askNode(set, 1, 7000, password(), 'get', 'kept')).toBe('here');
    expect(exclusions()).toEqual(EXCLUDED);
  });

  test('--delete-data: the servers are as they were', async () => {
    expect(runVerdict(await run('remove', '--delete-data'))).toEqual(passedRun);
    expect(await windowsSnapshots(set)).toEqual(bare);
    expect(exclusions()).toEqual([[], THEIRS, null]);
    expect(runVerdict(await run('remove', '--delete-data'))).toEqual(passedRun);
    expect(unanswered()).toEqual([]);
  });
});
