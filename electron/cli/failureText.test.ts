import { expect, test } from 'vitest';
import { FAILURE_CODES, fail } from '../shared/domain/failure.ts';
import { nodeSubject, serverSubject } from '../shared/domain/subject.ts';
import { isMessageCode } from '../shared/messages/message.ts';
import { checkText, failureText, runFailuresText, specIssuesText } from './failureText.ts';
import { styleFor } from '../report/style.ts';

const plain = styleFor(false);

test('every failure has a title and a remedy', () => {
  expect(FAILURE_CODES.filter((code) => !isMessageCode(code) || !isMessageCode(`${code}.remedy`))).toEqual([]);
});

test('a failure names the server, the remedy, the evidence and its code', () => {
  const { failure } = fail('host.diskFull', serverSubject('server-2'), {
    values: { server: 'server-2', path: '/opt/triad' },
    evidence: 'line one\nline two',
  });
  expect(failureText(failure, plain)).toBe(
    `✗ The disk of server-2 is full: /opt/triad could not be written
  → Free space on that file system, then run the same command again.
    line one
    line two
  [host.diskFull]`,
  );
});

test('a failure that does not name its server is told with it', () => {
  const told = (name: string): string =>
    failureText(fail('redis.passwordDiffers', serverSubject('server-1'), { values: { server: name } }).failure, plain);
  expect(told('server-1').split('\n')[0]).toMatch(/^✗ The password differs .* that server-1 was/u);
  expect(told('server-10').split('\n')[0]).toMatch(/^✗ server-1: The password differs .* that server-10 was/u);
});

test('a run tells what happened on every server, and a remedy that they share once', () => {
  const failed = (server: string, code: 'ssh.refused' | 'ssh.authRejected' | 'run.aborted', port: number) => ({
    phase: 'connect',
    server,
    startedMs: 0,
    durationMs: 1,
    outcome: 'failed' as const,
    failure: fail(code, serverSubject(server), { values: { endpoint: `10.0.0.1:${port}`, user: 'admin', method: 'key' } }).failure,
  });
  const phases = [
    failed('server-1', 'ssh.refused', 22),
    failed('server-2', 'ssh.authRejected', 22),
    failed('server-3', 'ssh.refused', 23),
    failed('server-3', 'run.aborted', 23),
  ];
  expect(runFailuresText({ failure: phases[0]?.failure ?? null, phases }, plain)).toBe(
    `✗ server-1: Nothing listens for SSH at 10.0.0.1:22
✗ server-3: Nothing listens for SSH at 10.0.0.1:23
  → Start sshd on the server, or correct ssh.port in the specification.
  [ssh.refused]
✗ server-2: The server at 10.0.0.1:22 rejected the login of admin (key)
  → Check user, key or password, and that sshd allows this way of logging in.
  [ssh.authRejected]`,
  );
  expect(runFailuresText({ failure: null, phases: [] }, plain)).toBe('');
});

test("a node that the title names stands there once, and an interruption is nobody's fault", () => {
  const values = { node: 'server-1:7000', reason: 'Connection refused' };
  expect(failureText(fail('redis.unreachable', nodeSubject('server-1', 7000), { values }).failure, plain)).toMatch(
    /^✗ The Redis node server-1:7000 cannot be reached: Connection refused\n/u,
  );
  expect(failureText(fail('run.aborted', serverSubject('server-1')).failure, plain)).toMatch(/^■ Interrupted\n/u);
});

test('a failed check shows what was expected and what to do, a warning only the latter', () => {
  const text = (value: string): { code: string; values: Record<string, string> } => ({ code: 'cli.plan.user', values: { user: value } });
  const result = {
    id: 'server.memory',
    subject: serverSubject('server-1'),
    expected: text('much'),
    observed: text('little'),
    evidence: '',
    remedy: text('more'),
  } as const;
  expect(checkText({ ...result, verdict: 'fail' }, plain)).toContain('expected: system account much');
  expect(checkText({ ...result, verdict: 'warn' }, plain)).not.toContain('much');
  expect(checkText({ ...result, verdict: 'warn' }, plain)).toContain('→ system account more');
});

test('each problem of a specification is a line with path, value and remedy', () => {
  const shown = specIssuesText(
    'spec.yaml',
    [{ path: 'servers[1].address', value: '"x"', message: { code: 'address.notIp', values: {} } }],
    plain,
  );
  expect(shown).toContain('The specification has 1 problem(s)');
  expect(shown).toMatch(/ {2}servers\[1\]\.address: "x" is not an IP address; give/u);
});
