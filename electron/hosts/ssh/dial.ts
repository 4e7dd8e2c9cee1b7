import { setTimeout as pause } from 'node:timers/promises';
import { NodeSSH } from 'node-ssh';
import type { AuthHandlerMiddleware, Client, ServerHostKeyAlgorithm } from 'ssh2';
import { formatEndpoint } from '../../shared/domain/address.ts';
import { fail } from '../../shared/domain/failure.ts';
import type { HostKey } from '../../shared/domain/server.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { untilStopped, type CallBounds } from '../callBounds.ts';
import { dialFailure, hostKeyFailure, loginCut, timedOut, type SshTarget } from './dialFailure.ts';
import { algorithmsFor, allAlgorithms, HOST_KEY_TYPES, hostKeyOf, type HostKeyPolicy } from './hostKeys.ts';
import { attemptsFor, type PreparedLogin } from './sshLogin.ts';

const KEEPALIVE_INTERVAL_MS = 5000;
/** Unanswered keep-alives after which a peer counts as dead: 15 s. */
const KEEPALIVE_MISSES = 3;

/** Pauses before dialling again where the server hung up at once. */
const DROPPED_RETRY_DELAYS_MS = [200, 600];

/** A logged-in connection. */
export interface Dialled {
  readonly client: Client;
  readonly hostKey: HostKey;
  /** The server's software, from the first line of the connection. */
  readonly ident: string;
}

type DialResult =
  | { readonly kind: 'connected'; readonly dialled: Dialled }
  | { readonly kind: 'keyRefused'; readonly offered: HostKey }
  /** The server hung up after its key was accepted and before it judged the login. */
  | { readonly kind: 'cut'; readonly error: unknown; readonly said: string }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Dials, checks the host key, logs in. Throws the failures of `ssh.*` that belong to connecting, and `run.aborted`. */
export async function dial(target: SshTarget, login: PreparedLogin, policy: HostKeyPolicy, bounds: CallBounds): Promise<Dialled> {
  const { expected } = policy;
  const accepts = (key: HostKey): boolean => (expected === null ? policy.acceptsNew : key.fingerprint === expected.fingerprint);
  const attempt = async (algorithms: ServerHostKeyAlgorithm[], check = accepts): Promise<DialResult> => {
    for (const delayMs of DROPPED_RETRY_DELAYS_MS) {
      const result = await dialOnce(target, login, check, algorithms, bounds);
      if (result.kind !== 'failed' || !isDropped(result.error)) return result;
      // Ends early when the bounds abort; the next attempt says so.
      await pause(delayMs, undefined, { signal: bounds.signal }).catch(() => undefined);
    }
    return dialOnce(target, login, check, algorithms, bounds);
  };
  const orThrow = (result: DialResult): Dialled => {
    if (result.kind === 'connected') return result.dialled;
    if (result.kind === 'keyRefused') throw hostKeyFailure(result.offered, expected?.fingerprint ?? null, target);
    if (result.kind === 'cut') throw loginCut(target, result.said, result.error);
    throw dialFailure(result.error, target, login.kind, bounds.deadlineMs);
  };

  if (expected === null) {
    const dialled = orThrow(await attempt(allAlgorithms()));
    policy.onNew?.(dialled.hostKey);
    return dialled;
  }

  if (expected.type !== null) {
    const result = await attempt(algorithmsFor(expected.type));
    if (result.kind !== 'failed' || !isWithoutCommonHostKey(result.error)) return orThrow(result);
    // The server has no key of the expected type any more: say which one it shows instead.
    return orThrow(await attempt(allAlgorithms(), () => false));
  }

  // Only a fingerprint is known, and servers have keys of several types: ask for the others before calling it a change.
  const first = await attempt(allAlgorithms());
  if (first.kind !== 'keyRefused') return orThrow(first);
  for (const type of HOST_KEY_TYPES) {
    if (type === first.offered.type) continue;
    const other = await attempt(algorithmsFor(type));
    if (other.kind === 'keyRefused' || (other.kind === 'failed' && isWithoutCommonHostKey(other.error))) continue;
    return orThrow(other);
  }
  return orThrow(first);
}

