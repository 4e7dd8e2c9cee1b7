import { firewallRulesFor } from '../../artifacts/firewall/firewallRules.ts';
import { FRONT_ENDS } from '../../artifacts/firewall/frontEndCommands.ts';
import { sampleWindowsFacts } from '../../artifacts/testing/sampleWindows.ts';
import type { PortMatrix } from '../../shared/domain/matrix.ts';
import type { ServerFacts } from '../../shared/domain/server.ts';
import type { CheckContext } from '../checkContext.ts';
import { exampleContext, exampleFacts, examplePlan, socket } from './exampleFacts.ts';
import type { ServerRow } from './serverRow.ts';

const example = exampleFacts('server-1');
function kernel(differences: Partial<ServerFacts['kernel']>): Partial<ServerFacts> {
  return { kernel: { ...example.kernel, ...differences } };
}

const managed = examplePlan({ firewall: { manage: true, clients: ['10.77.0.0/24'] } });
const managedContext = (stage: 'beforeInstall' | 'installed'): CheckContext => exampleContext({ plan: managed }, stage);
const managedRules = firewallRulesFor(managed, 'server-1').flatMap((rule) => FRONT_ENDS.ufw.identities(rule));

function firewall(differences: Partial<ServerFacts['firewall']>): Partial<ServerFacts> {
  return { firewall: { kind: 'ufw', isActive: true, ownRules: [], persistedRules: [], evidence: 'Status: active', ...differences } };
}

/** A firewall of Windows that a group policy lets no local rule into, in one profile that filters. */
const underPolicy: Partial<ServerFacts> = {
  ...firewall({ kind: 'windows' }),
  windows: {
    ...sampleWindowsFacts,
    firewallProfiles: [
      { profile: 'domain', isEnabled: true, takesLocalRules: false },
      { profile: 'private', isEnabled: true, takesLocalRules: true },
      { profile: 'public', isEnabled: false, takesLocalRules: false },
    ],
  },
};

/** A matrix in which everything into server-1 is open. */
const openTo1: PortMatrix = {
  measuredOn: 'listeners',
  ports: [],
  servers: [],
  cells: ['server-2', 'server-3'].flatMap((from) =>
    [7000, 7001, 17_000, 17_001].map((port) => ({ from, to: 'server-1', port, reach: 'open' as const, durationMs: 1, evidence: '' })),
  ),
};

