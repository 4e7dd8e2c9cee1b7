import { placesOn, type ClusterPlan } from './plan.ts';
import { isExperimental, WINDOWS_DISTRIBUTIONS, type ExperimentalDistribution } from './windowsDistribution.ts';

/** The Redis of a plan's Windows servers where Triad was never tried with it, and its name; null for every other plan. */
export function experimentalRedisOf(
  plan: Pick<ClusterPlan, 'servers' | 'bundle' | 'folders' | 'windows'>,
): { readonly distribution: ExperimentalDistribution; readonly name: string } | null {
  const own = plan.servers.find(({ platform }) => platform === 'windows');
  const distribution = own === undefined ? undefined : placesOn(plan, own.name).bundle.distribution;
  return distribution !== undefined && isExperimental(distribution)
    ? { distribution, name: WINDOWS_DISTRIBUTIONS[distribution].name }
    : null;
}
