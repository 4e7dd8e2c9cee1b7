import { busPortOf } from './address.ts';
import { foundWindowsPath } from './foundWindowsPath.ts';
import type { Platform } from './platform.ts';
import { childOf, parentOf } from './serverPath.ts';
import { DEFAULT_WINDOWS_FOLDER } from './windowsFolder.ts';
import { nodeIdOf, type ClusterPlan, type NodeSpec } from './plan.ts';
import type { AdoptedSpec, ClusterSpec } from './spec.ts';

/** The folders of the nodes on servers of one kind. Nothing of Triad lies there; what is looked at is where the nodes are. */
function foldersOf(nodes: readonly NodeSpec[], install: string, { name }: ClusterSpec, fallback: string): ClusterPlan['folders'] {
  const data = nodes[0]?.dataFolder ?? fallback;
  const logFile = nodes.find((node) => node.logFile !== '')?.logFile;
  const logs = logFile === undefined ? data : parentOf(logFile);
  return { roots: { install, data, logs }, bin: install, install: childOf(install, name), data, logs };
}

/** What runs a node, by its whole name: those of systemd end in `.service`, those of Windows do not. */
function unitOn(platform: Platform, unit: string): string {
  return unit === '' || platform === 'windows' || unit.endsWith('.service') ? unit : `${unit}.service`;
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
  const nodes = spec.servers.flatMap(({ name, address, platform = 'linux' }, index): NodeSpec[] => {
    const placeOf = (path: string): string => (platform === 'windows' ? foundWindowsPath(path) : path);
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
        unit: unitOn(platform, unit),
        configFile: placeOf(configFile),
        dataFolder: placeOf(dataFolder),
        logFile: placeOf(logFile),
      };
    });
  });
  const nodesOn = (wanted: Platform): readonly NodeSpec[] =>
    nodes.filter((node) => spec.servers.some(({ name, platform = 'linux' }) => name === node.server && platform === wanted));
  const windowsRoot = paths.windows ?? DEFAULT_WINDOWS_FOLDER;
  const windowsFolders = foldersOf(nodesOn('windows'), windowsRoot, spec, windowsRoot);
  const isOnWindows = nodesOn('linux').length === 0;
  const bundle: ClusterPlan['bundle'] = { origin: 'own', licence: '', sourceArchive: '', sourceSha256: '', binaries: [] };
  return {
    cluster,
    adopted: true,
    engine: redis.engine,
    version: redis.version ?? '',
    bundle,
    servers: spec.servers.map(({ name, address, ssh, platform = 'linux' }) => ({
      name,
      address,
      ssh: { host: ssh.host, port: ssh.port, user: ssh.user },
      platform,
    })),
    nodes,
    settings: { nodeTimeoutMs: redis.nodeTimeoutMs, maxMemoryBytes: redis.maxMemory, persistence: redis.persistence },
    firewall: { ...spec.firewall, manage: false },
    folders: isOnWindows ? windowsFolders : foldersOf(nodesOn('linux'), paths.install, spec, paths.data),
    ...(isOnWindows || nodesOn('windows').length === 0 ? {} : { windows: { bundle, folders: windowsFolders } }),
  };
}
