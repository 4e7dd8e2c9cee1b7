import { fail, type FailureError } from '../../shared/domain/failure.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { message, say } from '../../shared/messages/message.ts';
import { lastLines } from '../collectOutput.ts';

/** A line of a failed script that says why it failed: `TRIAD-FAIL kind value`. */
const MARK = /^TRIAD-FAIL (\w+) ?(.*)$/mu;

/**
 * The failure that a script named itself before it exited, or null. Scripts write
 * `TRIAD-FAIL diskFull PATH`, `uploadCut FILE`, `serviceFailed UNIT STATE` or `lockHeld HOLDER` (without a holder: changes of an earlier run go on) on either output; what else is on standard error is the evidence.
 */
export function markedFailure(server: string, stdout: string, stderr: string): FailureError | null {
  const match = MARK.exec(stderr) ?? MARK.exec(stdout);
  if (match === null) return null;
  const [, kind = '', value = ''] = match;
  const subject = serverSubject(server);
  const evidence = lastLines(stderr.replace(match[0], '').trim());
  switch (kind) {
    case 'diskFull':
      return fail('host.diskFull', subject, { values: { server, path: value }, evidence });
    case 'uploadCut':
      return fail('host.uploadCut', subject, { values: { server, file: value }, evidence, retryable: true });
    case 'serviceFailed': {
      const [unit = '', ...state] = value.split(' ');
      return fail('host.serviceFailed', subject, { values: { server, unit, state: state.join(' ') }, evidence });
    }
    case 'lockHeld':
      return fail('host.lockHeld', subject, {
        values: { server, holder: value === '' ? say(message('hosts.earlierBatch')) : value },
        evidence,
        retryable: true,
      });
    default:
      return null;
  }
}
