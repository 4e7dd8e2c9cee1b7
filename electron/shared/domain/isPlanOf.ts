import type { ClusterPlan } from './plan.ts';
import type { ClusterSpec } from './spec.ts';

/**
 * Whether a plan is what a specification asks for now. If not, what a run found or planned with it says nothing of what would be done now.
 * Ways to log in do not count: they change nothing on a server. Of an own archive only the hash is compared, of a bundle the version.
 */
export function isPlanOf(plan: ClusterPlan, spec: ClusterSpec): boolean {
  return JSON.stringify(ofPlan(plan)) === JSON.stringify(ofSpec(spec)) && isSameProgram(plan, spec);
}

/** Everything that decides what stands on the servers, as one comparable value. */
interface Essence {
  readonly cluster: string;
  readonly engine: string;
  readonly servers: readonly (readonly string[])[];
  readonly ports: readonly (number | undefined)[];
  readonly settings: readonly (string | number)[];
  readonly firewall: readonly [boolean, readonly string[]];
  readonly folders: readonly string[];
}

function ofPlan({ cluster, engine, servers, nodes, settings, firewall, folders: { roots } }: ClusterPlan): Essence {
  return {
    cluster,
    engine,
    servers: servers.map(({ name, address, ssh }) => [name, address, ssh.host, `${ssh.port}`]),
    ports: [nodes[0]?.dataPort, nodes[1]?.dataPort],
    settings: [settings.nodeTimeoutMs, settings.maxMemoryBytes, settings.persistence],
    firewall: [firewall.manage, firewall.clients],
    folders: [roots.install, roots.data, roots.logs],
  };
}

function ofSpec({ name, servers, redis, firewall, paths }: ClusterSpec): Essence {
  return {
    cluster: name,
    engine: redis.engine,
    servers: servers.map((server) => [server.name, server.address, server.ssh.host, `${server.ssh.port}`]),
    ports: [redis.masterPort, redis.replicaPort],
    settings: [redis.nodeTimeoutMs, redis.maxMemory, redis.persistence],
    firewall: [firewall.manage, firewall.clients],
    folders: [paths.install, paths.data, paths.logs],
  };
}

/** A specification without a version takes the catalogue's default, which only the core knows. */
function isSameProgram({ bundle, version }: ClusterPlan, { redis }: ClusterSpec): boolean {
  if (redis.archive !== undefined) return bundle.origin === 'own' && bundle.sourceSha256 === redis.archive.sha256;
  return bundle.origin === 'built' && (redis.version === undefined || redis.version === version);
}
