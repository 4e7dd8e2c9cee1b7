import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ClusterSpec } from './spec.ts';
import {
  ClusterPlan,
  clusterPorts,
  foldersWrittenOn,
  nodesOnServer,
  placesOn,
  planCluster,
  SLOT_COUNT,
  splitSlots,
  type BundleSummary,
} from './plan.ts';

const bundle: BundleSummary = {
  version: '7.0.15',
  origin: 'built',
  folderName: 'redis-7.0.15-01234567',
  licence: 'BSD-3-Clause',
  sourceArchive: 'redis_7.0.15.orig.tar.gz',
  sourceSha256: '0'.repeat(64),
  files: [{ name: 'redis-server', sha256: '1'.repeat(64), sizeBytes: 9, mode: 0o755 }],
};

function planFor(addresses: readonly string[], masterPort = 7000, replicaPort = 7001): ClusterPlan {
  const servers = addresses.map((address, index) => ({
    name: `server-${index + 1}`,
    address,
    ssh: { user: 'admin', auth: { agent: true } },
  }));
  return planCluster(ClusterSpec.parse({ schemaVersion: 1, name: 'sessions', servers, redis: { masterPort, replicaPort } }), bundle);
}

const address = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 254 }), fc.integer({ min: 1, max: 254 }));
const threeAddresses = fc.uniqueArray(
  address.map(([a, b, c]) => `10.${a}.${b}.${c}`),
  { minLength: 3, maxLength: 3 },
);

describe('planCluster', () => {
  test('is the reference architecture', () => {
    const plan = planFor(['10.0.0.1', '10.0.0.2', '10.0.0.3']);
    const lines = plan.nodes.map(
      (node) => `${node.id} ${node.busPort} ${node.role} ${node.replicaOf ?? `${node.slots?.first}-${node.slots?.last}`}`,
    );
    expect(lines).toEqual([
      'server-1:7000 17000 master 0-5460',
      'server-1:7001 17001 replica server-3:7000',
      'server-2:7000 17000 master 5461-10922',
      'server-2:7001 17001 replica server-1:7000',
      'server-3:7000 17000 master 10923-16383',
      'server-3:7001 17001 replica server-2:7000',
    ]);
    expect(clusterPorts(plan)).toEqual([7000, 7001, 17_000, 17_001]);
  });

  test('holds its invariants for any addresses and ports', () => {
    fc.assert(
      fc.property(threeAddresses, fc.integer({ min: 1024, max: 40_000 }), fc.integer({ min: 1, max: 9000 }), (addresses, port, gap) => {
        const plan = planFor(addresses, port, port + gap);
        const owned = plan.nodes.flatMap((node) => (node.slots === null ? [] : [node.slots]));
        expect(owned.reduce((sum, range) => sum + range.last - range.first + 1, 0)).toBe(SLOT_COUNT);
        for (const server of plan.servers) {
          const nodes = nodesOnServer(plan, server.name);
          expect(nodes.filter((node) => node.role === 'master')).toHaveLength(1);
          expect(new Set(nodes.map((node) => node.shard)).size).toBe(2);
        }
        for (const shard of [1, 2, 3]) {
          const nodes = plan.nodes.filter((node) => node.shard === shard);
          expect(nodes.map((node) => node.role).toSorted()).toEqual(['master', 'replica']);
          expect(new Set(nodes.map((node) => node.address)).size).toBe(2);
        }
        expect(new Set(plan.nodes.map((node) => node.configEpoch)).size).toBe(6);
        expect(new Set(plan.nodes.map((node) => `${node.address}:${node.dataPort}`)).size).toBe(6);
      }),
    );
  });

  test('splits slots without a gap or an overlap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), (shards) => {
        const ranges = splitSlots(shards);
        expect(ranges[0]?.first).toBe(0);
        expect(ranges.at(-1)?.last).toBe(SLOT_COUNT - 1);
        ranges.slice(1).forEach((range, index) => expect(range.first).toBe((ranges[index]?.last ?? 0) + 1));
      }),
    );
  });
});

