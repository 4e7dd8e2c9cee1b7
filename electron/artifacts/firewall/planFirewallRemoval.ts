import type { Change } from '../../shared/domain/change.ts';
import type { ServerFacts } from '../../shared/domain/server.ts';
import { message } from '../../shared/messages/message.ts';
import { foundAt } from '../compareFile.ts';
import type { InstallManifest } from '../manifest.ts';
import { FRONT_ENDS } from './frontEndCommands.ts';
import { frontEndChanges } from './planFirewall.ts';

/** Takes the rules of a front end away that are on record and still there. */
function withdrawFromFrontEnd(installed: readonly InstallManifest[], facts: ServerFacts): readonly Change[] {
  const { kind, isActive, ownRules, persistedRules } = facts.firewall;
  if (kind !== 'ufw' && kind !== 'firewalld' && kind !== 'windows') return [];
  // Without its daemon firewalld cannot be told; ufw only writes its files, and Windows keeps rules while it filters nothing.
  if (kind === 'firewalld' && !isActive) return [];
  const { identities } = FRONT_ENDS[kind];
  const present = new Set([...ownRules, ...persistedRules]);
  const rules = new Map(installed.flatMap(({ firewall }) => firewall.rules).map((rule) => [rule.id, rule]));
  const stale = [...rules.values()].filter((rule) => identities(rule).some((id) => present.has(id)));
  return frontEndChanges(kind, 'withdraw', stale);
}

/** Ends the keeper of bare rules, which withdraws them, and takes its files away; looked for whatever firewall is found now. */
function removeKeeper(installed: readonly InstallManifest[], facts: ServerFacts): readonly Change[] {
  return installed.slice(0, 1).flatMap(({ firewall: { keeper } }): readonly Change[] => {
    if (keeper === undefined) return [];
    const unit = facts.units.find((found) => found.unit === keeper.unit);
    const isThere = [keeper.scriptPath, keeper.unitPath].some((path) => foundAt(facts, path) !== null);
    if (!isThere && (unit === undefined || unit.load === 'not-found')) return [];
    return [
      {
        kind: 'firewall',
        id: `firewall:-${keeper.unit}`,
        tool: facts.firewall.kind,
        commands: [
          // Also when the unit was stopped by hand; without the tool there are no rules.
          `[ ! -f ${keeper.scriptPath} ] || sh ${keeper.scriptPath} remove || true`,
          `[ ! -f ${keeper.unitPath} ] || systemctl disable --now ${keeper.unit}`,
          `rm -f ${[keeper.unitPath, keeper.scriptPath].flatMap((path) => [path, `${path}.triad-before`]).join(' ')}`,
          'systemctl daemon-reload',
        ],
        undo: [],
        summary: message('change.firewall.withdrawAll'),
      },
    ];
  });
}

/** What takes the firewall rules of a cluster away again. */
export function planFirewallRemoval(installed: readonly InstallManifest[], facts: ServerFacts): readonly Change[] {
  return [...withdrawFromFrontEnd(installed, facts), ...removeKeeper(installed, facts)];
}
