import type { Phase } from '../engine/phase.ts';
import { fail } from '../shared/domain/failure.ts';
import type { Message } from '../shared/domain/message.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import { areRolesAsPlanned, plannedSwitchovers } from '../shared/domain/roles.ts';
import { predictOutageOf } from '../shared/domain/failover.ts';
import { SCENARIO_FACTS } from '../shared/domain/scenario.ts';
import { formationNeed } from '../shared/domain/formation.ts';
import { message, say } from '../shared/messages/message.ts';
import type { RunContext } from './runContext.ts';
import type { TrialWish } from './trial.ts';

/** Asks before anything is changed. Nothing to change, nothing to ask. */
export function confirmChanges(question: (context: RunContext) => Message | null): Phase<RunContext> {
  return {
    id: 'confirmChanges',
    title: message('phase.confirmChanges'),
    scope: 'cluster',
    run: async (context) => {
      const asked = question(context);
      if (asked === null) return 'alreadyDone';
      if (!(await context.ways.confirm(asked))) throw fail('usage.confirmationRefused', clusterSubject);
      return 'observed';
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
  };
}

/** "Change N things on 3 servers?", or null when nothing is pending. */
export function installQuestion(context: RunContext): Message | null {
  const count = [...context.pending.values()].reduce((sum, changes) => sum + changes.length, 0);
  if (count > 0) return message('phase.confirmInstall', { count, servers: context.plan.servers.length });
  const commands = context.lastView === null ? 0 : formationNeed(context.lastView, context.plan).commands.length;
  return commands === 0 ? null : message('phase.confirmForm', { commands, cluster: context.plan.cluster });
}

/** What a failover test will do, trial by trial, and what clients will notice each time. */
export function failoverQuestion(trials: readonly TrialWish[]): (context: RunContext) => Message {
  return ({ plan, ways }) => {
    const scenarios = [...new Set(trials.map(({ scenario }) => scenario))];
    const lines = scenarios.map((scenario) => {
      const of = trials.filter((trial) => trial.scenario === scenario);
      const { outageFromMs, outageToMs } = predictOutageOf(scenario, plan.settings);
      return say(
        message('phase.confirmTrial', {
          title: say({ code: `scenario.${scenario}`, values: {} }),
          names: [...new Set(of.map(({ server }) => server))].join(', '),
          from: Math.round(outageFromMs / 1000),
          to: Math.ceil(outageToMs / 1000),
        }),
      );
    });
    // Not part of any event: such a command may hold a password.
    if (ways.power !== null && trials.some(({ scenario }) => SCENARIO_FACTS[scenario].needsPower))
      lines.push(say(message('phase.confirmPower', { ...ways.power.commands })));
    return message('phase.confirmFailover', { cluster: plan.cluster, count: trials.length, trials: lines.join('\n') });
  };
}

/** Names each switchover and what clients notice; null when every master is where it was planned. */
export function restoreQuestion({ lastView, plan }: Pick<RunContext, 'lastView' | 'plan'>): Message | null {
  if (lastView !== null && areRolesAsPlanned(lastView, plan)) return null;
  const { cluster } = plan;
  const switchovers = lastView === null ? [] : plannedSwitchovers(lastView, plan);
  // What no switchover can restore is told by the phase itself, which then moves nothing.
  if (switchovers.length === 0) return message('phase.confirmRestoreUnknown', { cluster });
  const lines = switchovers.map(({ shard, from, to }) => say(message('phase.switchover', { shard, from, to })));
  return message('phase.confirmRestore', { cluster, switchovers: lines.join('\n') });
}

/** Names what goes, and the data when it goes too; null when nothing is there. */
export function removeQuestion(deleteData: boolean): (context: RunContext) => Message | null {
  return (context) => {
    if ([...context.pending.values()].every((changes) => changes.length === 0)) return null;
    return message(deleteData ? 'phase.confirmRemoveWithData' : 'phase.confirmRemove', {
      cluster: context.plan.cluster,
      servers: context.plan.servers.length,
    });
  };
}
