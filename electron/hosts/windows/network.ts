import { message, say } from '../../shared/messages/message.ts';
import type { MatrixCell } from '../../shared/domain/matrix.ts';
import { classifyReach, expectationOf, type Expectation, type ProbeSight } from '../classifyReach.ts';
import { stepBounds } from '../callBounds.ts';
import type { CallOptions, Listeners, ProbeTarget } from '../host.ts';
import { jsonObject } from './decodeOutput.ts';
import { whyNoHelper, type Helper } from './helper.ts';
import { ConnectAnswer, ListenReady } from './helperAnswers.ts';
import type { Powershell } from './powershell/runPowershell.ts';
import type { RunningProgram } from './windowsShell.ts';
import { WIN32 } from './systemErrors.ts';

/** What the attempts may take beyond their own limit: starting them, and the way there and back. */
const MARGIN_MS = 15_000;
/** Windows itself tries a port that refused again for some 2 s: with less time, a refusal would look like silence. */
const LEAST_TIMEOUT_MS = 4000;
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

/** What a server's network is tried with: the helper, and PowerShell where a policy does not let the helper run. */
export interface NetworkTools {
  readonly helper: Helper;
  readonly powershell: Powershell;
}

/** Does it by PowerShell where the helper may not run. */
async function orByPowershell<Value>(byHelper: Promise<Value>, byPowershell: () => Promise<Value>): Promise<Value> {
  try {
    return await byHelper;
  } catch (error) {
    if (whyNoHelper(error) === null) throw error;
    return byPowershell();
  }
}

/** Opens temporary listeners; see `Host.listen`. They end with the input of their program, and at their deadline if nobody ends them. */
export async function listenOn(
  { helper, powershell }: NetworkTools,
  address: string,
  ports: readonly { readonly port: number; readonly nonce: string }[],
  lifetimeMs: number,
  options?: CallOptions,
): Promise<Listeners> {
  const bounds = stepBounds(options, LISTEN_DEADLINE_MS);
  const seconds = Math.min(MOST_SECONDS, Math.max(1, Math.ceil(lifetimeMs / 1000)));
  const args = [String(seconds), address, ...ports.map(({ port, nonce }) => `${port}=${nonce}`)];
  const running: RunningProgram = await orByPowershell(helper.start({ step: 'listen', verb: 'listen', args }, bounds()), () =>
    powershell.start('listen', { address, ports, seconds }, bounds()),
  );
  const line = await running.waitForLine((text) => ListenReady.safeParse(jsonObject(text)).success, bounds());
  const { refused } = ListenReady.parse(jsonObject(line));
  return {
    refused: refused.map(({ port, error }) => ({ port, reason: refusalReason(error) })),
    end: async () => {
      await running.end();
    },
  };
}

/**
 * Tries all targets at once; see `Host.probe`. A node's data port counts as open when something accepts: the helper asks nobody anything. PowerShell does.
 */
export async function probeFrom(
  { helper, powershell }: NetworkTools,
  server: string,
  targets: readonly ProbeTarget[],
  timeoutMs: number,
  options?: CallOptions,
): Promise<readonly MatrixCell[]> {
  if (targets.length === 0) return [];
  const waitMs = Math.max(LEAST_TIMEOUT_MS, timeoutMs);
  const bounds = stepBounds(options, waitMs + MARGIN_MS);
  const args = [String(waitMs), ...targets.map(({ address, port, nonce }) => `${address}:${port}=${nonce ?? NO_WORD}`)];
  const expected = targets.map((target) => expectationOf(target, targets));
  const byHelper = async (): Promise<Attempts> => {
    const { answer } = await helper.ask({ step: 'probe', verb: 'connect', args, answer: ConnectAnswer }, bounds());
    return { found: answer.targets, expected: expected.map((one) => (one.kind === 'word' ? one : { kind: 'bus' })) };
  };
  const byPowershell = async (): Promise<Attempts> => {
    const asked = targets.map(({ address, port }, index) => {
      const { kind } = expected[index] ?? { kind: 'bus' };
      return { address, port, asks: kind === 'data', isSilent: kind === 'bus' };
    });
    const { targets: found } = await powershell.ask('connect', { timeoutMs: waitMs, targets: asked }, ConnectAnswer, bounds());
    return { found, expected };
  };
  const attempts = await orByPowershell(byHelper(), byPowershell);
  return targets.map((target, index): MatrixCell => {
    const { to, port } = target;
    const found = attempts.found[index];
    const expectation = attempts.expected[index];
    if (found === undefined || expectation === undefined || found.port !== port || found.address !== target.address)
      return { from: server, to, port, reach: 'unknown', durationMs: 0, evidence: '' };
    const reach = classifyReach(sightOf(found), expectation);
    return { from: server, to, port, reach, durationMs: found.elapsedMs, evidence: evidenceOf(found) };
  });
}

/** What was found at each target, and what is expected there of the way in which it was tried. */
interface Attempts {
  readonly found: readonly Found[];
  readonly expected: readonly Expectation[];
}

type Found = ConnectAnswer['targets'][number];

function sightOf({ outcome, answer, error }: Found): ProbeSight {
  return {
    isConnected: outcome === 'open',
    // A Linux server ends its line with one character, a Windows server with two.
    line: (answer ?? '').trimEnd(),
    isTimedOut: outcome === 'timeout',
    words: outcome === 'open' || outcome === 'timeout' ? '' : outcome === 'error' && error === WIN32.addressDenied ? 'EACCES' : outcome,
  };
}

function evidenceOf({ outcome, answer, error }: Found): string {
  if (outcome === 'open') return (answer ?? '').trimEnd().slice(0, 300);
  return error === null || error === undefined || error === 0 ? outcome : `${outcome} (WSA ${error})`;
}
