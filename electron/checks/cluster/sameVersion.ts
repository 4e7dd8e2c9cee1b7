import { message } from '../../shared/messages/message.ts';
import { silentNodes, tooFewAnswers, wholeCluster } from '../clusterObservation.ts';
import { evidenceOf } from '../evidence.ts';

const expected = message('check.cluster.sameVersion.expected');

/** All six run one version: a newer master may send its older replica what that cannot read. */
export const sameVersion = wholeCluster('cluster.sameVersion', ['pass', 'warn'], expected, (view, plan) => {
  const versions = [...new Set(view.views.map((one) => one.version))].toSorted();
  const evidence = evidenceOf(Object.fromEntries(view.views.map((one) => [one.node, one.version])));
  if (versions.length > 1)
    return {
      verdict: 'warn',
      expected,
      observed: message('check.cluster.sameVersion.different', {
        versions: view.views.map((one) => `${one.node} ${one.version}`).join(', '),
      }),
      evidence,
      remedy: message('check.cluster.sameVersion.remedy'),
    };
  if (silentNodes(view, plan).length > 0) return tooFewAnswers(expected, view, plan);
  return { verdict: 'pass', expected, observed: message('check.cluster.sameVersion.observed', { version: versions.join() }), evidence };
});
