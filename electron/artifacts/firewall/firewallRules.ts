import { createHash } from 'node:crypto';
import { Network } from '../../shared/domain/address.ts';
import type { ClusterPlan } from '../../shared/domain/plan.ts';
import { clusterPorts, nodesOnServer } from '../../shared/domain/plan.ts';
import { message } from '../../shared/messages/message.ts';
import type { FirewallRule } from '../blueprint.ts';

/** First part of the id of every firewall rule of a cluster; a colon follows, so `triad:a` is no part of `triad:a-b:...`. */
export function firewallTagOf(cluster: string): string {
  return `triad:${cluster}`;
}

/** Whether a rule's id belongs to the cluster of this tag. */
export function carriesTag(id: string, tag: string): boolean {
  return id.startsWith(`${tag}:`);
}

/**
 * A short id that fits into every tool's comment (nftables allows 128 bytes) and is equal only for equal rules: a changed port or address
 * gives another id, so the old rule is seen as not wanted and the new one as missing.
 */
function ruleId(tag: string, kind: 'peer' | 'clients', rule: Pick<FirewallRule, 'source' | 'destination' | 'ports'>): string {
  const hash = createHash('sha256')
    .update([rule.source, rule.destination, ...rule.ports].join(' '))
    .digest('hex')
    .slice(0, 8);
  // Letters, digits and `.:-` only: what every tool prints as it was given.
  return `${tag}:${kind}:${rule.source.replace(/\/(?:32|128)$/u, '').replace('/', '-')}:${hash}`;
}

/**
 * What one server must let in: all four ports from each of the two other servers, the data ports from the clients' networks. The bus has
 * no authentication, so nobody else may reach it.
 */
export function firewallRulesFor(plan: ClusterPlan, server: string): readonly FirewallRule[] {
  const destination = plan.servers.find(({ name }) => name === server)?.address;
  if (destination === undefined) return [];
  const tag = firewallTagOf(plan.cluster);
  const all = clusterPorts(plan);
  const data = nodesOnServer(plan, server).map(({ dataPort }) => dataPort);
  const peers = plan.servers
    .filter(({ name }) => name !== server)
    .map((peer): FirewallRule => {
      const rule = { source: Network.parse(peer.address), destination, ports: all };
      return { ...rule, id: ruleId(tag, 'peer', rule), purpose: message('change.purpose.peers', { peer: peer.name }) };
    });
  const clients = plan.firewall.clients
    // An IPv6 network cannot reach an IPv4 address; firewalls refuse such a rule.
    .filter((network) => network.includes(':') === destination.includes(':'))
    .map((network): FirewallRule => {
      const rule = { source: network, destination, ports: data };
      return { ...rule, id: ruleId(tag, 'clients', rule), purpose: message('change.purpose.clients', { network }) };
    });
  return [...peers, ...new Map(clients.map((rule) => [rule.id, rule])).values()];
}
