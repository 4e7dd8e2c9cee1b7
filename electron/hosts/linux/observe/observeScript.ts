import type { ObserveRequest } from '../../host.ts';
import type { HostScript } from '../hostShell.ts';
import { quote, quoteAll } from '../quote.ts';
import { LOG_LINES, LOG_TAIL_BYTES } from '../../logTroubles.ts';

/** Programs whose place is told in `ServerFacts.programs`. */
export const WANTED_PROGRAMS = [
  'bash',
  'timeout',
  'gzip',
  'sha256sum',
  'systemctl',
  'systemd-socket-activate',
  'systemd-run',
  'useradd',
  'nft',
  'ufw',
  'firewall-cmd',
  'iptables',
  'flock',
  'restorecon',
] as const;

/** Small text files that are all read by one `grep`, which names the file on each line. */
const PLAIN_FILES = [
  '/etc/os-release',
  '/usr/lib/os-release',
  '/etc/machine-id',
  '/etc/selinux/config',
  '/etc/ufw/ufw.conf',
  '/etc/ufw/user.rules',
  '/etc/ufw/user6.rules',
  '/proc/1/comm',
  '/proc/meminfo',
  '/proc/self/mounts',
  '/proc/sys/fs/nr_open',
  '/proc/sys/kernel/hostname',
  '/proc/sys/kernel/osrelease',
  '/proc/sys/kernel/ostype',
  '/proc/sys/kernel/random/boot_id',
  '/proc/sys/net/core/somaxconn',
  '/proc/sys/net/ipv4/ip_local_port_range',
  '/proc/sys/net/ipv4/ip_local_reserved_ports',
  '/proc/sys/vm/overcommit_memory',
  '/run/systemd/container',
  '/sys/class/dmi/id/product_uuid',
  '/sys/devices/system/cpu/online',
  '/sys/fs/selinux/enforce',
  '/sys/kernel/mm/transparent_hugepage/enabled',
];

/** Where rules of nftables and iptables are kept for the next boot on Debian, Red Hat and SUSE. */
const RULE_FILES =
  '/etc/nftables.conf /etc/nftables.d/* /etc/nftables/* /etc/sysconfig/nftables.conf ' +
  '/etc/iptables/rules.v4 /etc/iptables/rules.v6 /etc/sysconfig/iptables /etc/sysconfig/ip6tables';

/** What `systemctl show` is asked for each unit. */
const UNIT_PROPERTIES = 'Id,LoadState,ActiveState,SubState,UnitFileState,MainPID,NeedDaemonReload,NRestarts';

function hexPort(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}

/**
 * One script that prints everything in sections. A section starts with a line of the character 0x1E and its name.
 * Forks are what costs: files are read by one `grep`, hashes made by one `sha256sum`, and loops use only what the shell has built in.
 * The clock is the first output, in one write, so that the moments around it bracket it.
 */
