import { agreementOf } from '../../shared/domain/agreement.ts';
import { message } from '../../shared/messages/message.ts';
import { reasonsEvidence, reasonsOf, reasonsText, silentNodes, tooFewAnswers, wholeCluster } from '../clusterObservation.ts';
import { evidenceOf } from '../evidence.ts';

const expected = message('check.cluster.members.expected');

/** Exactly the six planned nodes know each other: none failed, none half met, no ghost of a node that is gone, none of another cluster. */
export const members = wholeCluster('cluster.members', ['pass', 'warn', 'fail'], expected, (view, plan) => {
  const { reasons } = agreementOf(view, plan);
  const foreign = reasonsOf(reasons, ['cluster.peerForeign']);
  const broken = reasonsOf(reasons, ['cluster.peerFailed', 'cluster.peerHandshake', 'cluster.peerUnknown', 'cluster.busLinkDown']);
  const ghosts = reasonsOf(reasons, ['cluster.peerGhost']);
  const suspected = reasonsOf(reasons, ['cluster.peerSuspected']);
  const all = [...foreign, ...broken, ...ghosts, ...suspected];
  const observed = reasonsText(all);
  const evidence = reasonsEvidence(all);
  if (foreign.length > 0) return { verdict: 'fail', expected, observed, evidence, remedy: message('check.cluster.members.foreign.remedy') };
  if (broken.length > 0) return { verdict: 'fail', expected, observed, evidence, remedy: message('check.cluster.members.broken.remedy') };
  if (ghosts.length > 0) return { verdict: 'warn', expected, observed, evidence, remedy: message('check.cluster.members.ghost.remedy') };
  if (suspected.length > 0)
    return { verdict: 'warn', expected, observed, evidence, remedy: message('check.cluster.members.suspected.remedy') };
  if (silentNodes(view, plan).length > 0) return tooFewAnswers(expected, view, plan);
  const known = evidenceOf(Object.fromEntries(view.views.map((one) => [one.node, one.peers.length])));
  return { verdict: 'pass', expected, observed: message('check.cluster.members.observed'), evidence: known };
});
