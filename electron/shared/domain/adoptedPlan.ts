import { busPortOf } from './address.ts';
import { nodeIdOf, type ClusterPlan, type NodeSpec } from './plan.ts';
import type { AdoptedSpec, ClusterSpec } from './spec.ts';

function folderOf(file: string): string {
  return file.slice(0, Math.max(1, file.lastIndexOf('/')));
}

/**
 * The plan of a cluster that Triad did not install: what was found there, in the place of what Triad would lay out. No programs and no files, since
 * nothing of it is Triad's; `unit`, `logFile` and `configFile` are empty where nobody knows them.
 */
export function planAdopted(spec: ClusterSpec, { nodes: found }: AdoptedSpec): ClusterPlan {
  const { name: cluster, redis, paths } = spec;
  const count = spec.servers.length;
  const masters = spec.servers.flatMap(({ name }) => found.filter(({ server, slots }) => server === name && slots !== undefined));
  const shardOf = (server: string): number => masters.findIndex((master) => master.server === server) + 1;
  const nodes = spec.servers.flatMap(({ name, address }, index): NodeSpec[] => {
    const own = found.filter(({ server }) => server === name);
    const ordered = [...own.filter(({ slots }) => slots !== undefined), ...own.filter(({ slots }) => slots === undefined)];
    return ordered.map(({ port, slots, replicaOf, dataFolder, logFile = '', configFile = '', unit = '' }): NodeSpec => {
      const master = masters.find(({ server }) => server === replicaOf);
      return {
        id: nodeIdOf(name, port),
        server: name,
        address,
        dataPort: port,
        busPort: busPortOf(port),
        shard: shardOf(replicaOf ?? name),
        role: slots === undefined ? 'replica' : 'master',
        slots: slots === undefined ? null : { first: slots[0], last: slots[1] },
        replicaOf: master === undefined ? null : nodeIdOf(master.server, master.port),
        configEpoch: slots === undefined ? count + index + 1 : index + 1,
        unit,
        configFile,
        dataFolder,
        logFile,
      };
    });
  });
  const data = nodes[0]?.dataFolder ?? paths.data;
  const logFile = nodes.find((node) => node.logFile !== '')?.logFile;
  const logs = logFile === undefined ? data : folderOf(logFile);
  return {
    cluster,
    adopted: true,
    engine: redis.engine,
    version: redis.version ?? '',
    bundle: { origin: 'own', licence: '', sourceArchive: '', sourceSha256: '', binaries: [] },
    servers: spec.servers.map(({ name, address, ssh, platform = 'linux' }) => ({
      name,
      address,
      ssh: { host: ssh.host, port: ssh.port, user: ssh.user },
      platform,
    })),
    nodes,
    settings: { nodeTimeoutMs: redis.nodeTimeoutMs, maxMemoryBytes: redis.maxMemory, persistence: redis.persistence },
    firewall: { ...spec.firewall, manage: false },
    folders: { roots: { install: paths.install, data, logs }, bin: paths.install, install: `${paths.install}/${cluster}`, data, logs },
  };
}
