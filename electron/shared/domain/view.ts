import { z } from 'zod';
import { NodeRole, SlotRange } from './plan.ts';

/** How one node describes another (or itself) in CLUSTER NODES. */
export const PeerView = z.object({
  /** Redis node id: 40 hexadecimal digits. */
  redisId: z.string(),
  address: z.string(),
  dataPort: z.number(),
  busPort: z.number(),
  isMyself: z.boolean(),
  role: NodeRole,
  /** `pfail`: this node alone suspects it; `fail`: a majority of masters agreed. */
  health: z.enum(['ok', 'pfail', 'fail']),
  /** Met, but not yet proved (`handshake`), or an entry without an address (`noaddr`). */
  isHandshake: z.boolean(),
  hasNoAddress: z.boolean(),
  /** A replica that never stands for election (`cluster-replica-no-failover`). */
  isNoFailover: z.boolean(),
  masterRedisId: z.string().nullable(),
  configEpoch: z.number(),
  isLinkConnected: z.boolean(),
  slots: z.array(SlotRange),
  /** Slots on their way in or out; Triad never leaves any. */
  openSlots: z.number(),
});
export type PeerView = z.infer<typeof PeerView>;

/** What one node says about itself and all others at one moment. `node` is the planned node's id (`server:port`). */
export const NodeView = z.object({
  node: z.string(),
  redisId: z.string(),
  version: z.string(),
  /** Changes with every start of the process. */
  runId: z.string(),
  uptimeSeconds: z.number(),
  clusterState: z.enum(['ok', 'fail']),
  clusterEnabled: z.boolean(),
  currentEpoch: z.number(),
  myEpoch: z.number(),
  slotsAssigned: z.number(),
  slotsFailing: z.number(),
  keys: z.number(),
  /** Connections of clients, and how many are let in; null where this version does not say. Missing in records of older Triads. */
  clients: z.object({ connected: z.number(), limit: z.number().nullable() }).optional(),
  usedMemoryBytes: z.number(),
  role: NodeRole,
  isLoading: z.boolean(),
  persistence: z.object({ lastSaveOk: z.boolean(), lastAofWriteOk: z.boolean(), aofEnabled: z.boolean() }),
  replication: z.object({
    /** For a replica: whether the link to its master is up and the first full copy is done. For a master: true. */
    isLinkUp: z.boolean(),
    isSyncing: z.boolean(),
    /** For a replica: since when the link is down, seconds; null while it is up or when it never was. */
    linkDownSeconds: z.number().nullable(),
    /** Replication offset of this node, bytes. */
    offset: z.number(),
    /** For a master: its replicas as it sees them. */
    replicas: z.array(z.object({ address: z.string(), dataPort: z.number(), isOnline: z.boolean(), offset: z.number() })),
  }),
  peers: z.array(PeerView),
});
export type NodeView = z.infer<typeof NodeView>;

/** All views of one moment. A node that did not answer is listed with the reason, so silence is never read as health. */
export const ClusterView = z.object({
  at: z.string(),
  views: z.array(NodeView),
  silent: z.array(z.object({ node: z.string(), reason: z.string() })),
});
export type ClusterView = z.infer<typeof ClusterView>;
