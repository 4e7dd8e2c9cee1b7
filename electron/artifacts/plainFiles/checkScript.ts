import { nodesOnServer, type ClusterPlan } from '../../shared/domain/plan.ts';
import type { ServerBlueprint } from '../blueprint.ts';
import { sha256Of } from '../manifest.ts';
import { scriptHead } from './shellParts.ts';

/** A port as the kernel's tables of sockets write it. */
function hex(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}

/**
 * The script that looks whether a server may be made a part of the cluster, and refuses before anything was changed: the wrong machine, somebody else's
 * process on a port, data or a running node of another configuration. It prints `running` when nodes of this cluster run already. Exports build
 * a cluster and never change one: what a running node needs (roles, order, persistence) is more than a list of files.
 */
export function renderCheckScript(plan: ClusterPlan, blueprint: ServerBlueprint): string {
  const { server } = blueprint;
  const nodes = nodesOnServer(plan, server);
  const address = plan.servers.find(({ name }) => name === server)?.address ?? '';
  const checks = nodes.map((node) => {
    const content = blueprint.files.find(({ path }) => path === node.configFile)?.content ?? '';
    return `check_node ${node.unit} ${node.configFile} ${sha256Of(content)} ${node.dataFolder} ${node.dataPort} ${node.busPort} '${hex(node.dataPort)}|${hex(node.busPort)}'`;
  });
  return `${scriptHead([
    `Looks whether ${server} (${address}) may be made a part of the cluster ${plan.cluster}. Changes nothing.`,
    'Prints "running" when its nodes run already.',
  ])}
refuse() {
  echo "Refused, nothing was changed on ${server}: $*" >&2
  exit 1
}

[ "$(id -u)" = 0 ] || refuse 'this must run as root (sudo).'
[ -d /run/systemd/system ] || refuse 'systemd does not run here.'
[ "$(uname -m)" = x86_64 ] || refuse "the programs are for x86_64, and this is $(uname -m)."
for tool in install od sha256sum systemctl timeout useradd; do
  command -v "$tool" > /dev/null || refuse "$tool is missing."
done
if command -v ip > /dev/null && [ -z "$(ip -o addr show to ${address})" ]; then
  refuse 'this machine does not have the address ${address}: is it another server?'
fi

# check_node UNIT CONFIGURATION SHA256 DATA-FOLDER DATA-PORT BUS-PORT PORTS-IN-HEX
check_node() {
  case $(systemctl is-active "$1" || :) in
    active | activating | reloading | deactivating) runs=yes ;;
    *) runs=no ;;
  esac
  found=none
  if [ -f "$2" ]; then found=$(sha256sum < "$2"); fi
  if [ "\${found%% *}" != "$3" ]; then
    [ $runs = no ] || refuse "$1 runs with another configuration than this one; Triad changes a running cluster, this does not."
    [ -z "$(ls -A "$4" 2> /dev/null)" ] || refuse "$4 holds data, and $2 is not the configuration that wrote it."
  fi
  if [ $runs = yes ]; then
    echo running
  elif grep -sqE "^ *[0-9]+: [0-9A-F]+:($7) [0-9A-F]+:0000 0A " /proc/net/tcp /proc/net/tcp6; then
    refuse "something else listens on port $5 or $6."
  fi
}

${checks.join('\n')}
`;
}
