import { agreementOf } from '../../shared/domain/agreement.ts';
import { referenceOf } from '../../shared/domain/layout.ts';
import { message } from '../../shared/messages/message.ts';
import { reasonsEvidence, reasonsOf, reasonsText, silentNodes, tooFewAnswers, wholeCluster } from '../clusterObservation.ts';

const expected = message('check.cluster.epochs.expected');

/** No two owners of slots have one configuration epoch: either could take a slot from the other. */
export const epochs = wholeCluster('cluster.epochs', ['pass', 'warn'], expected, (view, plan) => {
  const collisions = reasonsOf(agreementOf(view, plan).reasons, ['cluster.epochsCollide']);
  if (collisions.length > 0)
    return {
      verdict: 'warn',
      expected,
      observed: reasonsText(collisions),
      evidence: reasonsEvidence(collisions),
      remedy: message('check.cluster.epochs.remedy'),
    };
  if (silentNodes(view, plan).length > 0) return tooFewAnswers(expected, view, plan);
  const found = (referenceOf(view)?.peers ?? []).filter((peer) => peer.slots.length > 0).map((peer) => peer.configEpoch);
  const list = found.toSorted((a, b) => a - b).join(', ');
  return { verdict: 'pass', expected, observed: message('check.cluster.epochs.observed', { epochs: list }), evidence: list };
});
