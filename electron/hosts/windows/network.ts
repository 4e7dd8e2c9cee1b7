import { message, say } from '../../shared/messages/message.ts';
import type { MatrixCell } from '../../shared/domain/matrix.ts';
import { classifyReach, expectationOf, type ProbeSight } from '../classifyReach.ts';
import type { CallOptions, Listeners, ProbeTarget } from '../host.ts';
import { jsonObject } from './decodeOutput.ts';
import type { Helper } from './helper.ts';
import { ConnectAnswer, ListenReady } from './helperAnswers.ts';
import { WIN32 } from './systemErrors.ts';

/** What the attempts may take beyond their own limit: starting them, and the way there and back. */
const MARGIN_MS = 15_000;
const LISTEN_DEADLINE_MS = 20_000;
/** The helper listens no longer than this. */
const MOST_SECONDS = 300;
/** Stands for the word of a target that has none of ours. */
const NO_WORD = '-';

/** Why a port could not be listened on. */
function refusalReason(code: number): string {
  if (code === WIN32.addressInUse) return say(message('hosts.portInUse'));
  if (code === WIN32.addressDenied) return say(message('hosts.portReserved'));
  return say(message('hosts.systemError', { code }));
}

/** Opens temporary listeners; see `Host.listen`. They end with the input of their program, and at their deadline if nobody ends them. */
export async function listenOn(
  helper: Helper,
  address: string,
  ports: readonly { readonly port: number; readonly nonce: string }[],
  lifetimeMs: number,
  options?: CallOptions,
): Promise<Listeners> {
  const bounds = { deadlineMs: LISTEN_DEADLINE_MS, ...options };
  const seconds = Math.min(MOST_SECONDS, Math.max(1, Math.ceil(lifetimeMs / 1000)));
  const args = [String(seconds), address, ...ports.map(({ port, nonce }) => `${port}=${nonce}`)];
  const running = await helper.start({ step: 'listen', verb: 'listen', args }, bounds);
  const line = await running.waitForLine((text) => ListenReady.safeParse(jsonObject(text)).success, bounds);
  const { refused } = ListenReady.parse(jsonObject(line));
  return {
    refused: refused.map(({ port, error }) => ({ port, reason: refusalReason(error) })),
    end: async () => {
      await running.end();
    },
  };
}

/** Tries all targets at once; see `Host.probe`. A data port of a node counts as open when something accepts: the helper asks nobody anything. */
export async function probeFrom(
  helper: Helper,
  server: string,
  targets: readonly ProbeTarget[],
  timeoutMs: number,
  options?: CallOptions,
): Promise<readonly MatrixCell[]> {
  if (targets.length === 0) return [];
  const args = [String(timeoutMs), ...targets.map(({ address, port, nonce }) => `${address}:${port}=${nonce ?? NO_WORD}`)];
  const call = { step: 'probe', verb: 'connect', args, answer: ConnectAnswer };
  const { answer } = await helper.ask(call, { deadlineMs: timeoutMs + MARGIN_MS, ...options });
  return targets.map((target, index): MatrixCell => {
    const { to, port } = target;
    const found = answer.targets[index];
    if (found === undefined || found.port !== port || found.address !== target.address)
      return { from: server, to, port, reach: 'unknown', durationMs: 0, evidence: '' };
    const expected = expectationOf(target, targets);
    const reach = classifyReach(sightOf(found), expected.kind === 'word' ? expected : { kind: 'bus' });
    return { from: server, to, port, reach, durationMs: found.elapsedMs, evidence: evidenceOf(found) };
  });
}

type Found = ConnectAnswer['targets'][number];

function sightOf({ outcome, answer, error }: Found): ProbeSight {
  return {
    isConnected: outcome === 'open',
    line: answer ?? '',
    isTimedOut: outcome === 'timeout',
    words: outcome === 'open' || outcome === 'timeout' ? '' : outcome === 'error' && error === WIN32.addressDenied ? 'EACCES' : outcome,
  };
}

function evidenceOf({ outcome, answer, error }: Found): string {
  if (outcome === 'open') return (answer ?? '').slice(0, 300);
  return error === null || error === undefined || error === 0 ? outcome : `${outcome} (WSA ${error})`;
}
