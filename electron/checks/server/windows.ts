import type { ServerFacts } from '../../shared/domain/server.ts';
import { clusterSubject } from '../../shared/domain/subject.ts';
import { message } from '../../shared/messages/message.ts';
import { resultOf, type Check } from '../check.ts';
import { evidenceOf } from '../evidence.ts';

const ID = 'server.windows';

/**
 * Says plainly what nobody supports. One result, about the cluster, where a server of the plan runs Windows; none for a cluster on Linux, which has nothing to
 * hear about it. Never more than a warning: who has read it may go on.
 */
export const windows: Check<readonly ServerFacts[]> = {
  id: ID,
  verdicts: ['warn'],
  judge: (_facts, { plan }) => {
    const own = plan.servers.filter(({ platform }) => platform === 'windows').map(({ name }) => name);
    if (own.length === 0) return [];
    const servers = own.join(', ');
    const isMixed = own.length < plan.servers.length;
    return [
      resultOf(ID, clusterSubject, {
        verdict: 'warn',
        expected: message('check.server.windows.expected'),
        observed: isMixed ? message('check.server.windows.mixed', { servers }) : message('check.server.windows.all'),
        evidence: evidenceOf(Object.fromEntries(plan.servers.map(({ name, platform }) => [name, platform]))),
        remedy: isMixed ? message('check.server.windows.mixed.remedy') : message('check.server.windows.all.remedy'),
      }),
    ];
  },
};
