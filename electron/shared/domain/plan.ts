import { z } from 'zod';
import { busPortOf, HostAddress, IpAddress, Network, Port } from './address.ts';
import { Platform } from './platform.ts';
import { childOf } from './serverPath.ts';
import { Engine, Persistence, type ClusterSpec } from './spec.ts';
import { WINDOWS_DISTRIBUTIONS, WindowsDistribution, type DistributionFacts } from './windowsDistribution.ts';
import { DEFAULT_WINDOWS_FOLDER } from './windowsFolder.ts';

/** Number of hash slots of every Redis Cluster. */
export const SLOT_COUNT = 16_384;

/** The account on each server that runs the Redis processes. */
export const SERVICE_USER = 'triad-redis';

const Slot = z
  .number()
  .int()
  .min(0)
  .max(SLOT_COUNT - 1);

/** A contiguous range of slots, both ends included. */
export const SlotRange = z.object({ first: Slot, last: Slot }).refine(({ first, last }) => first <= last);
export type SlotRange = z.infer<typeof SlotRange>;

export const NodeRole = z.enum(['master', 'replica']);
export type NodeRole = z.infer<typeof NodeRole>;

/** A planned Redis process. `id` is `server:port`, stable over the cluster's life; a Redis node id is only known once it runs. */
export const NodeSpec = z.object({
  id: z.string(),
  server: z.string(),
  address: IpAddress,
  dataPort: Port,
  busPort: Port,
  /** 1 to 3: the shard whose slots this node serves as master or copies as replica. */
  shard: z.number().int(),
  role: NodeRole,
  slots: SlotRange.nullable(),
  /** `id` of the planned master, for a replica. */
  replicaOf: z.string().nullable(),
  /** Distinct for each of the six nodes, set before they meet, so that no two can claim a slot with the same epoch. */
  configEpoch: z.number().int(),
  unit: z.string(),
  configFile: z.string(),
  dataFolder: z.string(),
  logFile: z.string(),
});
export type NodeSpec = z.infer<typeof NodeSpec>;

/** One file of the server bundle as it will stand on each server. `sha256` and `sizeBytes` are of the uncompressed file. */
export const PlannedBinary = z.object({
  name: z.string(),
  path: z.string(),
  sha256: z.string(),
  sizeBytes: z.number(),
  mode: z.number(),
});
export type PlannedBinary = z.infer<typeof PlannedBinary>;

/** Where the programs of a plan come from, and where they go. */
const PlannedBundle = z.object({
  origin: z.enum(['built', 'own', 'windowsArchive']),
  /** Whose programs for Windows servers these are; missing in all other bundles, and in plans from when there was only redis-windows. */
  distribution: WindowsDistribution.optional(),
  licence: z.string(),
  sourceArchive: z.string(),
  sourceSha256: z.string(),
  binaries: z.array(PlannedBinary),
});

/** The folders of a plan on servers of one platform. On Windows servers data and logs lie beside the configuration, in `install`. */
const PlannedFolders = z.object({
  /** Parent folders named in the specification; removed at the end only when empty. */
  roots: z.object({ install: z.string(), data: z.string(), logs: z.string() }),
  bin: z.string(),
  install: z.string(),
  data: z.string(),
  logs: z.string(),
});

/** What follows from a specification and a server bundle: immutable, without secrets, made only by {@link planCluster}. */
export const ClusterPlan = z.object({
  cluster: z.string(),
  /** Triad did not install this cluster: it looks, and changes nothing. */
  adopted: z.literal(true).optional(),
  engine: Engine,
  version: z.string(),
  bundle: PlannedBundle,
  servers: z.array(
    z.object({
      name: z.string(),
      address: IpAddress,
      ssh: z.object({ host: HostAddress, port: Port, user: z.string() }),
      /** Plans that were made before there were Windows servers do not say it. */
      platform: Platform.default('linux'),
    }),
  ),
  nodes: z.array(NodeSpec),
  settings: z.object({ nodeTimeoutMs: z.number(), maxMemoryBytes: z.number(), persistence: Persistence }),
  firewall: z.object({ manage: z.boolean(), clients: z.array(Network) }),
  /** On Windows servers Triad's folders are excluded from Microsoft Defender's scans. Missing where that is not wanted, or none runs Windows. */
  defenderExclusions: z.literal('add').optional(),
  /** On Windows servers each node is a service by itself, without Triad's program around it. Missing everywhere else. */
  windowsService: z.literal('own').optional(),
  folders: PlannedFolders,
  /**
   * Only of a cluster on servers of both kinds: bundle and folders of its Windows servers; `bundle` and `folders` are then those of its Linux servers.
   * Which of them count on a server is told by {@link placesOn}.
   */
  windows: z.object({ bundle: PlannedBundle, folders: PlannedFolders }).optional(),
});
export type ClusterPlan = z.infer<typeof ClusterPlan>;

