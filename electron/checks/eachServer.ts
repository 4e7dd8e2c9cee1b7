import type { ServerFacts } from '../shared/domain/server.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import type { Verdict } from '../shared/domain/verdict.ts';
import { message, say } from '../shared/messages/message.ts';
import { resultOf, type Check, type Judgement } from './check.ts';
import type { CheckContext } from './checkContext.ts';

/** Judges the facts of one server; `all` are those of every observed server of the plan, for what must differ or be alike. */
export type JudgeServer = (facts: ServerFacts, context: CheckContext, all: readonly ServerFacts[]) => Judgement;

/** What is said of a server that could not be looked at. */
export function unobservedServer(server: string, context: CheckContext): Judgement {
  const reason = context.unobserved?.get(server);
  return {
    verdict: 'unknown',
    expected: message('check.unobserved.expected'),
    observed: reason === undefined ? message('check.unobserved.noReason') : message('check.unobserved.observed', { reason: say(reason) }),
    evidence: '',
    remedy: message('check.unobserved.remedy', { server }),
  };
}

/** A check with one result for each server of the plan; `unknown` for a server that was not observed. */
export function eachServer(
  id: Check<unknown>['id'],
  verdicts: readonly Verdict[],
  judgeServer: JudgeServer,
  options: Pick<Check<unknown>, 'comparesServers'> = {},
): Check<readonly ServerFacts[]> {
  return {
    ...options,
    id,
    verdicts: [...verdicts, 'unknown'],
    judge(facts, context) {
      const names = context.plan.servers.map((server) => server.name);
      const all = names.flatMap((name) => facts.find((one) => one.server === name) ?? []);
      return names.map((name) => {
        const own = all.find((one) => one.server === name);
        return resultOf(id, serverSubject(name), own === undefined ? unobservedServer(name, context) : judgeServer(own, context, all));
      });
    },
  };
}
