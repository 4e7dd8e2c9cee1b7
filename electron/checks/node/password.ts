import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { evidenceOf } from '../evidence.ts';
import { eachNode, type NodeObservation } from '../nodeObservation.ts';

/** The password that most nodes ask for; a node that has another one is the odd one out. */
function usualPassword(observation: NodeObservation): string {
  const counts = new Map<string, number>();
  for (const { values } of observation.settings) {
    const one = values.get('requirepass') ?? '';
    if (one !== '') counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}

/**
 * One password for clients and between nodes: any node may be master or replica. Where `masterauth` differs, replication stops at the next failover, not
 * before. Says never more than whether the two are set and equal.
 */
export const password = eachNode('node.password', ['pass', 'fail', 'unknown'], ({ node, observation }): Judgement => {
  const expected = message('check.node.password.expected');
  const values = observation.settings.find((one) => one.node === node.id)?.values;
  const refused = observation.refused?.get(node.id);
  if (refused !== undefined)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.node.password.refused', { reason: refused }),
      evidence: refused,
      remedy: message('check.node.settings.refused.remedy'),
    };
  const asked = values?.get('requirepass');
  const offered = values?.get('masterauth');
  if (asked === undefined || offered === undefined)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.node.password.unread'),
      evidence: '',
      remedy: message('check.unread.remedy'),
    };
  const isUsual = asked === usualPassword(observation);
  const evidence = evidenceOf({
    requirepass: asked === '' ? 'not set' : 'set',
    masterauth: offered === '' ? 'not set' : 'set',
    areEqual: asked === offered,
    isEqualToOtherNodes: isUsual,
  });
  const remedy = message('check.node.password.remedy', { unit: node.unit, server: node.server });
  if (asked === '') return { verdict: 'fail', expected, observed: message('check.node.password.open'), evidence, remedy };
  if (offered === '') return { verdict: 'fail', expected, observed: message('check.node.password.noneOffered'), evidence, remedy };
  if (asked !== offered) return { verdict: 'fail', expected, observed: message('check.node.password.different'), evidence, remedy };
  if (!isUsual) return { verdict: 'fail', expected, observed: message('check.node.password.another'), evidence, remedy };
  return { verdict: 'pass', expected, observed: message('check.node.password.observed'), evidence };
});
