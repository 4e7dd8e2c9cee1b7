import type { ClusterPlan } from './plan.ts';

/** What decides when a node that crashed is started again. */
export type RestartSettings = Pick<ClusterPlan['settings'], 'persistence' | 'nodeTimeoutMs'>;

/**
 * Seconds between a crash and the next start. A node with its data on disk comes back at once. One without must stay away until its
 * replica has taken over (more than twice the node timeout): an empty master would be copied by its replica.
 */
export function restartDelaySeconds({ persistence, nodeTimeoutMs }: RestartSettings): number {
  return persistence === 'none' ? Math.floor((2 * nodeTimeoutMs) / 1000) + 1 : 1;
}
