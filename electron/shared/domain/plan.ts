import { z } from 'zod';
import { busPortOf, HostAddress, IpAddress, Network, Port } from './address.ts';
import { Engine, Persistence, type ClusterSpec } from './spec.ts';

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

/** What follows from a specification and a server bundle: immutable, without secrets, made only by {@link planCluster}. */
export const ClusterPlan = z.object({
  cluster: z.string(),
  /** Triad did not install this cluster: it looks, and changes nothing. */
  adopted: z.literal(true).optional(),
  engine: Engine,
  version: z.string(),
  bundle: z.object({
    origin: z.enum(['built', 'own']),
    licence: z.string(),
    sourceArchive: z.string(),
    sourceSha256: z.string(),
    binaries: z.array(PlannedBinary),
  }),
  servers: z.array(
    z.object({
      name: z.string(),
      address: IpAddress,
      ssh: z.object({ host: HostAddress, port: Port, user: z.string() }),
    }),
  ),
  nodes: z.array(NodeSpec),
  settings: z.object({ nodeTimeoutMs: z.number(), maxMemoryBytes: z.number(), persistence: Persistence }),
  firewall: z.object({ manage: z.boolean(), clients: z.array(Network) }),
  folders: z.object({
    /** Parent folders named in the specification; removed at the end only when empty. */
    roots: z.object({ install: z.string(), data: z.string(), logs: z.string() }),
    bin: z.string(),
    install: z.string(),
    data: z.string(),
    logs: z.string(),
  }),
});
export type ClusterPlan = z.infer<typeof ClusterPlan>;

/** What planning needs to know of a server bundle. */
export interface BundleSummary {
  readonly version: string;
  readonly origin: 'built' | 'own';
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

/**
 * Lays the cluster out: on each server a master and a replica, the replica of server i's master on server i+1 (so server 1 holds
 * the replica of server 3, as in the reference architecture). Pure: the same arguments give the same plan.
 */
export function planCluster(spec: ClusterSpec, bundle: BundleSummary): ClusterPlan {
  const { name: cluster, redis, paths } = spec;
  const bin = `${paths.install}/bin/${bundle.folderName}`;
  const folders = {
    roots: paths,
    bin,
    install: `${paths.install}/${cluster}`,
    data: `${paths.data}/${cluster}`,
    logs: `${paths.logs}/${cluster}`,
  };
  const slots = splitSlots(spec.servers.length);
  const count = spec.servers.length;

  const nodes = spec.servers.flatMap((server, index): NodeSpec[] => {
    const masterIndex = (index + count - 1) % count;
    const master = spec.servers[masterIndex] ?? server;
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
      unit: `triad-${cluster}-${dataPort}.service`,
      configFile: `${folders.install}/${dataPort}.conf`,
      dataFolder: `${folders.data}/${dataPort}`,
      logFile: `${folders.logs}/${dataPort}.log`,
    });
    return [node('master', redis.masterPort), node('replica', redis.replicaPort)];
  });

  return {
    cluster,
    engine: redis.engine,
    version: bundle.version,
    bundle: {
      origin: bundle.origin,
      licence: bundle.licence,
      sourceArchive: bundle.sourceArchive,
      sourceSha256: bundle.sourceSha256,
      // Field by field: what is given may also carry the programs' bytes.
      binaries: bundle.files.map(({ name, sha256, sizeBytes, mode }) => ({ name, path: `${bin}/${name}`, sha256, sizeBytes, mode })),
    },
    servers: spec.servers.map(({ name, address, ssh }) => ({ name, address, ssh: { host: ssh.host, port: ssh.port, user: ssh.user } })),
    nodes,
    settings: { nodeTimeoutMs: redis.nodeTimeoutMs, maxMemoryBytes: redis.maxMemory, persistence: redis.persistence },
    firewall: spec.firewall,
    folders,
  };
}

/** The planned nodes of one server, master first. */
export function nodesOnServer(plan: ClusterPlan, server: string): readonly NodeSpec[] {
  return plan.nodes.filter((node) => node.server === server);
}

/** The folders of one server that its nodes write to, as the service user. */
export function foldersWrittenOn(plan: ClusterPlan, server: string): readonly string[] {
  return [...nodesOnServer(plan, server).map(({ dataFolder }) => dataFolder), plan.folders.logs];
}

/** All four ports that each server must let its peers reach, in the order data, data, bus, bus. */
export function clusterPorts(plan: ClusterPlan): readonly Port[] {
  const [master, replica] = plan.nodes;
  if (master === undefined || replica === undefined) return [];
  return [master.dataPort, replica.dataPort, master.busPort, replica.busPort];
}
