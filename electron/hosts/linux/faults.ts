import { healUnit, type Fault } from '../../shared/domain/fault.ts';
import type { HostFaults } from '../host.ts';
import type { HostShell } from './hostShell.ts';

/** The scripts of one fault. Each may be run again; `heal` also when nothing was injected. */
interface FaultScripts {
  /** Places the undo on the victim itself, so that it happens even when this machine, its network or Triad dies at that moment. */
  readonly prepare: string;
  readonly inject: string;
  /** Takes everything back and ends with an error when a node does not run afterwards. */
  readonly heal: string;
}

/**
 * A whole server lost: both nodes are killed at once (SIGKILL, as a power cut would) and kept down. `Restart=no` in a runtime drop-in keeps systemd from
 * bringing them back; it lies in /run, so a reboot ends it too. A transient timer heals after `healAfterSeconds` in any case.
 * The kill goes to the process and not through `systemctl kill`, which reports an error in containers although the process dies.
 */
function serverLostScripts({ cluster, services, healAfterSeconds }: Fault): FaultScripts {
  const name = healUnit(cluster);
  const script = `/run/${name}.sh`;
  const dropIn = '50-triad-failover.conf';
  const all = services.join(' ');
  return {
    prepare: `set -e
systemctl stop ${name}.timer 2>/dev/null || :
systemctl reset-failed ${name}.service ${name}.timer 2>/dev/null || :
cat >${script} <<'END'
for unit in ${all}; do
  rm -f /run/systemd/system/$unit.d/${dropIn}
  rmdir /run/systemd/system/$unit.d 2>/dev/null
done
systemctl daemon-reload
systemctl reset-failed ${all} 2>/dev/null
systemctl start ${all}
code=$?
rm -f ${script}
exit $code
END
systemd-run --quiet --unit=${name} --on-active=${healAfterSeconds} --timer-property=AccuracySec=1s /bin/sh ${script}
for unit in ${all}; do
  mkdir -p /run/systemd/system/$unit.d
  printf '[Service]\\nRestart=no\\n' >/run/systemd/system/$unit.d/${dropIn}
done
systemctl daemon-reload
`,
    inject: `set -e
pids=
for unit in ${all}; do
  pid=$(systemctl show --property=MainPID --value $unit)
  [ "$pid" -gt 0 ] || { echo "$unit does not run" >&2; exit 1; }
  pids="$pids $pid"
done
kill -KILL $pids
for pid in $pids; do
  while kill -0 $pid 2>/dev/null && ! grep -q '^State:.Z' /proc/$pid/status 2>/dev/null; do sleep 0.01; done
done
`,
    heal: `[ -e ${script} ] && /bin/sh ${script}
systemctl stop ${name}.timer 2>/dev/null
systemctl reset-failed ${name}.service ${name}.timer 2>/dev/null
systemctl start ${all} && systemctl is-active --quiet ${all}
`,
  };
}

/** Faults of a Linux server, by systemd; see `Host.faults`. */
export function linuxFaults(shell: HostShell): HostFaults {
  return {
    prepare: async (fault, options) => {
      await shell.run({ name: 'prepareFault', script: serverLostScripts(fault).prepare }, options);
    },
    inject: async (fault, options) => {
      await shell.run({ name: 'injectFault', script: serverLostScripts(fault).inject }, options);
    },
    heal: async (fault, options) => {
      await shell.run({ name: 'healFault', script: serverLostScripts(fault).heal }, options);
    },
  };
}
