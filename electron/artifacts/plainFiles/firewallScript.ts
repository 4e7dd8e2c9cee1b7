import type { ServerBlueprint } from '../blueprint.ts';
import { FRONT_ENDS } from '../firewall/frontEndCommands.ts';
import { keeperFiles } from '../firewall/keeperFiles.ts';
import { bareKeeperOf, type BareFirewall } from '../firewall/firewallKeeper.ts';
import { scriptHead } from './shellParts.ts';

/** The rules of the front ends, one by one or all at once, where one of them is missing. */
function frontEnds({ firewall }: ServerBlueprint): string {
  const rich = firewall.flatMap((rule) => FRONT_ENDS.firewalld.identities(rule)).map((id) => id.replace(/^rich:/u, ''));
  return `with_ufw() {
${firewall
  .map(
    (rule) => `  if ! ufw show added | grep -qF "comment '${rule.id}'"; then
    ${FRONT_ENDS.ufw.allow([rule]).join('\n    ')} > /dev/null
    changed 'ufw: ${rule.id}'
  fi`,
  )
  .join('\n')}
}

rich_rules() {
  cat << 'END'
${rich.join('\n')}
END
}

# Whether every zone that may get the packets has all rules, now and for the next boot.
firewalld_is_ready() {
  for zone in $({ firewall-cmd --get-default-zone; firewall-cmd --get-active-zones | sed -n 's/^\\([^ ]\\{1,\\}\\).*/\\1/p'; } | sort -u); do
    for permanent in '' --permanent; do
      there=$(firewall-cmd $permanent --zone="$zone" --list-rich-rules)
      [ -z "$(rich_rules | while read -r rule; do echo "$there" | grep -qxF "$rule" || echo missing; done)" ] || return 1
    done
  done
}

with_firewalld() {
  if firewalld_is_ready; then return; fi
  ${FRONT_ENDS.firewalld.allow(firewall).join('\n').replaceAll('\n', '\n  ')}
  changed 'firewalld: rules of ${blueprintTag(firewall)}'
}`;
}

function blueprintTag(firewall: ServerBlueprint['firewall']): string {
  return firewall.map(({ id }) => id.split(':').slice(0, 2).join(':'))[0] ?? '';
}

/** The keeper of bare rules as functions that print its files, so that the script needs no other file beside it. */
function keeperOf(blueprint: ServerBlueprint, tool: BareFirewall): string {
  const [script, unit] = keeperFiles(blueprint, tool);
  return `${tool}_script() {
  cat << 'END_OF_FILE'
${script?.content ?? ''}END_OF_FILE
}

${tool}_unit() {
  cat << 'END_OF_FILE'
${unit?.content ?? ''}END_OF_FILE
}`;
}

/**
 * The script that lets in what the cluster needs, with whatever firewall is active on a server: the same rules, files and units as `planFirewall`. The
 * question which one that is is answered more simply than by `firewallFacts`: a chain that drops and is never reached counts, too. The rules that are then
 * kept let in what is open already.
 */
export function renderFirewallScript(blueprint: ServerBlueprint): string {
  const { server, cluster, firewall } = blueprint;
  const { scriptPath, unitPath, unit } = bareKeeperOf(blueprint);
  const ids = firewall
    .map(({ id }) => id)
    .toSorted()
    .join('\n');
  return `${scriptHead([
    `Lets in on ${server} what the cluster ${cluster} needs, by the firewall that is active there. Does what is missing, and nothing twice.`,
    'Opens nothing where no firewall is active.',
  ])}
changed() { echo "changed: $*"; }

${frontEnds(blueprint)}

${keeperOf(blueprint, 'nftables')}

${keeperOf(blueprint, 'iptables')}

wanted_ids() {
  cat << 'END'
${ids}
END
}

# put PRINTER FILE: writes what the function prints, where it is not there yet; tells whether it did.
put() {
  if [ -f "$2" ] && [ ! -L "$2" ] && [ "$("$1" | sha256sum)" = "$(sha256sum < "$2")" ] && [ "$(stat -c '%U:%G %a' "$2")" = 'root:root 644' ]; then
    return 1
  fi
  mkdir -p -m 0755 "$(dirname "$2")"
  "$1" > "$2.new"
  chown root:root "$2.new"
  chmod 0644 "$2.new"
  mv -f "$2.new" "$2"
  if [ -e /sys/fs/selinux/enforce ] && command -v restorecon > /dev/null; then restorecon "$2"; fi
}

# Rules of nftables and iptables are gone after a boot or a reload: a small service puts them back.
with_keeper() {
  is_due=no
  if put "$1_script" ${scriptPath}; then is_due=yes; fi
  if put "$1_unit" ${unitPath}; then is_due=yes; fi
  systemctl is-active --quiet ${unit} && systemctl is-enabled --quiet ${unit} || is_due=yes
  [ "$(sh ${scriptPath} status)" = "$(wanted_ids)" ] || is_due=yes
  [ $is_due = yes ] || return 0
  systemctl daemon-reload
  systemctl enable --quiet ${unit}
  systemctl restart ${unit}
  changed "$1: ${unit}"
}

# Whether nftables lets some packets not in; tables that iptables manages do not count.
nftables_filters() {
  command -v nft > /dev/null || return 1
  answer=$(nft list ruleset 2> /dev/null | {
    is_input=no is_drop=no is_other=no is_iptables=no family='' chain='' found=no
    while read -r first second third fourth fifth rest; do
      case "$first $second" in
        'table '*) is_input=no is_drop=no is_iptables=no family=$second ;;
        'chain '*) chain=$second is_other=no ;;
        'type '*)
          case "$third $fourth" in
            'hook input')
              is_input=yes
              case "$family $chain" in 'ip INPUT' | 'ip6 INPUT') is_iptables=yes ;; esac
              case $rest in *'policy drop'*) is_drop=yes ;; esac
              ;;
            *) is_other=yes ;;
          esac
          ;;
        *)
          case " $first $second $third $fourth $fifth $rest " in
            *' drop '* | *' reject '*) [ $is_other = yes ] || is_drop=yes ;;
          esac
          ;;
      esac
      [ "$is_input$is_drop$is_iptables" != yesyesno ] || found=yes
    done
    echo $found
  })
  [ "$answer" = yes ]
}

# The same for iptables. Asked only where the kernel has tables of it: asking makes them otherwise.
iptables_filters() {
  command -v iptables-save > /dev/null || return 1
  if command -v nft > /dev/null && ! grep -qs . /proc/net/ip_tables_names /proc/net/ip6_tables_names; then
    nft list ruleset 2> /dev/null | grep -q 'managed by iptables-nft\\|chain INPUT {' || return 1
  fi
  { iptables-save; ip6tables-save; } 2> /dev/null | grep -vE '^-A (FORWARD|OUTPUT|DOCKER[^ ]*) ' | grep -qE '^:INPUT DROP|^-A [^ ]+ .*-j (DROP|REJECT)'
}

if command -v firewall-cmd > /dev/null && systemctl -q is-active firewalld.service; then
  with_firewalld
elif command -v ufw > /dev/null && grep -qsi '^ENABLED=yes' /etc/ufw/ufw.conf; then
  with_ufw
elif nftables_filters; then
  with_keeper nftables
elif iptables_filters; then
  with_keeper iptables
fi
`;
}
