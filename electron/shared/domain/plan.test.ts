import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ClusterSpec } from './spec.ts';
import { clusterPorts, nodesOnServer, planCluster, SLOT_COUNT, splitSlots, type BundleSummary, type ClusterPlan } from './plan.ts';

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