/** Whether the server hung up before it said anything: sshd does so by chance when many log in at once (`MaxStartups`), and while it restarts. */
function isDropped(error: unknown): boolean {
  return error instanceof Error && (/lost before handshake/u.test(error.message) || Reflect.get(error, 'code') === 'ECONNRESET');
}

function isWithoutCommonHostKey(error: unknown): boolean {
  return error instanceof Error && /no matching host key/iu.test(error.message);
}

async function dialOnce(
  target: SshTarget,
  login: PreparedLogin,
  accepts: (key: HostKey) => boolean,
  algorithms: ServerHostKeyAlgorithm[],
  bounds: CallBounds,
): Promise<DialResult> {
  const endpoint = formatEndpoint({ address: target.host, port: target.port });
  const stopped = (): Error =>
    bounds.isCallerAborted() ? fail('run.aborted', serverSubject(target.server)) : timedOut(target, endpoint, bounds.deadlineMs);
  if (bounds.signal.aborted) throw stopped();

  let offered: HostKey | null = null;
  let isRefused = false;
  const next = attemptsFor(login);
  // ssh2 passes null before the server's first answer, and takes false for "no more"; its types know neither.
  const authHandler: AuthHandlerMiddleware = (left, _isPartial, proceed) => {
    const method: unknown = next(left);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
    proceed(method as Parameters<typeof proceed>[0]);
  };

  const ssh = new NodeSSH();
  const opening = ssh.connect({
    host: target.host,
    port: target.port,
    username: target.user,
    authHandler,
    hostVerifier: (blob: Buffer): boolean => {
      offered = hostKeyOf(blob);
      isRefused = !accepts(offered);
      return !isRefused;
    },
    algorithms: { serverHostKey: algorithms },
    readyTimeout: bounds.remainingMs(),
    keepaliveInterval: KEEPALIVE_INTERVAL_MS,
    keepaliveCountMax: KEEPALIVE_MISSES,
  });
  const client = ssh.connection;
  if (client === null) throw new Error('node-ssh has made no connection');
  // Before the first packet: Nagle's delay costs 40 ms a step.
  client.setNoDelay(true);
  // Stays for life: node-ssh removes its own at ready, and a reset would end the process. The end itself is told by `close`.
  client.on('error', () => undefined);
  // An expired password: without an answer the login would hang.
  client.on('change password', () => client.destroy());
  let said = '';
  client.on('banner', (text) => (said += text));

  try {
    await untilStopped(opening, bounds.signal, stopped);
    if (offered === null) throw new Error('ssh2 has shown no host key');
    return { kind: 'connected', dialled: { client, hostKey: offered, ident: identOf(client) } };
  } catch (error) {
    client.destroy();
    if (bounds.signal.aborted) throw stopped();
    if (isRefused && offered !== null) return { kind: 'keyRefused', offered };
    if (offered !== null && isHangUp(error)) return { kind: 'cut', error, said: lastWords(said) };
    return { kind: 'failed', error };
  }
}

/** ssh2 tells nobody what the server called itself, but keeps it. */
function identOf(client: Client): string {
  const ident: unknown = Reflect.get(client, '_remoteVer');
  return typeof ident === 'string' ? ident : '';
}

/** Anything that ssh2 gives no name to, or a broken socket; a login that was judged is `client-authentication`. */
function isHangUp(error: unknown): boolean {
  const level: unknown = error instanceof Error ? Reflect.get(error, 'level') : undefined;
  return level === undefined || level === 'client-socket' || level === 'protocol';
}

const SHOWN_LINES = 5;

/** The end of a banner: a reason stands below the notice that every login gets. */
function lastWords(text: string): string {
  return text
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(-SHOWN_LINES)
    .join('\n');
}
