import type { Change } from '../../shared/domain/change.ts';
import type { CheckResult } from '../../shared/domain/check.ts';
import type { PortMatrix, Reach } from '../../shared/domain/matrix.ts';
import { clusterPorts, SERVICE_USER, type ClusterPlan } from '../../shared/domain/plan.ts';
import { formatBytes } from '../../shared/domain/reportFormat.ts';
import type { RunRecord } from '../../shared/domain/run.ts';
import type { ServerFacts } from '../../shared/domain/server.ts';
import { ADMIN_MACHINE, nodeSubject, serverSubject, type Subject } from '../../shared/domain/subject.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import type { Message } from '../../shared/domain/message.ts';
import { message } from '../../shared/messages/message.ts';

/** Any words as a message: the samples do not depend on the texts of other rooms. */
export function said(words: string): Message {
  return message('check.server.architecture.observed', { architecture: words });
}

/** Every way between the servers and from this machine to the data ports. */
export function sampleMatrix(plan: ClusterPlan, reachOf: (from: string, to: string, port: number) => Reach = () => 'open'): PortMatrix {
  const ports = clusterPorts(plan);
  const servers = plan.servers.map(({ name }) => name);
  const cell = (from: string, to: string, port: number, reach: Reach) => ({
    from,
    to,
    port,
    reach,
    durationMs: reach === 'filtered' ? 2000 : 1.4,
    evidence: reach === 'open' ? 'nonce answered' : 'no answer within 2000 ms',
  });
  return {
    measuredOn: 'listeners',
    ports: [...ports],
    servers,
    cells: [
      ...servers.flatMap((from) =>
        servers.filter((to) => to !== from).flatMap((to) => ports.map((port) => cell(from, to, port, reachOf(from, to, port)))),
      ),
      ...servers.flatMap((to) => ports.slice(0, 2).map((port) => cell(ADMIN_MACHINE, to, port, reachOf(ADMIN_MACHINE, to, port)))),
    ],
  };
}

/** Checks on everything, with one warning on the second server. */
export function sampleChecks(plan: ClusterPlan): CheckResult[] {
  const check = (
    id: string,
    subject: Subject,
    verdict: Verdict,
    expected: CheckResult['expected'],
    observed: CheckResult['observed'],
    more: Partial<CheckResult> = {},
  ): CheckResult => ({
    id,
    subject,
    verdict,
    expected,
    observed,
    evidence: '',
    remedy: null,
    ...more,
  });
  const facts = plan.servers.map(({ name }) => sampleFacts(plan, name));
  return [
    ...facts.flatMap((one, index) => [
      check(
        'server.privilege',
        serverSubject(one.server),
        'pass',
        said('Commands can run as root'),
        said(`${one.loginUser} becomes root with sudo, without a password`),
        {
          evidence: 'uid=0(root) gid=0(root) groups=0(root)',
        },
      ),
      check(
        'server.operatingSystem',
        serverSubject(one.server),
        'pass',
        said('Debian, Ubuntu, RHEL, Rocky, Alma or SUSE Linux Enterprise'),
        said(`${one.os.prettyName}, kernel ${one.os.kernel}`),
      ),
      check(
        'server.ownMachine',
        serverSubject(one.server),
        'pass',
        said('Each server is another machine'),
        said(`${one.hostName}, machine-id ${one.machineId}`),
      ),
      check(
        'server.transparentHugePages',
        serverSubject(one.server),
        index === 1 ? 'warn' : 'pass',
        said('transparent_hugepage is never'),
        index === 1
          ? said('transparent_hugepage is always, and the kernel does not let it be never here')
          : said('transparent_hugepage is never'),
        index === 1
          ? {
              remedy: said(
                'This is a container or a restricted machine. Set transparent_hugepage to never on the machine that carries it.',
              ),
              evidence: '/sys/kernel/mm/transparent_hugepage/enabled: [always] madvise never',
            }
          : { evidence: '/sys/kernel/mm/transparent_hugepage/enabled: always madvise [never]' },
      ),
      check('server.selinux', serverSubject(one.server), 'skipped', said('labels fit'), said('absent')),
    ]),
    ...plan.nodes.map((node) =>
      check(
        'node.memory',
        nodeSubject(node.server, node.dataPort),
        'pass',
        said(`at most ${formatBytes(plan.settings.maxMemoryBytes)}`),
        said('9 MiB used'),
      ),
    ),
    ...plan.servers.flatMap(({ name: from }) =>
      plan.nodes
        .filter((node) => node.server !== from)
        .map((node) =>
          check(
            'pair.dataPort',
            { kind: 'pair', from, to: node.server, port: node.dataPort },
            'pass',
            said(`${from} reaches the ${node.role} of ${node.server} at ${node.address}:${node.dataPort}`),
            said('Open (1 ms)'),
          ),
        ),
    ),
    check('cluster.slots', { kind: 'cluster' }, 'pass', said('every slot once'), said('16,384 slots on three masters')),
  ];
}

