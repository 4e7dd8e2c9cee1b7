import { healUnit, type Fault, type NetworkFault } from '../../shared/domain/fault.ts';

/** The scripts of one fault. Each may be run again; `heal` also when nothing was injected. */
export interface FaultScripts {
  /** Places the undo on the victim itself, so that it happens even when this machine, its network or Triad dies at that moment. */
  readonly prepare: string;
  readonly inject: string;
  /** Takes everything back and ends with an error when a node does not run afterwards. */
  readonly heal: string;
}

/** How long an undo waits for an injection that goes on; it takes milliseconds unless the server hangs. */
const INJECTION_PATIENCE_SECONDS = 60;

/** What is different from fault to fault: shell lines for `/bin/sh`. */
interface FaultParts {
  /** After the timer stands, before the fault. */
  readonly ready: string;
  /** Ends with an error where the fault is not in. */
  readonly inject: string;
  /** Takes the fault back, also where it is not in or only in part; its own errors are not looked at. */
  readonly undo: string;
}

/**
 * The scripts of a fault on a Linux server. The undo is a script in /run that a transient timer runs after `healAfterSeconds` in any case, and that healing runs
 * at once. It always ends by starting the services, whatever was done to them.
 *
 * The undo's file is a lock, too: an undo waits for an injection that goes on, and an injection that comes when the undo has been used does nothing. Else
 * a fault that was held up on its way (a laptop that slept, a slow server) would come after its own undo, and stay. A prepared fault of an earlier run that
 * was ended by force is taken back before another is prepared, whose undo would not know it. A timer that comes when the undo has been used finds nothing to do,
 * and leaves no failed unit behind.
 */
export function faultScripts(fault: Fault): FaultScripts {
  const { cluster, services, healAfterSeconds } = fault;
  const name = healUnit(cluster);
  const script = `/run/${name}.sh`;
  const all = services.join(' ');
  const parts = partsOf(fault);
  return {
    prepare: `set -e
[ ! -e ${script} ] || /bin/sh ${script} || :
systemctl stop ${name}.timer 2>/dev/null || :
systemctl reset-failed ${name}.service ${name}.timer 2>/dev/null || :
cat >${script} <<'END'
exec 9<"$0"
flock -w ${INJECTION_PATIENCE_SECONDS} 9
${parts.undo}
systemctl reset-failed ${all} 2>/dev/null
systemctl start ${all}
code=$?
rm -f ${script}
exit $code
END
systemd-run --quiet --unit=${name} --on-active=${healAfterSeconds} --timer-property=AccuracySec=1s /bin/sh -c '[ ! -e ${script} ] || exec /bin/sh ${script}'
${parts.ready}`,
    inject: `set -e
used() { echo 'the undo has been used already: nothing is done' >&2; exit 1; }
[ -e ${script} ] || used
exec 9<${script}
flock 9
[ -e ${script} ] || used
${parts.inject}`,
    heal: `[ -e ${script} ] && /bin/sh ${script}
systemctl stop ${name}.timer 2>/dev/null
systemctl reset-failed ${name}.service ${name}.timer 2>/dev/null
systemctl start ${all} && systemctl is-active --quiet ${all}
`,
  };
}

function partsOf(fault: Fault): FaultParts {
  switch (fault.kind) {
    case 'killed':
      return { ...keptDown(fault.services), inject: `${pidsOf(fault.services)}${KILL}` };
    case 'restarted':
      return { ready: '', undo: ':', inject: `${pidsOf(fault.services)}${KILL}` };
    case 'frozen':
      return frozen(fault.services);
    case 'cut':
      return cut(fault);
  }
}

/** The main processes of services into `$pids`; an error where one does not run. */
function pidsOf(services: readonly string[]): string {
  return `pids=
for unit in ${services.join(' ')}; do
  pid=$(systemctl show --property=MainPID --value $unit)
  [ "$pid" -gt 0 ] || { echo "$unit does not run" >&2; exit 1; }
  pids="$pids $pid"
done
`;
}

