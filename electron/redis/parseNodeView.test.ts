import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countKeys, numberField, parseInfo, parsePairs } from './parseInfo.ts';
import { parseNodeView } from './parseNodeView.ts';

const clusterNodes = [
  '8395c2641afa8f6509f7fb931d8818f853e3c64f 10.0.0.1:7000@17000 master - 0 1 1 connected 0-5460',
  '49fb721841f9649a44a563edb7b4b9185a8242ff 10.0.0.2:7001@17001 myself,slave 8395c2641afa8f6509f7fb931d8818f853e3c64f 0 1 1 connected',
].join('\n');

const replicaInfo = [
  '# Server',
  'redis_version:7.0.15',
  'redis_mode:cluster',
  'executable:/opt/a:b/redis-server',
  'run_id:dfa008e4ca608af34b5cb6f78b5a41f435d4c85d',
  'uptime_in_seconds:12',
  '# Replication',
  'role:slave',
  'master_link_status:down',
  'master_sync_in_progress:1',
  'slave_repl_offset:14',
  'master_link_down_since_seconds:6',
  'connected_slaves:0',
  'master_repl_offset:15',
  '# Persistence',
  'loading:0',
  'rdb_last_bgsave_status:err',
  'aof_enabled:1',
  'aof_last_write_status:ok',
  '# Memory',
  'used_memory:1715064',
  '# Keyspace',
  'db0:keys=3,expires=1,avg_ttl=0',
  'db7:keys=4,expires=0,avg_ttl=0,subexpiry=0',
].join('\r\n');

const clusterInfo = [
  'cluster_state:ok',
  'cluster_slots_assigned:16384',
  'cluster_slots_pfail:2',
  'cluster_slots_fail:3',
  'cluster_current_epoch:6',
  'cluster_my_epoch:1',
].join('\r\n');

describe('parseNodeView', () => {
  it('reads a replica whose link is down', () => {
    expect(parseNodeView('server-2:7001', { clusterInfo, clusterNodes, info: replicaInfo })).toMatchObject({
      node: 'server-2:7001',
      redisId: '49fb721841f9649a44a563edb7b4b9185a8242ff',
      version: '7.0.15',
      runId: 'dfa008e4ca608af34b5cb6f78b5a41f435d4c85d',
      uptimeSeconds: 12,
      clusterState: 'ok',
      clusterEnabled: true,
      currentEpoch: 6,
      myEpoch: 1,
      slotsAssigned: 16_384,
      slotsFailing: 5,
      keys: 7,
      usedMemoryBytes: 1_715_064,
      role: 'replica',
      isLoading: false,
      persistence: { lastSaveOk: false, lastAofWriteOk: true, aofEnabled: true },
      replication: { isLinkUp: false, isSyncing: true, linkDownSeconds: 6, offset: 14, replicas: [] },
    });
  });

  it('reads a master and the replicas that it lists', () => {
    const info =
      'role:master\r\nslave0:ip=10.0.0.2,port=7001,state=online,offset=9,lag=0\r\nslave1:ip=::1,port=7002,state=wait_bgsave,offset=0,lag=1\r\nmaster_repl_offset:9';
    expect(parseNodeView('a', { clusterInfo, clusterNodes, info })).toMatchObject({
      role: 'master',
      replication: {
        isLinkUp: true,
        linkDownSeconds: null,
        offset: 9,
        replicas: [
          { address: '10.0.0.2', dataPort: 7001, isOnline: true, offset: 9 },
          { address: '::1', dataPort: 7002, isOnline: false, offset: 0 },
        ],
      },
    });
  });

  it('reads Valkey, which tells its own version and mode beside the compatible ones', () => {
    const info =
      'redis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.1.0\r\nserver_mode:cluster\r\nrole:slave\r\nmaster_link_status:up';
    expect(parseNodeView('a', { clusterInfo, clusterNodes, info })).toMatchObject({
      version: '8.1.0',
      clusterEnabled: true,
      role: 'replica',
    });
  });

  it('takes a node without cluster answers for what it is: no peers, no state', () => {
    const view = parseNodeView('a', { clusterInfo: null, clusterNodes: null, info: 'redis_mode:standalone\r\nloading:1' });
    expect(view).toMatchObject({ clusterEnabled: false, isLoading: true, clusterState: 'fail', redisId: '', peers: [] });
  });

  it('refuses a number that is none', () => {
    expect(() => parseNodeView('a', { clusterInfo: 'cluster_my_epoch:x', clusterNodes, info: '' })).toThrow('cluster_my_epoch');
  });
});

describe('parseInfo', () => {
  it('keeps colons in values and leaves out titles and empty lines', () => {
    expect([...parseInfo('# Server\r\nexecutable:/opt/a:b\r\n\r\nconfig_file:\r\n')]).toEqual([
      ['executable', '/opt/a:b'],
      ['config_file', ''],
    ]);
  });

  it('never fails on any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseInfo(text)).toBeInstanceOf(Map);
      }),
    );
  });

  it('tells an absent number from an unreadable one', () => {
    expect(numberField(parseInfo(''), 'a', -1)).toBe(-1);
    expect(() => numberField(parseInfo('a:'), 'a', -1)).toThrow('a:');
  });

  it('counts the keys of all databases and of nothing else', () => {
    expect(countKeys(parseInfo('db0:keys=1\ndb11:keys=20\ndbx:keys=300\ndb:keys=300'))).toBe(21);
    expect([...parsePairs('ip=::1,port=7,=x,y')]).toEqual([
      ['ip', '::1'],
      ['port', '7'],
    ]);
  });
});
