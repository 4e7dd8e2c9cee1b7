import { faultRule, healTrigger } from '../shared/domain/fault.ts';
import type { Message } from '../shared/domain/message.ts';
import type { Platform } from '../shared/domain/platform.ts';
import type { ServerFacts } from '../shared/domain/server.ts';
import { message } from '../shared/messages/message.ts';

/**
 * What a failover test of this cluster has left on a server: an undo that waits, or firewall rules that cut it off, for which nothing waits; null where there is neither.
 * Rules that are switched off cut nothing, and those of another cluster are told when that one is looked at.
 */
export function faultLeft(cluster: string, platform: Platform, { units, windows }: Pick<ServerFacts, 'units' | 'windows'>): Message | null {
  const timer = healTrigger(cluster, platform);
  if (units.some(({ unit, active }) => unit === timer && active === 'active')) return message('failover.faultLeft', { timer });
  // Windows does not tell a name from the same in other letters.
  const own = faultRule(cluster).toLowerCase();
  const rules = (windows?.activeFaultRules ?? []).filter((name) => name.toLowerCase() === own);
  return rules.length === 0 ? null : message('failover.rulesLeft', { rules: rules.join(', ') });
}
