import type { NodeView } from '../shared/domain/view.ts';
import { parseClusterNodes } from './parseClusterNodes.ts';
import { countKeys, listedReplicas, numberField, parseInfo, type InfoFields } from './parseInfo.ts';

/** The raw answers that a view is made of. Null: the node refused the command because it is loading or has no cluster support. */
export interface RawNodeAnswers {
  readonly clusterInfo: string | null;
  readonly clusterNodes: string | null;
  /** The sections of INFO in one text, in any order. */
  readonly info: string;
}

/** Valkey keeps `redis_version` at a compatible number and tells its own beside it. */
function versionOf(info: InfoFields): string {
  return info.get('valkey_version') ?? info.get('redis_version') ?? '';
}

/** Makes one node's view from its answers. `node` is the planned id. Throws `UnreadableReplyError`. */
export function parseNodeView(node: string, answers: RawNodeAnswers): NodeView {
  const info = parseInfo(answers.info);
  const cluster = parseInfo(answers.clusterInfo ?? '');
  const peers = answers.clusterNodes === null ? [] : parseClusterNodes(answers.clusterNodes);
  const isReplica = info.get('role') === 'slave' || info.get('role') === 'replica';
  const linkDownSeconds = numberField(info, 'master_link_down_since_seconds', -1);
  return {
    node,
    redisId: peers.find((peer) => peer.isMyself)?.redisId ?? '',
    version: versionOf(info),
    runId: info.get('run_id') ?? '',
    uptimeSeconds: numberField(info, 'uptime_in_seconds', 0),
    clusterState: cluster.get('cluster_state') === 'ok' ? 'ok' : 'fail',
    clusterEnabled: (info.get('redis_mode') ?? info.get('server_mode')) === 'cluster',
    currentEpoch: numberField(cluster, 'cluster_current_epoch', 0),
    myEpoch: numberField(cluster, 'cluster_my_epoch', 0),
    slotsAssigned: numberField(cluster, 'cluster_slots_assigned', 0),
    slotsFailing: numberField(cluster, 'cluster_slots_pfail', 0) + numberField(cluster, 'cluster_slots_fail', 0),
    keys: countKeys(info),
    clients: {
      connected: numberField(info, 'connected_clients', 0),
      limit: info.has('maxclients') ? numberField(info, 'maxclients', 0) : null,
    },
    usedMemoryBytes: numberField(info, 'used_memory', 0),
    role: isReplica ? 'replica' : 'master',
    isLoading: info.get('loading') === '1',
    persistence: {
      lastSaveOk: info.get('rdb_last_bgsave_status') !== 'err',
      lastAofWriteOk: info.get('aof_last_write_status') !== 'err',
      aofEnabled: info.get('aof_enabled') === '1',
    },
    replication: {
      isLinkUp: !isReplica || info.get('master_link_status') === 'up',
      isSyncing: info.get('master_sync_in_progress') === '1',
      linkDownSeconds: linkDownSeconds < 0 ? null : linkDownSeconds,
      offset: numberField(info, isReplica ? 'slave_repl_offset' : 'master_repl_offset', 0),
      replicas: [...listedReplicas(info)],
    },
    peers: [...peers],
  };
}
