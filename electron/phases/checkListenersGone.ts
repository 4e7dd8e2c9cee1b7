import { judgeListenersGone } from '../checks/judgeServers.ts';
import type { Phase } from '../engine/phase.ts';
import type { CheckResult } from '../shared/domain/check.ts';
import { message } from '../shared/messages/message.ts';
import { isNew, report } from './checkServers.ts';
import { lookAt } from './gatherFacts.ts';
import { judgingContext } from './judging.ts';
import { serverNames, type RunContext } from './runContext.ts';

/** Where nothing was started, that nothing is left is no news. */
function isOf({ subject }: CheckResult, servers: readonly string[]): boolean {
  return subject.kind === 'server' && servers.includes(subject.server);
}

/** Looks once more at the servers that had temporary listeners, and proves that none of these is left. */
export const checkListenersGone: Phase<RunContext> = {
  id: 'checkListenersGone',
  title: message('phase.checkListenersGone'),
  scope: 'cluster',
  run: async (context) => {
    const servers = serverNames(context).filter((server) => context.touched.has(server));
    if (servers.length === 0) return 'alreadyDone';
    const before = [...context.facts.values()];
    await Promise.all(servers.map(async (server) => lookAt(context, server)));
    const results = judgeListenersGone(before, [...context.facts.values()], judgingContext(context, 'beforeInstall'));
    report(
      context,
      'checkListenersGone',
      results.filter((result) => isNew(result, context) && (context.again === null || isOf(result, servers))),
    );
    return 'observed';
  },
  leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
};
