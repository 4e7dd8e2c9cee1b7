import type { Phase } from '../engine/phase.ts';
import { fail } from '../shared/domain/failure.ts';
import type { Message } from '../shared/domain/message.ts';
import { platformOf } from '../shared/domain/plan.ts';
import type { WindowsFacts } from '../shared/domain/server.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { factsOf, type RunContext } from './runContext.ts';
import type { TrialWish } from './trial.ts';

/** Why rules made on a Windows server would not stop what passes there; null where they would. Any profile may become the one that counts. */
function whyPowerless({ firewallProfiles }: Pick<WindowsFacts, 'firewallProfiles'>): Message | null {
  const named = (profiles: WindowsFacts['firewallProfiles']): string => profiles.map(({ profile }) => profile).join(', ');
  const off = named(firewallProfiles.filter(({ isEnabled }) => !isEnabled));
  if (off !== '') return message('failover.firewallOff', { profiles: off });
  const ignoring = named(firewallProfiles.filter(({ takesLocalRules }) => !takesLocalRules));
  return ignoring === '' ? null : message('failover.firewallPolicy', { profiles: ignoring });
}

/**
 * Refuses, before anything is done, to cut a Windows server off whose firewall would not do it, with `failover.noFirewall`. On a Linux server rules of the
 * fault's own need no firewall that is on.
 */
export function requireFirewall(trials: readonly TrialWish[]): Phase<RunContext> {
  return {
    id: 'requireFirewall',
    title: message('phase.requireFirewall'),
    scope: 'cluster',
    run: (context) => {
      for (const { server, scenario } of trials) {
        if (scenario !== 'networkCut' || platformOf(context.plan, server) !== 'windows') continue;
        const { windows } = factsOf(context, server);
        const why = windows === undefined || windows === null ? null : whyPowerless(windows);
        if (why === null) continue;
        const values = { server, scenario: say({ code: `scenario.${scenario}`, values: {} }), reason: say(why) };
        throw fail('failover.noFirewall', serverSubject(server), { values });
      }
      return Promise.resolve('observed');
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
  };
}
