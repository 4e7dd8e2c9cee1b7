import type { Phase } from '../engine/phase.ts';
import { fail } from '../shared/domain/failure.ts';
import { platformOf } from '../shared/domain/plan.ts';
import { SCENARIO_FACTS } from '../shared/domain/scenario.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import type { RunContext } from './runContext.ts';
import type { TrialWish } from './trial.ts';

/**
 * Refuses, before anything is done, a trial that cannot be made on what its server runs on, with `failover.notOnWindows`. What was left out for that, because all
 * scenarios were asked for, is told.
 */
export function requireScenarios(trials: readonly TrialWish[], leftOut: readonly TrialWish[] = []): Phase<RunContext> {
  return {
    id: 'requireScenarios',
    title: message('phase.requireScenarios'),
    scope: 'cluster',
    run: ({ plan, emit }) => {
      for (const server of new Set(leftOut.map((trial) => trial.server))) {
        const scenarios = leftOut
          .filter((trial) => trial.server === server)
          .map(({ scenario }) => say({ code: `scenario.${scenario}`, values: {} }));
        emit({ type: 'note', level: 'info', server, message: message('failover.leftOut', { scenarios: scenarios.join('; ') }) });
      }
      const impossible = trials.find(
        ({ server, scenario }) => platformOf(plan, server) === 'windows' && !SCENARIO_FACTS[scenario].isOnWindows,
      );
      if (impossible === undefined) return Promise.resolve('observed');
      const { server, scenario } = impossible;
      const values = { server, scenario: say({ code: `scenario.${scenario}`, values: {} }) };
      throw fail('failover.notOnWindows', serverSubject(server), { values });
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
  };
}
