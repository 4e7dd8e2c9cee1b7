import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { evidenceOf } from '../evidence.ts';
import { eachNode, silenceOf } from '../nodeObservation.ts';

/** The node answers with the planned password and runs as part of a cluster. */
export const answers = eachNode('node.answers', ['pass', 'warn', 'fail', 'unknown'], ({ node, observation }): Judgement => {
  const expected = message('check.node.answers.expected');
  const view = observation.view.views.find((one) => one.node === node.id);
  if (view === undefined) {
    const reason = silenceOf(observation.view, node.id);
    const isHeardOf = observation.view.views.some(({ peers }) =>
      peers.some(
        (peer) => peer.address === node.address && peer.dataPort === node.dataPort && peer.health === 'ok' && peer.isLinkConnected,
      ),
    );
    // Its peers talk to it: what is between it and this computer is no matter of the cluster's.
    if (observation.isFromHere === true && isHeardOf)
      return {
        verdict: 'unknown',
        expected,
        observed: message('check.node.answers.notFromHere', { reason }),
        evidence: reason,
        remedy: message('check.node.answers.notFromHere.remedy', { port: node.dataPort, server: node.server }),
      };
    return {
      verdict: 'fail',
      expected,
      observed: reason === '' ? message('check.node.answers.silent') : message('check.node.answers.silentBecause', { reason }),
      evidence: reason,
      remedy: message('check.node.answers.remedy', { unit: node.unit, server: node.server }),
    };
  }
  const evidence = evidenceOf({ redisId: view.redisId, isLoading: view.isLoading, clusterEnabled: view.clusterEnabled });
  if (!view.clusterEnabled)
    return {
      verdict: 'fail',
      expected,
      observed: message('check.node.answers.noCluster'),
      evidence,
      remedy: message('check.node.answers.noCluster.remedy', { unit: node.unit }),
    };
  if (view.isLoading)
    return {
      verdict: 'warn',
      expected,
      observed: message('check.node.answers.loading'),
      evidence,
      remedy: message('check.node.answers.loading.remedy'),
    };
  return { verdict: 'pass', expected, observed: message('check.node.answers.observed'), evidence };
});
