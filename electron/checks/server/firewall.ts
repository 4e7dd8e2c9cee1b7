import { sayRules } from '../../artifacts/firewall/planFirewall.ts';
import { activeFirewalls, rulesForGap } from '../../artifacts/firewall/rulesForNetworkTeam.ts';
import { isInForce, isKept, profilesUnderPolicy } from '../../artifacts/firewall/ruleState.ts';
import { clusterPorts } from '../../shared/domain/plan.ts';
import type { ServerFacts } from '../../shared/domain/server.ts';
import type { ClosedWay } from '../../shared/domain/firewallRuleText.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import type { CheckContext } from '../checkContext.ts';
import { eachServer } from '../eachServer.ts';

/** Every way into a server that the cluster needs from its peers. */
function waysInto(server: string, context: CheckContext): readonly ClosedWay[] {
  const peers = context.plan.servers.filter((one) => one.name !== server);
  return peers.flatMap((peer) => clusterPorts(context.plan).map((port) => ({ from: peer.name, to: server, port })));
}

function isProvedOpen(server: string, context: CheckContext): boolean {
  const cells = context.matrix?.cells ?? [];
  return waysInto(server, context).every((way) =>
    cells.some((cell) => cell.from === way.from && cell.to === way.to && cell.port === way.port && cell.reach === 'open'),
  );
}

function judgeManaged(facts: ServerFacts, context: CheckContext): Judgement {
  const { kind, evidence } = facts.firewall;
  const expected = message('check.server.firewall.expected');
  const blueprint = context.blueprints.get(facts.server);
  if (blueprint === undefined)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.server.firewall.rulesUnknown', { kind }),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  const rules = blueprint.firewall;
  const missing = rules.filter((rule) => !isInForce(rule, facts));
  const notKept = rules.filter((rule) => !isKept(rule, blueprint, facts));
  if (missing.length === 0 && notKept.length === 0)
    return { verdict: 'pass', expected, observed: message('check.server.firewall.asPlanned', { kind, count: rules.length }), evidence };
  const lacking = sayRules(rules.filter((rule) => missing.includes(rule) || notKept.includes(rule)));
  if (context.stage === 'beforeInstall')
    return { verdict: 'pass', expected, observed: message('check.server.firewall.willBeAdded', { kind, rules: lacking }), evidence };
  if (missing.length > 0)
    return {
      verdict: 'fail',
      expected,
      observed: message('check.server.firewall.missing', { kind, rules: sayRules(missing) }),
      evidence,
      remedy: message('check.server.firewall.missing.remedy'),
    };
  return {
    verdict: 'warn',
    expected,
    observed: message('check.server.firewall.notKept', { kind, rules: lacking }),
    evidence,
    remedy: message('check.server.firewall.missing.remedy'),
  };
}

/** The server's own firewall lets the cluster through, or will. Whether packets really arrive is for the matrix to say. */
export const firewall = eachServer('server.firewall', ['pass', 'warn', 'fail'], (facts, context): Judgement => {
  const { kind, isActive, evidence } = facts.firewall;
  const expected = message('check.server.firewall.expected');
  if (kind === 'none') return { verdict: 'pass', expected, observed: message('check.server.firewall.none'), evidence };
  if (!isActive) return { verdict: 'pass', expected, observed: message('check.server.firewall.inactive', { kind }), evidence };
  const profiles = profilesUnderPolicy(facts).join(', ');
  if (context.plan.firewall.manage && profiles === '') return judgeManaged(facts, context);
  if (isProvedOpen(facts.server, context))
    return { verdict: 'pass', expected, observed: message('check.server.firewall.provedOpen', { kind }), evidence };
  const rules = rulesForGap(waysInto(facts.server, context), context.plan, activeFirewalls([facts]));
  if (profiles !== '')
    return {
      verdict: 'warn',
      expected,
      observed: message('check.server.firewall.policy', { profiles }),
      evidence,
      remedy: message('check.server.firewall.policy.remedy', { rules }),
    };
  return {
    verdict: 'warn',
    expected,
    observed: message('check.server.firewall.active', { kind }),
    evidence,
    remedy: message('check.server.firewall.remedy', { rules }),
  };
});
