import { formatEndpoint } from '../../shared/domain/address.ts';
import { formatSlots } from '../../shared/domain/layout.ts';
import type { ClusterPlan, NodeSpec } from '../../shared/domain/plan.ts';
import { READ_PASSWORD, scriptHead, shellWord } from './shellParts.ts';

/** How long the script waits for nodes, gossip and first copies, seconds. */
const PATIENCE_SECONDS = 120;

function numberOf(plan: ClusterPlan, node: NodeSpec | undefined): number {
  return plan.nodes.findIndex((one) => one === node) + 1;
}

/** The slots of the shard that a node belongs to, as `CLUSTER NODES` writes them. */
function slotsOf(plan: ClusterPlan, node: NodeSpec): string {
  const range = plan.nodes.find(({ shard, slots }) => shard === node.shard && slots !== null)?.slots;
  return range === null || range === undefined ? '' : formatSlots([range]);
}

function nodeCase(plan: ClusterPlan, node: NodeSpec): string {
  const { id, address, dataPort, busPort, configEpoch } = node;
  return `    ${numberOf(plan, node)}) id=${shellWord(id)} address=${address} port=${dataPort} bus=${busPort} slots=${slotsOf(plan, node)} epoch=${configEpoch} ;;`;
}

function placeCase(plan: ClusterPlan, node: NodeSpec): string {
  const place = formatEndpoint({ address: node.address, port: node.dataPort }).replaceAll(/[[\]]/gu, '');
  return `    ${place}) number=${numberOf(plan, node)} ;;`;
}

/** Each shard as the numbers of its planned master and replica: `1.4 3.6 5.2`. */
function pairsOf(plan: ClusterPlan): string {
  const replicas = plan.nodes.filter(({ replicaOf }) => replicaOf !== null);
  return replicas
    .map((replica) => {
      const master = plan.nodes.find(({ id }) => id === replica.replicaOf);
      return `${numberOf(plan, master)}.${numberOf(plan, replica)}`;
    })
    .toSorted()
    .join(' ');
}

/**
 * The script that joins six running nodes to the planned cluster from one machine, doing only what is missing; the same rules as `formation.ts`, simpler
 * where only Triad's eyes could tell more: what is odd is refused and left as it is. Each change is a line that begins with `changed:`.
 */
