import type { ServerFacts } from '../../shared/domain/server.ts';
import { clusterSubject } from '../../shared/domain/subject.ts';
import { message } from '../../shared/messages/message.ts';
import { resultOf, type Check, type Judgement } from '../check.ts';
import type { CheckContext } from '../checkContext.ts';
import { evidenceOf } from '../evidence.ts';

const ID = 'server.sameSystem';

function judgeAll(all: readonly ServerFacts[], context: CheckContext): Judgement {
  const missing = context.plan.servers.filter((server) => !all.some((one) => one.server === server.name)).map((server) => server.name);
  const expected = message('check.server.sameSystem.expected');
  const systemOf = (one: ServerFacts): string => `${one.os.id} ${one.os.versionId} ${one.os.architecture}`.trim();
  const evidence = evidenceOf(Object.fromEntries(all.map((one) => [one.server, systemOf(one)])));
  if (missing.length > 0)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.server.sameSystem.unknown', { servers: missing.join(', ') }),
      evidence,
      remedy: message('check.unobserved.remedy', { server: missing.join(', ') }),
    };
  const systems = [...new Set(all.map(systemOf))];
  if (systems.length <= 1)
    return { verdict: 'pass', expected, observed: message('check.server.sameSystem.observed', { system: systems.join() }), evidence };
  return {
    verdict: 'warn',
    expected,
    observed: message('check.server.sameSystem.different', { systems: all.map((one) => `${one.server}: ${systemOf(one)}`).join('; ') }),
    evidence,
    remedy: message('check.server.sameSystem.remedy'),
  };
}

/** The three servers run the same system: what was tried on one then holds for all. One result, about the cluster. */
export const sameSystem: Check<readonly ServerFacts[]> = {
  id: ID,
  verdicts: ['pass', 'warn', 'unknown'],
  comparesServers: true,
  judge: (facts, context) => {
    const all = context.plan.servers.flatMap((server) => facts.find((one) => one.server === server.name) ?? []);
    return [resultOf(ID, clusterSubject, judgeAll(all, context))];
  },
};
