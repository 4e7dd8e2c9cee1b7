import type { MatrixCell } from '../../shared/domain/matrix.ts';
import { message, say } from '../../shared/messages/message.ts';
import { classifyReach, expectationOf } from '../classifyReach.ts';
import type { CallOptions, ProbeTarget } from '../host.ts';
import type { HostShell } from './hostShell.ts';
import { quote } from './quote.ts';

/** What the attempts may take beyond their own limit: starting them, and the way there and back. */
const MARGIN_MS = 10_000;
const TIMED_OUT_CODE = 124;
const NO_BASH_CODE = 69;

/**
 * One attempt, for bash: every supported system has it, and it alone connects without a further tool. Arguments: address, port, kind.
 * Prints `connected MS` or `failed MS`, then the line that came; errors are the C library's words.
 */
const ATTEMPT = `
moment() { now=\${EPOCHREALTIME-}; now=\${now/[.,]/}; [ -n "$now" ] || now=$(date +%s%6N); }
moment
began=$now
if exec 3<>"/dev/tcp/$1/$2"; then
  moment
  echo "connected $(((now - began) / 1000))"
  [ "$3" != data ] || printf 'PING\\r\\n' >&3
  [ "$3" = bus ] || { IFS= read -r -n 200 line <&3; printf '%s\\n' "\${line%$'\\r'}"; }
else
  moment
  echo "failed $(((now - began) / 1000))"
fi`;

function probeScript(targets: readonly ProbeTarget[], timeoutMs: number): string {
  const attempts = targets.map((target, index) => {
    const { kind } = expectationOf(target, targets);
    return `attempt ${index} ${quote(target.address)} ${target.port} ${kind} &`;
  });
  return `
command -v bash >/dev/null || exit ${NO_BASH_CODE}
try=${quote(ATTEMPT)}
attempt() {
  said=$(timeout -k 1 ${timeoutMs / 1000} bash -c "$try" probe "$2" "$3" "$4" </dev/null 2>&1)
  # One write, so that attempts which end together do not mix.
  printf 'TRIAD-PROBE %s %s\\n%s\\nTRIAD-END\\n' "$1" "$?" "$said"
}
${attempts.join('\n')}
wait
exit 0
`;
}

/** Tries all targets at once from a server; see `Host.probe`. */
export async function probeFrom(
  shell: HostShell,
  server: string,
  targets: readonly ProbeTarget[],
  timeoutMs: number,
  options?: CallOptions,
): Promise<readonly MatrixCell[]> {
  if (targets.length === 0) return [];
  const result = await shell.run(
    { name: 'probe', script: probeScript(targets, timeoutMs) },
    { deadlineMs: timeoutMs + MARGIN_MS, ...options, answers: [NO_BASH_CODE] },
  );
  return readProbes(result.stdout, server, targets, timeoutMs);
}

/** One cell for each target, from what the script printed; `unknown` for one that nothing was said about. */
export function readProbes(output: string, server: string, targets: readonly ProbeTarget[], timeoutMs: number): readonly MatrixCell[] {
  const blocks = new Map(
    [...output.matchAll(/^TRIAD-PROBE (\d+) (\d+)\n([\s\S]*?)\nTRIAD-END$/gmu)].map(
      (match) => [Number(match[1]), { code: Number(match[2]), said: match[3] ?? '' }] as const,
    ),
  );
  return targets.map((target, index): MatrixCell => {
    const { to, port } = target;
    const block = blocks.get(index);
    if (block === undefined) return { from: server, to, port, reach: 'unknown', durationMs: 0, evidence: say(message('hosts.noBash')) };
    const isTimedOut = block.code === TIMED_OUT_CODE;
    const connected = /^connected (\d+)(?:\n(.*))?/mu.exec(block.said);
    const sight = {
      isConnected: connected !== null,
      line: connected?.[2] ?? '',
      isTimedOut,
      words: block.said,
    };
    const durationMs = Number(connected?.[1] ?? /^failed (\d+)$/mu.exec(block.said)?.[1] ?? timeoutMs);
    return {
      from: server,
      to,
      port,
      reach: classifyReach(sight, expectationOf(target, targets)),
      durationMs,
      evidence: evidenceOf(block.said),
    };
  });
}

/** The words of the last error or the line that came, without bash's account of where in its script it was. */
function evidenceOf(said: string): string {
  const lines = said.split('\n').filter((line) => line !== '' && !/^(?:connected|failed) \d+$/u.test(line));
  return (lines.at(-1) ?? '').replace(/^(?:probe|bash): (?:line \d+: )?(?:\/dev\/tcp\/\S+: )?/u, '').slice(0, 300);
}
