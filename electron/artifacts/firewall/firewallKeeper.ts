import type { FirewallKind } from '../../shared/domain/server.ts';
import type { FirewallKeeper, ServerBlueprint } from '../blueprint.ts';
import type { RuleTerms } from './frontEndCommands.ts';

/** Tools that forget their rules at a boot unless something puts them back. */
export type BareFirewall = Extract<FirewallKind, 'nftables' | 'iptables'>;

/** One rule as a line of the keeper's list: `4` or `6`, id, source, destination, ports joined by commas. */
function ruleLine({ id, source, destination, ports }: RuleTerms): string {
  return [destination.includes(':') ? '6' : '4', id, source, destination, ports.join(',')].join(' ');
}

const NFTABLES = `# Every chain that decides on incoming packets, as "family table chain". An accepted packet still meets the later ones: all need the rules.
# Not those of iptables: a rule of nft's in there makes its whole table unreadable for it.
chains() {
  nft list chains | while read -r first second third fourth _; do
    case "$first" in
      table) family=$second table=$third ;;
      chain) chain=$second ;;
      type)
        case "$second $third $fourth $family $table $chain" in
          filter\\ hook\\ input\\ ip\\ filter\\ INPUT | filter\\ hook\\ input\\ ip6\\ filter\\ INPUT) ;;
          filter\\ hook\\ input\\ ip\\ * | filter\\ hook\\ input\\ ip6\\ * | filter\\ hook\\ input\\ inet\\ *) echo "$family $table $chain" ;;
        esac ;;
    esac
  done
}

withdrawals() {
  chains | while read -r family table chain; do
    nft -a list chain "$family" "$table" "$chain" |
      sed -n "s/.* comment \\"$tag:.* # handle \\([0-9]*\\)\\$/delete rule $family $table $chain handle \\1/p"
  done
}

additions() {
  chains | while read -r family table chain; do
    rules | while read -r version id source destination ports; do
      case "$version $family" in
        4\\ ip | 4\\ inet) network=ip ;;
        6\\ ip6 | 6\\ inet) network=ip6 ;;
        *) continue ;;
      esac
      # First in the chain: what follows may drop.
      echo "insert rule $family $table $chain $network saddr $source $network daddr $destination tcp dport { $ports } accept comment \\"$id\\""
    done
  done
}

# One transaction each: there is no moment without the rules, and none with half of them.
apply() { { withdrawals; additions; } | nft -f -; }
remove() { withdrawals | nft -f -; }
status() { nft list ruleset | sed -n "s/.* comment \\"\\($tag:[^\\"]*\\)\\".*/\\1/p" | sort -u; }`;

const IPTABLES = `command_for() { if [ "$1" = 4 ]; then echo 'iptables -w'; else echo 'ip6tables -w'; fi; }

# Ids of the cluster's rules in INPUT of one IP version, with their numbers, last first: so deleting one moves no other.
found() {
  $(command_for "$1") -n -L INPUT --line-numbers | sed -n "s/^\\([0-9]\\{1,\\}\\) .*\\/\\* \\($tag:[^ ]*\\) \\*\\/.*/\\1 \\2/p" | sort -rn
}

# Deletes the cluster's rules except those whose ids are given.
withdraw_except() {
  for version in 4 6; do
    command -v "$(command_for $version | cut -d ' ' -f 1)" > /dev/null || continue
    found $version | while read -r number id; do
      case " $* " in *" $id "*) ;; *) $(command_for $version) -D INPUT "$number" ;; esac
    done
  done
}

apply() {
  rules | while read -r version id source destination ports; do
    set -- -s "$source" -d "$destination" -p tcp -m multiport --dports "$ports" -m comment --comment "$id" -j ACCEPT
    # First in the chain: what follows may drop.
    $(command_for "$version") -C INPUT "$@" 2> /dev/null || $(command_for "$version") -I INPUT 1 "$@"
  done
  # shellcheck disable=SC2046
  withdraw_except $(rules | cut -d ' ' -f 2)
}
remove() { withdraw_except; }
status() {
  for version in 4 6; do
    command -v "$(command_for $version | cut -d ' ' -f 1)" > /dev/null || continue
    found $version | cut -d ' ' -f 2
  done | sort -u
}`;

/** The script that adds, removes and lists the cluster's rules; doing it again changes nothing. POSIX sh, sed and the tool alone. */
export function renderKeeperScript(blueprint: ServerBlueprint, tool: BareFirewall): string {
  return `#!/bin/sh
# Firewall rules of the cluster ${blueprint.cluster}. Written by Triad: edits are replaced at its next install.
# apply: exactly these rules are in force; remove: none is; status: those in force, one a line.
set -eu
LC_ALL=C
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL PATH
tag='${blueprint.firewallTag}'

# IP version, id, from, to, TCP ports
rules() {
  cat << 'END'
${blueprint.firewall.map(ruleLine).join('\n')}
END
}

${tool === 'nftables' ? NFTABLES : IPTABLES}

case "\${1:-}" in
  apply | remove | status) "$1" ;;
  *)
    echo "usage: $0 apply|remove|status" >&2
    exit 2
    ;;
esac
`;
}

/** The keeper of bare rules. Throws on a Windows server, whose firewall is none of those that need one. */
export function bareKeeperOf(blueprint: ServerBlueprint): FirewallKeeper {
  if (blueprint.firewallKeeper === null) throw new Error(`${blueprint.server} has no keeper of firewall rules`);
  return blueprint.firewallKeeper;
}

/** Services that load a server's own rules; each may throw all others away when it starts or reloads. */
const LOADERS = 'nftables.service netfilter-persistent.service iptables.service ip6tables.service';

/** The unit that puts the rules back at boot and whenever the server's own rules are loaded anew. */
export function renderKeeperUnit(blueprint: ServerBlueprint): string {
  const { scriptPath } = bareKeeperOf(blueprint);
  const lines = [
    '# Written by Triad: edits are replaced at its next install.',
    '[Unit]',
    `Description=Firewall rules of the cluster ${blueprint.cluster} (Triad)`,
    `RequiresMountsFor=${scriptPath}`,
    '# After the server has loaded its own rules, at boot, after a restart and after a reload.',
    `After=${LOADERS}`,
    `PartOf=${LOADERS}`,
    `ReloadPropagatedFrom=${LOADERS}`,
    'Before=network-online.target',
    '',
    '[Service]',
    'Type=oneshot',
    'RemainAfterExit=yes',
    `ExecStart=/bin/sh ${scriptPath} apply`,
    `ExecReload=/bin/sh ${scriptPath} apply`,
    `ExecStop=/bin/sh ${scriptPath} remove`,
    'NoNewPrivileges=yes',
    'CapabilityBoundingSet=CAP_NET_ADMIN CAP_NET_RAW',
    'ProtectSystem=strict',
    '# The lock of iptables.',
    'ReadWritePaths=/run',
    'PrivateTmp=yes',
    'PrivateDevices=yes',
    'ProtectHostname=yes',
    'ProtectControlGroups=yes',
    'LockPersonality=yes',
    'MemoryDenyWriteExecute=yes',
    'RestrictRealtime=yes',
    'RestrictSUIDSGID=yes',
    'RestrictNamespaces=yes',
    'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK',
    'SystemCallArchitectures=native',
    '',
    '[Install]',
    `WantedBy=multi-user.target ${LOADERS}`,
  ];
  return `${lines.join('\n')}\n`;
}