/** What an installation changes on one server, one of each kind. */
export function sampleChanges(plan: ClusterPlan, server: string): Change[] {
  const purpose = message('report.change.firewall', { tool: 'nftables' });
  const nodes = plan.nodes.filter((node) => node.server === server);
  return [
    { kind: 'user', id: `user:${SERVICE_USER}`, user: SERVICE_USER },
    {
      kind: 'folder',
      id: `folder:${plan.folders.data}`,
      path: plan.folders.data,
      owner: SERVICE_USER,
      group: SERVICE_USER,
      mode: 0o750,
      exists: false,
    },
    ...plan.bundle.binaries.map((one): Change => ({
      kind: 'binary',
      id: `binary:${one.path}`,
      path: one.path,
      mode: one.mode,
      sha256: one.sha256,
      sizeBytes: one.sizeBytes,
    })),
    ...nodes.map((node): Change => ({
      kind: 'file',
      id: `file:${node.configFile}`,
      path: node.configFile,
      owner: 'root',
      group: SERVICE_USER,
      mode: 0o640,
      content: `port ${node.dataPort}\nbind ${node.address}\ncluster-enabled yes\ncluster-node-timeout ${plan.settings.nodeTimeoutMs}\n`,
      holdsSecret: false,
      action: 'create',
      diff: null,
      purpose,
    })),
    {
      kind: 'file',
      id: 'file:/etc/sysctl.d/90-triad-sessions.conf',
      path: '/etc/sysctl.d/90-triad-sessions.conf',
      owner: 'root',
      group: 'root',
      mode: 0o644,
      content: 'vm.overcommit_memory = 1\nnet.core.somaxconn = 65535\n',
      holdsSecret: false,
      action: 'replace',
      diff: '--- before\n+++ after\n@@ -1,2 +1,2 @@\n-vm.overcommit_memory = 0\n+vm.overcommit_memory = 1\n net.core.somaxconn = 65535\n',
      purpose,
    },
    {
      kind: 'kernel',
      id: 'kernel:vm.overcommit_memory',
      setting: 'vm.overcommit_memory',
      path: '/proc/sys/vm/overcommit_memory',
      before: '0',
      after: '1',
    },
    {
      kind: 'kernel',
      id: 'kernel:transparent_hugepage',
      setting: 'transparent_hugepage',
      path: '/sys/kernel/mm/transparent_hugepage/enabled',
      before: 'always',
      after: 'never',
    },
    {
      kind: 'firewall',
      id: 'firewall:peers',
      tool: 'nftables',
      commands: ['nft add rule inet filter input ip saddr { 10.77.0.11, 10.77.0.12 } tcp dport { 7000, 7001, 17000, 17001 } accept'],
      undo: ['nft delete rule inet filter input handle 12'],
      summary: said('Allow TCP from 10.77.0.12/32 to 10.77.0.11 on ports 7000, 7001, 17000, 17001'),
    },
    ...nodes.map((node): Change => ({ kind: 'service', id: `service:${node.unit}`, unit: node.unit, action: 'enableAndStart' })),
  ];
}

/** The phases of an installation that went well. */
export function samplePhases(plan: ClusterPlan): RunRecord['phases'] {
  const names = ['connect', 'gatherFacts', 'layOutServer'] as const;
  return [
    ...names.flatMap((phase, at) =>
      plan.servers.map(({ name }, index) => ({
        phase,
        server: name,
        startedMs: at * 420,
        durationMs: 310 + index * 24,
        outcome: phase === 'layOutServer' ? ('changed' as const) : ('observed' as const),
        failure: null,
      })),
    ),
    { phase: 'formCluster', server: null, startedMs: 1400, durationMs: 1714, outcome: 'changed', failure: null },
    { phase: 'verifyCluster', server: null, startedMs: 3114, durationMs: 62, outcome: 'observed', failure: null },
  ];
}

/** What was found on one server. */
export function sampleFacts(plan: ClusterPlan, server: string): ServerFacts {
  const index = plan.servers.findIndex((one) => one.name === server);
  return {
    server,
    at: '2026-03-14T22:05:00.600Z',
    hostKey: { type: 'ssh-ed25519', fingerprint: `SHA256:${'k'.repeat(42)}${index}` },
    privilege: index === 0 ? 'sudo' : 'sudoWithPassword',
    loginUser: 'admin',
    machineId: `${index + 1}`.repeat(32),
    hardwareId: null,
    bootId: `boot-${index}`,
    hostName: server.split('.').at(0) ?? server,
    os: { id: 'debian', versionId: '12', prettyName: 'Debian GNU/Linux 12 (bookworm)', kernel: '6.1.0-30-amd64', architecture: 'x86_64' },
    systemdVersion: 252,
    cpuCount: 4,
    memoryBytes: 8 * 1024 ** 3,
    memoryAvailableBytes: 7 * 1024 ** 3,
    swapBytes: 0,
    clock: { offsetMs: 3 * index - 2, uncertaintyMs: 4, isSynchronised: true },
    addresses: [],
    listening: [],
    kernel: {
      overcommitMemory: 0,
      somaxconn: 4096,
      transparentHugePages: 'always',
      localPortRange: null,
      reservedPorts: '',
      maxOpenFiles: null,
    },
    selinux: 'absent',
    firewall: { kind: 'nftables', isActive: true, ownRules: [], persistedRules: [], evidence: '' },
    disks: [],
    paths: [],
    units: [],
    serviceUser: { exists: false, uid: null },
    serviceFolders: [],
    logs: [],
    redisProcesses: [],
    programs: {},
  };
}
