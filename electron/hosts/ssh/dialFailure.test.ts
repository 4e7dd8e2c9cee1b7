import { expect, test } from 'vitest';
import { dialFailure, hostKeyFailure } from './dialFailure.ts';

const target = { server: 'server-1', host: '2001:db8::1', port: 2222, user: 'admin' };
const endpoint = '[2001:db8::1]:2222';
const error = (marks: object): Error => Object.assign(new Error('words'), marks);

test.each([
  [{ level: 'client-socket', code: 'ECONNREFUSED' }, 'ssh.refused', { endpoint }, true],
  [{ level: 'client-socket', code: 'ENOTFOUND' }, 'ssh.nameNotFound', { host: target.host }, false],
  [{ level: 'client-socket', code: 'EAI_AGAIN' }, 'ssh.nameNotFound', { host: target.host }, true],
  [{ level: 'client-socket', code: 'ETIMEDOUT' }, 'ssh.timedOut', { endpoint, seconds: 15 }, true],
  [{ level: 'client-socket', code: 'EHOSTUNREACH' }, 'ssh.unreachable', { endpoint, reason: 'words' }, true],
  [{ level: 'client-socket', code: 'ECONNRESET' }, 'ssh.notSsh', { endpoint, reason: 'words' }, true],
  [{ level: 'client-timeout' }, 'ssh.timedOut', { endpoint, seconds: 15 }, true],
  [{ level: 'client-authentication' }, 'ssh.authRejected', { endpoint, user: 'admin', method: 'key' }, false],
  [{ level: 'agent' }, 'ssh.agentUnavailable', { reason: 'words' }, false],
  [{ level: 'handshake' }, 'ssh.notSsh', { endpoint, reason: 'words' }, false],
  [{ level: 'protocol' }, 'ssh.notSsh', { endpoint, reason: 'words' }, true],
])('%j is %s', (marks, code, values, retryable) => {
  const cause = error(marks);
  const thrown = dialFailure(cause, target, 'key', 15_000);
  expect(thrown.failure).toMatchObject({ code, values, retryable, subject: { kind: 'server', server: 'server-1' } });
  expect(thrown.cause).toBe(cause);
});

test('a host key is unknown or changed', () => {
  const offered = { type: 'ssh-ed25519', fingerprint: 'SHA256:new' };
  expect(hostKeyFailure(offered, null, target).failure).toMatchObject({
    code: 'ssh.hostKeyUnknown',
    values: { endpoint, type: 'ssh-ed25519', fingerprint: 'SHA256:new' },
  });
  expect(hostKeyFailure(offered, 'SHA256:old', target).failure).toMatchObject({
    code: 'ssh.hostKeyChanged',
    values: { endpoint, expected: 'SHA256:old', fingerprint: 'SHA256:new' },
  });
});
