import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ServerFacts } from '../../../shared/domain/server.ts';
import type { ObserveRequest } from '../../host.ts';
import { parseObservation } from './parseObservation.ts';

const noRequest: ObserveRequest = {
  paths: [],
  contentOf: [],
  units: [],
  ports: [],
  disks: [],
  serviceUser: 'triad-redis',
  serviceFolders: [],
  logs: [],
  firewallTag: 'triad:sessions',
};
const hostKey = { type: 'ssh-ed25519', fingerprint: 'SHA256:x' };

function factsOf(recording: string, request: Partial<ObserveRequest>, sentAtMs = 0, firstOutputAtMs = 0): ServerFacts {
  const output = readFileSync(new URL(`../testing/${recording}.observation.txt`, import.meta.url), 'utf8');
  const facts = parseObservation({
    output,
    request: { ...noRequest, ...request },
    server: 'server-1',
    loginUser: 'admin',
    hostKey,
    privilege: 'sudo',
    sentAtMs,
    firstOutputAtMs,
  });
  // What the rest of the program relies on.
  expect(ServerFacts.parse(facts)).toEqual(facts);
  return facts;
}

test('Debian 12, as recorded on a practice server', () => {
  const facts = factsOf('debian12', {
    paths: [
      '/etc/hosts',
      '/opt/triad',
      '/var/lib/triad/7000',
      '/opt/triad/link',
      '/opt/triad/auth.conf',
      '/dev/null',
      '/nowhere',
      '/opt/triad/bin/redis-server',
    ],
    contentOf: ['/etc/hosts'],
    units: ['triad-sessions-7000.service', 'triad-none.timer', 'triad-x.service'],
    disks: ['/var/lib/triad/7000', '/srv/not/there', '/proc/sys/vm/overcommit_memory'],
    ports: [7000, 7001, 22],
    serviceFolders: ['/var/lib/triad/7000', '/var/lib/triad/7001', '/var/log/triad', '/srv/other'],
    logs: ['/var/log/triad/7000.log', '/var/log/triad/7001.log', '/var/log/triad/7002.log'],
  });
  expect(facts).toMatchObject({
    server: 'server-1',
    hostKey,
    privilege: 'sudo',
    loginUser: 'admin',
    machineId: '061c64d93edc4e48bc22f6f34348d930',
    hardwareId: null,
    hostName: 'server-1',
    os: { id: 'debian', versionId: '12', prettyName: 'Debian GNU/Linux 12 (bookworm)', architecture: 'x86_64' },
    systemdVersion: 252,
    cpuCount: 2,
    memoryBytes: 24_684_084 * 1024,
    swapBytes: 0,
    kernel: {
      overcommitMemory: 0,
      somaxconn: 65_535,
      transparentHugePages: 'madvise',
      localPortRange: [32_768, 60_999],
      reservedPorts: '',
      maxOpenFiles: 1_048_576,
    },
    selinux: 'absent',
    firewall: { kind: 'none', isActive: false, ownRules: [], persistedRules: [] },
    serviceUser: { exists: true, uid: 999 },
    clock: { isSynchronised: false },
  });
  expect(facts.listening).toEqual([
    { address: '10.0.0.11', port: 7000, pid: 1218, program: 'systemd-socket-', unit: 'triad-sessions-7000.service' },
    { address: '0.0.0.0', port: 22, pid: 1192, program: 'sshd', unit: 'ssh.service' },
    { address: '::', port: 7001, pid: 1218, program: 'systemd-socket-', unit: 'triad-sessions-7000.service' },
    { address: '::', port: 22, pid: 1192, program: 'sshd', unit: 'ssh.service' },
  ]);
  expect(facts.redisProcesses).toEqual([
    { pid: 1216, executable: '/opt/fake/redis-server', commandLine: '/opt/fake/redis-server 1000000', unit: 'redis-fake.service' },
  ]);
  expect(facts.paths.map(({ path, kind, mode, owner, group, sizeBytes }) => [path, kind, mode, owner, group, sizeBytes])).toEqual([
    ['/etc/hosts', 'file', 0o644, 'root', 'root', 35],
    ['/opt/triad', 'folder', 0o755, 'root', 'root', 4096],
    ['/var/lib/triad/7000', 'folder', 0o750, 'triad-redis', 'triad-redis', 4096],
    ['/opt/triad/link', 'other', 0, '', '', 0],
    ['/opt/triad/auth.conf', 'file', 0o640, 'root', 'triad-redis', 29],
    ['/dev/null', 'other', 0o666, 'root', 'root', 0],
    ['/nowhere', 'absent', 0, '', '', 0],
    ['/opt/triad/bin/redis-server', 'file', 0o755, 'root', 'root', 4_000_000],
  ]);
  expect(facts.paths.map(({ sha256, content }) => [sha256?.slice(0, 4) ?? null, content])).toEqual([
    ['0033', '127.0.0.1 localhost\n127.0.1.1 hsx1\n'],
    [null, null],
    [null, null],
    [null, null],
    ['6225', null],
    [null, null],
    [null, null],
    ['7c9b', null],
  ]);
  expect(
    facts.units.map(({ unit, load, active, sub, enabled, mainPid, restarts }) => [unit, load, active, sub, enabled, mainPid, restarts]),
  ).toEqual([
    ['triad-sessions-7000.service', 'loaded', 'active', 'running', 'transient', 1218, 0],
    ['triad-none.timer', 'not-found', 'inactive', 'dead', '', 0, null],
    ['triad-x.service', 'loaded', 'active', 'running', 'enabled', 394, 3],
  ]);
  expect(facts.serviceFolders.map(({ access }) => access)).toEqual(['writable', 'absent', 'denied', 'unknown']);
  expect(facts.logs.map(({ state, troubles, lines }) => [state, troubles, lines.at(-1)?.slice(31)])).toEqual([
    ['read', 1, '# Error writing to the AOF file: No space left on device'],
    ['absent', 0, undefined],
    ['unread', 0, undefined],
  ]);
  expect(facts.disks.map(({ path, mountPoint, fileSystem, options }) => [path, mountPoint, fileSystem, options[0]])).toEqual([
    ['/var/lib/triad/7000', '/', 'overlay', 'rw'],
    ['/srv/not/there', '/', 'overlay', 'rw'],
    ['/proc/sys/vm/overcommit_memory', '/proc/sys', 'proc', 'ro'],
  ]);
  expect(facts.disks[0]).toMatchObject({ sizeBytes: 270_553_174_016, freeBytes: 81_470_595_072 });
  expect(facts.programs).toMatchObject({ bash: '/usr/bin/bash', 'firewall-cmd': null, nft: '/usr/sbin/nft' });
});

