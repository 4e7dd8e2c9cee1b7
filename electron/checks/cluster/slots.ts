import { coverageOf } from '../../shared/domain/coverage.ts';
import { SLOT_COUNT } from '../../shared/domain/plan.ts';
import { message } from '../../shared/messages/message.ts';
import { reasonsEvidence, reasonsText, wholeCluster } from '../clusterObservation.ts';
import { evidenceOf } from '../evidence.ts';

const expected = message('check.cluster.slots.expected', { count: SLOT_COUNT });

/** Each of the 16384 slots has exactly one working master, by what the masters say of themselves. */
export const slots = wholeCluster('cluster.slots', ['pass', 'fail'], expected, (view, plan) => {
  const { isComplete, covered, reasons } = coverageOf(view, plan);
  if (isComplete)
    return {
      verdict: 'pass',
      expected,
      observed: message('check.cluster.slots.observed', { count: covered }),
      evidence: evidenceOf({ covered }),
    };
  return {
    verdict: 'fail',
    expected,
    observed: reasonsText(reasons),
    evidence: reasonsEvidence(reasons),
    remedy: message('check.cluster.slots.remedy'),
  };
});
