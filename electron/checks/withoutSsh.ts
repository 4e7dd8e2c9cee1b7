import type { CheckResult } from '../shared/domain/check.ts';
import { message } from '../shared/messages/message.ts';
import { BUNDLE_CHECKS } from './bundleChecks.ts';
import { logErrors } from './node/logErrors.ts';
import { service } from './node/service.ts';
import { busPort } from './pair/busPort.ts';
import { dataPort } from './pair/dataPort.ts';
import { drift } from './server/drift.ts';
import { windows } from './server/windows.ts';
import { SERVER_CHECKS } from './serverChecks.ts';
import { WINDOWS_CHECKS } from './windowsChecks.ts';

/** The checks that only a look at the servers can answer. Everything else, Redis itself tells, or a connection from here. */
const NEED_SSH: ReadonlySet<string> = new Set(
  [
    ...BUNDLE_CHECKS.filter(({ id }) => id.startsWith('server.')),
    ...SERVER_CHECKS,
    // What nobody supports is known from the plan.
    ...WINDOWS_CHECKS.filter(({ id }) => id !== windows.id),
    service,
    logErrors,
    drift,
    dataPort,
    busPort,
  ].map(({ id }) => id),
);

/**
 * What a run with Redis access alone may say: a check that needs the servers is `unknown` and marked as not made, whatever its judge made of having seen
 * nothing. Left out it could not be told from a pass.
 */
export function withoutSsh(results: readonly CheckResult[]): readonly CheckResult[] {
  return results.map((result): CheckResult => {
    if (!NEED_SSH.has(result.id)) return result;
    const observed = message('check.redisOnly.observed');
    return { ...result, verdict: 'unknown', observed, evidence: '', remedy: message('check.redisOnly.remedy'), unmade: 'ssh' };
  });
}
