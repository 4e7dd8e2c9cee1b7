import { expect, test } from 'vitest';
import { startFailure, type FailedStart } from './startFailure.ts';

const login = { server: 'server-1', user: 'admin' };
const failed: FailedStart = { elevation: 'sudo', wasAsked: false, end: { code: 1, signal: null }, stdout: '', stderr: '' };

test.each<[string, Partial<FailedStart>, string]>([
  ['sudo is missing', { end: { code: 127, signal: null }, stderr: "/usr/bin/env: 'sudo': No such file or directory" }, 'sudo.missing'],
  ['sudo -n needs a password', { stderr: 'sudo: a password is required' }, 'sudo.passwordNeeded'],
  ['newer sudo needs a password', { stderr: 'sudo: interactive authentication is required' }, 'sudo.passwordNeeded'],
  ['sudo-rs needs a password', { stderr: 'sudo: interactive authentication is required' }, 'sudo.passwordNeeded'],
  ['older sudo needs a terminal', { stderr: 'sudo: no tty present and no askpass program specified' }, 'sudo.passwordNeeded'],
  [
    'one try is all that sudoers allows',
    { elevation: 'sudoAsking', wasAsked: true, stderr: 'Sorry, try again.\nsudo: 1 incorrect password attempt' },
    'sudo.passwordRejected',
  ],
  [
    'sudo-rs rejects',
    { elevation: 'sudoAsking', wasAsked: true, stderr: 'sudo: Authentication failed, try again.' },
    'sudo.passwordRejected',
  ],
  [
    'not in sudoers',
    { elevation: 'sudoAsking', wasAsked: true, stderr: 'admin is not in the sudoers file.  This incident will be reported.' },
    'sudo.refused',
  ],
  ['not this command', { stderr: 'Sorry, user admin is not allowed to execute ... as root on server-1.' }, 'sudo.refused'],
  ['requiretty', { stderr: 'sudo: sorry, you must have a tty to run sudo' }, 'sudo.refused'],
  ['a locked account', { stderr: 'sudo: account validation failure, is your account locked?' }, 'sudo.refused'],
  ['timeout is missing behind sudo', { stderr: 'sudo: timeout: command not found' }, 'host.unsupported'],
  [
    'timeout is missing for root',
    { elevation: 'none', end: { code: 127, signal: null }, stderr: "env: 'timeout': No such file" },
    'host.unsupported',
  ],
  ['no login', { elevation: 'none', stdout: 'This account is currently not available.' }, 'host.unsupported'],
  ['nothing said', { elevation: 'none', end: { code: 42, signal: null } }, 'host.unsupported'],
  ['the script came cut', { elevation: 'none', end: { code: 98, signal: null } }, 'ssh.connectionLost'],
  ['the session was cut', { elevation: 'none', end: { code: null, signal: null } }, 'ssh.connectionLost'],
])('%s', (_, part, code) => {
  const { failure } = startFailure(login, { ...failed, ...part });
  expect(failure.code).toBe(code);
  expect(failure.subject).toEqual({ kind: 'server', server: 'server-1' });
});

test('the reason is the last line that was said, or the exit code', () => {
  const said = startFailure(login, { ...failed, elevation: 'none', stdout: 'Welcome\nThis account is currently not available.\n' });
  expect(said.failure.values).toEqual({ server: 'server-1', reason: 'This account is currently not available.' });
  expect(said.failure.evidence).toContain('Welcome');
  const silent = startFailure(login, { ...failed, elevation: 'none', end: { code: 42, signal: null } });
  expect(silent.failure.values['reason']).toBe('exit code 42');
});