/** Rows about addresses, ports, firewalls and other Redis servers. */
export const NETWORK_ROWS: readonly ServerRow[] = [
  {
    check: 'firewall',
    name: 'install adds what is missing now or after a reboot',
    facts: firewall({ ownRules: managedRules.slice(1), persistedRules: managedRules.slice(0, -1) }),
    context: managedContext('beforeInstall'),
    verdict: 'pass',
    says: 'willBeAdded',
    naming: ['from 10.77.0.12/32', 'from 10.77.0.0/24'],
  },
  {
    check: 'reservedPorts',
    name: 'the first of the range',
    facts: kernel({ localPortRange: [7001, 16_999] }),
    verdict: 'warn',
    says: 'inside remedy',
    naming: ['ip_local_reserved_ports=7001`'],
  },
  {
    check: 'reservedPorts',
    name: 'the last of the range, others reserved',
    facts: kernel({ localPortRange: [6000, 17_000], reservedPorts: '7000-7001' }),
    verdict: 'warn',
    says: 'inside remedy',
    naming: ['ip_local_reserved_ports=7000-7001,17000`'],
  },
  {
    check: 'foreignRedis',
    name: 'elsewhere, while something else holds our port',
    facts: {
      listening: [socket(7000, { pid: 7, program: 'nginx' }), socket(6379, { pid: 9 })],
      redisProcesses: [{ pid: 9, executable: '/usr/bin/redis-server', commandLine: 'redis-server', unit: null }],
    },
    verdict: 'warn',
    says: 'elsewhere elsewhere.remedy',
  },
  ...[
    { name: 'one way not open', broken: { reach: 'filtered' as const } },
    { name: 'one way of another server', broken: { from: 'server-1' } },
    { name: 'one way to another server', broken: { to: 'server-2' } },
    { name: 'one way to another port', broken: { port: 6379 } },
  ].map(({ name, broken }): ServerRow => ({
    check: 'firewall',
    name: `active, and all proved open but ${name}`,
    facts: firewall({}),
    context: exampleContext({
      matrix: { ...openTo1, cells: openTo1.cells.map((cell, index) => (index === 3 ? { ...cell, ...broken } : cell)) },
    }),
    verdict: 'warn',
    says: 'active remedy',
  })),
  { check: 'address', name: 'there', verdict: 'pass', says: 'observed', naming: ['10.77.0.11 on eth0'] },
  {
    check: 'address',
    name: 'another one',
    facts: { addresses: [{ ip: '192.0.2.9', device: 'eth0', isDynamic: false }] },
    verdict: 'fail',
    says: 'absent remedy',
    naming: ['192.0.2.9', '10.77.0.11', 'NAT'],
  },
  { check: 'address', name: 'none read', facts: { addresses: [] }, verdict: 'unknown', says: 'unknown unread' },

  { check: 'staticAddress', name: 'static', verdict: 'pass', says: 'observed' },
  {
    check: 'staticAddress',
    name: 'DHCP',
    facts: { addresses: [{ ip: '10.77.0.11', device: 'ens3', isDynamic: true }] },
    verdict: 'warn',
    says: 'dynamic remedy',
    naming: ['ens3', '10.77.0.11'],
  },
  {
    check: 'staticAddress',
    name: 'not on this server',
    facts: { addresses: [{ ip: '192.0.2.9', device: 'eth0', isDynamic: false }] },
    verdict: 'skipped',
    says: 'absent',
  },
  { check: 'staticAddress', name: 'none read', facts: { addresses: [] }, verdict: 'unknown', says: 'address.unknown unread' },

  { check: 'ports', name: 'free', verdict: 'pass', says: 'free' },
  {
    check: 'ports',
    name: 'ours',
    facts: { listening: [socket(7000, { unit: 'triad-sessions-7000.service' }), socket(17000, { unit: 'triad-sessions-7000.service' })] },
    verdict: 'pass',
    says: 'ours',
    naming: ['7000, 17000'],
  },
  {
    check: 'ports',
    name: 'taken',
    facts: { listening: [socket(7001, { program: 'nginx', pid: 812, unit: 'nginx.service' })] },
    verdict: 'fail',
    says: 'taken remedy',
    naming: ['7001 nginx (pid 812, nginx.service)'],
  },
  {
    check: 'ports',
    name: 'taken by nobody known',
    facts: { listening: [socket(17001)] },
    verdict: 'fail',
    says: 'taken remedy',
    naming: ['17001 ?'],
  },
  {
    check: 'ports',
    name: 'taken by another cluster of Triad',
    facts: { listening: [socket(7000, { program: 'redis-server', unit: 'triad-other-7000.service' })] },
    verdict: 'fail',
    says: 'taken remedy',
    naming: ['triad-other-7000.service'],
  },

  { check: 'reservedPorts', name: 'outside', verdict: 'pass', says: 'observed', naming: ['32768-60999'] },
  {
    check: 'reservedPorts',
    name: 'inside',
    facts: kernel({ localPortRange: [10_000, 60_999], reservedPorts: '9100' }),
    verdict: 'warn',
    says: 'inside remedy',
    naming: ['ip_local_reserved_ports=9100,17000,17001'],
  },
  {
    check: 'reservedPorts',
    name: 'inside and reserved',
    facts: kernel({ localPortRange: [1024, 65_535], reservedPorts: '7000-7001,17000-17001' }),
    verdict: 'pass',
    says: 'observed',
  },
  { check: 'reservedPorts', name: 'not known', facts: kernel({ localPortRange: null }), verdict: 'unknown', says: 'unknown unread' },

  { check: 'firewall', name: 'none', verdict: 'pass', says: 'none' },
  { check: 'firewall', name: 'not active', facts: firewall({ isActive: false }), verdict: 'pass', says: 'inactive', naming: ['ufw'] },
  {
    check: 'firewall',
    name: 'active and not ours to change',
    facts: firewall({}),
    verdict: 'warn',
    says: 'active remedy',
    naming: ['ufw prepend allow proto tcp from 10.77.0.12 to 10.77.0.11 port 7000,7001,17000,17001'],
  },
  {
    check: 'firewall',
    name: 'active, not ours to change, but proved open',
    facts: firewall({}),
    context: exampleContext({ matrix: openTo1 }),
    verdict: 'pass',
    says: 'provedOpen',
  },
  {
    check: 'firewall',
    name: 'a group policy has local rules ignored',
    facts: underPolicy,
    context: managedContext('beforeInstall'),
    verdict: 'warn',
    says: 'policy policy.remedy',
    naming: ['(domain)', '7000,7001,17000,17001'],
  },
  {
    check: 'firewall',
    name: 'a group policy has local rules ignored, but has rules of its own',
    facts: underPolicy,
    context: exampleContext({ plan: managed, matrix: openTo1 }),
    verdict: 'pass',
    says: 'provedOpen',
  },
  {
    check: 'firewall',
    name: 'a group policy would have local rules ignored, but nothing filters',
    facts: { ...underPolicy, ...firewall({ kind: 'windows', isActive: false }) },
    context: managedContext('beforeInstall'),
    verdict: 'pass',
    says: 'inactive',
  },
  {
    check: 'firewall',
    name: 'install adds rules',
    facts: firewall({}),
    context: managedContext('beforeInstall'),
    verdict: 'pass',
    says: 'willBeAdded',
    naming: ['from 10.77.0.12/32 to 10.77.0.11 on ports 7000, 7001, 17000, 17001', 'from 10.77.0.0/24'],
  },
  {
    check: 'firewall',
    name: 'all rules in force',
    facts: firewall({ ownRules: managedRules, persistedRules: managedRules }),
    context: managedContext('installed'),
    verdict: 'pass',
    says: 'asPlanned',
    naming: ['3'],
  },
  {
    check: 'firewall',
    name: 'rules lost',
    facts: firewall({ ownRules: managedRules.slice(1), persistedRules: managedRules }),
    context: managedContext('installed'),
    verdict: 'fail',
    says: 'missing missing.remedy',
    naming: ['10.77.0.12/32'],
  },
  {
    check: 'firewall',
    name: 'rules not kept',
    facts: firewall({ ownRules: managedRules, persistedRules: [] }),
    context: managedContext('installed'),
    verdict: 'warn',
    says: 'notKept missing.remedy',
  },

  {
    check: 'firewall',
    name: 'nobody knows the planned rules',
    facts: firewall({}),
    context: { ...managedContext('installed'), blueprints: new Map() },
    verdict: 'unknown',
    says: 'rulesUnknown unread',
  },

  { check: 'foreignRedis', name: 'none', verdict: 'pass', says: 'none' },
  {
    check: 'foreignRedis',
    name: 'ours',
    facts: {
      redisProcesses: [
        {
          pid: 9,
          executable: '/opt/triad/bin/redis-server',
          commandLine: 'redis-server 10.77.0.11:7000 [cluster]',
          unit: 'triad-sessions-7000.service',
        },
      ],
    },
    verdict: 'pass',
    says: 'none',
  },
  {
    check: 'foreignRedis',
    name: 'on our port by its title',
    facts: {
      redisProcesses: [
        { pid: 9, executable: '/usr/bin/redis-server', commandLine: '/usr/bin/redis-server 0.0.0.0:7000', unit: 'redis.service' },
      ],
    },
    verdict: 'fail',
    says: 'onOurPorts onOurPorts.remedy',
    naming: ['/usr/bin/redis-server (pid 9, redis.service)'],
  },
  {
    check: 'foreignRedis',
    name: 'on our bus port by its socket',
    facts: {
      listening: [socket(17_001, { pid: 9 })],
      redisProcesses: [{ pid: 9, executable: '/usr/bin/valkey-server', commandLine: 'valkey-server', unit: null }],
    },
    verdict: 'fail',
    says: 'onOurPorts onOurPorts.remedy',
    naming: ['(pid 9)'],
  },
  {
    check: 'foreignRedis',
    name: 'elsewhere',
    facts: {
      redisProcesses: [
        { pid: 9, executable: '/usr/bin/redis-server', commandLine: '/usr/bin/redis-server 127.0.0.1:6379', unit: 'redis.service' },
      ],
    },
    verdict: 'warn',
    says: 'elsewhere elsewhere.remedy',
  },
];
