import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { evidenceOf } from '../evidence.ts';
import { eachNode, silenceOf } from '../nodeObservation.ts';

/** The node answers with the planned password and runs as part of a cluster. */
export const answers = eachNode('node.answers', ['pass', 'warn', 'fail'], ({ node, observation }): Judgement => {
  const expected = message('check.node.answers.expected');
  const view = observation.view.views.find((one) => one.node === node.id);
  if (view === undefined) {
    const reason = silenceOf(observation.view, node.id);
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
