import { formatEndpoint } from '../../shared/domain/address.ts';
import type { CallOptions, Listeners } from '../host.ts';
import type { HostShell } from './hostShell.ts';
import { quote } from './quote.ts';
import { tableSpellings } from './tableAddress.ts';

/** One port and the word that answers on it. */
export interface WantedListener {
  readonly port: number;
  readonly nonce: string;
}

const LISTEN_DEADLINE_MS = 10_000;
/** Rounds of 20 ms that a listener gets to come up. */
const READY_ROUNDS = 150;

/**
 * Starts listeners and waits until the kernel shows them. They are children of this script, which ends them when its standard input ends;
 * `timeout` around it all ends the whole group at the end of their life. Ports that somebody has are told apart before, because a listener
 * that is about to fail looks for a moment like one that succeeds.
 */
function listenScript(address: string, ports: readonly WantedListener[]): string {
  const hex = (port: number): string => port.toString(16).toUpperCase().padStart(4, '0');
  return `
tables='/proc/net/tcp /proc/net/tcp6'
# shellcheck disable=SC2086
listens() { grep -Eqs " (${tableSpellings(address).join('|')}):$1 [0-9A-F:]+ 0A " $tables; }
refuse() { printf 'TRIAD-REFUSED\\t%s\\t%s\\n' "$1" "$2"; }
activate=$(command -v systemd-socket-activate) || {
  for port in ${ports.map(({ port }) => port).join(' ')}; do refuse "$port" 'systemd-socket-activate: not found'; done
  printf 'TRIAD-ALL\\n'
  exit 0
}
words=$(mktemp -d /run/triad-listen.XXXXXX) || exit
trap 'kill $pids 2>/dev/null; rm -rf -- "$words"' EXIT
# A stop comes twice, to the group and from \`timeout\`: the second must not end the cleaning.
trap "trap '' TERM HUP INT PIPE; exit 143" TERM HUP INT PIPE
pids=
wanted=
open() {
  if listens "$2"; then refuse "$1" 'Address already in use'; return; fi
  "$activate" --inetd -a -l "$3" /bin/echo "$4" </dev/null >/dev/null 2>"$words/$1" &
  pids="$pids $!"
  wanted="$wanted $1:$2:$!"
}
${ports.map(({ port, nonce }) => `open ${port} ${hex(port)} ${quote(formatEndpoint({ address, port }))} ${quote(nonce)}`).join('\n')}
round=0
while [ -n "$wanted" ]; do
  left=
  for one in $wanted; do
    port=\${one%%:*} rest=\${one#*:}
    if listens "\${rest%:*}"; then :
    elif ! kill -0 "\${rest#*:}" 2>/dev/null || [ "$round" -ge ${READY_ROUNDS} ]; then
      refuse "$port" "$(tail -n 1 "$words/$port")"
    else left="$left $one"
    fi
  done
  wanted=$left
  round=$((round + 1))
  [ -z "$wanted" ] || sleep 0.02
done
printf 'TRIAD-ALL\\n'
cat >/dev/null
exit 0
`;
}

/** The refusals in the script's output. Reasons of systemd-socket-activate end in the C library's words. */
function readRefusals(output: string): Listeners['refused'] {
  return output.split('\n').flatMap((line) => {
    const [word, port, ...reason] = line.split('\t');
    return word === 'TRIAD-REFUSED' ? [{ port: Number(port), reason: reason.join(' ').trim() }] : [];
  });
}

/** Opens temporary listeners on a server; see `Host.listen`. */
export async function listenOn(
  shell: HostShell,
  address: string,
  ports: readonly WantedListener[],
  lifetimeMs: number,
  options?: CallOptions,
): Promise<Listeners> {
  const bounds = { deadlineMs: LISTEN_DEADLINE_MS, ...options };
  const running = await shell.start({ name: 'listen', script: listenScript(address, ports) }, { ...bounds, lifetimeMs });
  const refusals: string[] = [];
  await running.waitForLine((line) => {
    if (line.startsWith('TRIAD-REFUSED\t') && !refusals.includes(line)) refusals.push(line);
    return line === 'TRIAD-ALL';
  }, bounds);
  return {
    refused: readRefusals(refusals.join('\n')),
    end: async () => {
      await running.end();
    },
  };
}
