import { describe, expect, it } from 'vitest';
import { exampleView } from '../checks/testing/exampleView.ts';
import { examplePlan } from '../checks/testing/exampleFacts.ts';
import { planAdopted } from '../shared/domain/adoptedPlan.ts';
import { ClusterSpec } from '../shared/domain/spec.ts';
import { specInputOfSpec } from '../shared/domain/specInput.ts';
import type { PeerView } from '../shared/domain/view.ts';
import { say } from '../shared/messages/message.ts';
import { adoptionOf, type Adoption, type FoundNode } from './adoption.ts';
import { foundNodes as found } from './testing/foundNodes.ts';

const plan = examplePlan();
const wish = { name: 'theirs', passwordEnv: 'THEIR_PASSWORD', sshUser: 'ops' };

const isNode = (address: string, port: number) => (line: Pick<PeerView, 'address' | 'dataPort'>) =>
  line.address === address && line.dataPort === port;
const says = (adoption: Adoption): readonly string[] => (adoption.ok ? [] : adoption.deviations.map(say));

describe('a crossed cluster of somebody else', () => {
  const adoption = adoptionOf(found(), wish);
  const spec = ClusterSpec.parse(adoption.ok ? adoption.input : {});

  it('becomes a specification that means the same cluster, and is written and read as the same', () => {
    expect(spec.redis).toMatchObject({ nodeTimeoutMs: 4000, maxMemory: 4 * 1024 ** 3, persistence: 'rdb', passwordEnv: 'THEIR_PASSWORD' });
    expect(ClusterSpec.parse(specInputOfSpec(spec))).toEqual(spec);
    const adopted = planAdopted(spec, spec.adopted ?? { nodes: [] });
    const shape = (nodes: typeof plan.nodes): unknown =>
      nodes.map(({ id, role, shard, slots, replicaOf, busPort }) => ({ id, role, shard, slots, replicaOf, busPort }));
    expect(shape(adopted.nodes)).toEqual(shape(plan.nodes));
    expect(adopted.nodes[0]).toMatchObject({
      dataFolder: '/srv/7000',
      logFile: '/srv/7000/redis.log',
      configFile: '/etc/redis/redis.conf',
      unit: '',
    });
    expect([adopted.adopted, adopted.bundle.binaries]).toEqual([true, []]);
  });

  it('is refused in a specification that says of it what Triad does not know', () => {
    const nodes = spec.adopted?.nodes ?? [];
    const parse = (change: (node: (typeof nodes)[number]) => object): boolean =>
      ClusterSpec.safeParse({ ...specInputOfSpec(spec), adopted: { nodes: nodes.map((node) => ({ ...node, ...change(node) })) } }).success;
    expect(parse(() => ({}))).toBe(true);
    expect(parse(({ replicaOf, server }) => (replicaOf === undefined ? {} : { replicaOf: server }))).toBe(false);
    expect(parse(({ replicaOf }) => (replicaOf === undefined ? {} : { replicaOf: 'server-9' }))).toBe(false);
    expect(parse(({ port }) => ({ port: port + 1 }))).toBe(false);
    expect(parse(() => ({ dataFolder: "/srv/'; rm -rf /" }))).toBe(false);
    expect(parse(() => ({ unit: 'a; reboot.service' }))).toBe(false);
  });

  it('may be crossed the other way about', () => {
    const masters = plan.nodes.filter(({ role }) => role === 'master');
    const idOf = (server: string): string | null => exampleView().views.find(({ node }) => node === `${server}:7000`)?.redisId ?? null;
    const next = found((line) => {
      if (line.role === 'master') return {};
      const at = masters.findIndex(({ address }) => address === line.address);
      return { masterRedisId: idOf(masters[(at + 1) % 3]?.server ?? '') };
    });
    const other = adoptionOf(next, wish);
    const own = ClusterSpec.parse(other.ok ? other.input : {});
    expect(own.adopted?.nodes.filter(({ server, replicaOf }) => server === 'server-1' && replicaOf === 'server-2')).toHaveLength(1);
  });
});