test('Red Hat 9: control groups of version 2, SELinux, firewalld over D-Bus, lent addresses, deleted and containerised servers', () => {
  const facts = factsOf(
    'rhel9',
    {
      units: ['sshd.service', 'triad-sessions-firewall.service'],
      disks: ['/var/lib/triad', '/srv/redis data/7000/x'],
      ports: [7000, 7001],
    },
    1_700_000_000_100,
    1_700_000_000_110,
  );
  expect(facts).toMatchObject({
    at: '2023-11-14T22:13:20.110Z',
    hardwareId: '4c4c4544-0042-4410-8058-b8c04f4e3332',
    os: { id: 'rocky', versionId: '9.4', prettyName: 'Rocky Linux 9.4 ("Blue Onyx")', architecture: 'aarch64' },
    cpuCount: 8,
    memoryAvailableBytes: 7_000_000 * 1024,
    swapBytes: 2_097_148 * 1024,
    clock: { offsetMs: 145, uncertaintyMs: 5, isSynchronised: true },
    selinux: 'enforcing',
    serviceUser: { exists: false, uid: null },
    kernel: { localPortRange: [7000, 60_999], reservedPorts: '7000-7001,17000', transparentHugePages: 'never', overcommitMemory: 1 },
  });
  expect(facts.addresses).toEqual([
    { ip: '127.0.0.1', device: 'lo', isDynamic: false },
    { ip: '10.0.0.12', device: 'ens192', isDynamic: true },
    { ip: '2001:db8::12', device: 'bond0.7', isDynamic: false },
  ]);
  expect(facts.listening).toEqual([
    { address: '0.0.0.0', port: 7000, pid: 2001, program: 'redis-server', unit: 'redis@7000.service' },
    { address: '10.0.0.12', port: 7001, pid: 2003, program: 'nginx: worker', unit: null },
  ]);
  expect(facts.redisProcesses).toEqual([
    {
      pid: 2001,
      executable: '/usr/local/bin/redis-server',
      commandLine: '/usr/local/bin/redis-server /etc/redis.conf --requirepass *** --port 7000',
      unit: 'redis@7000.service',
    },
    { pid: 2002, executable: '/usr/bin/valkey-server', commandLine: 'valkey-server *:6379', unit: 'libpod-abc.scope' },
  ]);
  const rule =
    'rich:rule family="ipv4" source address="10.0.0.11/32" destination address="10.0.0.12/32" port port="7000-7001" protocol="tcp" accept';
  expect(facts.firewall).toMatchObject({
    kind: 'firewalld',
    isActive: true,
    ownRules: [rule, 'rich:rule service name="http" drop'],
    persistedRules: [rule],
  });
  expect(facts.units.map(({ load, needsReload }) => [load, needsReload])).toEqual([
    ['loaded', true],
    ['masked', false],
  ]);
  expect(facts.disks).toEqual([
    {
      path: '/var/lib/triad',
      mountPoint: '/',
      fileSystem: 'xfs',
      freeBytes: 49_000_000_000,
      sizeBytes: 50_000_000_000,
      options: ['rw', 'seclabel', 'relatime', 'attr2', 'inode64', 'logbufs=8', 'logbsize=32k', 'noquota'],
    },
    {
      path: '/srv/redis data/7000/x',
      mountPoint: '/srv/redis data',
      fileSystem: 'xfs',
      freeBytes: 0,
      sizeBytes: 90_000_000_000,
      options: ['rw', 'seclabel', 'nodev', 'relatime'],
    },
  ]);
});

