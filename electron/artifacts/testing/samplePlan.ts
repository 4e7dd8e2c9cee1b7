import { gzipSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import { planCluster, type BundleSummary, type ClusterPlan } from '../../shared/domain/plan.ts';
import { ClusterSpec } from '../../shared/domain/spec.ts';
import type { ServerBlueprint } from '../blueprint.ts';
import { blueprintFor } from '../serverBlueprint.ts';

/** A specification's own fields, on top of a small valid one. */
export interface SampleChoices {
  readonly name?: string;
  readonly addresses?: readonly string[];
  readonly redis?: Readonly<Record<string, unknown>>;
  readonly paths?: Readonly<Record<string, string>>;
  readonly firewall?: { readonly manage: boolean; readonly clients?: readonly string[] };
}

const PROGRAMS: Readonly<Record<string, Uint8Array>> = {
  'redis-server': new TextEncoder().encode('server program'),
  'redis-cli': new TextEncoder().encode('client program'),
};

/** A small bundle whose hashes fit its bytes. */
export const sampleBundle: BundleSummary = {
  version: '7.0.15',
  origin: 'built',
  folderName: 'redis-7.0.15-0123456789ab',
  licence: 'BSD-3-Clause',
  sourceArchive: 'redis_7.0.15.orig.tar.gz',
  sourceSha256: 'ab'.repeat(32),
  files: Object.entries(PROGRAMS).map(([name, bytes]) => ({
    name,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sizeBytes: bytes.length,
    mode: 0o755,
  })),
};

/** The gzip bytes of the sample bundle by name. */
export const sampleBundleFiles: ReadonlyMap<string, Uint8Array> = new Map(
  Object.entries(PROGRAMS).map(([name, bytes]) => [name, gzipSync(bytes)]),
);

/** The plan for a valid specification of three servers. */
export function samplePlan(choices: SampleChoices = {}): ClusterPlan {
  const addresses = choices.addresses ?? ['10.77.0.11', '10.77.0.12', '10.77.0.13'];
  const spec = ClusterSpec.parse({
    schemaVersion: 1,
    name: choices.name ?? 'sessions',
    servers: addresses.map((address, index) => ({ name: `server-${index + 1}`, address, ssh: { user: 'admin', auth: { agent: true } } })),
    ...(choices.redis === undefined ? {} : { redis: choices.redis }),
    ...(choices.paths === undefined ? {} : { paths: choices.paths }),
    firewall: choices.firewall ?? { manage: true, clients: ['10.77.9.0/24'] },
  });
  return planCluster(spec, sampleBundle);
}

/** The blueprint of one server of a sample plan. */
export function sampleBlueprint(plan: ClusterPlan = samplePlan(), server = 'server-1', password = 'p@ss word'): ServerBlueprint {
  return blueprintFor(plan, server, { password, bundleFiles: sampleBundleFiles, triadVersion: '0.1.0' });
}
