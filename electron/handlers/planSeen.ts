import { join } from 'node:path';
import type { ClusterPlan } from '../shared/domain/plan.ts';
import type { ClusterSpec } from '../shared/domain/spec.ts';
import { listRuns, readRunEvents } from '../storage/runJournal.ts';
import { runsFolder } from '../storage/triadHome.ts';
import { sortedAddresses } from './runSummaries.ts';

/**
 * The plan of the newest kept run that has seen the servers of a specification: it knows what they run on. Null where none has; a journal that cannot be read
 * tells nothing.
 */
export async function planSeen(spec: ClusterSpec, home: string): Promise<ClusterPlan | null> {
  const folder = runsFolder(home, spec.name);
  const own = sortedAddresses(spec.servers.map(({ address }) => String(address))).join(' ');
  for (const runId of (await listRuns(folder)).toReversed()) {
    const events = await readRunEvents(join(folder, runId)).catch(() => []);
    const plan = events.flatMap((event) => (event.type === 'runStarted' ? [event.plan] : [])).at(0);
    // One without a login has only presumed what they run on.
    if (plan === undefined || !events.some(({ type }) => type === 'factsGathered')) continue;
    if (sortedAddresses(plan.servers.map(({ address }) => String(address))).join(' ') === own) return plan;
  }
  return null;
}
