import type { Failure } from '../shared/domain/failure.ts';
import type { ReportFailure } from '../shared/domain/report.ts';
import { failureWords } from '../shared/figures/reportWords.ts';
import type { RunResult } from './runResult.ts';

/** The result where no run could begin: the same fields, with nothing in them but the failure, and what else is known of it. */
export function resultOfFailure(
  failure: Failure,
  details: object = {},
): Pick<RunResult, 'type' | 'verdict' | 'checks' | 'failover' | 'report'> & {
  readonly failure: ReportFailure;
} {
  return {
    type: 'result',
    verdict: 'fail',
    failure: { ...failureWords(failure), ...details },
    checks: [],
    failover: { trials: [] },
    report: null,
  };
}
