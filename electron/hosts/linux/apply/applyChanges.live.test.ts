import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { practiceSetForTest } from '../../../../scripts/practice/testSet.ts';
import { awaitCondition } from '../../../../scripts/practice/awaitCondition.ts';
import type { Change } from '../../../shared/domain/change.ts';
import type { LinuxHost } from '../linuxHost.ts';
import { connectPractice } from '../testing/connectPractice.ts';
import { failureFrom } from '../testing/failureFrom.ts';
import { observeNothing, textFile } from '../testing/samples.ts';

const practice = practiceSetForTest();

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const binaryChange = (path: string, bytes: Uint8Array): Change => ({
  kind: 'binary',
  id: `binary:${path}`,
  path,
  mode: 0o755,
  sizeBytes: bytes.length,
  sha256: sha256(bytes),
});
const service = (unit: string, action: Extract<Change, { kind: 'service' }>['action']): Change => ({
  kind: 'service',
  id: `service:${unit}:${action}`,
  unit,
  action,
});
const unitText = (command: string, type = 'exec'): string =>
  `[Unit]\nDescription=Test\n[Service]\nType=${type}\nExecStart=${command}\n[Install]\nWantedBy=multi-user.target\n`;

const program = randomBytes(4_000_000);
const programPath = '/opt/triad/bin/redis-8.0.2/redis-server';
const everything: readonly Change[] = [
  { kind: 'user', id: 'user', user: 'triad-redis' },
  { kind: 'folder', id: 'f1', path: '/opt/triad', owner: 'root', group: 'root', mode: 0o755, exists: false },
  { kind: 'folder', id: 'f2', path: '/opt/triad/bin/redis-8.0.2', owner: 'root', group: 'root', mode: 0o755, exists: false },
  { kind: 'folder', id: 'f3', path: '/var/lib/triad/7000', owner: 'triad-redis', group: 'triad-redis', mode: 0o750, exists: false },
  binaryChange(programPath, program),
  textFile('/opt/triad/auth.conf', 'stand-in', { group: 'triad-redis', mode: 0o640, holdsSecret: true }),
  textFile('/etc/systemd/system/triad-test.service', unitText('/bin/sleep 1000000')),
  textFile('/etc/systemd/system/triad-once.service', unitText('/bin/true', 'oneshot')),
  { kind: 'kernel', id: 'k1', setting: 'net.core.somaxconn', path: '/proc/sys/net/core/somaxconn', before: '4096', after: '1234' },
  { kind: 'kernel', id: 'k2', setting: 'vm.overcommit_memory', path: '/proc/sys/vm/overcommit_memory', before: '0', after: '1' },
  {
    kind: 'firewall',
    id: 'firewall',
    tool: 'nftables',
    commands: ['nft add table inet triad_test', "nft 'add chain inet triad_test input { type filter hook input priority 0; }'"],
    undo: [],
    summary: { code: 'x', values: {} },
  },
  service('triad-test.service', 'enableAndStart'),
  service('triad-once.service', 'start'),
];
const PASSWORD = `requirepass it's "$HOME" \`#\\ ü\n`;
const payload = new Map<string, Uint8Array>([
  [`binary:${programPath}`, gzipSync(program)],
  ['file:/opt/triad/auth.conf', Buffer.from(PASSWORD)],
]);
const look = {
  ...observeNothing,
  paths: ['/opt/triad', '/var/lib/triad/7000', programPath, '/opt/triad/auth.conf', '/etc/systemd/system/triad-test.service'],
  units: ['triad-test.service', 'triad-once.service'],
};

async function findTemporary(host: LinuxHost): Promise<string> {
  return (await host.shell.run({ name: 'find', script: "find /opt /etc /var/lib /srv -name '*.triad-new'" })).stdout;
}

