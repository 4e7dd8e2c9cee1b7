import { message } from '../../shared/messages/message.ts';
import type { BlueprintFile, ServerBlueprint } from '../blueprint.ts';
import { bareKeeperOf, type BareFirewall, renderKeeperScript, renderKeeperUnit } from './firewallKeeper.ts';

/** The files that keep bare rules, for one tool. */
export function keeperFiles(blueprint: ServerBlueprint, tool: BareFirewall): readonly BlueprintFile[] {
  const { scriptPath, unitPath } = bareKeeperOf(blueprint);
  const common = { owner: 'root', group: 'root', mode: 0o644, holdsSecret: false } as const;
  return [
    { ...common, path: scriptPath, content: renderKeeperScript(blueprint, tool), purpose: message('change.purpose.firewallScript') },
    { ...common, path: unitPath, content: renderKeeperUnit(blueprint), purpose: message('change.purpose.firewallUnit') },
  ];
}
