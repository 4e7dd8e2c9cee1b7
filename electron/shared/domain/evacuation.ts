import { nodesOnServer, type ClusterPlan } from './plan.ts';
import { rolesOf, type PlannedSwitchover } from './roles.ts';
import type { ClusterView } from './view.ts';

/** Planned ids of the nodes on a server that are masters with slots now, in the plan's order. */
export function mastersOn(view: ClusterView, plan: ClusterPlan, server: string): readonly string[] {
  const own = new Set(nodesOnServer(plan, server).map(({ id }) => id));
  return rolesOf(view, plan)
    .filter(({ node, observed, slots }) => own.has(node) && observed === 'master' && slots.length > 0)
    .map(({ node }) => node);
}

/**
 * The planned switchovers that leave a server without a master, lowest shard first: each to a replica on another server. A master without
 * one is not among them. Says nothing of whether these replicas are in sync.
 */
export function evacuationsOf(view: ClusterView, plan: ClusterPlan, server: string): readonly PlannedSwitchover[] {
  const standings = rolesOf(view, plan);
  const elsewhere = new Set(plan.nodes.filter((node) => node.server !== server).map(({ id }) => id));
  return mastersOn(view, plan, server)
    .flatMap((from): readonly PlannedSwitchover[] => {
      const to = standings.find(({ node, observed, replicates }) => elsewhere.has(node) && observed === 'replica' && replicates === from);
      const shard = plan.nodes.find(({ id }) => id === from)?.shard;
      return to === undefined || shard === undefined ? [] : [{ shard, from, to: to.node }];
    })
    .toSorted((a, b) => a.shard - b.shard);
}
