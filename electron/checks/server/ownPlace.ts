import { installedElsewhere } from '../../artifacts/installedElsewhere.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';

/**
 * The cluster is not installed in other folders than the specification names. Installing over it would leave the old folders, with the password
 * and the data in them, where nothing would find them any more: the nodes would come back empty at their next start.
 */
export const ownPlace = eachServer('server.ownPlace', ['pass', 'fail'], (facts, context): Judgement => {
  const expected = message('check.server.ownPlace.expected', { cluster: context.plan.cluster });
  const blueprint = context.blueprints.get(facts.server);
  if (blueprint === undefined || !facts.paths.some(({ path }) => path === blueprint.manifestPath))
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.server.ownPlace.unknown'),
      evidence: evidenceOf({ paths: facts.paths.length }),
      remedy: message('check.unread.remedy'),
    };
  const elsewhere = installedElsewhere(blueprint, facts);
  const evidence = evidenceOf({ elsewhere });
  return elsewhere.length === 0
    ? { verdict: 'pass', expected, observed: message('check.server.ownPlace.none'), evidence }
    : {
        verdict: 'fail',
        expected,
        observed: message('check.server.ownPlace.elsewhere', { cluster: context.plan.cluster, paths: elsewhere.join(', ') }),
        evidence,
        remedy: message('check.server.ownPlace.elsewhere.remedy'),
      };
});
