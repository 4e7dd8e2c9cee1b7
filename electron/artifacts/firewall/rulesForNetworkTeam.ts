import { ADMIN_MACHINE } from '../../shared/domain/subject.ts';
import type { ClusterPlan } from '../../shared/domain/plan.ts';
import type { FirewallKind, ServerFacts } from '../../shared/domain/server.ts';
import { message, say } from '../../shared/messages/message.ts';
import { richRulesOf } from './frontEndCommands.ts';

/** A way that must be open and is not: from a server (or `admin`) to a server's port. */
export interface ClosedWay {
  readonly from: string;
  readonly to: string;
  readonly port: number;
}

/** The ports that one machine must reach on another. Addresses are text: the administrator's own is not known here. */
interface Need {
  readonly from: string;
  readonly to: string;
  readonly source: string;
  readonly destination: string;
  readonly ports: readonly number[];
}

/** Whoever reads the rules knows their own address; Triad does not know how the servers see it. */
const ADMIN_ADDRESS = 'ADMIN-ADDRESS';

function needsOf(ways: readonly ClosedWay[], plan: ClusterPlan): readonly Need[] {
  const addressOf = (name: string): string =>
    plan.servers.find((server) => server.name === name)?.address ?? (name === ADMIN_MACHINE ? ADMIN_ADDRESS : name);
  const needs = new Map<string, { from: string; to: string; ports: Set<number> }>();
  for (const { from, to, port } of ways) {
    const key = JSON.stringify([from, to]);
    const need = needs.get(key) ?? { from, to, ports: new Set<number>() };
    need.ports.add(port);
    needs.set(key, need);
  }
  return [...needs.values()].map(({ from, to, ports }) => ({
    from,
    to,
    source: addressOf(from),
    destination: addressOf(to),
    ports: [...ports].toSorted((a, b) => a - b),
  }));
}

/**
 * One rule in the words of every tool that a network team may use, on the server that is to be reached or on the way there; of `known` alone where the
 * server's own firewall is known to filter.
 */
function inTools({ from, to, source, destination, ports }: Need, known: FirewallKind | undefined): readonly string[] {
  const isV6 = destination.includes(':');
  const list = ports.join(',');
  const name = `Redis Cluster ${source} to ${destination}`;
  const rich = richRulesOf({ id: '', source, destination, ports });
  const network = isV6 ? 'ip6' : 'ip';
  const tools: readonly (readonly [string, readonly string[]])[] = [
    ['ufw', [`ufw prepend allow proto tcp from ${source} to ${destination} port ${list}`]],
    ['firewalld', [...rich.map((rule) => `firewall-cmd --permanent --add-rich-rule='${rule}'`), 'firewall-cmd --reload']],
    [
      'nftables',
      [
        `nft insert rule inet filter input ${network} saddr ${source} ${network} daddr ${destination} tcp dport '{ ${ports.join(', ')} }' accept`,
      ],
    ],
    [
      'iptables',
      [`${isV6 ? 'ip6tables' : 'iptables'} -I INPUT 1 -s ${source} -d ${destination} -p tcp -m multiport --dports ${list} -j ACCEPT`],
    ],
    [
      'PowerShell',
      [
        `New-NetFirewallRule -DisplayName '${name}' -Direction Inbound -Action Allow -Protocol TCP -RemoteAddress ${source} -LocalAddress ${destination} -LocalPort ${list}`,
      ],
    ],
    [
      'netsh',
      [
        `netsh advfirewall firewall add rule name="${name}" dir=in action=allow protocol=TCP remoteip=${source} localip=${destination} localport=${list}`,
      ],
    ],
  ];
  const own = tools.filter(([tool]) => tool === known);
  const shown = own.length > 0 ? own : tools;
  const width = Math.max(...shown.map(([tool]) => tool.length));
  return [
    say(message('change.rule.plain', { from, source, to, destination, ports: ports.join(', ') })),
    ...shown.flatMap(([tool, commands]) => commands.map((command, index) => `  ${(index === 0 ? tool : '').padEnd(width)}  ${command}`)),
  ];
}

/**
 * The exact rules that open closed ways, to hand over to a network team: for each pair of machines one sentence, then the same for ufw, firewalld,
 * nftables, iptables, PowerShell and netsh; `firewalls` names the one that is active on a server, and then its words are enough. Lines of text, without
 * a line feed at the end.
 */
export function rulesForGap(
  ways: readonly ClosedWay[],
  plan: ClusterPlan,
  firewalls: ReadonlyMap<string, FirewallKind> = new Map(),
): string {
  return needsOf(ways, plan)
    .flatMap((need) => inTools(need, firewalls.get(need.to)))
    .join('\n');
}

/** The firewalls that are active on servers, for `rulesForGap`. */
export function activeFirewalls(facts: readonly ServerFacts[]): ReadonlyMap<string, FirewallKind> {
  return new Map(
    facts.flatMap(({ server, firewall }) => (firewall.isActive && firewall.kind !== 'none' ? [[server, firewall.kind] as const] : [])),
  );
}
