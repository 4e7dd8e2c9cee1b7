import type { Report } from '../shared/domain/report.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import { buildReport } from './buildReport.ts';
import { compareRuns, type CheckDifference, type Difference } from './compareRuns.ts';
import { namedTrials, type NamedTrial } from './namedTrials.ts';

/** One run of a trend, and what was not the same as in the one before. */
export interface TrendRun {
  readonly runId: string;
  readonly workflow: Report['workflow'];
  readonly verdict: Report['verdict'];
  /** In UTC. */
  readonly startedAt: string;
  readonly startedAtLocal: string;
  readonly version: string;
  readonly triadVersion: string;
  readonly nodeTimeoutMs: number;
  readonly trials: readonly NamedTrial[];
  /** Planned or found otherwise than in the run before; empty for the first. */
  readonly facts: readonly Difference[];
  /** Checks that came to another verdict than in the run before. */
  readonly checks: readonly CheckDifference[];
}

/** The failover tests of one cluster over time. */
export interface Trend {
  readonly cluster: string;
  readonly timeZone: string;
  /** How many failover tests are kept, as many or more than are compared here. */
  readonly kept: number;
  /** Oldest first. */
  readonly runs: readonly TrendRun[];
}

/** Compares the runs of one cluster that had trials, oldest first, each with the one before; `kept`: how many there are. Pure, and in the current language. */
export function trendOf(cluster: string, records: readonly RunRecord[], timeZone = 'UTC', kept = 0): Trend {
  const tested = records.filter(({ trials }) => trials.length > 0).toSorted((one, other) => one.startedAt.localeCompare(other.startedAt));
  return {
    cluster,
    timeZone,
    kept: Math.max(kept, tested.length),
    runs: tested.map((record, index): TrendRun => {
      const { runId, workflow, verdict, when, failover, versions } = buildReport(record, { timeZone });
      const before = tested[index - 1];
      const { facts, checks } = before === undefined ? { facts: [], checks: [] } : compareRuns(before, record);
      return {
        runId,
        workflow,
        verdict,
        startedAt: when.startedAt,
        startedAtLocal: when.startedAtLocal,
        version: `${versions.engine} ${versions.engineVersion}`,
        triadVersion: versions.triad,
        nodeTimeoutMs: record.plan.settings.nodeTimeoutMs,
        trials: namedTrials(failover.trials),
        facts,
        checks,
      };
    }),
  };
}