export function observeScript(request: ObserveRequest): HostScript {
  const paths = quoteAll(request.paths);
  const script = `
now=$(date +%s%N)
printf '\\n\\036clock\\n%s\\n' "$now"
section() { printf '\\n\\036%s\\n' "$1"; }

observe() {
section machine
uname -m
section files
grep -aHs '' ${PLAIN_FILES.join(' ')}

section units
if [ -d /run/systemd/system ]; then
  systemctl show --no-pager -p ${UNIT_PROPERTIES} -- ${quoteAll(request.units)} 2>/dev/null
  section systemd
  # Its own library names the version, for nothing; the program takes as long as a whole grep.
  version=
  for library in /usr/lib/systemd/libsystemd-shared-*.so /usr/lib/*/systemd/libsystemd-shared-*.so /lib/systemd/libsystemd-shared-*.so; do
    [ ! -e "$library" ] || version=\${library##*/libsystemd-shared-}
  done
  if [ -n "$version" ]; then printf 'systemd %s\\n' "$version"; else systemctl --version; fi
fi

section addresses
ip -o addr show 2>/dev/null || grep -aHs '' /proc/net/fib_trie /proc/net/route /proc/net/if_inet6

section listening
listening=$(grep -ahs ' 0A ' /proc/net/tcp /proc/net/tcp6)
printf '%s\\n' "$listening"

set --
from='/proc/[0-9]*/exe'
while read -r _ local _ _ _ _ _ _ _ inode _; do
  case ' ${request.ports.map(hexPort).join(' ')} ' in
    *" \${local##*:} "*) set -- "$@" -o -lname "socket:\\\\[$inode\\\\]"; from='/proc/[0-9]*/exe /proc/[0-9]*/fd' ;;
  esac
done <<END
$listening
END
section links
links=$(find $from -maxdepth 1 \\( -lname '*/redis-server' -o -lname '*/redis-server (deleted)' -o -lname '*/valkey-server' -o -lname '*/valkey-server (deleted)' "$@" \\) -printf '%p\\t%l\\n' 2>/dev/null)
printf '%s\\n' "$links"
set --
seen=' '
while read -r link _; do
  pid=\${link#/proc/}
  pid=\${pid%%/*}
  case "$seen" in *" $pid "*) continue ;; esac
  seen="$seen$pid "
  set -- "$@" "/proc/$pid/comm" "/proc/$pid/cgroup" "/proc/$pid/cmdline"
done <<END
$links
END
section processes
[ $# -eq 0 ] || grep -aHs '' "$@"

section disks
set --
for folder in ${quoteAll(request.disks)}; do
  while [ ! -e "$folder" ]; do folder=\${folder%/*}; [ -n "$folder" ] || folder=/; done
  set -- "$@" "$folder"
done
if [ $# -gt 0 ]; then
  df -P -B1 -- "$@"
  section resolved
  readlink -f -- "$@"
fi

section paths
set -- ${paths}
[ $# -eq 0 ] || stat -L --printf '%f\\t%U\\t%G\\t%s\\t%n\\n' -- "$@" 2>/dev/null
section dangling
for path in ${paths}; do [ -e "$path" ] || { [ -L "$path" ] && printf '%s\\n' "$path"; }; done
section contents
for path in ${quoteAll(request.contentOf)}; do
  [ -f "$path" ] && { printf '%s\\t' "$path"; base64 -w0 <"$path"; printf '\\n'; }
done

section logs
date '+zone%t%z'
set --
for log in ${quoteAll(request.logs)}; do
  if [ -f "$log" ]; then set -- "$@" "$log"; else printf 'absent\\t%s\\n' "$log"; fi
done
[ $# -eq 0 ] || tail -v -c ${LOG_TAIL_BYTES} -- "$@" 2>/dev/null | grep -aE ${quote(`^==> |${LOG_LINES}`)}

section user
account=$(id -- ${quote(request.serviceUser)} 2>/dev/null)
uid=\${account#uid=}
uid=\${uid%%[!0-9]*}
printf '%s\\n' "$uid"
section folders
set --
for folder in ${quoteAll(request.serviceFolders)}; do
  if [ -d "$folder" ]; then set -- "$@" "$folder"; else printf 'absent\\t%s\\n' "$folder"; fi
done
gid=\${account#*gid=}
gid=\${gid%%[!0-9]*}
# Without PAM, which would note a session. The shell's test asks the kernel, which knows of access lists and read-only mounts.
[ $# -eq 0 ] || [ -z "$uid" ] || setpriv --reuid="$uid" --regid="$gid" --init-groups -- sh -c '
  for folder do
    if [ -w "$folder" ] && [ -x "$folder" ]; then printf "writable\\t%s\\n" "$folder"; else printf "denied\\t%s\\n" "$folder"; fi
  done' sh "$@" 2>/dev/null
section programs
for program in ${WANTED_PROGRAMS.join(' ')}; do printf '%s\\t' "$program"; command -v "$program" || printf '\\n'; done
section kept
grep -aHs -F ${quote(`${request.firewallTag}:`)} ${RULE_FILES}
${FIREWALL_PART}
}

# What takes long of itself runs beside the rest; its output waits in the pipe.
beside() {
  section synchronised
  timeout 1 timedatectl show -p NTPSynchronized --value 2>/dev/null
  section hashes
  set --
  # A snapshot holds all data of a node: reading it could take minutes, and its hash says nothing.
  for path in ${paths}; do
    case "$path" in *.rdb) continue ;; esac
    [ ! -f "$path" ] || set -- "$@" "$path"
  done
  [ $# -eq 0 ] || sha256sum -- "$@"
}
beside | { observe; cat; }
exit 0
`;
  return { name: 'observe', script };
}

/**
 * Only the front end in charge is asked. firewalld is asked over D-Bus: its own command is written in Python and takes a quarter of a second
 * each time. iptables is asked only where the kernel has tables of it: asking loads its modules otherwise.
 */
const FIREWALL_PART = `
if command -v firewall-cmd >/dev/null && systemctl -q is-active firewalld.service; then
  section firewalldRules
  fw() { busctl --no-pager call org.fedoraproject.FirewallD1 "$@" 2>/dev/null; }
  fw /org/fedoraproject/FirewallD1 org.fedoraproject.FirewallD1.zone getRichRules s '' || firewall-cmd --list-rich-rules
  section firewalldKept
  zone=$(fw /org/fedoraproject/FirewallD1 org.fedoraproject.FirewallD1 getDefaultZone)
  zone=\${zone#s \\"}; zone=\${zone%\\"}
  at=$(fw /org/fedoraproject/FirewallD1/config org.fedoraproject.FirewallD1.config getZoneByName s "$zone")
  at=\${at#o \\"}; at=\${at%\\"}
  fw "$at" org.fedoraproject.FirewallD1.config.zone getRichRules || firewall-cmd --permanent --list-rich-rules
else
  if command -v ufw >/dev/null && grep -qsi '^ENABLED=yes' /etc/ufw/ufw.conf; then
    section ufwChain
    iptables -S ufw-user-input
  else
    nft=
    if command -v nft >/dev/null; then
      nft=$(nft list ruleset 2>&1 | head -c 400000)
      section nft
      printf '%s\\n' "$nft"
    fi
    tables=
    case "$nft" in *'managed by iptables-nft'* | *'chain INPUT {'*) tables=iptables ;; esac
    ! grep -qs . /proc/net/ip_tables_names /proc/net/ip6_tables_names || tables="$tables iptables-legacy"
    command -v nft >/dev/null || tables="$tables iptables"
    for variant in $tables; do
      # Where there is one kind only, it has the plain name.
      command -v "$variant-save" >/dev/null || variant=iptables
      section "\${variant%-legacy}"
      "$variant-save"
      "ip6\${variant#ip}-save"
    done 2>/dev/null
  fi
fi`;
