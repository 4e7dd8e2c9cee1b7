import { fail, type FailureError } from '../../shared/domain/failure.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { message, say } from '../../shared/messages/message.ts';

/** Win32 errors that mean something to Triad, by the names of winerror.h. */
export const WIN32 = {
  fileMissing: 2,
  accessDenied: 5,
  sharingViolation: 32,
  lockViolation: 33,
  /** What the helper says of a file with another hash. */
  wrongBytes: 23,
  diskFull: 112,
  handleDiskFull: 39,
  virusInfected: 225,
  virusDeleted: 226,
  serviceMissing: 1060,
  serviceBeingDeleted: 1072,
  shutdownInProgress: 1115,
  invalidOwner: 1307,
  /** A program that runs is to be removed. */
  fileRuns: 1224,
  blockedByPolicy: 1260,
  timeout: 1460,
  addressInUse: 10_048,
  addressDenied: 10_013,
  /** STATUS_DLL_NOT_FOUND, as an exit code. */
  libraryMissing: 0xc0000135,
  /** The same as 1260, as PowerShell says it. */
  blockedByPolicyResult: 0x800704ec,
} as const;

/** What an error is about, for the texts. */
export interface ErrorContext {
  readonly server: string;
  /** Short name of what was done, such as `startServices`. */
  readonly step: string;
  /** The path, service or program that it was done to. */
  readonly what: string;
  readonly evidence: string;
}

const SERVICE_STEPS = new Set(['startService', 'stopService', 'removeService', 'installService']);

/** The failure for a Win32 error; one without a meaning of its own is `host.serviceFailed` for services, and `host.commandFailed` else. */
export function systemFailure(code: number, { server, step, what, evidence }: ErrorContext): FailureError {
  const subject = serverSubject(server);
  const details = { evidence };
  switch (code) {
    case WIN32.accessDenied:
      return fail('host.accessDenied', subject, { values: { server, step, what }, ...details });
    case WIN32.sharingViolation:
    case WIN32.lockViolation:
    case WIN32.fileRuns:
      return fail('host.fileLocked', subject, { values: { server, path: what }, ...details });
    case WIN32.invalidOwner:
      return fail('host.foreignFolder', subject, { values: { server, path: what, who: '?' }, ...details });
    case WIN32.diskFull:
    case WIN32.handleDiskFull:
      return fail('host.diskFull', subject, { values: { server, path: what }, ...details });
    case WIN32.virusInfected:
    case WIN32.virusDeleted:
      return fail('host.programQuarantined', subject, {
        values: { server, program: what, code, sha256: say(message('hosts.hashInReport')) },
        ...details,
      });
    case WIN32.blockedByPolicy:
    case WIN32.blockedByPolicyResult:
      return fail('host.programBlocked', subject, {
        values: { server, program: what, code, sha256: say(message('hosts.hashInReport')) },
        ...details,
      });
    case WIN32.libraryMissing:
      return fail('host.libraryMissing', subject, { values: { server, program: what }, ...details });
    case WIN32.serviceBeingDeleted:
      return fail('host.serviceBeingDeleted', subject, { values: { server, unit: what }, ...details, retryable: true });
    default:
      return SERVICE_STEPS.has(step)
        ? fail('host.serviceFailed', subject, { values: { server, unit: what, state: code }, ...details })
        : fail('host.commandFailed', subject, { values: { server, step, code }, ...details });
  }
}
