import { rolesOf } from '../../shared/domain/roles.ts';
import { message } from '../../shared/messages/message.ts';
import { tooFewAnswers, wholeCluster } from '../clusterObservation.ts';
import { evidenceOf } from '../evidence.ts';

const expected = message('check.cluster.placement.expected');

/** No replica runs on the server of its master: that server would take both with it. Redis itself only warns, and tells servers apart by their addresses. */
export const placement = wholeCluster('cluster.placement', ['pass', 'passWithoutTolerance'], expected, (view, plan) => {
  const serverOf = new Map(plan.nodes.map((node) => [node.id, node.server]));
  const standings = rolesOf(view, plan);
  const pairs = standings.flatMap((one) => (one.replicates === null ? [] : [{ replica: one.node, master: one.replicates }]));
  const together = pairs.filter(({ replica, master }) => serverOf.get(replica) === serverOf.get(master));
  const evidence = evidenceOf(Object.fromEntries(pairs.map(({ replica, master }) => [replica, master])));
  if (together.length > 0)
    return {
      verdict: 'passWithoutTolerance',
      expected,
      observed: message('check.cluster.placement.together', {
        pairs: together.map(({ replica, master }) => `${replica} → ${master}`).join(', '),
      }),
      evidence,
      remedy: message('check.cluster.roles.remedy'),
    };
  if (standings.some((one) => one.standing === 'unknown')) return tooFewAnswers(expected, view, plan);
  return { verdict: 'pass', expected, observed: message('check.cluster.placement.observed'), evidence };
});
