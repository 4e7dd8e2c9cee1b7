import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { brake, PREPARE_BRAKES } from './brakes.ts';
import { expectTold, toldCodes } from './findings.ts';
import { leftovers } from './leftovers.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { serverSnapshots } from './serverSnapshots.ts';
import { triadForTest } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();

/** Everything that a shell, YAML, JSON, a Redis configuration or a careless quote would trip over. */
const PASSWORD = `it's "quoted" $HOME \`id\` #1 \\n \\x41 50% äß€ ;&|`;
const env = { REDIS_PASSWORD: PASSWORD };

/** sudo gives every command a terminal of its own, as RHEL's default and many hardening guides want. */
const USE_PTY = "echo 'Defaults use_pty' > /etc/sudoers.d/06-use-pty\n";
const ONE_SESSION = "echo 'MaxSessions 1' > /etc/ssh/sshd_config.d/04-one-session.conf; systemctl reload ssh\n";

let set: PracticeSet;
let spec: string;
let bare: readonly string[];

const install = (): readonly string[] => ['install', '--spec', spec, '--yes', '--json'];
const nameOf = (index: 0 | 1 | 2): string => set.place.servers[index].name;

test('where sshd forwards nothing: told before anything is changed', async () => {
  set = await servers.up({
    servers: {
      1: { login: 'sudoPassword', quirks: ['chattyShell', 'germanLocale', 'umask077', 'noexecTmp'], prepare: PREPARE_BRAKES + USE_PTY },
      2: {
        quirks: ['fishShell', 'noSftp'],
        dataDisk: { path: '/opt/triad', sizeBytes: 128 * 1024 ** 2 },
        prepare: PREPARE_BRAKES + ONE_SESSION,
      },
      3: {
        login: 'sudoPassword',
        quirks: ['cshShell', 'brazilianLocale', 'umask077', 'noTcpForwarding'],
        prepare: PREPARE_BRAKES + USE_PTY,
      },
    },
  });
  spec = triad.spec(set, ({ redis }) => (redis['passwordEnv'] = 'REDIS_PASSWORD'));
  // fish makes its folders at the first login.
  await set.ssh(2, 'true');
  bare = await serverSnapshots(set);
  const finished = await triad.run(['install', '--spec', spec, '--yes'], { env });
  expectTold(finished, 1, [
    `${nameOf(2)} sshd does not forward to ${set.place.servers[2].address}:7000: open failed`,
    'Allow it for this user with `AllowTcpForwarding local`',
  ]);
  expect(toldCodes(finished)).toEqual(['check.failed']);
  expect(await serverSnapshots(set)).toEqual(bare);
  await set.run(3, 'rm /etc/ssh/sshd_config.d/05-quirk-AllowTcpForwarding.conf; systemctl reload ssh');
  bare = await serverSnapshots(set);
});

/** Fills the small disk of server 2, up to what is to stay free. */
async function fill(freeBytes: number): Promise<void> {
  const script = `rm -f /opt/triad/filler; free=$(df --output=avail -B1 /opt/triad | tail -n 1); fallocate -l $((free - ${freeBytes})) /opt/triad/filler`;
  expect(await set.run(2, script)).toMatchObject({ code: 0 });
}

test('a disk with too little room: told by the check, before anything is changed', async () => {
  await fill(10 * 1024 ** 2);
  const finished = await triad.run(['install', '--spec', spec, '--yes'], { env });
  expectTold(finished, 1, [`${nameOf(1)} 10 MB free on /opt/triad (tmpfs)`, 'Free space on /opt/triad until 7']);
  expect(toldCodes(finished)).toEqual(['check.failed']);
  await set.run(2, 'rm /opt/triad/filler');
  expect(await serverSnapshots(set)).toEqual(bare);
});

test('a disk that fills up while the programs are sent: told with the path, and nothing of them stays', async () => {
  const held = brake(set, 2, 'gzip', '-dc');
  onTestFinished(() => held.release());
  const running = triad.start(['install', '--spec', spec, '--yes'], { env });
  await held.reached(running);
  await fill(64 * 1024);
  held.release();
  const finished = await running.finished;
  expectTold(finished, 1, [
    `The disk of ${nameOf(1)} is full: /opt/triad/bin/redis-`,
    'could not be written',
    'Free space on that file system, then run the same command again.',
  ]);
  expect(toldCodes(finished)).toEqual(['host.diskFull']);
  expect((await set.run(2, 'find /opt/triad -type f')).stdout).toBe('/opt/triad/filler\n');
  await set.run(2, 'rm /opt/triad/filler');
});

