import { serverSubject } from '../../shared/domain/subject.ts';
import { message } from '../../shared/messages/message.ts';
import { resultOf, type Check, type Judgement } from '../check.ts';
import type { CheckContext } from '../checkContext.ts';
import { unobservedServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';
import type { ServerFacts } from '../../shared/domain/server.ts';

const ID = 'server.reached';

function judgeServer(name: string, facts: ServerFacts | undefined, context: CheckContext): Judgement {
  const expected = message('check.server.reached.expected');
  const lost = context.unobserved?.get(name);
  if (lost !== undefined)
    return {
      verdict: 'fail',
      expected,
      observed: { code: lost.code, values: lost.values },
      evidence: lost.evidence,
      remedy: { code: `${lost.code}.remedy`, values: lost.values },
    };
  if (facts === undefined) return unobservedServer(name, context);
  return {
    verdict: 'pass',
    expected,
    observed: message('check.server.reached.observed', { user: facts.loginUser, hostName: facts.hostName }),
    evidence: evidenceOf({ loginUser: facts.loginUser, hostName: facts.hostName }),
  };
}

/**
 * The server was reached by SSH and looked at. The one check that fails where a server is down: all others can only say that they do not know, and
 * somebody who reads the report after an outage looks for what failed.
 */
export const reached: Check<readonly ServerFacts[]> = {
  id: ID,
  verdicts: ['pass', 'fail', 'unknown'],
  judge: (facts, context) =>
    context.plan.servers.map(({ name }) =>
      resultOf(
        ID,
        serverSubject(name),
        judgeServer(
          name,
          facts.find((one) => one.server === name),
          context,
        ),
      ),
    ),
};
