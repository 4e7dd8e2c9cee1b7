import { agreementOf } from '../../shared/domain/agreement.ts';
import { formatEndpoint } from '../../shared/domain/address.ts';
import { message } from '../../shared/messages/message.ts';
import { reasonsEvidence, reasonsOf, reasonsText, silentNodes, tooFewAnswers, wholeCluster } from '../clusterObservation.ts';

const expected = message('check.cluster.addresses.expected');

/** Every node is known to all others by the address and ports that were entered: clients are sent to what the nodes tell each other. */
export const addresses = wholeCluster('cluster.addresses', ['pass', 'fail'], expected, (view, plan) => {
  const different = reasonsOf(agreementOf(view, plan).reasons, ['cluster.addressDiffers']);
  if (different.length > 0)
    return {
      verdict: 'fail',
      expected,
      observed: reasonsText(different),
      evidence: reasonsEvidence(different),
      remedy: message('check.cluster.addresses.remedy'),
    };
  if (silentNodes(view, plan).length > 0) return tooFewAnswers(expected, view, plan);
  const list = plan.nodes.map((node) => formatEndpoint({ address: node.address, port: node.dataPort })).join(', ');
  return { verdict: 'pass', expected, observed: message('check.cluster.addresses.observed', { addresses: list }), evidence: list };
});
