import { firewallRulesFor } from '../artifacts/firewall/firewallRules.ts';
import { isInForce, profilesUnderPolicy } from '../artifacts/firewall/ruleState.ts';
import type { ClusterPlan } from '../shared/domain/plan.ts';
import type { FirewallKind, ServerFacts } from '../shared/domain/server.ts';

/** What judges of the reachability matrix know besides the matrix. */
export interface MatrixContext {
  readonly plan: ClusterPlan;
  readonly facts: readonly ServerFacts[];
  /** Install has yet to open the servers' own firewalls: what those close now is a warning only. */
  readonly willOpenFirewall: boolean;
}

/**
 * The firewall of a server that install will open, or null: Triad may change it and is not overruled, it filters now, and the planned rules are not all in force. Where they are,
 * something else on the way closes the port, and installing does not help.
 */
export function firewallToBeOpened(server: string, context: MatrixContext): FirewallKind | null {
  const facts = context.facts.find((one) => one.server === server);
  if (!context.willOpenFirewall || !context.plan.firewall.manage || facts === undefined || profilesUnderPolicy(facts).length > 0)
    return null;
  const isMissing = firewallRulesFor(context.plan, server).some((rule) => !isInForce(rule, facts));
  return isMissing ? facts.firewall.kind : null;
}
