import type { ClusterPlan, NodeSpec } from './plan.ts';
import { layoutOfNodes, type ClusterLayout, type LayoutNode } from './reportLayout.ts';

/**
 * The layout that is expected when a planned cluster loses a server. `during`: its nodes are gone and the replica of its master has taken over.
 * `after`: it is back, its former master copies the one that took over, and nobody has given the roles back yet. Nothing in it was observed.
 */
export function layoutAfterLoss(plan: ClusterPlan, lost: string, moment: 'during' | 'after'): ClusterLayout {
  const isBack = moment === 'after';
  const replicaOf = (master: NodeSpec): NodeSpec | undefined => plan.nodes.find((node) => node.replicaOf === master.id);
  const masterOf = (node: NodeSpec): NodeSpec | undefined => plan.nodes.find((one) => one.shard === node.shard && one.role === 'master');

  const nodes = plan.nodes.map((node): LayoutNode => {
    const master = masterOf(node);
    const slots = master?.slots ?? null;
    const base = { id: node.id, server: node.server, port: node.dataPort, shard: node.shard, slots: slots === null ? [] : [slots] };
    if (node.server === lost && !isBack)
      return { ...base, role: node.role, state: 'lost', slots: [], replicaOf: null, isLinkUp: null, tookOver: false };
    const isVictimsShard = master?.server === lost;
    if (isVictimsShard && node.role === 'replica')
      return { ...base, role: 'master', state: 'up', replicaOf: null, isLinkUp: null, tookOver: true };
    if (isVictimsShard && master !== undefined)
      return { ...base, role: 'replica', state: 'up', replicaOf: replicaOf(master)?.id ?? null, isLinkUp: true, tookOver: false };
    const isReplica = node.role === 'replica';
    return { ...base, role: node.role, state: 'up', replicaOf: node.replicaOf, isLinkUp: isReplica ? true : null, tookOver: false };
  });
  return layoutOfNodes(plan, moment, null, nodes);
}

/** What the loss of a server would mean, node by node. */
export interface LossStory {
  /** The master that goes, and the replica that takes its place. */
  readonly lostMaster: NodeSpec;
  readonly successor: NodeSpec;
  /** The replica that goes too, and the master that is left without a copy meanwhile. */
  readonly lostReplica: NodeSpec;
  readonly uncopied: NodeSpec;
}

/** Who goes and who takes over when a server of a planned cluster is lost; null for a plan that does not cross its replicas. */
export function lossStoryOf(plan: ClusterPlan, lost: string): LossStory | null {
  const lostMaster = plan.nodes.find((node) => node.server === lost && node.role === 'master');
  const lostReplica = plan.nodes.find((node) => node.server === lost && node.role === 'replica');
  const successor = plan.nodes.find((node) => node.replicaOf === lostMaster?.id && node.server !== lost);
  const uncopied = plan.nodes.find((node) => node.id === lostReplica?.replicaOf);
  if (lostMaster === undefined || lostReplica === undefined || successor === undefined || uncopied === undefined) return null;
  return { lostMaster, successor, lostReplica, uncopied };
}
