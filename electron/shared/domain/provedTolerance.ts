import type { FailoverTrial } from './failover.ts';
import type { Tolerance } from './report.ts';
import { layoutOf, type ClusterLayout } from './reportLayout.ts';
import type { RunRecord } from './run.ts';
import { SCENARIO_FACTS } from './scenario.ts';

/** For each server, whether its loss is survived, and how far that is proved. */
export type ToleranceByServer = readonly { readonly server: string; readonly tolerance: Tolerance }[];

/**
 * Joins what the last observed layout allows with what trials proved. The layout counts first: a server that was lost well an hour ago
 * cannot be lost well now if roles have gathered on it since. A trial that failed outweighs a layout that looks right. Only the loss of the whole server
 * proves anything of it: a process that was killed or a network that was cut is less.
 */
export function toleranceOf(
  servers: readonly string[],
  latest: ClusterLayout | null,
  trials: readonly Pick<FailoverTrial, 'server' | 'scenario' | 'verdict'>[],
): ToleranceByServer {
  return servers.map((server) => {
    const trial = trials.findLast((one) => one.server === server && SCENARIO_FACTS[one.scenario].losesServer);
    const allowed = latest?.survives.find((one) => one.server === server)?.survives ?? null;
    if (allowed === false || trial?.verdict === 'fail') return { server, tolerance: 'no' };
    if (trial?.verdict === 'pass' || trial?.verdict === 'warn') return { server, tolerance: 'proved' };
    return { server, tolerance: allowed === null ? 'unknown' : 'expected' };
  });
}

/** The answer to "survives any one server": as good as the worst of them. */
export function overallTolerance(byServer: ToleranceByServer): Tolerance {
  const order = ['no', 'unknown', 'expected', 'proved'] as const;
  return order.find((tolerance) => byServer.some((one) => one.tolerance === tolerance)) ?? 'unknown';
}

/** The layout that a run has observed last, in a trial or by itself; null when it has observed none. */
export function latestLayout({ plan, trials, views }: RunRecord): ClusterLayout | null {
  const seen = [...trials.flatMap(({ layouts }) => [layouts.before, layouts.during, layouts.after]), views.before, views.after];
  let latest: ClusterLayout | null = null;
  for (const view of seen)
    // A view in which no node answered, as before an installation, shows nothing.
    if (view !== null && view.views.length > 0 && (latest?.at ?? '') <= view.at) latest = layoutOf(plan, view, 'after');
  return latest;
}

/** What is known of each server after a run. */
export function toleranceAfter(record: RunRecord): ToleranceByServer {
  return toleranceOf(
    record.plan.servers.map(({ name }) => name),
    latestLayout(record),
    record.trials,
  );
}
