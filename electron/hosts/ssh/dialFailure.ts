import { fail, type FailureError } from '../../shared/domain/failure.ts';
import { formatEndpoint } from '../../shared/domain/address.ts';
import type { HostKey } from '../../shared/domain/server.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { secondsOf } from '../callBounds.ts';

/** Whom an SSH connection goes to. */
export interface SshTarget {
  readonly server: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
}

/** What ssh2 attaches to its errors. */
interface SshErrorMarks {
  readonly level: string;
  readonly code: string;
  readonly message: string;
}

function marksOf(error: unknown): SshErrorMarks {
  const read = (name: string): string => {
    const value: unknown = error instanceof Error ? Reflect.get(error, name) : undefined;
    return typeof value === 'string' ? value : '';
  };
  return { level: read('level'), code: read('code'), message: error instanceof Error ? error.message : String(error) };
}

/** The failure for an attempt to connect that ended in `error` before the login was through. */
export function dialFailure(error: unknown, target: SshTarget, method: string, deadlineMs: number): FailureError {
  const { level, code, message } = marksOf(error);
  const subject = serverSubject(target.server);
  const endpoint = formatEndpoint({ address: target.host, port: target.port });
  const cause = error;
  switch (level) {
    case 'client-socket':
      return socketFailure(code, message, target, endpoint, deadlineMs, cause);
    case 'client-dns':
      return fail('ssh.nameNotFound', subject, { values: { host: target.host }, retryable: true, cause });
    case 'client-timeout':
      return timedOut(target, endpoint, deadlineMs, cause);
    case 'client-authentication':
      return fail('ssh.authRejected', subject, { values: { endpoint, user: target.user, method }, cause });
    case 'agent':
      return fail('ssh.agentUnavailable', subject, { values: { reason: message }, cause });
    case 'handshake':
      return fail('ssh.notSsh', subject, { values: { endpoint, reason: message }, cause });
    default:
      // A connection that was closed in the handshake may be one of too many at once (MaxStartups of sshd): again may help.
      return fail('ssh.notSsh', subject, { values: { endpoint, reason: message }, retryable: true, cause });
  }
}

function socketFailure(
  code: string,
  message: string,
  target: SshTarget,
  endpoint: string,
  deadlineMs: number,
  cause: unknown,
): FailureError {
  const subject = serverSubject(target.server);
  switch (code) {
    case 'ECONNREFUSED':
      return fail('ssh.refused', subject, { values: { endpoint }, retryable: true, cause });
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_NODATA':
    case 'EAI_NONAME':
      return fail('ssh.nameNotFound', subject, { values: { host: target.host }, retryable: code === 'EAI_AGAIN', cause });
    case 'ETIMEDOUT':
      return timedOut(target, endpoint, deadlineMs, cause);
    case 'ECONNRESET':
    case 'EPIPE':
      return fail('ssh.notSsh', subject, { values: { endpoint, reason: message }, retryable: true, cause });
    default:
      return fail('ssh.unreachable', subject, { values: { endpoint, reason: message }, retryable: true, cause });
  }
}

/** The server showed its host key, which was accepted, and then hung up instead of judging the login; `said` is what it sent for people to read. */
export function loginCut(target: SshTarget, said: string, cause: unknown): FailureError {
  const endpoint = formatEndpoint({ address: target.host, port: target.port });
  const values = { endpoint, user: target.user };
  return fail('ssh.loginCut', serverSubject(target.server), { values, evidence: said, retryable: true, cause });
}

/** Nothing, or not everything, came from the server in time. */
export function timedOut(target: SshTarget, endpoint: string, deadlineMs: number, cause?: unknown): FailureError {
  const values = { endpoint, seconds: secondsOf(deadlineMs) };
  return fail('ssh.timedOut', serverSubject(target.server), { values, retryable: true, ...(cause === undefined ? {} : { cause }) });
}

/** The host key is not the expected one, or nothing is expected and it was not accepted. */
export function hostKeyFailure(offered: HostKey, expectedFingerprint: string | null, target: SshTarget): FailureError {
  const endpoint = formatEndpoint({ address: target.host, port: target.port });
  const subject = serverSubject(target.server);
  return expectedFingerprint === null
    ? fail('ssh.hostKeyUnknown', subject, { values: { endpoint, type: offered.type, fingerprint: offered.fingerprint } })
    : fail('ssh.hostKeyChanged', subject, {
        values: { endpoint, expected: expectedFingerprint, type: offered.type, fingerprint: offered.fingerprint },
      });
}
