import type { ServerFacts } from '../../shared/domain/server.ts';
import type { FirewallRule, ServerBlueprint } from '../blueprint.ts';
import { compareFile } from '../compareFile.ts';
import { FRONT_ENDS, type RuleTerms } from './frontEndCommands.ts';
import { keeperFiles } from './keeperFiles.ts';

/** Whether a rule is in force on a server, as far as its firewall tells; a firewall that filters nothing lets everything through. */
export function isInForce(rule: RuleTerms, { firewall }: ServerFacts): boolean {
  if (!firewall.isActive || firewall.kind === 'none') return true;
  const identities = firewall.kind === 'nftables' || firewall.kind === 'iptables' ? [rule.id] : FRONT_ENDS[firewall.kind].identities(rule);
  return identities.every((id) => firewall.ownRules.includes(id));
}

/** The profiles of Windows' firewall that filter, and in which a group policy has local rules ignored: whatever Triad adds there has no effect. */
export function profilesUnderPolicy({ firewall, windows }: ServerFacts): readonly string[] {
  if (!firewall.isActive) return [];
  return (windows?.firewallProfiles ?? [])
    .filter(({ isEnabled, takesLocalRules }) => isEnabled && !takesLocalRules)
    .map(({ profile }) => profile);
}

/** Whether the keeper of bare rules stands as it must and is started at every boot. */
export function isKeeperReady(blueprint: ServerBlueprint, facts: ServerFacts): boolean {
  const { kind } = facts.firewall;
  if (kind !== 'nftables' && kind !== 'iptables') return false;
  const found = facts.units.find(({ unit }) => unit === blueprint.firewallKeeper?.unit);
  const isUp = found?.enabled === 'enabled' && found.active === 'active' && !found.needsReload;
  return isUp && keeperFiles(blueprint, kind).every((file) => compareFile(file, facts) === null);
}

/** Whether a rule of the blueprint comes back after a boot: by the front end's own files, or by the keeper. */
export function isKept(rule: FirewallRule, blueprint: ServerBlueprint, facts: ServerFacts): boolean {
  const { kind, isActive, persistedRules } = facts.firewall;
  if (!isActive || kind === 'none') return true;
  if (kind === 'nftables' || kind === 'iptables') return isKeeperReady(blueprint, facts);
  return FRONT_ENDS[kind].identities(rule).every((id) => persistedRules.includes(id));
}
