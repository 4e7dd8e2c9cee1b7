import type { Message } from './message.ts';
import type { ClusterPlan } from './plan.ts';
import type { FirewallKind } from './server.ts';
import { ADMIN_MACHINE } from './subject.ts';

/** A way that must be open and is not: from a server (or `admin`) to a server's port. */
export interface ClosedWay {
  readonly from: string;
  readonly to: string;
  readonly port: number;
}

/** What a rule is made of; addresses may be networks, or words where an address is not known. */
export interface RuleEnds {
  readonly source: string;
  readonly destination: string;
  readonly ports: readonly number[];
}

/** Tools that a network team may use, by the names that they bear. */
export type RuleTool = Exclude<FirewallKind, 'none' | 'windows'> | 'PowerShell' | 'netsh';

/** The rule that opens closed ways from one machine to another. */
export interface OpeningRule extends RuleEnds {
  readonly from: string;
  readonly to: string;
  /** The same in a sentence that leads to commands. */
  readonly sentence: Message;
  /** Lines to be run as root (or as an administrator) where the packets are stopped. */
  readonly commands: readonly { readonly tool: RuleTool; readonly lines: readonly string[] }[];
}

/** Whoever reads the rules knows their own address; Triad does not know how the servers see it. */
const ADMIN_ADDRESS = 'ADMIN-ADDRESS';

/** `7000`, or `7000-7001` for neighbours: firewalld takes one range per rule. */
function portRanges(ports: readonly number[]): readonly string[] {
  const ranges: { first: number; last: number }[] = [];
  for (const port of ports.toSorted((a, b) => a - b)) {
    const open = ranges.at(-1);
    if (open !== undefined && port <= open.last + 1) open.last = port;
    else ranges.push({ first: port, last: port });
  }
  return ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`));
}

/** The rich rules for one rule, spelled as `firewall-cmd --list-rich-rules` prints them. */
export function richRulesOf({ source, destination, ports }: RuleEnds): readonly string[] {
  const family = destination.includes(':') ? 'ipv6' : 'ipv4';
  return portRanges(ports).map(
    (range) =>
      `rule family="${family}" source address="${source}" destination address="${destination}" port port="${range}" protocol="tcp" accept`,
  );
}

/** What ufw is told of a rule, after `ufw prepend` or `ufw delete`. */
export function ufwTermsOf({ source, destination, ports }: RuleEnds): string {
  return `allow proto tcp from ${source} to ${destination} port ${ports.join(',')}`;
}

/** One rule in the words of every tool that a network team may use, on the server that is to be reached or on the way there. */
function commandsOf(rule: RuleEnds): OpeningRule['commands'] {
  const { source, destination, ports } = rule;
  const isV6 = destination.includes(':');
  const list = ports.join(',');
  const name = `Redis Cluster ${source} to ${destination}`;
  const network = isV6 ? 'ip6' : 'ip';
  return [
    { tool: 'ufw', lines: [`ufw prepend ${ufwTermsOf(rule)}`] },
    {
      tool: 'firewalld',
      lines: [...richRulesOf(rule).map((rich) => `firewall-cmd --permanent --add-rich-rule='${rich}'`), 'firewall-cmd --reload'],
    },
    {
      tool: 'nftables',
      lines: [
        `nft insert rule inet filter input ${network} saddr ${source} ${network} daddr ${destination} tcp dport '{ ${ports.join(', ')} }' accept`,
      ],
    },
    {
      tool: 'iptables',
      lines: [
        `${isV6 ? 'ip6tables' : 'iptables'} -I INPUT 1 -s ${source} -d ${destination} -p tcp -m multiport --dports ${list} -j ACCEPT`,
      ],
    },
    {
      tool: 'PowerShell',
      lines: [
        `New-NetFirewallRule -DisplayName '${name}' -Direction Inbound -Action Allow -Protocol TCP -RemoteAddress ${source} -LocalAddress ${destination} -LocalPort ${list}`,
      ],
    },
    {
      tool: 'netsh',
      lines: [
        `netsh advfirewall firewall add rule name="${name}" dir=in action=allow protocol=TCP remoteip=${source} localip=${destination} localport=${list}`,
      ],
    },
  ];
}

/** The exact rules that open closed ways, one for each pair of machines, in the order in which the pairs are first named. */
export function openingRulesOf(ways: readonly ClosedWay[], plan: Pick<ClusterPlan, 'servers'>): readonly OpeningRule[] {
  const addressOf = (name: string): string =>
    plan.servers.find((server) => server.name === name)?.address ?? (name === ADMIN_MACHINE ? ADMIN_ADDRESS : name);
  const needs = new Map<string, { from: string; to: string; ports: Set<number> }>();
  for (const { from, to, port } of ways) {
    const key = JSON.stringify([from, to]);
    const need = needs.get(key) ?? { from, to, ports: new Set<number>() };
    need.ports.add(port);
    needs.set(key, need);
  }
  return [...needs.values()].map(({ from, to, ports: needed }) => {
    const rule = { source: addressOf(from), destination: addressOf(to), ports: [...needed].toSorted((a, b) => a - b) };
    const { source, destination, ports } = rule;
    return {
      from,
      to,
      ...rule,
      sentence: { code: 'change.rule.plain', values: { from, source, to, destination, ports: ports.join(', ') } },
      commands: commandsOf(rule),
    };
  });
}