/** What planning needs to know of a server bundle. */
export interface BundleSummary {
  readonly version: string;
  readonly origin: 'built' | 'own' | 'windowsArchive';
  readonly distribution?: WindowsDistribution;
  readonly folderName: string;
  readonly licence: string;
  readonly sourceArchive: string;
  readonly sourceSha256: string;
  readonly files: readonly { readonly name: string; readonly sha256: string; readonly sizeBytes: number; readonly mode: number }[];
}

/** Splits all slots over `shards` masters as redis-cli does (0-5460, 5461-10922, 10923-16383 for three). */
export function splitSlots(shards: number): readonly SlotRange[] {
  const perShard = SLOT_COUNT / shards;
  return Array.from({ length: shards }, (_, index) => ({
    first: Math.round(index * perShard),
    last: index === shards - 1 ? SLOT_COUNT - 1 : Math.round((index + 1) * perShard) - 1,
  }));
}

/** The name of a planned node: its server's name and data port. */
export function nodeIdOf(server: string, dataPort: number): string {
  return `${server}:${dataPort}`;
}

function foldersFor(platform: Platform, { name, paths }: ClusterSpec, bundle: BundleSummary): ClusterPlan['folders'] {
  if (platform === 'windows') {
    const root = paths.windows ?? DEFAULT_WINDOWS_FOLDER;
    const own = childOf(root, 'nodes', name);
    return {
      roots: { install: root, data: root, logs: root },
      bin: childOf(root, 'bin', bundle.folderName),
      install: own,
      data: own,
      logs: own,
    };
  }
  return {
    roots: { install: paths.install, data: paths.data, logs: paths.logs },
    bin: `${paths.install}/bin/${bundle.folderName}`,
    install: `${paths.install}/${name}`,
    data: `${paths.data}/${name}`,
    logs: `${paths.logs}/${name}`,
  };
}

function bundleIn(bin: string, bundle: BundleSummary): ClusterPlan['bundle'] {
  return {
    origin: bundle.origin,
    ...(bundle.distribution === undefined ? {} : { distribution: bundle.distribution }),
    licence: bundle.licence,
    sourceArchive: bundle.sourceArchive,
    sourceSha256: bundle.sourceSha256,
    // Field by field: what is given may also carry the programs' bytes.
    binaries: bundle.files.map(({ name, sha256, sizeBytes, mode }) => ({ name, path: childOf(bin, name), sha256, sizeBytes, mode })),
  };
}

/** The service and the files of one node; on a Windows server everything of it lies in one folder, and its service's name has no ending. */
function placesOfNode(
  platform: Platform,
  cluster: string,
  folders: ClusterPlan['folders'],
  dataPort: Port,
): Pick<NodeSpec, 'unit' | 'configFile' | 'dataFolder' | 'logFile'> {
  const unit = `triad-${cluster}-${dataPort}`;
  if (platform === 'windows') {
    const dataFolder = childOf(folders.data, String(dataPort));
    return { unit, configFile: childOf(dataFolder, 'redis.conf'), dataFolder, logFile: childOf(dataFolder, 'redis.log') };
  }
  return {
    unit: `${unit}.service`,
    configFile: `${folders.install}/${dataPort}.conf`,
    dataFolder: `${folders.data}/${dataPort}`,
    logFile: `${folders.logs}/${dataPort}.log`,
  };
}

/**
 * Lays the cluster out: on each server a master and a replica, the replica of server i's master on server i+1 (so server 1 holds
 * the replica of server 3, as in the reference architecture). Pure: the same arguments give the same plan. `bundle` is for servers of one kind; where
 * there are both, it is for the Linux servers and `windowsBundle` for the others. A server of which nobody has said its platform runs Linux.
 */
