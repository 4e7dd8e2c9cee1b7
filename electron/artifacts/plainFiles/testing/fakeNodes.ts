import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterPlan, NodeSpec } from '../../../shared/domain/plan.ts';
import { renderFormScript } from '../formScript.ts';

/** What one fake node answers. */
export interface FakeNode {
  peers: string;
  info: string;
  keys: string;
  replication: string;
  /** What it answers from the first time on that it was told to meet another. */
  met?: Omit<FakeNode, 'met'>;
}

/** The answers of six nodes by their planned ids. */
export type FakeNodes = Record<string, FakeNode>;

const COMPLETE = 'cluster_state:ok\r\ncluster_slots_ok:16384\r\ncluster_known_nodes:6\r\ncluster_current_epoch:6\r\ncluster_my_epoch:1\r\n';
const IN_STEP = 'role:slave\r\nmaster_link_status:up\r\n';

/** The Redis id of a planned node; any, but always the same. */
export function redisIdOf(node: NodeSpec): string {
  return `${node.shard}${node.role === 'master' ? 'a' : 'b'}`.padEnd(40, '0');
}

/** One line of CLUSTER NODES. */
export function peerLine(node: NodeSpec, flags: string, master = '-', slots = ''): string {
  return `${redisIdOf(node)} ${node.address}:${node.dataPort}@${node.busPort},host ${flags} ${master} 0 0 1 connected ${slots}`.trimEnd();
}

/** Six nodes that form the planned cluster. */
export function formedNodes(plan: ClusterPlan): FakeNodes {
  const line = (node: NodeSpec, self: NodeSpec): string => {
    const master = plan.nodes.find(({ id }) => id === node.replicaOf);
    const own = node === self ? 'myself,' : '';
    return master === undefined
      ? peerLine(node, `${own}master`, '-', `${node.slots?.first}-${node.slots?.last}`)
      : peerLine(node, `${own}slave`, redisIdOf(master));
  };
  return Object.fromEntries(
    plan.nodes.map((self) => [
      self.id,
      { peers: `${plan.nodes.map((node) => line(node, self)).join('\n')}\n`, info: COMPLETE, keys: '12', replication: IN_STEP },
    ]),
  );
}

/**
 * Runs the script that joins the nodes, with a redis-cli that gives these answers and writes down what it was told to change. Of all that is
 * sent, only a MEET changes the answers, where a node says so.
 */
export function joinFakes(
  folder: string,
  plan: ClusterPlan,
  nodes: FakeNodes,
): { code: number | null; stdout: string; stderr: string; sent: readonly string[] } {
  for (const { id, address, dataPort } of plan.nodes) {
    const place = join(folder, `${address}_${dataPort}`);
    mkdirSync(place, { recursive: true });
    const { met, ...now } = nodes[id] ?? {};
    for (const [name, text] of Object.entries(now)) writeFileSync(join(place, name), text);
    if (met === undefined) continue;
    mkdirSync(join(place, 'met'));
    for (const [name, text] of Object.entries(met)) writeFileSync(join(place, 'met', name), text);
  }
  const client = join(folder, 'redis-cli');
  writeFileSync(
    client,
    `#!/bin/sh
cd '${folder}'
place=$2_$4
shift 4
[ "$REDISCLI_AUTH" = 'the password' ] || exit 9
case "$*" in
  'CLUSTER NODES') cat "$place/peers" ;;
  'CLUSTER INFO') cat "$place/info" ;;
  DBSIZE) cat "$place/keys" ;;
  'INFO replication') cat "$place/replication" ;;
  *) echo "$place $*" >> sent; echo OK ;;
esac
case "$*" in
  'CLUSTER MEET '*) [ ! -d "$place/met" ] || cp "$place/met/"* "$place" ;;
esac
`,
  );
  chmodSync(client, 0o755);
  const { status, stdout, stderr } = spawnSync('sh', ['-c', renderFormScript(plan), 'form-cluster.sh', '--password-file', '-'], {
    env: { PATH: process.env['PATH'], REDIS_CLI: client, TMPDIR: folder },
    input: 'the password\n',
    encoding: 'utf8',
  });
  const log = join(folder, 'sent');
  const sent = existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : [];
  return { code: status, stdout, stderr, sent };
}
