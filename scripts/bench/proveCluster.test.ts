import { expect, it } from 'vitest';
import { faultsOf, type NodeWords } from './proveCluster.ts';

const cluster = 'cluster_enabled:1\r\ncluster_state:ok\r\ncluster_slots_ok:16384\r\ncluster_known_nodes:6\r\n';
const master: NodeWords = { node: 'm', cluster, replication: '# Replication\r\nrole:master\r\nconnected_slaves:1\r\n' };
const replica: NodeWords = { node: 'r', cluster, replication: '# Replication\r\nrole:slave\r\nmaster_link_status:up\r\n' };
const sound = [master, master, master, replica, replica, replica];

it('finds nothing wrong with three masters and three replicas in sync', () => {
  expect(faultsOf(sound)).toEqual([]);
});

it.each<readonly [what: string, nodes: readonly NodeWords[], fault: string]>([
  ['a node that does not serve', [{ ...master, cluster: cluster.replace('ok\r', 'fail\r') }, ...sound.slice(1)], 'm cluster_state fail'],
  ['an uncovered slot', [{ ...master, cluster: cluster.replace('16384', '16383') }, ...sound.slice(1)], 'm cluster_slots_ok 16383'],
  [
    'a node that knows too few',
    [{ ...master, cluster: cluster.replace('nodes:6', 'nodes:5') }, ...sound.slice(1)],
    'm cluster_known_nodes 5',
  ],
  [
    'a replica out of sync',
    [...sound.slice(0, 5), { ...replica, replication: 'role:slave\r\nmaster_link_status:down\r\n' }],
    'r master_link_status down',
  ],
  [
    'a master without replica',
    [{ ...master, replication: 'role:master\r\nconnected_slaves:0\r\n' }, ...sound.slice(1)],
    'm connected_slaves 0',
  ],
  ['a fourth master', [master, ...sound.slice(0, 5)], '2 of 6 nodes are replicas'],
  ['a missing node', sound.slice(1), '3 of 5 nodes are replicas'],
])('finds %s', (_, nodes, fault) => {
  expect(faultsOf(nodes)).toEqual([fault]);
});