const first = isNode('10.77.0.11', 7000);
const deviations: readonly (readonly [string, readonly FoundNode[], string])[] = [
  ['five nodes', found().slice(0, 5), '5 nodes, where six are known'],
  [
    'a node that sees another one failed',
    found().map((node, at) =>
      at > 0
        ? node
        : {
            ...node,
            view: { ...node.view, peers: node.view.peers.map((line) => (line.isMyself ? line : { ...line, health: 'fail' as const })) },
          },
    ),
    '10.77.0.11:7000 does not see the others',
  ],
  [
    'two masters on one server',
    found((line) => (isNode('10.77.0.12', 7001)(line) ? { role: 'master', masterRedisId: null } : {})),
    '10.77.0.12 has 2 masters',
  ],
  [
    'a replica beside its master',
    found((line) => (line.role === 'replica' ? { masterRedisId: `${line.address.slice(-1)}7000`.padEnd(40, 'a') } : {})),
    '10.77.0.11 has a replica beside its own master',
  ],
  [
    'two ranges of slots',
    found((line) =>
      first(line)
        ? {
            slots: [
              { first: 0, last: 1 },
              { first: 3, last: 5460 },
            ],
          }
        : {},
    ),
    '10.77.0.11:7000 serves 0-1, 3-5460',
  ],
  [
    'slots that nobody serves',
    found((line) => (first(line) ? { slots: [{ first: 0, last: 99 }] } : {})),
    '11023 of 16384 slots are served',
  ],
  [
    'other ports on one server',
    found(undefined, ({ address, port }) => (address === '10.77.0.13' ? { port: port + 500 } : {})),
    '10.77.0.13: 7500, 7501',
  ],
  ['another bus port', found((line) => (first(line) ? { busPort: 27_000 } : {})), '10.77.0.11:7000 has the bus port 27000'],
  [
    'two versions',
    found(undefined, (node) => (node.port === 7001 ? { view: { ...node.view, version: '7.2.4' } } : {})),
    'redis 7.0.15, redis 7.2.4',
  ],
  [
    'six servers',
    found(undefined, ({ address, port }) => (port === 7001 ? { address: `${address}9` } : {})),
    '6 servers, where three are known',
  ],
  [
    'a master without a replica',
    found((line) => (line.role === 'replica' && line.address === '10.77.0.12' ? { masterRedisId: null } : {})),
    '10.77.0.11:7000 has 0 replicas',
  ],
  [
    'three nodes on one server',
    found(undefined, ({ address, port }) => (address === '10.77.0.12' && port === 7001 ? { address: '10.77.0.11' } : {})),
    '10.77.0.11 has 3 nodes',
  ],
];

it.each(deviations)('%s is named, and no specification made', (_name, nodes, words) => {
  expect(says(adoptionOf(nodes, wish)).join('\n')).toContain(words);
});

describe('a crossed cluster of somebody else on Windows servers', () => {
  const on = (system: string, dir: string, logfile: string): readonly FoundNode[] =>
    found(
      () => ({}),
      (node) => ({ system, configFile: '', settings: new Map([...node.settings, ['dir', dir], ['logfile', logfile]]) }),
    );

  it.each([
    ['msys2', 'MSYS_NT-10.0-20348 3.5.4 x86_64', '/c/Redis/7000', 'redis.log', 'C:\\Redis\\7000', 'C:\\Redis\\7000\\redis.log'],
    ['Cygwin', 'CYGWIN_NT-10.0-20348 3.5.4 x86_64', '/cygdrive/d/R', '/cygdrive/d/log/a.log', 'D:\\R', 'D:\\log\\a.log'],
    ['Memurai', 'Windows  ', 'C:\\Program Files\\Memurai', 'C:/logs/m.log', 'C:\\Program Files\\Memurai', 'C:\\logs\\m.log'],
  ])('made with %s is described with the paths of Windows', (_, system, dir, logfile, dataFolder, logFile) => {
    const adoption = adoptionOf(on(system, dir, logfile), wish);
    const spec = ClusterSpec.parse(adoption.ok ? adoption.input : {});
    expect(spec.servers.map(({ platform }) => platform)).toEqual(['windows', 'windows', 'windows']);
    expect(ClusterSpec.parse(specInputOfSpec(spec))).toEqual(spec);
    const adopted = planAdopted(spec, spec.adopted ?? { nodes: [] });
    expect(adopted.nodes[0]).toMatchObject({ dataFolder, logFile });
    expect([adopted.folders.data, adopted.folders.roots.install, adopted.windows]).toEqual([dataFolder, 'C:\\Triad', undefined]);
  });

  it('that does not say what it runs on has them once the login has told', () => {
    const adoption = adoptionOf(on('', '/c/Redis/7000', 'redis.log'), wish);
    const spec = ClusterSpec.parse(adoption.ok ? adoption.input : {});
    expect(spec.servers.map(({ platform }) => platform)).toEqual([undefined, undefined, undefined]);
    expect(planAdopted(spec, spec.adopted ?? { nodes: [] }).nodes[0]?.dataFolder).toBe('/c/Redis/7000');
    const servers = spec.servers.map((server, index) => (index === 0 ? { ...server, platform: 'windows' as const } : server));
    const told = { ...spec, servers };
    const mixed = planAdopted(told, spec.adopted ?? { nodes: [] });
    expect(mixed.nodes.map(({ dataFolder }) => dataFolder)).toEqual([
      ...Array.from({ length: 2 }, () => 'C:\\Redis\\7000'),
      ...Array.from({ length: 4 }, () => '/c/Redis/7000'),
    ]);
    expect([mixed.folders.data, mixed.windows?.folders.data]).toEqual(['/c/Redis/7000', 'C:\\Redis\\7000']);
  });

  it('may name the services of Windows, and those of systemd with or without their ending', () => {
    const adoption = adoptionOf(found(), wish);
    const spec = ClusterSpec.parse(adoption.ok ? adoption.input : {});
    const nodes = (spec.adopted?.nodes ?? []).map((node) => ({ ...node, unit: 'redis-7000' }));
    const unitOn = (platform: 'linux' | 'windows'): string | undefined =>
      planAdopted({ ...spec, servers: spec.servers.map((server) => ({ ...server, platform })) }, { nodes }).nodes[0]?.unit;
    expect([unitOn('linux'), unitOn('windows')]).toEqual(['redis-7000.service', 'redis-7000']);
  });
});
