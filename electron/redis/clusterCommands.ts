import type { ClusterCommand } from '../shared/domain/formation.ts';
import type { NodeSpec } from '../shared/domain/plan.ts';
import type { CommandWords } from './redisStream.ts';

/** Introduces a node to another: a handshake follows over the bus ports. The bus port is named, so that none is guessed. */
export function meet(peer: NodeSpec): CommandWords {
  return ['CLUSTER', 'MEET', peer.address, peer.dataPort, peer.busPort];
}

/** Makes the node a replica. Redis refuses while it does not know the master, or when it is a master that owns slots or keys. */
function replicate(masterRedisId: string): CommandWords {
  return ['CLUSTER', 'REPLICATE', masterRedisId];
}

/** A planned switchover, sent to the replica: the master holds clients until the replica has every write. No FORCE and no TAKEOVER: they lose writes. */
export function failover(): CommandWords {
  return ['CLUSTER', 'FAILOVER'];
}

/** Changes a setting of the running process only; what its configuration file says is not touched. */
export function configSet(name: string, value: string | number): CommandWords {
  return ['CONFIG', 'SET', name, value];
}

/**
 * The words of a forming command; null while the Redis node id that it names is not known yet. `CLUSTER RESET` and `FLUSHALL` are not among them on
 * purpose: forming never empties a node.
 */
export function wordsOf(
  command: ClusterCommand,
  resolve: { readonly spec: (node: string) => NodeSpec | undefined; readonly redisId: (node: string) => string | undefined },
): CommandWords | null {
  switch (command.kind) {
    case 'setConfigEpoch':
      return ['CLUSTER', 'SET-CONFIG-EPOCH', command.epoch];
    case 'addSlots':
      return ['CLUSTER', 'ADDSLOTSRANGE', command.slots.first, command.slots.last];
    case 'forget':
      return ['CLUSTER', 'FORGET', command.redisId];
    case 'meet': {
      const peer = resolve.spec(command.peer);
      return peer === undefined ? null : meet(peer);
    }
    case 'replicate': {
      const masterRedisId = resolve.redisId(command.master);
      return masterRedisId === undefined ? null : replicate(masterRedisId);
    }
  }
}
