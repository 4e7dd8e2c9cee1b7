import type { PeerView } from '../../shared/domain/view.ts';
import type { Glance } from '../failoverMarks.ts';
import { testPlan } from './testCluster.ts';

/** The plan that the glances are of. */
export const plan = testPlan();
/** The Redis node id of a planned node in these glances. */
export const redisIdOf = (node: string): string => node.padEnd(40, '0');

/** What differs from the plan in a view, by planned id. */
export type Overrides = Readonly<Record<string, Partial<PeerView>>>;

/** The six lines as one node sees them: as planned, but for `changes` by planned id. */
function peersOf(node: string, changes: Overrides = {}): readonly PeerView[] {
  return plan.nodes.map((spec) => ({
    redisId: redisIdOf(spec.id),
    address: spec.address,
    dataPort: spec.dataPort,
    busPort: spec.busPort,
    isMyself: spec.id === node,
    role: spec.role,
    health: 'ok',
    isHandshake: false,
    hasNoAddress: false,
    isNoFailover: false,
    masterRedisId: spec.replicaOf === null ? null : redisIdOf(spec.replicaOf),
    configEpoch: spec.configEpoch,
    isLinkConnected: true,
    slots: spec.slots === null ? [] : [spec.slots],
    openSlots: 0,
    ...changes[spec.id],
  }));
}

/** One look at a node; all is as planned, but for `changes`. */
export function glance(node: string, atMs: number, changes: Overrides = {}, more: Partial<Glance> = {}): Glance {
  return {
    node,
    askedAtMs: atMs - 1,
    atMs,
    previousAtMs: atMs - 20,
    missedAtMs: null,
    isStateOk: true,
    peers: peersOf(node, changes),
    isLinkUp: true,
    offset: 100,
    ...more,
  };
}

/** The slots of shard 1. */
export const slots = plan.nodes.find((node) => node.id === 'server-1:7000')?.slots ?? { first: 0, last: 0 };
/** As the survivors see it after the failover: the replica on server 2 owns the slots of shard 1. */
export const taken: Overrides = {
  'server-1:7000': { health: 'fail', slots: [] },
  'server-2:7001': { role: 'master', masterRedisId: null, slots: [slots], configEpoch: 7 },
};
/** And after the return: the former master follows its heir. */
export const returned: Overrides = { ...taken, 'server-1:7000': { role: 'replica', masterRedisId: redisIdOf('server-2:7001'), slots: [] } };
