import { z } from 'zod';
import type { WorkflowId } from './events.ts';
import type { FailoverTrial } from './failover.ts';
import { FailoverScenario, SCENARIO_FACTS } from './scenario.ts';
import { Verdict, worstVerdict } from './verdict.ts';

/** A trial as a list of runs tells it: what was done to which server when, with what result. Outage in milliseconds; null where there is no figure. */
export const TrialSummary = z.object({
  server: z.string(),
  scenario: FailoverScenario,
  startedAt: z.string(),
  verdict: Verdict,
  outageMs: z.number().nullable(),
});
export type TrialSummary = z.infer<typeof TrialSummary>;

/** A run as far as it says something of trials. */
export interface TryingRun {
  readonly workflow: WorkflowId;
  readonly startedAt: string;
  /** How it ended; null: it has not. */
  readonly verdict: Verdict | null;
  readonly trials: readonly TrialSummary[];
}

/** A server of a cluster, with the last trial that lost it; null: none since the cluster was installed. */
export interface TriedServer {
  readonly server: string;
  readonly trial: TrialSummary | null;
}

/** What a list of runs tells of a trial. */
export function trialSummaryOf({ server, scenario, startedAt, verdict, outageMs }: Pick<FailoverTrial, keyof TrialSummary>): TrialSummary {
  return { server, scenario, startedAt, verdict, outageMs };
}

/**
 * The runs that say something of the cluster as it is, newest first: those since the newest installation, that one included, and none from before it
 * was taken away. What was proved of another installation proves nothing of this one.
 */
export function sinceInstallation<Run extends Pick<TryingRun, 'workflow' | 'startedAt' | 'verdict'>>(runs: readonly Run[]): readonly Run[] {
  const newestFirst = runs.toSorted((one, other) => other.startedAt.localeCompare(one.startedAt));
  const first = newestFirst.findIndex(({ workflow, verdict }) => workflow === 'install' || (workflow === 'remove' && verdict === 'pass'));
  if (first < 0) return newestFirst;
  return newestFirst.slice(0, newestFirst[first]?.workflow === 'install' ? first + 1 : first);
}

/**
 * The last trial that lost the whole of each server, over all runs that say something of the cluster as it is. A test of one server leaves what was proved of the others
 * as it is.
 */
export function triedServers(servers: readonly string[], runs: readonly TryingRun[]): readonly TriedServer[] {
  const trials = sinceInstallation(runs)
    .flatMap((run) => run.trials)
    .toSorted((one, other) => other.startedAt.localeCompare(one.startedAt));
  return servers.map((server) => ({
    server,
    trial: trials.find((trial) => trial.server === server && SCENARIO_FACTS[trial.scenario].losesServer) ?? null,
  }));
}

/** What the trials of all servers say together: the worst of them, and whether every server has one. Null where none was tried. */
export function triedVerdict(tried: readonly TriedServer[]): { readonly verdict: Verdict; readonly isWhole: boolean } | null {
  const trials = tried.flatMap(({ trial }) => (trial === null ? [] : [trial]));
  if (trials.length === 0) return null;
  return { verdict: worstVerdict(trials.map(({ verdict }) => verdict)), isWhole: trials.length === tried.length };
}