test('every kind of change, twice: the second time nothing is different', async () => {
  const set = await practice.up();
  const host = await connectPractice(set, 1);
  for (const round of [1, 2]) {
    const before = host.roundTrips.sessions;
    const outcomes = await host.apply(everything, payload);
    expect(host.roundTrips.sessions - before).toBe(1);
    expect([round, outcomes.filter(({ outcome }) => outcome === 'refused').map(({ id }) => id)]).toEqual([round, ['k2']]);
    expect(outcomes.find(({ id }) => id === 'k2')?.evidence).toContain('Read-only file system');
    const facts = await host.observe(look);
    expect(facts.paths.map(({ kind, mode, owner, group }) => [kind, mode.toString(8), owner, group])).toEqual([
      ['folder', '755', 'root', 'root'],
      ['folder', '750', 'triad-redis', 'triad-redis'],
      ['file', '755', 'root', 'root'],
      ['file', '640', 'root', 'triad-redis'],
      ['file', '644', 'root', 'root'],
    ]);
    expect(facts.paths[2]?.sha256).toBe(sha256(program));
    expect(facts.paths[3]?.sha256).toBe(sha256(Buffer.from(PASSWORD)));
    expect(facts.units.map(({ active, enabled, needsReload }) => [active, enabled, needsReload])).toEqual([
      ['active', 'enabled', false],
      ['inactive', 'disabled', false],
    ]);
    expect(facts.kernel.somaxconn).toBe(1234);
    expect(facts.serviceUser.exists).toBe(true);
  }
  expect(await findTemporary(host)).toBe('');
  const account = await set.run(1, 'getent passwd triad-redis; id -gn triad-redis; nft list table inet triad_test | grep -c hook');
  expect(account.stdout).toMatch(/^triad-redis:x:\d+:\d+::\/nonexistent:\/usr\/sbin\/nologin\ntriad-redis\n1\n$/u);

  // Its file, and that of a unit that nobody starts now, are read again when they have changed.
  const changed = [
    textFile('/etc/systemd/system/triad-test.service', unitText('/bin/sleep 2000000'), { action: 'replace' }),
    textFile('/etc/systemd/system/triad-once.service', unitText('/bin/false', 'oneshot'), { action: 'replace' }),
  ];
  await host.apply(changed, new Map());
  await host.apply([service('triad-test.service', 'restart')], new Map());
  expect((await set.run(1, 'systemctl show -p ExecStart triad-test triad-once; pgrep -f "^/bin/sleep 2000000"')).stdout).toMatch(
    /sleep 2000000[\s\S]*\/bin\/false[\s\S]*\n\d+\n$/u,
  );
  expect((await host.observe(look)).units.map(({ enabled, needsReload }) => [enabled, needsReload])).toEqual([
    ['enabled', false],
    ['disabled', false],
  ]);

  await host.apply([service('triad-once.service', 'enable')], new Map());
  expect((await host.observe(look)).units[1]).toMatchObject({ enabled: 'enabled', needsReload: false });

  const { mainPid } = (await host.observe(look)).units[0] ?? { mainPid: 0 };
  await host.apply([service('triad-test.service', 'restart')], new Map());
  expect((await host.observe(look)).units[0]?.mainPid).not.toBe(mainPid);
});