describe('servers of several kinds', () => {
  const own = (platforms: readonly ('linux' | 'windows' | undefined)[], paths: object = {}): ClusterPlan => {
    const servers = platforms.map((platform, index) => ({
      name: `server-${index + 1}`,
      address: `10.0.0.${index + 1}`,
      ...(platform === undefined ? {} : { platform }),
      ssh: { user: 'admin', auth: { agent: true } },
    }));
    const windowsBundle = {
      ...bundle,
      folderName: 'redis-7.0.15-89abcdef',
      files: [{ name: 'redis-server.exe', sha256: '2', sizeBytes: 8, mode: 0 }],
    };
    return planCluster(ClusterSpec.parse({ schemaVersion: 1, name: 'sessions', servers, paths }), bundle, windowsBundle);
  };

  test('nobody said anything: it is a plan for Linux, with nothing else in it', () => {
    const plan = own([undefined, undefined, undefined]);
    expect(plan).toEqual(own(['linux', 'linux', 'linux']));
    expect(plan.servers.map(({ platform }) => platform)).toEqual(['linux', 'linux', 'linux']);
    expect(Object.keys(plan)).not.toContain('windows');
  });

  test('on Windows everything of a node lies in one folder below one root, and its service has no ending', () => {
    const plan = own(['windows', 'windows', 'windows']);
    expect(plan.nodes[3]).toMatchObject({
      unit: 'triad-sessions-7001',
      configFile: 'C:\\Triad\\nodes\\sessions\\7001\\redis.conf',
      dataFolder: 'C:\\Triad\\nodes\\sessions\\7001',
      logFile: 'C:\\Triad\\nodes\\sessions\\7001\\redis.log',
    });
    expect(plan.folders).toEqual({
      roots: { install: 'C:\\Triad', data: 'C:\\Triad', logs: 'C:\\Triad' },
      bin: 'C:\\Triad\\bin\\redis-7.0.15-01234567',
      install: 'C:\\Triad\\nodes\\sessions',
      data: 'C:\\Triad\\nodes\\sessions',
      logs: 'C:\\Triad\\nodes\\sessions',
    });
    expect(Object.keys(plan)).not.toContain('windows');
    expect(foldersWrittenOn(plan, 'server-1')).toEqual(['C:\\Triad\\nodes\\sessions\\7000', 'C:\\Triad\\nodes\\sessions\\7001']);
  });

  test('of a mixed cluster each server has the places of its own kind', () => {
    const plan = own(['linux', 'windows', undefined], { windows: 'D:\\Redis' });
    expect(plan.servers.map(({ name }) => placesOn(plan, name).bundle.binaries[0]?.path)).toEqual([
      '/opt/triad/bin/redis-7.0.15-01234567/redis-server',
      'D:\\Redis\\bin\\redis-7.0.15-89abcdef\\redis-server.exe',
      '/opt/triad/bin/redis-7.0.15-01234567/redis-server',
    ]);
    expect(nodesOnServer(plan, 'server-2').map(({ configFile }) => configFile)).toEqual([
      'D:\\Redis\\nodes\\sessions\\7000\\redis.conf',
      'D:\\Redis\\nodes\\sessions\\7001\\redis.conf',
    ]);
    expect(nodesOnServer(plan, 'server-3')[0]?.unit).toBe('triad-sessions-7000.service');
    expect(ClusterPlan.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });

  test('a plan that was kept before there were Windows servers is one for Linux', () => {
    const plan = own([undefined, undefined, undefined]);
    const old = { ...plan, servers: plan.servers.map(({ platform: _platform, ...server }) => server) };
    expect(ClusterPlan.parse(old)).toEqual(plan);
  });

  test('a cluster with the name of a device cannot have a folder on Windows', () => {
    const servers = [1, 2, 3].map((number) => ({
      name: `server-${number}`,
      address: `10.0.0.${number}`,
      ssh: { user: 'admin', auth: { agent: true } },
    }));
    const read = (platform: object): readonly string[] =>
      ClusterSpec.safeParse({
        schemaVersion: 1,
        name: 'con',
        servers: servers.map((server, index) => (index === 1 ? { ...server, ...platform } : server)),
      }).error?.issues.map(({ message }) => message) ?? [];
    expect([read({}), read({ platform: 'windows' })]).toEqual([[], ['spec.windowsDeviceName']]);
  });
});
