import { agreementOf } from '../../shared/domain/agreement.ts';
import { message } from '../../shared/messages/message.ts';
import { reasonsEvidence, reasonsText, wholeCluster } from '../clusterObservation.ts';

const expected = message('check.cluster.agreement.expected');

/** All six nodes describe one and the same cluster. `redis-cli --cluster create` says OK before they do. */
export const agreement = wholeCluster('cluster.agreement', ['pass', 'fail'], expected, (view, plan) => {
  const { agrees, signature, reasons } = agreementOf(view, plan);
  if (agrees) return { verdict: 'pass', expected, observed: message('check.cluster.agreement.observed'), evidence: signature ?? '' };
  return {
    verdict: 'fail',
    expected,
    observed: reasonsText(reasons),
    evidence: reasonsEvidence(reasons),
    remedy: message('check.cluster.agreement.remedy'),
  };
});
