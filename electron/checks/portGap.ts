import { formatEndpoint } from '../shared/domain/address.ts';
import type { ClusterPlan } from '../shared/domain/plan.ts';
import { message, say } from '../shared/messages/message.ts';

/** A way that must be open and is not: from a server (or `admin`) to a server's port. */
export interface PortGap {
  readonly from: string;
  readonly to: string;
  readonly port: number;
}

/** The exact rules that close these gaps, for a network team: text of one or more lines. */
export type RulesFor = (gaps: readonly PortGap[], plan: ClusterPlan) => string;

/** The gaps in words that every firewall's administrator can turn into rules. */
export const plainRules: RulesFor = (gaps, plan) => {
  const addressOf = (name: string): string => plan.servers.find((server) => server.name === name)?.address ?? name;
  return gaps
    .map(({ from, to, port }) => message('check.rule', { from: addressOf(from), to: formatEndpoint({ address: addressOf(to), port }) }))
    .map(say)
    .join('; ');
};
