import { openingRulesOf, type ClosedWay, type OpeningRule } from '../../shared/domain/firewallRuleText.ts';
import { platformOf, type ClusterPlan } from '../../shared/domain/plan.ts';
import type { FirewallKind, ServerFacts } from '../../shared/domain/server.ts';
import { say } from '../../shared/messages/message.ts';

/** One rule as lines: its sentence, then every tool, or `known` alone where the server's own firewall is known to filter. */
function inTools(rule: OpeningRule, known: FirewallKind | undefined): readonly string[] {
  const tools: readonly string[] = known === 'windows' ? ['PowerShell', 'netsh'] : [known ?? ''];
  const own = rule.commands.filter(({ tool }) => tools.includes(tool));
  const shown = own.length > 0 ? own : rule.commands;
  const width = Math.max(...shown.map(({ tool }) => tool.length));
  return [
    say(rule.sentence),
    ...shown.flatMap(({ tool, lines }) => lines.map((line, index) => `  ${(index === 0 ? tool : '').padEnd(width)}  ${line}`)),
  ];
}

/**
 * The exact rules that open closed ways, to hand over to a network team: for each pair of machines one sentence, then the same for ufw, firewalld,
 * nftables, iptables, PowerShell and netsh; `firewalls` names the one that is active on a server, and then its words are enough, as those of Windows are for a Windows server. Lines of text, without
 * a line feed at the end.
 */
export function rulesForGap(
  ways: readonly ClosedWay[],
  plan: ClusterPlan,
  firewalls: ReadonlyMap<string, FirewallKind> = new Map(),
): string {
  return openingRulesOf(ways, plan)
    .flatMap((rule) => inTools(rule, platformOf(plan, rule.to) === 'windows' ? 'windows' : firewalls.get(rule.to)))
    .join('\n');
}

/** The firewalls that are active on servers, for `rulesForGap`. */
export function activeFirewalls(facts: readonly ServerFacts[]): ReadonlyMap<string, FirewallKind> {
  return new Map(
    facts.flatMap(({ server, firewall }) => (firewall.isActive && firewall.kind !== 'none' ? [[server, firewall.kind] as const] : [])),
  );
}