export function renderFormScript(plan: ClusterPlan): string {
  const all = plan.nodes.map((node) => numberOf(plan, node)).join(' ');
  const count = plan.nodes.length;
  return `${scriptHead([
    `Joins the ${count} nodes of the cluster ${plan.cluster}: slots, acquaintances, replicas. Does what is missing, and nothing twice.`,
    'Refuses nodes that hold keys outside of this cluster, know other nodes, or do not take the password; nothing is sent to them then.',
    `Run it on any one of the servers: sh form-cluster.sh --password-file FILE`,
  ])}
nodes='${all}'
# Each shard: the number of its planned master, and of its replica on another server.
shards='${pairsOf(plan)}'

# What the plan says of a node by its number; slots are those of its shard.
node() {
  case $1 in
${plan.nodes.map((node) => nodeCase(plan, node)).join('\n')}
  esac
}

# The number of the node at an address, as CLUSTER NODES writes it; 0 for a stranger.
number_at() {
  case \${1%%@*} in
${plan.nodes.map((node) => placeCase(plan, node)).join('\n')}
    *) number=0 ;;
  esac
}

refuse() {
  echo "Refused: $*" >&2
  exit 1
}

${READ_PASSWORD}
read_password "$@"
# redis-cli reads it from here; an argument could be read by everybody.
export REDISCLI_AUTH="$password"

for cli in "\${REDIS_CLI:-}" ${plan.folders.bin}/${plan.engine}-cli "$(dirname "$0")/programs/${plan.engine}-cli"; do
  [ ! -x "$cli" ] || break
done
[ -x "$cli" ] || refuse "there is no ${plan.engine}-cli: set REDIS_CLI to its path."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
ends=$(($(date +%s) + ${PATIENCE_SECONDS}))

# ask NUMBER WORDS...: what a node answers, errors included. In a shell of its own: node() sets variables.
ask() (
  node "$1"
  shift
  timeout 10 "$cli" -h "$address" -p "$port" "$@" < /dev/null 2>&1 || :
)

# change NUMBER WORDS...: sends a command that must be taken, and tells it.
change() {
  answer=$(ask "$@")
  node "$1"
  shift
  [ "$answer" = OK ] || refuse "$id did not take $*: $answer"
  echo "changed: $id: $*"
}

wait_or_give_up() {
  [ "$(date +%s)" -lt "$ends" ] || refuse "after ${PATIENCE_SECONDS} seconds $*"
  sleep 1
}

# Writes down what all nodes say: their peers, numbers of keys, and state.
look() {
  for n in $nodes; do
    ask "$n" CLUSTER NODES > "$work/peers.$n"
    ask "$n" CLUSTER INFO > "$work/info.$n"
    ask "$n" DBSIZE > "$work/keys.$n"
  done
}

# has NUMBER FILE WORDS: whether a line of what was written down begins with these words.
has() { grep -q "^$3" "$work/$2.$1"; }

# own NUMBER: what a node says of itself.
own() {
  own_id='' own_flags='' own_master='' own_slots=''
  while read -r peer place flags source ping pong config link ranges; do
    case $flags in *myself*) own_id=$peer own_flags=$flags own_master=$source own_slots=$ranges ;; esac
  done < "$work/peers.$1"
}

# Waits until all nodes answer as members of a cluster, with this password.
for n in $nodes; do
  node "$n"
  while :; do
    said=$(ask "$n" CLUSTER NODES)
    case $said in
      *'AUTH failed'* | *NOAUTH* | *WRONGPASS*) refuse "$id does not take the password: is it another Redis? $said" ;;
      *'cluster support disabled'*) refuse "$id is no cluster node: it is another Redis." ;;
      *myself*) break ;;
    esac
    wait_or_give_up "$id does not answer: $said"
  done
done
look

# Nothing is sent before all of this has been looked at.
for n in $nodes; do
  own "$n"
  echo "$own_id" > "$work/id.$n"
done
for n in $nodes; do
  node "$n"
  own "$n"
  known=0
  while read -r peer place flags source ping pong config link ranges; do
    case $flags in *myself* | *noaddr*) continue ;; esac
    number_at "$place"
    [ "$number" != 0 ] || refuse "$id knows a node that is not of this cluster: $place"
    case $flags in *handshake*) continue ;; esac
    [ "$peer" = "$(cat "$work/id.$number")" ] || refuse "$id knows another node at $place than the one that answers there."
    known=$((known + 1))
  done < "$work/peers.$n"
  case $own_slots in
    '' | "$slots") ;;
    *) refuse "$id serves the slots $own_slots, which are not planned for its shard." ;;
  esac
  case $(cat "$work/keys.$n") in
    0) ;;
    *[!0-9]* | '') refuse "$id does not tell how many keys it holds: $(cat "$work/keys.$n")" ;;
    *) [ "$known" -ge ${Math.ceil(count / 2)} ] || refuse "$id holds $(cat "$work/keys.$n") keys and is not in this cluster yet: joining could discard them." ;;
  esac
done

# Each shard: who has its slots, or gets them. A shard whose nodes exchanged their roles is complete.
to_own=
owners=
for shard in $shards; do
  master=\${shard%.*} replica=\${shard#*.}
  own "$replica"
  replica_slots=$own_slots
  own "$master"
  node "$master"
  if [ -n "$own_slots" ] && [ -n "$replica_slots" ]; then refuse "both nodes of the slots $slots serve them."; fi
  if [ -n "$own_slots" ]; then
    owners="$owners $master.$replica"
  elif [ -n "$replica_slots" ]; then
    owners="$owners $replica.$master"
  else
    # Somebody may hold the data and be about to take over.
    for n in $nodes; do
      ! grep -q " $slots\\( \\|\\$\\)" "$work/peers.$n" || refuse "the slots $slots have no master now, and had one: wait for it."
    done
    to_own="$to_own $master"
    owners="$owners $master.$replica"
  fi
done
for pair in $owners; do
  other=\${pair#*.}
  own "$other"
  case $own_flags in
    *slave*)
      node "$other"
      [ "$own_master" = "$(cat "$work/id.\${pair%.*}")" ] || refuse "$id replicates another node than planned."
      ;;
  esac
done

# An epoch is only taken by a node that has met nobody: all of them before the first meets another.
for n in $nodes; do
  if [ "$(grep -c . "$work/peers.$n")" = 1 ] && has "$n" info cluster_current_epoch:0 && has "$n" info cluster_my_epoch:0; then
    node "$n"
    change "$n" CLUSTER SET-CONFIG-EPOCH "$epoch"
  fi
done
for n in $to_own; do
  node "$n"
  change "$n" CLUSTER ADDSLOTSRANGE "\${slots%-*}" "\${slots#*-}"
done

# Everybody meets everybody; a greeting that was lost is sent again.
while :; do
  strangers=
  for n in $nodes; do
    acquaintances=' '
    while read -r peer place flags source ping pong config link ranges; do
      case $flags in *handshake* | *noaddr* | *myself*) continue ;; esac
      number_at "$place"
      acquaintances="$acquaintances$number "
    done < "$work/peers.$n"
    for other in $nodes; do
      [ "$other" != "$n" ] || continue
      case $acquaintances in *" $other "*) continue ;; esac
      node "$n"
      strangers="$id does not know another node yet: is a cluster bus port closed?"
      node "$other"
      change "$n" CLUSTER MEET "$address" "$port" "$bus"
    done
  done
  [ -n "$strangers" ] || break
  wait_or_give_up "$strangers"
  look
done

for pair in $owners; do
  other=\${pair#*.}
  own "$other"
  case $own_flags in *slave*) continue ;; esac
  change "$other" CLUSTER REPLICATE "$(cat "$work/id.\${pair%.*}")"
done

# Six nodes that serve all slots, and three replicas in step with their masters.
while :; do
  look
  waits_for=
  for n in $nodes; do
    node "$n"
    has "$n" info cluster_state:ok && has "$n" info cluster_known_nodes:${count} && has "$n" info cluster_slots_ok:16384 || waits_for="$id does not find the cluster complete"
  done
  for pair in $owners; do
    ask "\${pair#*.}" INFO replication > "$work/replication"
    node "\${pair#*.}"
    grep -q '^master_link_status:up' "$work/replication" || waits_for="$id has no copy of its master's data yet"
  done
  [ -n "$waits_for" ] || break
  wait_or_give_up "$waits_for"
done
for pair in $owners; do
  case " $shards " in *" $pair "*) continue ;; esac
  node "\${pair%.*}"
  echo "$id serves $slots in the place of the planned master: they exchanged roles in a failover, which is no fault."
done
echo 'The cluster ${plan.cluster} stands: ${count} nodes, all slots served, every replica in step.'
`;
}
