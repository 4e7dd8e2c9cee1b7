import type { FailoverScenario } from '../../electron/shared/domain/scenario.ts';
import { probeExpiryMs } from '../../electron/phases/trialDeadlines.ts';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { serverNumbers } from '../../scripts/practice/setPlace.ts';
import { leftovers } from './leftovers.ts';

/** What Redis itself says, a line for each node that is not as it should be, and for each probe key that stays; asked on the server, without Triad. */
const LOOK = `cli=$(ls /opt/triad/bin/*/redis-cli)
units=$(systemctl list-unit-files --no-legend --plain 'triad-*-7*.service' | cut -d' ' -f1)
[ $(echo $units | wc -w) = 2 ] || echo "no two units of nodes: $units"
for unit in $units; do
  [ "$(systemctl is-active $unit)" = active ] || echo "$unit does not run"
  [ "$(systemctl is-enabled $unit)" = enabled ] || echo "$unit is not enabled"
  [ "$(systemctl show --property=Restart --value $unit)" = on-failure ] || echo "$unit is not restarted after a crash"
done
for port in 7000 7001; do
  ask() { $cli -h $(hostname -I | cut -d' ' -f1) -p $port --raw "$@" 2>&1 | tr -d '\\r'; }
  cluster=$(ask cluster info)
  for wanted in cluster_state:ok cluster_slots_ok:16384 cluster_known_nodes:6 cluster_size:3; do
    echo "$cluster" | grep -qx $wanted || echo "$port: no $wanted"
  done
  [ "$(ask cluster nodes | grep -cE 'fail|handshake|noaddr')" = 0 ] || echo "$port: sees a failed node"
  replication=$(ask info replication)
  case "$replication" in
    *role:slave*)
      echo "$replication" | grep -qx master_link_status:up || echo "$port: not linked to its master"
      # It answers for no key; its copy goes with its master's.
      continue ;;
    *) echo "$replication" | grep -qx connected_slaves:1 || echo "$port: not copied" ;;
  esac
  keys=$(ask --scan --pattern 'triad:probe:*')
  [ -z "$keys" ] || for ttl in $(echo "$keys" | sed 's/.*/PTTL &/' | ask); do
    [ $ttl -ne -1 ] && [ $ttl -le $LONGEST_MS ] || echo "$port: a probe key that stays for $ttl ms"
  done
done
true`;

/** The drop-in by which a test lets the timer come sooner: part of the test, and no leftover. */
export const SOONER = '/run/systemd/system/triad-heal-.timer.d';

/**
 * Everything that is wrong with an installed cluster and its servers after a trial, a line each, without asking Triad: servers without power, nodes that do not run, are not in sync or
 * see each other failed, slots without an owner, rules, timers and stopped processes that stayed, probe keys that do not expire in time. Empty when all is well.
 */
export async function whatIsBroken(
  set: PracticeSet,
  password: string,
  scenario: FailoverScenario,
  nodeTimeoutMs: number,
): Promise<readonly string[]> {
  const off = set.status().servers.filter(({ power }) => power === 'off');
  if (off.length > 0) return off.map(({ number }) => `${number}: is off`);
  const longestMs = probeExpiryMs(scenario, { nodeTimeoutMs, persistence: 'aof' });
  const looked = serverNumbers.map(async (server) => {
    const { stdout, stderr } = await set.run(server, `export REDISCLI_AUTH='${password}'; LONGEST_MS=${longestMs}\n${LOOK}`);
    return `${stdout}${stderr}`
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `${server}: ${line}`);
  });
  const left = (await leftovers(set)).filter((line) => !line.endsWith('triad-heal-.timer.d'));
  return [...left, ...(await Promise.all(looked)).flat()];
}
