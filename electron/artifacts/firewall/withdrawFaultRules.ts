import type { Change } from '../../shared/domain/change.ts';
import { faultRule } from '../../shared/domain/fault.ts';
import type { ServerFacts } from '../../shared/domain/server.ts';
import { message } from '../../shared/messages/message.ts';

/**
 * Takes away the rules with which a failover test of this cluster has cut a Windows server off, whoever was to do that. Nothing may be put in their place again,
 * so there is no undo.
 */
export function withdrawFaultRules(cluster: string, facts: ServerFacts): readonly Change[] {
  const rule = faultRule(cluster);
  // Windows does not tell a name from the same in other letters.
  if (!(facts.windows?.faultRules ?? []).some((name) => name.toLowerCase() === rule.toLowerCase())) return [];
  return [
    {
      kind: 'firewall',
      id: `firewall:-${rule}`,
      tool: 'windows',
      commands: [`netsh.exe advfirewall firewall delete rule name=${rule}`],
      undo: [],
      summary: message('change.firewall.withdrawFault', { rule }),
    },
  ];
}
