import { experimentalRedisOf } from '../../shared/domain/experimentalRedis.ts';
import type { ServerFacts } from '../../shared/domain/server.ts';
import { clusterSubject } from '../../shared/domain/subject.ts';
import { message } from '../../shared/messages/message.ts';
import { resultOf, type Check } from '../check.ts';
import { evidenceOf } from '../evidence.ts';

const ID = 'server.experimentalRedis';

/**
 * Says that the Redis of the Windows servers was never tried with Triad. One result, about the cluster, where their distribution is experimental; none elsewhere. Never
 * more than a warning: somebody has said yes to it.
 */
export const experimentalRedis: Check<readonly ServerFacts[]> = {
  id: ID,
  verdicts: ['warn'],
  judge: (_facts, { plan }) => {
    const found = experimentalRedisOf(plan);
    if (found === null) return [];
    const { distribution, name } = found;
    return [
      resultOf(ID, clusterSubject, {
        verdict: 'warn',
        expected: message('check.server.experimentalRedis.expected'),
        observed: message('check.server.experimentalRedis.observed', { name }),
        evidence: evidenceOf({ distribution }),
        remedy: message('check.server.experimentalRedis.remedy'),
      }),
    ];
  },
};
