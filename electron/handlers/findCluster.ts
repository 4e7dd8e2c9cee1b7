import { formatEndpoint } from '../shared/domain/address.ts';
import { dialDirect } from '../redis/dialDirect.ts';
import { numberField, parseInfo } from '../redis/parseInfo.ts';
import { connectRedisNode, type RedisNode } from '../redis/redisNode.ts';
import type { FoundNode } from './adoption.ts';

/** Where a cluster is looked for, and with what. */
export interface ClusterAddress {
  readonly address: string;
  readonly port: number;
  readonly password: string | null;
  readonly signal: AbortSignal;
}

const DEADLINE_MS = 5000;
/** Everything that a specification of somebody else's cluster needs to know. */
const SETTINGS = ['dir', 'logfile', 'cluster-node-timeout', 'maxmemory', 'appendonly', 'save'] as const;

/** The part of a node that is needed to look at it. */
type LookedAt = Pick<RedisNode, 'read' | 'configGet' | 'pipeline' | 'close'>;

async function connect({ address, port, password, signal }: ClusterAddress): Promise<LookedAt> {
  const endpoint = formatEndpoint({ address, port });
  return connectRedisNode({
    node: endpoint,
    server: address,
    port,
    password,
    open: dialDirect({ host: address, port }),
    connectDeadlineMs: DEADLINE_MS,
    commandDeadlineMs: DEADLINE_MS,
    signal,
  });
}

async function look(node: LookedAt, { address, port, signal }: ClusterAddress): Promise<FoundNode> {
  const bounds = { signal };
  const [view, settings, info] = await Promise.all([
    node.read(bounds),
    node.configGet(SETTINGS, bounds),
    node.pipeline(
      [
        ['INFO', 'server'],
        ['INFO', 'memory'],
      ],
      bounds,
    ),
  ]);
  const fields = parseInfo(info.map((reply) => (reply.ok ? String(reply.value) : '')).join('\n'));
  return {
    address,
    port,
    view,
    settings,
    configFile: fields.get('config_file') ?? '',
    system: fields.get('os') ?? '',
    engine: fields.has('valkey_version') ? 'valkey' : 'redis',
    memoryBytes: numberField(fields, 'total_system_memory', 0),
  };
}

/**
 * Finds all nodes of a cluster from the address of one, and asks each what it is. Only reads. Throws `redis.*` about the first node that cannot be asked:
 * a cluster that was not seen as a whole is not described. `dial` is replaced in tests.
 */
export async function findCluster(
  start: ClusterAddress,
  dial: (at: ClusterAddress) => Promise<LookedAt> = connect,
): Promise<readonly FoundNode[]> {
  const open: LookedAt[] = [];
  const lookAt = async (at: ClusterAddress): Promise<FoundNode> => {
    const node = await dial(at);
    open.push(node);
    return look(node, at);
  };
  try {
    const first = await lookAt(start);
    const others = first.view.peers.filter(({ isMyself, hasNoAddress, isHandshake }) => !isMyself && !hasNoAddress && !isHandshake);
    const own = first.view.peers.find(({ isMyself }) => isMyself);
    // All of them have ended before one is told: a connection that came later would be closed by nobody, and keep the program from ending.
    const looked = await Promise.allSettled(others.map(async ({ address, dataPort }) => lookAt({ ...start, address, port: dataPort })));
    const found = looked.map((one) => {
      if (one.status === 'rejected') throw one.reason;
      return one.value;
    });
    // By the address that it announces: the one that was entered may be another of the same machine.
    return [{ ...first, address: own === undefined || own.address === '' ? start.address : own.address }, ...found];
  } finally {
    for (const node of open) node.close();
  }
}
