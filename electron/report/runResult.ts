import type { RunRecord } from '../shared/domain/run.ts';
import type { Report, ReportCheck, ReportClientImpact, ReportFailure, ReportIntegrity, ReportTrial } from '../shared/domain/report.ts';
import { buildReport } from './buildReport.ts';

/** The last line of `--json`: what a script needs to know of a run. */
export interface RunResult {
  readonly type: 'result';
  readonly runId: string;
  readonly workflow: Report['workflow'];
  readonly verdict: Report['verdict'];
  readonly story: string;
  readonly durationMs: number;
  readonly failure: ReportFailure | null;
  readonly checks: readonly ReportCheck[];
  readonly failover: { readonly trials: readonly ReportTrial[] };
  readonly clientImpacts: readonly ReportClientImpact[];
  /** Where the HTML report lies; report.json lies beside it. */
  readonly report: string | null;
  /** Of the record that the report was made from; null where no journal was kept. */
  readonly integrity: ReportIntegrity | null;
}

/** The result of a run in the words of its report. */
export function resultOf(record: RunRecord, reportFile: string | null, integrity?: ReportIntegrity): RunResult {
  const { runId, workflow, verdict, story, when, failure, checks, failover, clientImpacts } = buildReport(record);
  return {
    type: 'result',
    runId,
    workflow,
    verdict,
    story,
    durationMs: when.durationMs,
    failure,
    checks,
    failover,
    clientImpacts,
    report: reportFile,
    integrity: integrity ?? null,
  };
}
