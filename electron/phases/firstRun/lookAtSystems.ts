import type { Phase } from '../../engine/phase.ts';
import type { ServiceAsRegistered } from '../../shared/domain/firstRun.ts';
import { isOwnServiceOn, nodesOnServer } from '../../shared/domain/plan.ts';
import { message } from '../../shared/messages/message.ts';
import { factsOf, type RunContext } from '../runContext.ts';
import { onWindowsServer, unmet, type TellFact } from './firstRunPhase.ts';

/** Takes down what each Windows server is: Windows, sshd, default shell, PowerShell, rights, firewall profiles, Defender. After `gatherFacts`. */
export function lookAtSystems(tell: TellFact): Phase<RunContext> {
  return onWindowsServer('lookAtSystems', message('phase.lookAtSystems'), null, async (context, server, windows) => {
    const { services: _services, ...about } = await windows.about([], { signal: context.signal });
    for (const [name, value] of Object.entries(about)) tell({ server, name, value, unit: null });
    const facts = factsOf(context, server);
    tell({ server, name: 'memory', value: facts.memoryBytes, unit: 'bytes' });
    tell({ server, name: 'cpuCount', value: facts.cpuCount, unit: 'count' });
    tell({ server, name: 'clockOffset', value: facts.clock.offsetMs, unit: 'ms' });
    tell({ server, name: 'languageMode', value: facts.windows?.languageMode ?? null, unit: null });
    for (const { profile, isEnabled, takesLocalRules } of facts.windows?.firewallProfiles ?? []) {
      tell({ server, name: `firewall.${profile}.isEnabled`, value: isEnabled, unit: null });
      tell({ server, name: `firewall.${profile}.takesLocalRules`, value: takesLocalRules, unit: null });
    }
    const defender = facts.windows?.defender ?? null;
    tell({ server, name: 'defender.isRealTime', value: defender?.isRealTime ?? null, unit: null });
    tell({ server, name: 'defender.isTamperProtected', value: defender?.isTamperProtected ?? null, unit: null });
    return 'observed';
  });
}

/**
 * What a registered service lacks of what Triad asks of Windows, each as a word of the helper; empty where nothing is missing. Of a service of its own, what nobody told is
 * not lost: its recovery and shutdown settings are told by the helper only, which may not run there.
 */
export function missingOf(service: ServiceAsRegistered, isOwnService = false): readonly string[] {
  const isUntold = (value: unknown): boolean => isOwnService && value === null;
  const wanted: readonly (readonly [string, boolean])[] = [
    ['state', service.state === 'running'],
    // By its name alone: Windows writes `NT SERVICE` in capitals, and needs not.
    ['account', service.account?.toLowerCase() === `nt service\\${service.name.toLowerCase()}`],
    ['startType', service.startType === 'auto'],
    ['failureActions', isUntold(service.failureActions) || (service.failureActions ?? []).some(({ type }) => type === 'restart')],
    ['failureFlag', isUntold(service.failureFlag) || service.failureFlag === true],
    ['preshutdownMs', isUntold(service.preshutdownMs) || (service.preshutdownMs ?? 0) > 0],
  ];
  return wanted.filter(([, isThere]) => !isThere).map(([name]) => name);
}

/** Takes down how Windows describes the services of the nodes, and fails with `firstRun.unmet` where one runs as somebody else or lost a setting. */
export function lookAtServices(tell: TellFact): Phase<RunContext> {
  return onWindowsServer('lookAtServices', message('phase.lookAtServices'), null, async (context, server, windows) => {
    const units = nodesOnServer(context.plan, server).map(({ unit }) => unit);
    const { services } = await windows.about(units, { signal: context.signal });
    for (const { name: service, failureActions, ...rest } of services) {
      for (const [name, value] of Object.entries(rest)) tell({ server, name: `${service}.${name}`, value, unit: null });
      const actions = failureActions === null ? null : failureActions.map(({ type, delayMs }) => `${type} ${delayMs} ms`).join(', ');
      tell({ server, name: `${service}.failureActions`, value: actions, unit: null });
    }
    const isOwnService = isOwnServiceOn(context.plan, server);
    const lacking = services.flatMap((service) => missingOf(service, isOwnService).map((name) => `${service.name}: ${name}`));
    if (lacking.length > 0)
      throw unmet(server, message('firstRun.why.services', { settings: lacking.join(', ') }), JSON.stringify(services));
    return 'observed';
  });
}
