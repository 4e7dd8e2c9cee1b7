import { isRegistered } from '../artifacts/windows/registration.ts';
import type { BlueprintService } from '../artifacts/blueprint.ts';
import type { Phase } from '../engine/phase.ts';
import type { Change } from '../shared/domain/change.ts';
import { fail } from '../shared/domain/failure.ts';
import { nodesHit } from '../shared/domain/fault.ts';
import type { Message } from '../shared/domain/message.ts';
import { platformOf } from '../shared/domain/plan.ts';
import { SCENARIO_FACTS } from '../shared/domain/scenario.ts';
import type { FoundUnit } from '../shared/domain/server.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { blueprintOf, factsOf, type RunContext } from './runContext.ts';
import type { TrialWish } from './trial.ts';

/** What about the service of a node is not as this Triad makes it; null where all is. */
function whyOther(service: BlueprintService, found: FoundUnit | undefined, pending: readonly Change[]): Message | null {
  const { unit, program, definition } = service;
  const changes = (path: string): boolean =>
    pending.some(
      (change) => (change.kind === 'binary' || (change.kind === 'file' && change.action !== 'permissions')) && change.path === path,
    );
  for (const path of [program, definition]) if (typeof path === 'string' && changes(path)) return message('failover.otherFile', { path });
  if (isRegistered(service, found) === false) return message('failover.otherCommand', { unit, imagePath: found?.imagePath ?? '' });
  return found?.runsEarlier === true ? message('failover.earlierProcess', { unit }) : null;
}

/**
 * Refuses, before anything is done, a trial on a Windows server in which the service of its node takes part, where an earlier Triad has installed that, or it runs
 * since before it was installed anew: with `failover.installFirst`. Its program may not let a frozen process go on, and its settings may start a master without data before its replica has taken over.
 */
export function requireOwnService(trials: readonly TrialWish[]): Phase<RunContext> {
  return {
    id: 'requireOwnService',
    title: message('phase.requireOwnService'),
    scope: 'cluster',
    run: (context) => {
      const { plan } = context;
      for (const { server, scenario } of trials) {
        if (!SCENARIO_FACTS[scenario].needsOwnService || platformOf(plan, server) !== 'windows') continue;
        const { services } = blueprintOf(context, server);
        const { units } = factsOf(context, server);
        const pending = context.pending.get(server) ?? [];
        for (const node of nodesHit(plan, scenario, server)) {
          const service = services.find(({ unit }) => unit === node.unit);
          const found = units.find(({ unit }) => unit === node.unit);
          const why = service === undefined ? null : whyOther(service, found, pending);
          if (why === null) continue;
          const values = { server, scenario: say({ code: `scenario.${scenario}`, values: {} }), reason: say(why) };
          throw fail('failover.installFirst', serverSubject(server), { values });
        }
      }
      return Promise.resolve('observed');
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
  };
}
