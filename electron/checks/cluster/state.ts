import { message } from '../../shared/messages/message.ts';
import { silentNodes, tooFewAnswers, wholeCluster } from '../clusterObservation.ts';
import { evidenceOf } from '../evidence.ts';

const expected = message('check.cluster.state.expected');

/** Every node serves: `cluster_state:ok`. A node cut off from the majority refuses its clients although its process runs. */
export const state = wholeCluster('cluster.state', ['pass', 'fail'], expected, (view, plan) => {
  const failing = view.views.filter((one) => one.clusterState !== 'ok').map((one) => one.node);
  const evidence = evidenceOf(Object.fromEntries(view.views.map((one) => [one.node, one.clusterState])));
  if (failing.length > 0)
    return {
      verdict: 'fail',
      expected,
      observed: message('check.cluster.state.fail', { nodes: failing.join(', ') }),
      evidence,
      remedy: message('check.cluster.state.remedy'),
    };
  if (silentNodes(view, plan).length > 0) return tooFewAnswers(expected, view, plan);
  return { verdict: 'pass', expected, observed: message('check.cluster.state.ok'), evidence };
});