test('SUSE 15: control groups of version 1, no ip tool, no systemd running, iptables', () => {
  const facts = factsOf('sles15', {
    units: ['triad-sessions-7000.service'],
    disks: ['/var/lib/triad'],
    paths: ['/etc/link'],
    ports: [7000],
  });
  expect(facts).toMatchObject({
    os: { id: 'sles', prettyName: 'SUSE Linux Enterprise Server 15 SP5' },
    hardwareId: null,
    systemdVersion: null,
    cpuCount: 1,
    selinux: 'absent',
    clock: { isSynchronised: null },
    serviceUser: { exists: true, uid: 490 },
    kernel: { overcommitMemory: null, somaxconn: null, transparentHugePages: null, localPortRange: null, maxOpenFiles: null },
    units: [{ unit: 'triad-sessions-7000.service', load: 'not-found', active: 'inactive', enabled: '' }],
    paths: [{ path: '/etc/link', kind: 'other' }],
    disks: [{ mountPoint: '/var', fileSystem: 'btrfs' }],
    firewall: {
      kind: 'iptables',
      isActive: true,
      ownRules: ['triad:sessions:peers-data'],
      persistedRules: ['triad:sessions:peers-bus'],
    },
  });
  expect(facts.addresses).toEqual([
    { ip: '10.0.0.13', device: 'eth1', isDynamic: false },
    { ip: '127.0.0.1', device: 'lo', isDynamic: false },
    { ip: '::1', device: 'lo', isDynamic: false },
    { ip: 'fe80::41e:7cff:fef6:7b25', device: 'eth1', isDynamic: false },
  ]);
  expect(facts.listening).toEqual([
    { address: '10.0.0.13', port: 7000, pid: 77, program: 'redis-server', unit: 'triad-sessions-7000.service' },
  ]);
});

test.each([
  ['another system', '\n\u001Efiles\n/proc/sys/kernel/ostype:FreeBSD\n'],
  ['no output at all', ''],
])('%s is not supported', (_, output) => {
  const observation = {
    output,
    request: noRequest,
    server: 's',
    loginUser: 'a',
    hostKey,
    privilege: 'root',
    sentAtMs: 0,
    firstOutputAtMs: 0,
  } as const;
  expect(() => parseObservation(observation)).toThrow('host.unsupported');
});