test('where sudo gives a terminal, Ctrl-C ends what runs on the server too', async () => {
  const held = brake(set, 1, 'sync', 'auth.conf');
  onTestFinished(() => held.release());
  const running = triad.start(install(), { env });
  await held.reached(running);
  running.kill('SIGINT');
  const { code, result } = await running.finished;
  expect([code, result.failure?.code]).toEqual([130, 'run.aborted']);
  await expect.poll(async () => leftovers(set), { timeout: 10_000 }).toEqual([]);
});

/** Notes every command line on a server until `stop`. */
function watchCommandLines(): { readonly stop: () => Promise<string> } {
  const seen = set.run(
    1,
    `while [ ! -e /run/watched ]; do cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '; echo; sleep 0.05; done | sort -u; rm /run/watched`,
    { timeoutMs: 110_000 },
  );
  return {
    stop: async () => {
      await set.run(1, 'touch /run/watched');
      return (await seen).stdout;
    },
  };
}

test('shells that print, fish and csh, other languages, umask 077, noexec /tmp, one session, an odd password: everything works', async () => {
  const watch = watchCommandLines();
  const finished = await triad.run(install(), { env });
  const commandLines = await watch.stop();
  expect(runVerdict(finished)).toEqual(passedRun);

  // What the umask or the language could have changed is the same everywhere.
  const installed = (await serverSnapshots(set)).map((shot, index) =>
    shot
      .split('\n')
      .filter((line) => /^(file|folder|link) \/(opt|var\/lib|var\/log|etc\/(systemd|sysctl\.d|tmpfiles\.d))\/.*triad/u.test(line))
      .filter((line) => !line.includes('appendonly') && !line.includes('dump.rdb') && !bare[index]?.includes(line)),
  );
  expect(installed[0]?.length).toBeGreaterThan(20);
  expect(installed[0]).toEqual(installed[2]);
  // A snapshot does not look into other file systems, such as the small disk.
  expect(installed[1]).toEqual(installed[2]?.filter((line) => !line.includes(' /opt/triad')));

  // The password stands where it must, as Redis reads it, and nowhere else.
  const told = JSON.stringify(PASSWORD).slice(1, -1);
  expect(commandLines).toContain('redis-server');
  const { stdout: elsewhere } = await set.run(
    1,
    'journalctl --no-pager; cat /opt/triad/*/*.json /opt/triad/*/*.txt /opt/triad/*/7*.conf /var/log/triad/*/*; cat /proc/[0-9]*/environ | tr "\\0" "\\n"',
  );
  for (const text of [commandLines, elsewhere, finished.stdout, finished.stderr])
    for (const secret of [PASSWORD, told, 'quoted', '1 \\n']) expect(text.includes(secret)).toBe(false);
  const grep = spawnSync('grep', ['-rF', '-e', PASSWORD, '-e', told, '-e', '"quoted"', triad.home], { encoding: 'utf8' });
  expect(grep.stdout).toBe('');
  expect((await set.run(1, 'stat -c "%a %U %G" /opt/triad/*/auth.conf; grep -lrI quoted /opt /etc /var/lib /var/log')).stdout).toBe(
    `640 root triad-redis\n/opt/triad/${set.place.prefix}/auth.conf\n`,
  );
});

test('the password from a file is the same one; the cluster is valid and survives the loss of a server', async () => {
  const passwordFile = join(triad.home, '..', 'redis-password');
  writeFileSync(passwordFile, `${PASSWORD}\n`, { mode: 0o600 });
  spec = triad.spec(set, ({ redis }) => (redis['passwordFile'] = passwordFile));
  expect(runVerdict(await triad.run(['validate', '--spec', spec, '--json']))).toEqual(passedRun);
  const again = await triad.run(install());
  expect(runVerdict(again)).toEqual(passedRun);
  expect(again.events.filter((event) => event.type === 'changesApplied')).toEqual([]);
  const tested = await triad.run(['failover-test', '--server', nameOf(1), '--spec', spec, '--yes', '--json']);
  expect(runVerdict(tested)).toEqual(passedRun);
  expect(readFileSync(passwordFile, 'utf8')).toBe(`${PASSWORD}\n`);
  await expect.poll(async () => leftovers(set), { timeout: 10_000 }).toEqual([]);
});

test('remove: the servers are as they were', async () => {
  expect(runVerdict(await triad.run(['remove', '--delete-data', '--spec', spec, '--yes', '--json']))).toEqual(passedRun);
  expect(await serverSnapshots(set)).toEqual(bare);
});
