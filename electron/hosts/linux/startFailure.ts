import { fail, type FailureError } from '../../shared/domain/failure.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { message, say } from '../../shared/messages/message.ts';
import type { SessionEnd } from '../ssh/sshConnection.ts';
import { lastLines } from '../collectOutput.ts';
import { SCRIPT_CUT_CODE, type Elevation } from './commandLine.ts';

/** Who logged in where, for texts. */
export interface Login {
  readonly server: string;
  readonly user: string;
}

/** What is known of a session that ended before its script announced itself. */
export interface FailedStart {
  readonly elevation: Elevation;
  readonly wasAsked: boolean;
  readonly end: SessionEnd;
  readonly stdout: string;
  readonly stderr: string;
}

const COMMAND_NOT_FOUND = 127;

/**
 * What stood in the way. sudo has one exit code for everything, so its words decide; `env LC_ALL=C` before it makes them English.
 * They are those of sudo 1.8 to 1.9 and of sudo-rs.
 */
export function startFailure({ server, user }: Login, { elevation, wasAsked, end, stdout, stderr }: FailedStart): FailureError {
  const subject = serverSubject(server);
  const evidence = lastLines(`${stdout}\n${stderr}`.trim());
  const reason = evidence.split('\n').at(-1)?.trim() ?? '';

  if (end.code === null && end.signal === null)
    return fail('ssh.connectionLost', subject, { values: { server }, evidence, retryable: true });
  if (elevation !== 'none') {
    // `env` names the program that it cannot find; `timeout` would be named by sudo.
    if (end.code === COMMAND_NOT_FOUND && /env:.*sudo/u.test(stderr)) return fail('sudo.missing', subject, { values: { user, server } });
    if (wasAsked && /incorrect password|incorrect authentication|no password was provided|authentication fail|try again/iu.test(stderr))
      return passwordRejected({ server, user });
    if (/is required|no askpass/u.test(stderr)) return fail('sudo.passwordNeeded', subject, { values: { user, server }, evidence });
    if (/sudo|not allowed/u.test(stderr) && !/command not found/u.test(stderr))
      return fail('sudo.refused', subject, { values: { user, server, reason }, evidence });
  }
  const values = { server, reason: reason === '' ? say(message('hosts.exitCode', { code: end.code ?? end.signal ?? '' })) : reason };
  if (end.code === SCRIPT_CUT_CODE) return fail('ssh.connectionLost', subject, { values: { server }, evidence, retryable: true });
  return fail('host.unsupported', subject, { values, evidence });
}

/** sudo asked a second time. */
export function passwordRejected({ server, user }: Login): FailureError {
  return fail('sudo.passwordRejected', serverSubject(server), { values: { user, server } });
}
