import type { ClusterPlan } from './plan.ts';
import type { ClusterSpec, Server } from './spec.ts';

/**
 * A specification with the platforms that a plan of the same servers has found out, where it leaves them open. A server of another name or address is not the
 * plan's and stays open; so do all of a cluster on Linux servers alone, which is what an open one means anyway.
 */
export function withPlatformsOfPlan(spec: ClusterSpec, plan: Pick<ClusterPlan, 'servers'> | null): ClusterSpec {
  if (plan?.servers.some(({ platform }) => platform === 'windows') !== true) return spec;
  const servers = spec.servers.map((server): Server => {
    const planned = plan.servers.find(({ name, address }) => name === server.name && address === server.address);
    return server.platform !== undefined || planned === undefined ? server : { ...server, platform: planned.platform };
  });
  return { ...spec, servers };
}
