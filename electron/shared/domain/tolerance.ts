import { reasonOf, type ClusterReason } from './clusterReason.ts';
import { coverageOf } from './coverage.ts';
import { nameNodes, ownLine, referenceOf, viewOf } from './layout.ts';
import type { ClusterPlan } from './plan.ts';
import { syncOf } from './readiness.ts';
import type { ClusterView } from './view.ts';

/** Whether the loss of one server would be survived without help. */
export interface ServerTolerance {
  readonly server: string;
  readonly survives: boolean;
  readonly reasons: readonly ClusterReason[];
}

/**
 * Judges for each server whether its loss would be survived: a majority of the masters that own slots remains (only they vote), and every slot keeps
 * a working master or gets one, that is an in-sync replica on another server that may stand for election. Only nodes that answered count.
 */
export function toleranceOf(view: ClusterView, plan: ClusterPlan, earlier?: ClusterView): readonly ServerTolerance[] {
  const names = nameNodes(view, plan);
  const peers = referenceOf(view)?.peers ?? [];
  const lineByNode = new Map(peers.map((peer) => [names.plannedOf(peer) ?? peer.redisId, peer]));
  const serverOf = new Map(plan.nodes.map((node) => [node.id, node.server]));
  const masters = [...lineByNode].filter(([, peer]) => peer.role === 'master' && peer.slots.length > 0).map(([node]) => node);
  const isAlive = (node: string): boolean => viewOf(view, node) !== null && lineByNode.get(node)?.health === 'ok';
  const syncs = syncOf(view, plan, earlier);
  const uncovered = coverageOf(view, plan).reasons;
  const silent = (node: string): ClusterReason =>
    reasonOf('cluster.silent', { node, reason: view.silent.find((one) => one.node === node)?.reason ?? '-' });

  /** Why no replica would take over for a master on the lost server; empty when one would. */
  function withoutSuccessor(master: string, lost: string): readonly ClusterReason[] {
    const masterId = lineByNode.get(master)?.redisId;
    const replicas = [...lineByNode].filter(([, peer]) => peer.role === 'replica' && peer.masterRedisId === masterId);
    if (replicas.length === 0) return [reasonOf('cluster.noReplica', { node: master })];
    const obstacles = replicas.map(([node]): readonly ClusterReason[] => {
      if (serverOf.get(node) === lost) return [reasonOf('cluster.replicaBesideMaster', { node, master, server: lost })];
      const own = viewOf(view, node);
      if (own === null || !isAlive(node)) return [silent(node)];
      if (ownLine(own)?.isNoFailover === true) return [reasonOf('cluster.replicaNeverStands', { node })];
      const sync = syncs.find((one) => one.node === node);
      return sync === undefined ? [reasonOf('cluster.linkDown', { node })] : sync.reasons;
    });
    return obstacles.some((reasons) => reasons.length === 0) ? [] : obstacles.flat();
  }

  return plan.servers.map(({ name: server }) => {
    const isLost = (node: string): boolean => serverOf.get(node) === server;
    const left = masters.filter((node) => !isLost(node) && isAlive(node)).length;
    const reasons: ClusterReason[] = [...uncovered];
    if (left <= masters.length / 2) reasons.push(reasonOf('cluster.noMajorityLeft', { server, left, masters: masters.length }));
    for (const master of masters) {
      if (isLost(master)) reasons.push(...withoutSuccessor(master, server));
      else if (!isAlive(master)) reasons.push(reasonOf('cluster.masterDown', { node: master }));
    }
    return { server, survives: reasons.length === 0, reasons };
  });
}

/**
 * Whether so many of the masters that own slots are lost (silent to us, and held for failed or suspected by one that answers) that the rest is
 * no majority: nobody can vote for a replica then. One suspicion is enough, since those that answer notice a loss at different moments. False
 * for nodes that never formed a cluster.
 */
export function hasLostMajority(view: ClusterView, plan: ClusterPlan): boolean {
  const names = nameNodes(view, plan);
  const masters = (referenceOf(view)?.peers ?? []).filter((peer) => peer.role === 'master' && peer.slots.length > 0);
  const doubted = new Set(view.views.flatMap(({ peers }) => peers.filter(({ health }) => health !== 'ok').map(({ redisId }) => redisId)));
  const lost = masters.filter((peer) => doubted.has(peer.redisId) && viewOf(view, names.plannedOf(peer) ?? '') === null);
  return lost.length > 0 && masters.length - lost.length <= masters.length / 2;
}
