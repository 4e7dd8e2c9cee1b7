import type { Phase } from '../engine/phase.ts';
import { fail, type FailureError } from '../shared/domain/failure.ts';
import { isOwnServiceOn, platformOf } from '../shared/domain/plan.ts';
import { SCENARIO_FACTS } from '../shared/domain/scenario.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { powerOf } from './powerFault.ts';
import type { RunContext } from './runContext.ts';
import type { TrialWish } from './trial.ts';

/**
 * Refuses, before anything is done, a trial that cannot be made on what its server runs on, with `failover.notOnWindows`, or where its nodes are services of their own,
 * with `failover.ownService`: nothing on the server would take the fault back; and one that cuts the power of a server where nobody said how,
 * with `failover.noPower`, or of this computer itself, with `failover.powerHere`. What was left out because all scenarios were asked for is told.
 */
export function requireScenarios(trials: readonly TrialWish[], leftOut: readonly TrialWish[] = []): Phase<RunContext> {
  return {
    id: 'requireScenarios',
    title: message('phase.requireScenarios'),
    scope: 'cluster',
    run: (context) => {
      const { plan, emit } = context;
      for (const server of new Set(leftOut.map((trial) => trial.server))) {
        const scenarios = leftOut
          .filter((trial) => trial.server === server && !SCENARIO_FACTS[trial.scenario].needsPower)
          .map(({ scenario }) => say({ code: `scenario.${scenario}`, values: {} }));
        if (scenarios.length > 0)
          emit({ type: 'note', level: 'info', server, message: message('failover.leftOut', { scenarios: scenarios.join('; ') }) });
      }
      if (leftOut.some(({ scenario }) => SCENARIO_FACTS[scenario].needsPower))
        emit({ type: 'note', level: 'info', server: null, message: message('failover.powerLeftOut') });
      for (const { server, scenario } of trials) if (SCENARIO_FACTS[scenario].needsPower) requirePower(context, server, scenario);
      const impossible = trials.find(
        ({ server, scenario }) => platformOf(plan, server) === 'windows' && !SCENARIO_FACTS[scenario].isOnWindows,
      );
      if (impossible !== undefined) throw refusalOf('failover.notOnWindows', impossible);
      const unaided = trials.find(({ server, scenario }) => isOwnServiceOn(plan, server) && SCENARIO_FACTS[scenario].needsTriadService);
      if (unaided !== undefined) throw refusalOf('failover.ownService', unaided);
      return Promise.resolve('observed');
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
  };
}

function refusalOf(code: 'failover.notOnWindows' | 'failover.ownService', { server, scenario }: TrialWish): FailureError {
  return fail(code, serverSubject(server), { values: { server, scenario: say({ code: `scenario.${scenario}`, values: {} }) } });
}

function requirePower(context: RunContext, server: string, scenario: TrialWish['scenario']): void {
  const power = powerOf(context, server, scenario);
  const { address = '' } = context.plan.servers.find(({ name }) => name === server) ?? {};
  if (power.isHere(address)) throw fail('failover.powerHere', serverSubject(server), { values: { server } });
}