/** SIGKILL, as a power cut would, to all at once. To the processes and not through `systemctl kill`, which reports an error in containers although they die. */
const KILL = `kill -KILL $pids
for pid in $pids; do
  while kill -0 $pid 2>/dev/null && ! grep -q '^State:.Z' /proc/$pid/status 2>/dev/null; do sleep 0.01; done
done
`;

/** `Restart=no` in a runtime drop-in keeps systemd from bringing a service back; it lies in /run, so a reboot ends it too. */
function keptDown(services: readonly string[]): Pick<FaultParts, 'ready' | 'undo'> {
  const dropIn = '50-triad-failover.conf';
  const all = services.join(' ');
  return {
    ready: `for unit in ${all}; do
  mkdir -p /run/systemd/system/$unit.d
  printf '[Service]\\nRestart=no\\n' >/run/systemd/system/$unit.d/${dropIn}
done
systemctl daemon-reload
`,
    undo: `for unit in ${all}; do
  rm -f /run/systemd/system/$unit.d/${dropIn}
  rmdir /run/systemd/system/$unit.d 2>/dev/null
done
systemctl daemon-reload`,
  };
}

/** SIGSTOP: the process keeps its memory and its connections and answers nothing, as on a machine that swaps or a disk that hangs. */
function frozen(services: readonly string[]): FaultParts {
  return {
    ready: '',
    undo: `for unit in ${services.join(' ')}; do
  pid=$(systemctl show --property=MainPID --value $unit)
  [ "$pid" -gt 0 ] && kill -CONT $pid
done`,
    inject: `${pidsOf(services)}kill -STOP $pids
for pid in $pids; do
  until grep -q '^State:.T' /proc/$pid/status; do sleep 0.01; done
done
`,
  };
}

/**
 * Packets are dropped in a table of the fault's own, before every other, so that no rule of the admin is touched and taking it back is one command. A kernel
 * without nftables gets rules of iptables with a comment. Both are gone after a reboot.
 */
function cut({ cluster, direction, peers, ports }: NetworkFault): FaultParts {
  // nftables allows no hyphen in a name, and clusters no underscore: two clusters never meet.
  const table = `triad_fault_${cluster.replaceAll('-', '_')}`;
  const isV6 = peers.some((peer) => peer.includes(':'));
  const family = isV6 ? 'ip6' : 'ip';
  const sets = `{ ${ports.join(', ')} }`;
  const hosts = `{ ${peers.join(', ')} }`;
  const chain = (hook: 'input' | 'output', side: 'saddr' | 'daddr'): string =>
    `  chain ${hook} {
    type filter hook ${hook} priority -400; policy accept;
    ${family} ${side} ${hosts} tcp sport ${sets} drop
    ${family} ${side} ${hosts} tcp dport ${sets} drop
  }`;
  const chains = [...(direction === 'out' ? [] : [chain('input', 'saddr')]), ...(direction === 'in' ? [] : [chain('output', 'daddr')])];
  const iptables = isV6 ? 'ip6tables' : 'iptables';
  const rules = peers.flatMap((peer) => [
    ...(direction === 'out' ? [] : [`INPUT -s ${peer}`]),
    ...(direction === 'in' ? [] : [`OUTPUT -d ${peer}`]),
  ]);
  const match = `-p tcp -m multiport --ports ${ports.join(',')} -m comment --comment ${table} -j DROP`;
  return {
    ready: '',
    undo: `nft delete table inet ${table} 2>/dev/null
${rules.map((rule) => `while ${iptables} -w -D ${rule} ${match} 2>/dev/null; do :; done`).join('\n')}`,
    inject: `if command -v nft >/dev/null && nft list tables >/dev/null 2>&1; then
  nft -f - <<'END'
table inet ${table}
delete table inet ${table}
table inet ${table} {
${chains.join('\n')}
}
END
elif command -v ${iptables} >/dev/null; then
${rules.map((rule) => `  ${iptables} -w -I ${rule} ${match}`).join('\n')}
else
  echo 'neither nft nor ${iptables} is there: nothing on this server can drop packets' >&2
  exit 1
fi
`,
  };
}