test('everything is taken away again, twice', async () => {
  const set = await practice.up();
  const host = await connectPractice(set, 2);
  await host.apply(everything, payload);
  const removal: readonly Change[] = [
    { kind: 'disableService', id: 'd1', unit: 'triad-test.service' },
    { kind: 'disableService', id: 'd2', unit: 'triad-once.service' },
    { kind: 'disableService', id: 'd3', unit: 'triad-never.timer' },
    { kind: 'removeFile', id: 'r1', path: '/etc/systemd/system/triad-test.service' },
    { kind: 'removeFile', id: 'r2', path: '/etc/systemd/system/triad-once.service' },
    { kind: 'removeFolder', id: 'r3', path: '/var/lib/triad', withContents: false },
    { kind: 'removeFolder', id: 'r4', path: '/opt/triad', withContents: true },
    { kind: 'removeUser', id: 'r5', user: 'triad-redis' },
  ];
  for (const round of [1, 2]) {
    const outcomes = await host.apply(removal, new Map());
    expect([round, outcomes.every(({ outcome }) => outcome === 'done')]).toEqual([round, true]);
    const facts = await host.observe({ ...look, paths: [...look.paths, '/var/lib/triad/7000'] });
    expect(facts.paths.filter(({ kind }) => kind !== 'absent').map(({ path }) => path)).toEqual(['/var/lib/triad/7000']);
    expect(facts.units.map(({ load, active }) => [load, active])).toEqual([
      ['not-found', 'inactive'],
      ['not-found', 'inactive'],
    ]);
    expect(facts.serviceUser.exists).toBe(false);
  }
  expect(
    (await set.run(2, 'getent group triad-redis; systemctl list-units --all | grep triad; ls /etc/systemd/system/*.wants')).stdout,
  ).not.toContain('triad');
});

test('an account whose group is there already, and one that is there already', async () => {
  const set = await practice.up();
  const host = await connectPractice(set, 3);
  await set.run(3, 'groupadd --system triad-redis');
  await host.apply([{ kind: 'user', id: 'u', user: 'triad-redis' }], new Map());
  const first = await set.run(3, 'id triad-redis');
  expect(first.stdout).toMatch(/groups=\d+\(triad-redis\)\n/u);
  await host.apply([{ kind: 'user', id: 'u', user: 'triad-redis' }], new Map());
  expect((await set.run(3, 'id triad-redis')).stdout).toBe(first.stdout);
});

test.each([
  ['ends at once', '/bin/false', /failed/u],
  ['has no program', '/nowhere/redis-server', /failed/u],
  ['ends again and again', '/bin/sh -c "echo my last words; exit 7"\nRestart=always\nRestartSec=1', /auto-restart|failed/u],
])('a service that %s is told with its state and its last words', async (_, command, state) => {
  const set = await practice.up();
  const host = await connectPractice(set, 1);
  const changes = [textFile('/etc/systemd/system/triad-bad.service', unitText(command)), service('triad-bad.service', 'enableAndStart')];
  // `exec` is reached before the program has ended: what it does in its first moments is seen by whoever waits for its answer.
  const failure = await awaitCondition(10_000, async () => {
    const outcome = await host.apply(changes, new Map()).catch((error: unknown) => error);
    return outcome instanceof Error ? failureFrom(Promise.reject(outcome)) : undefined;
  });
  expect(failure).toMatchObject({ code: 'host.serviceFailed', values: { unit: 'triad-bad.service', server: host.server } });
  expect(String(failure?.values['state'])).toMatch(state);
  expect(failure?.evidence).not.toBe('');
});

test('a full disk is told as such, leaves nothing behind, and can be gone on from', async () => {
  const set = await practice.up({ dataDisk: { path: '/srv/small', sizeBytes: 3_000_000 } });
  const host = await connectPractice(set, 1);
  const path = '/srv/small/redis-server';
  const tooBig = new Map([[`binary:${path}`, gzipSync(program)]]);
  const binary = await failureFrom(host.apply([binaryChange(path, program)], tooBig));
  expect(binary).toMatchObject({ code: 'host.diskFull', values: { path, server: host.server } });
  const text = textFile('/srv/small/big.conf', 'x'.repeat(4_000_000));
  expect(await failureFrom(host.apply([text], new Map()))).toMatchObject({
    code: 'host.diskFull',
    values: { path: '/srv/small/big.conf' },
  });
  expect((await set.run(1, 'ls -A /srv/small')).stdout).toBe('');
  const small = program.subarray(0, 1_000_000);
  await host.apply([binaryChange(path, small)], new Map([[`binary:${path}`, gzipSync(small)]]));
  expect((await set.run(1, 'ls -A /srv/small')).stdout).toBe('redis-server\n');
});

