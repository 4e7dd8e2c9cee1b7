import type { Change } from '../../shared/domain/change.ts';
import type { ServerFacts } from '../../shared/domain/server.ts';
import { message, say } from '../../shared/messages/message.ts';
import type { ServerBlueprint } from '../blueprint.ts';
import { compareFile, foundAt } from '../compareFile.ts';
import { parseManifest } from '../manifest.ts';
import { FRONT_ENDS, type FrontEnd, type RuleTerms } from './frontEndCommands.ts';
import type { BareFirewall } from './firewallKeeper.ts';
import { carriesTag } from './firewallRules.ts';
import { keeperFiles } from './keeperFiles.ts';
import { isInForce, isKeeperReady, isKept } from './ruleState.ts';

/** What a server's firewall needs: files of the keeper, and the changes of rules. */
export interface FirewallChanges {
  readonly files: readonly Change[];
  readonly rules: readonly Change[];
}

const NOTHING: FirewallChanges = { files: [], rules: [] };

/** Rules in words, for one line of a plan. */
export function sayRules(rules: readonly RuleTerms[]): string {
  return rules
    .map(({ source, destination, ports }) => say(message('change.firewall.rule', { source, destination, ports: ports.join(', ') })))
    .join('; ');
}

function changeId(rules: readonly RuleTerms[], sign: string): string {
  return `firewall:${sign}${rules.map(({ id }) => id).join(' ')}`;
}

/** The changes that tell a front end to let these rules in, or to withdraw them. */
export function frontEndChanges(tool: FrontEnd, verb: 'allow' | 'withdraw', rules: readonly RuleTerms[]): readonly Change[] {
  const { takesMany, allow, withdraw } = FRONT_ENDS[tool];
  if (rules.length === 0) return [];
  const groups = takesMany ? [rules] : rules.map((rule) => [rule]);
  return groups.map((group): Change => ({
    kind: 'firewall',
    id: changeId(group, verb === 'allow' ? '' : '-'),
    tool,
    commands: [...(verb === 'allow' ? allow(group) : withdraw(group))],
    undo: [...(verb === 'allow' ? withdraw(group) : allow(group))],
    summary: message(verb === 'allow' ? 'change.firewall.allow' : 'change.firewall.withdraw', { rules: sayRules(group) }),
  }));
}

function planFrontEnd(blueprint: ServerBlueprint, facts: ServerFacts, tool: FrontEnd): FirewallChanges {
  const { identities } = FRONT_ENDS[tool];
  const present = new Set([...facts.firewall.ownRules, ...facts.firewall.persistedRules]);
  const wanted = new Set(blueprint.firewall.map(({ id }) => id));
  const needed = new Set(blueprint.firewall.flatMap((rule) => identities(rule)));
  // Only what an earlier install put on record is withdrawn: firewalld's rules carry no mark of their own.
  const recorded = parseManifest(foundAt(facts, blueprint.manifestPath)?.content ?? '')?.firewall.rules ?? [];
  const stale = recorded.filter((rule) => !wanted.has(rule.id) && identities(rule).some((id) => !needed.has(id) && present.has(id)));
  // Two rules can share one of firewalld's: what is withdrawn with a stale one must come back for the other.
  const gone = new Set(stale.flatMap((rule) => identities(rule)));
  const missing = blueprint.firewall.filter(
    (rule) => !isInForce(rule, facts) || !isKept(rule, blueprint, facts) || identities(rule).some((id) => gone.has(id)),
  );
  return { files: [], rules: [...frontEndChanges(tool, 'withdraw', stale), ...frontEndChanges(tool, 'allow', missing)] };
}

function planKeeper(blueprint: ServerBlueprint, facts: ServerFacts, tool: BareFirewall): FirewallChanges {
  const { unit, unitPath, scriptPath } = blueprint.firewallKeeper;
  const own = facts.firewall.ownRules.filter((id) => carriesTag(id, blueprint.firewallTag));
  const isExact = own.length === blueprint.firewall.length && blueprint.firewall.every((rule) => isInForce(rule, facts));
  if (isExact && isKeeperReady(blueprint, facts)) return NOTHING;
  return {
    files: keeperFiles(blueprint, tool).flatMap((file) => compareFile(file, facts) ?? []),
    rules: [
      {
        kind: 'firewall',
        id: `firewall:${unit}`,
        tool,
        commands: ['systemctl daemon-reload', `systemctl enable --quiet ${unit}`, `systemctl restart ${unit}`],
        undo: [`systemctl disable --now ${unit}`, `rm -f ${unitPath} ${scriptPath}`, 'systemctl daemon-reload'],
        summary: message('change.firewall.allowByScript', { rules: sayRules(blueprint.firewall), script: scriptPath }),
      },
    ],
  };
}

/** What must be done so that a server's firewall, as found, lets in what the blueprint names. Nothing where no firewall is active. */
export function planFirewall(blueprint: ServerBlueprint, facts: ServerFacts): FirewallChanges {
  const { kind, isActive } = facts.firewall;
  if (!isActive || blueprint.firewall.length === 0) return NOTHING;
  switch (kind) {
    case 'none':
      return NOTHING;
    case 'ufw':
    case 'firewalld':
    case 'windows':
      return planFrontEnd(blueprint, facts, kind);
    case 'nftables':
    case 'iptables':
      return planKeeper(blueprint, facts, kind);
  }
}
