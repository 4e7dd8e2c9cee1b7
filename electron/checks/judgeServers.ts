import type { CheckResult } from '../shared/domain/check.ts';
import type { ServerFacts } from '../shared/domain/server.ts';
import type { CheckContext } from './checkContext.ts';
import { onWindows } from './onWindows.ts';
import { listenersGone } from './server/listenersGone.ts';
import { SERVER_CHECKS } from './serverChecks.ts';
import { WINDOWS_CHECKS } from './windowsChecks.ts';

/** Judges what was found on the servers: one result for each check and server of the plan, `unknown` for a server without facts, and those of Windows servers. */
export function judgeServers(facts: readonly ServerFacts[], context: CheckContext): readonly CheckResult[] {
  return onWindows(
    [...SERVER_CHECKS, ...WINDOWS_CHECKS].flatMap((check) => check.judge(facts, context)),
    context.plan,
  );
}

/** Judges whether the temporary listeners of the matrix are gone: facts from before they were started, and from after they ended. */
export function judgeListenersGone(
  before: readonly ServerFacts[],
  after: readonly ServerFacts[],
  context: CheckContext,
): readonly CheckResult[] {
  return listenersGone.judge({ before, after }, context);
}
