import { maintenanceOf, markPathOf } from '../../shared/domain/maintenanceMark.ts';
import type { ServerFacts } from '../../shared/domain/server.ts';
import { clusterSubject } from '../../shared/domain/subject.ts';
import { message } from '../../shared/messages/message.ts';
import { resultOf, type Check, type Judgement } from '../check.ts';
import type { CheckContext } from '../checkContext.ts';
import { evidenceOf } from '../evidence.ts';

const ID = 'server.maintenance';

function judgeMarks(facts: readonly ServerFacts[], { plan, unobserved }: CheckContext): Judgement {
  const expected = message('check.server.maintenance.expected');
  const seen = facts.filter(({ server, paths }) => paths.some((found) => found.path === markPathOf(plan, server)));
  const { marks, unreadableOn } = maintenanceOf(seen, plan);
  // Servers of both kinds have it in two places.
  const path = [...new Set(unreadableOn.map((server) => markPathOf(plan, server)))].join(', ');
  const evidence = evidenceOf({
    lookedAt: seen.map(({ server }) => server),
    marks: marks.map(({ server, runId }) => `${server} ${runId}`),
    unreadableOn,
  });
  const [mark] = marks;
  if (mark !== undefined) {
    const values = { server: mark.server, at: mark.at, by: mark.by };
    const isAway = unobserved?.has(mark.server) === true;
    return {
      verdict: 'warn',
      expected,
      observed: isAway ? message('check.server.maintenance.away', values) : message('check.server.maintenance.marked', values),
      evidence,
      remedy: message('check.server.maintenance.marked.remedy', { server: mark.server }),
    };
  }
  if (unreadableOn.length > 0)
    return {
      verdict: 'warn',
      expected,
      observed: message('check.server.maintenance.unreadable', { servers: unreadableOn.join(', '), path }),
      evidence,
      remedy: message('check.server.maintenance.unreadable.remedy', { path }),
    };
  // The mark lies on all three: one that was looked at can tell, and without any nothing is known.
  if (seen.length === 0)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.server.maintenance.unknown'),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  return { verdict: 'pass', expected, observed: message('check.server.maintenance.observed'), evidence };
}

/**
 * No server of the cluster is in maintenance: while one is, its roles lie elsewhere on purpose, and no other may be lost. One result, about the cluster,
 * because the server itself may be away: its peers hold the mark too.
 */
export const maintenance: Check<readonly ServerFacts[]> = {
  id: ID,
  verdicts: ['pass', 'warn', 'unknown'],
  comparesServers: true,
  judge: (facts, context) => [resultOf(ID, clusterSubject, judgeMarks(facts, context))],
};