export function planCluster(spec: ClusterSpec, bundle: BundleSummary, windowsBundle: BundleSummary = bundle): ClusterPlan {
  const { name: cluster, redis } = spec;
  const platforms = spec.servers.map(({ platform }) => platform ?? 'linux');
  const first = platforms.includes('linux') ? 'linux' : 'windows';
  const isMixed = first === 'linux' && platforms.includes('windows');
  const folders = foldersFor(first, spec, bundle);
  const windowsFolders = isMixed ? foldersFor('windows', spec, windowsBundle) : folders;
  const slots = splitSlots(spec.servers.length);
  const count = spec.servers.length;

  const nodes = spec.servers.flatMap((server, index): NodeSpec[] => {
    const masterIndex = (index + count - 1) % count;
    const master = spec.servers[masterIndex] ?? server;
    const platform = platforms[index] ?? 'linux';
    const node = (role: NodeRole, dataPort: Port): NodeSpec => ({
      id: nodeIdOf(server.name, dataPort),
      server: server.name,
      address: server.address,
      dataPort,
      busPort: busPortOf(dataPort),
      shard: (role === 'master' ? index : masterIndex) + 1,
      role,
      slots: role === 'master' ? (slots[index] ?? null) : null,
      replicaOf: role === 'master' ? null : nodeIdOf(master.name, redis.masterPort),
      configEpoch: role === 'master' ? index + 1 : count + index + 1,
      ...placesOfNode(platform, cluster, platform === 'windows' ? windowsFolders : folders, dataPort),
    });
    return [node('master', redis.masterPort), node('replica', redis.replicaPort)];
  });

  return {
    cluster,
    engine: redis.engine,
    version: bundle.version,
    bundle: bundleIn(folders.bin, bundle),
    servers: spec.servers.map(({ name, address, ssh }, index) => ({
      name,
      address,
      ssh: { host: ssh.host, port: ssh.port, user: ssh.user },
      platform: platforms[index] ?? 'linux',
    })),
    nodes,
    settings: { nodeTimeoutMs: redis.nodeTimeoutMs, maxMemoryBytes: redis.maxMemory, persistence: redis.persistence },
    firewall: spec.firewall,
    ...(spec.windows?.defenderExclusions === 'add' && platforms.includes('windows') ? { defenderExclusions: 'add' as const } : {}),
    ...(spec.windows?.service === 'own' && platforms.includes('windows') ? { windowsService: 'own' as const } : {}),
    folders,
    ...(isMixed ? { windows: { bundle: bundleIn(windowsFolders.bin, windowsBundle), folders: windowsFolders } } : {}),
  };
}

/** What a server of a plan runs on. */
export function platformOf(plan: Pick<ClusterPlan, 'servers'>, server: string): Platform {
  return plan.servers.find(({ name }) => name === server)?.platform ?? 'linux';
}

/** Whether the nodes of a server are services of their own: nothing of Triad's runs there. */
export function isOwnServiceOn(plan: Pick<ClusterPlan, 'servers' | 'windowsService'>, server: string): boolean {
  return plan.windowsService === 'own' && platformOf(plan, server) === 'windows';
}

/** Bundle and folders of a plan that count on one server. */
export function placesOn(
  plan: Pick<ClusterPlan, 'servers' | 'bundle' | 'folders' | 'windows'>,
  server: string,
): Pick<ClusterPlan, 'bundle' | 'folders'> {
  return platformOf(plan, server) === 'windows' ? (plan.windows ?? plan) : plan;
}

/** Whose Redis runs on the Windows servers of a plan, and what its programs are called. */
export function distributionOn(plan: Pick<ClusterPlan, 'servers' | 'bundle' | 'folders' | 'windows'>, server: string): DistributionFacts {
  return WINDOWS_DISTRIBUTIONS[placesOn(plan, server).bundle.distribution ?? 'redis-windows'];
}

/** The planned nodes of one server, master first. */
export function nodesOnServer(plan: ClusterPlan, server: string): readonly NodeSpec[] {
  return plan.nodes.filter((node) => node.server === server);
}

/** The folders of one server that its nodes write to, as the service user. */
export function foldersWrittenOn(plan: ClusterPlan, server: string): readonly string[] {
  return [...new Set([...nodesOnServer(plan, server).map(({ dataFolder }) => dataFolder), ...logFoldersOn(plan, server)])];
}

/**
 * The folders on one server that Microsoft Defender is to leave alone: what Redis writes, and the programs of this build. Never a process by its name, which would
 * count wherever a program of that name lies. Empty on a Linux server, and where it is not wanted.
 */
export function exclusionsOn(plan: ClusterPlan, server: string): readonly string[] {
  if (plan.defenderExclusions === undefined || platformOf(plan, server) !== 'windows') return [];
  return [...nodesOnServer(plan, server).map(({ dataFolder }) => dataFolder), placesOn(plan, server).folders.bin];
}

/** The folder that all nodes of a Linux server log to; on a Windows server each logs into its own. */
function logFoldersOn(plan: ClusterPlan, server: string): readonly string[] {
  return platformOf(plan, server) === 'windows' ? [] : [placesOn(plan, server).folders.logs];
}

/** All four ports that each server must let its peers reach, in the order data, data, bus, bus. */
export function clusterPorts(plan: ClusterPlan): readonly Port[] {
  const [master, replica] = plan.nodes;
  if (master === undefined || replica === undefined) return [];
  return [master.dataPort, replica.dataPort, master.busPort, replica.busPort];
}
