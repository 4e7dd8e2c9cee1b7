import type { Change } from '../../shared/domain/change.ts';
import type { ServerFacts } from '../../shared/domain/server.ts';
import { message } from '../../shared/messages/message.ts';
import type { BlueprintFile, ServerBlueprint } from '../blueprint.ts';
import { compareFile, foundAt } from '../compareFile.ts';
import { parseManifest } from '../manifest.ts';
import { FRONT_ENDS, type FrontEnd, type RuleTerms } from './frontEndCommands.ts';
import { type BareFirewall, renderKeeperScript, renderKeeperUnit } from './firewallKeeper.ts';
import { carriesTag } from './firewallRules.ts';

/** What a server's firewall needs: files of the keeper, and the changes of rules. */
export interface FirewallChanges {
  readonly files: readonly Change[];
  readonly rules: readonly Change[];
}

const NOTHING: FirewallChanges = { files: [], rules: [] };

function sayRule({ source, destination, ports }: RuleTerms): { source: string; destination: string; ports: string } {
  return { source, destination, ports: ports.join(', ') };
}

function planFrontEnd(blueprint: ServerBlueprint, facts: ServerFacts, tool: FrontEnd): FirewallChanges {
  const { identities, allow, withdraw } = FRONT_ENDS[tool];
  const { ownRules, persistedRules } = facts.firewall;
  const wanted = new Set(blueprint.firewall.map(({ id }) => id));
  const needed = new Set(blueprint.firewall.flatMap((rule) => identities(rule)));
  // Only what an earlier install put on record is withdrawn: firewalld's rules carry no mark of their own.
  const recorded = parseManifest(foundAt(facts, blueprint.manifestPath)?.content ?? '')?.firewall.rules ?? [];
  const stale = recorded.filter(
    (rule) => !wanted.has(rule.id) && identities(rule).some((id) => !needed.has(id) && [...ownRules, ...persistedRules].includes(id)),
  );
  return {
    files: [],
    rules: [
      ...stale.map((rule): Change => ({
        kind: 'firewall',
        id: `firewall:-${rule.id}`,
        tool,
        commands: [...withdraw(rule)],
        undo: [...allow(rule)],
        summary: message('change.firewall.withdraw', { rule: `${rule.source} → ${rule.destination}:${rule.ports.join(',')}` }),
      })),
      ...blueprint.firewall
        .filter((rule) => identities(rule).some((id) => !ownRules.includes(id) || !persistedRules.includes(id)))
        .map((rule): Change => ({
          kind: 'firewall',
          id: `firewall:${rule.id}`,
          tool,
          commands: [...allow(rule)],
          undo: [...withdraw(rule)],
          summary: message('change.firewall.allow', sayRule(rule)),
        })),
    ],
  };
}

/** The files of the keeper for one tool. */
export function keeperFiles(blueprint: ServerBlueprint, tool: BareFirewall): readonly BlueprintFile[] {
  const { scriptPath, unitPath } = blueprint.firewallKeeper;
  const common = { owner: 'root', group: 'root', mode: 0o644, holdsSecret: false } as const;
  return [
    { ...common, path: scriptPath, content: renderKeeperScript(blueprint, tool), purpose: message('change.purpose.firewallScript') },
    { ...common, path: unitPath, content: renderKeeperUnit(blueprint), purpose: message('change.purpose.firewallUnit') },
  ];
}

function planKeeper(blueprint: ServerBlueprint, facts: ServerFacts, tool: BareFirewall): FirewallChanges {
  const { unit, unitPath, scriptPath } = blueprint.firewallKeeper;
  const files = keeperFiles(blueprint, tool).flatMap((file) => compareFile(file, facts) ?? []);
  const found = facts.units.find((candidate) => candidate.unit === unit);
  const isKept = found?.enabled === 'enabled' && found.active === 'active' && !found.needsReload;
  const own = new Set(facts.firewall.ownRules.filter((id) => carriesTag(id, blueprint.firewallTag)));
  const isInForce = own.size === blueprint.firewall.length && blueprint.firewall.every(({ id }) => own.has(id));
  if (files.length === 0 && isKept && isInForce) return NOTHING;
  const rules = blueprint.firewall.map(({ source, ports }) => `${source} → ${ports.join(',')}`).join('; ');
  return {
    files,
    rules: [
      {
        kind: 'firewall',
        id: `firewall:${unit}`,
        tool,
        commands: ['systemctl daemon-reload', `systemctl enable ${unit}`, `systemctl restart ${unit}`],
        undo: [`systemctl disable --now ${unit}`, `rm -f ${unitPath} ${scriptPath}`, 'systemctl daemon-reload'],
        summary: message('change.firewall.allowAll', { rules }),
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
      return planFrontEnd(blueprint, facts, kind);
    case 'nftables':
    case 'iptables':
      return planKeeper(blueprint, facts, kind);
  }
}
