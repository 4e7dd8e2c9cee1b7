import { asAdopted } from '../checks/notInstalledByTriad.ts';
import { isWithinScope } from '../checks/checkScope.ts';
import { judgeServers } from '../checks/judgeServers.ts';
import { onWindows } from '../checks/onWindows.ts';
import type { Phase } from '../engine/phase.ts';
import type { CheckResult } from '../shared/domain/check.ts';
import { fail } from '../shared/domain/failure.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import { allowsToContinue } from '../shared/domain/verdict.ts';
import { message } from '../shared/messages/message.ts';
import { judgingContext } from './judging.ts';
import type { RunContext } from './runContext.ts';

/** Tells the results, and throws `check.failed` when one of them forbids to go on. */
export function requirePassing(context: RunContext, phase: string, results: readonly CheckResult[]): void {
  report(context, phase, results);
  stopAtFailures(results);
}

/** Throws `check.failed` when one of the results forbids to go on. */
export function stopAtFailures(results: readonly CheckResult[]): void {
  const stopping = results.filter((result) => !allowsToContinue(result.verdict));
  if (stopping.length > 0) throw fail('check.failed', clusterSubject, { values: { count: stopping.length } });
}

/** Tells the results of checks. */
export function report(context: RunContext, phase: string, results: readonly CheckResult[]): void {
  for (const result of asAdopted(onWindows(results, context.plan), context.plan)) context.emit({ type: 'checkFinished', phase, result });
}

/** Whether this run has looked at what a result is about: in a check in part, all others are those that were kept. */
export function isNew(result: CheckResult, { again, plan }: Pick<RunContext, 'again' | 'plan'>): boolean {
  return again === null || isWithinScope(result, again.scope, plan);
}

/** Judges what was found on the servers. `stage` tells whether the cluster should already be there. */
export function checkServers(options: { readonly stage: 'beforeInstall' | 'installed'; readonly isGate: boolean }): Phase<RunContext> {
  return {
    id: 'checkServers',
    title: message('phase.checkServers'),
    scope: 'cluster',
    run: (context) => {
      const judged = judgeServers([...context.facts.values()], judgingContext(context, options.stage));
      const results = judged.filter((result) => isNew(result, context));
      if (options.isGate) requirePassing(context, 'checkServers', results);
      else report(context, 'checkServers', results);
      return Promise.resolve('observed');
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
  };
}