test('a damaged upload is told with its file and changes nothing', async () => {
  const set = await practice.up();
  const host = await connectPractice(set, 1);
  const path = '/opt/damaged/redis-server';
  await host.apply(
    [{ kind: 'folder', id: 'f', path: '/opt/damaged', owner: 'root', group: 'root', mode: 0o755, exists: false }],
    new Map(),
  );
  const whole = gzipSync(program);
  for (const bytes of [whole.subarray(0, 2_000_000), gzipSync(program.subarray(1)), Buffer.from('no gzip at all')])
    expect(await failureFrom(host.apply([binaryChange(path, program)], new Map([[`binary:${path}`, bytes]])))).toMatchObject({
      code: 'host.uploadCut',
      values: { file: path },
      retryable: true,
    });
  expect((await set.run(1, 'ls -A /opt/damaged')).stdout).toBe('');
});

test('a connection that is cut in the middle leaves nothing half done, and a new one finishes', async () => {
  const set = await practice.up();
  const host = await connectPractice(set, 2);
  const path = '/opt/cut/redis-server';
  const folder: Change = { kind: 'folder', id: 'f', path: '/opt/cut', owner: 'root', group: 'root', mode: 0o755, exists: false };
  // The pipe holds the batch until the connection is gone.
  const hold: Change = {
    kind: 'firewall',
    id: 'hold',
    tool: 'nftables',
    commands: ['touch /run/holding', 'while [ -e /run/holding ]; do sleep 0.05; done'],
    undo: [],
    summary: { code: 'x', values: {} },
  };
  const bytes = new Map([[`binary:${path}`, gzipSync(program)]]);
  const work = failureFrom(host.apply([folder, hold, binaryChange(path, program)], bytes));
  await awaitCondition(10_000, async () => ((await set.run(2, 'test -e /run/holding')).code === 0 ? true : undefined));
  await set.run(2, "pkill -KILL -f '^sshd: admin'; rm /run/holding");
  expect(await work).toMatchObject({ code: 'ssh.connectionLost', retryable: true });
  expect(await host.lost).toMatchObject({ failure: { code: 'ssh.connectionLost' } });
  const settled = await awaitCondition(10_000, async () => ((await set.run(2, "pgrep -f '[t]riad-new'")).code === 0 ? undefined : true));
  expect([settled, (await set.run(2, 'ls -A /opt/cut')).stdout]).toEqual([true, '']);

  const again = await connectPractice(set, 2);
  await again.apply([folder, binaryChange(path, program)], bytes);
  expect((await set.run(2, `sha256sum < ${path}`)).stdout).toContain(sha256(program));
});

test('an abort leaves no process and no half file', async () => {
  const set = await practice.up({ servers: { 1: { login: 'sudoPassword' } } });
  const host = await connectPractice(set, 1);
  const abort = new AbortController();
  const hold: Change = {
    kind: 'firewall',
    id: 'hold',
    tool: 'nftables',
    commands: ['touch /run/holding; sleep 98765 & wait'],
    undo: [],
    summary: { code: 'x', values: {} },
  };
  const work = failureFrom(
    host.apply([textFile('/opt/first', 'x'), hold, textFile('/opt/second', 'y')], new Map(), { signal: abort.signal }),
  );
  await awaitCondition(10_000, async () => ((await set.run(1, 'test -e /run/holding')).code === 0 ? true : undefined));
  abort.abort();
  expect(await work).toMatchObject({ code: 'run.aborted' });
  const gone = await awaitCondition(5000, async () =>
    (await set.run(1, "pgrep -f '^sleep 98765|^/bin/sh -c LC_ALL'")).code === 1 ? true : undefined,
  );
  expect([gone, (await set.run(1, 'ls -A /opt')).stdout]).toEqual([true, 'first\n']);
});
