import { z } from 'zod';
import { Subject } from './subject.ts';

/** Every way in which something can go wrong, as a closed list; the catalogue holds a title and a remedy for each. */
export const FAILURE_CODES = [
  'spec.invalid',
  'spec.unreadable',
  'spec.notInstalledByTriad',
  'spec.windowsIpv6',
  'adopt.deviates',
  'usage.invalid',
  'usage.confirmationRefused',
  'usage.confirmationNeeded',
  'secret.missing',
  'secret.unreadable',
  'secret.unknownHere',
  'storage.unwritable',
  'storage.damaged',
  'bundle.missing',
  'bundle.damaged',
  'bundle.unreadable',
  'bundle.hashMismatch',
  'bundle.unsafe',
  'bundle.incomplete',
  'bundle.wrongPlatform',
  'bundle.windows.noArchive',
  'bundle.windows.noHelper',
  'bundle.windows.noOwnService',
  'bundle.windows.unreadable',
  'bundle.windows.notZip',
  'bundle.windows.memurai',
  'bundle.windows.damaged',
  'bundle.windows.unsafe',
  'bundle.windows.refused',
  'bundle.windows.missing',
  'bundle.windows.wrongMachine',
  'bundle.windows.tooOld',
  'bundle.windows.otherVersion',
  'bundle.windows.mistyped',
  'bundle.windows.unproven',
  'bundle.windows.experimental',
  'configBundle.unreadable',
  'configBundle.damaged',
  'configBundle.unsafe',
  'configBundle.tooNew',
  'configBundle.noValidation',
  'configBundle.nothingToSeal',
  'configBundle.holdsSecret',
  'configBundle.notSealed',
  'configBundle.wrongPassphrase',
  'configBundle.hostKeyDiffers',
  'configBundle.otherCluster',
  'configBundle.runDiffers',
  'configBundle.passwordDiffers',
  'report.unreadable',
  'report.noIntegrity',
  'report.noRecord',
  'report.isPdf',
  'export.folderTaken',
  'export.otherPrograms',
  'export.onlyLinux',
  'export.ownService',
  'ssh.unreachable',
  'ssh.refused',
  'ssh.nameNotFound',
  'ssh.notSsh',
  'ssh.timedOut',
  'ssh.hostKeyUnknown',
  'ssh.hostKeyChanged',
  'ssh.authRejected',
  'ssh.loginCut',
  'ssh.keyUnreadable',
  'ssh.passphraseMissing',
  'ssh.passphraseWrong',
  'ssh.agentUnavailable',
  'ssh.connectionLost',
  'ssh.forwardingRefused',
  'sudo.missing',
  'sudo.passwordNeeded',
  'sudo.passwordRejected',
  'sudo.refused',
  'host.unsupported',
  'host.commandFailed',
  'host.commandTimedOut',
  'host.uploadCut',
  'host.diskFull',
  'host.lockHeld',
  'host.sameMachine',
  'host.otherPlatform',
  'host.installedElsewhere',
  'host.serviceFailed',
  'host.notElevated',
  'host.accessDenied',
  'host.fileLocked',
  'host.foreignFolder',
  'host.programBlocked',
  'host.programQuarantined',
  'host.libraryMissing',
  'host.serviceBeingDeleted',
  'host.defenderRefused',
  'check.failed',
  'redis.unreachable',
  'redis.authRejected',
  'redis.replyUnexpected',
  'redis.commandRefused',
  'redis.foreign',
  'redis.holdsKeys',
  'redis.restartNeeded',
  'redis.persistenceNotChanged',
  'redis.passwordDiffers',
  'redis.passwordUnreadable',
  'cluster.noAgreement',
  'cluster.replicaNotInSync',
  'cluster.rolesNotAsPlanned',
  'cluster.notReady',
  'cluster.foreignNodes',
  'cluster.noMajority',
  'failover.notPromoted',
  'failover.notSurvived',
  'failover.tookTooLong',
  'failover.holdsKeys',
  'failover.notHealed',
  'failover.notOnWindows',
  'failover.ownService',
  'failover.noFirewall',
  'failover.noPower',
  'failover.powerHere',
  'failover.keeperFailed',
  'failover.powerOffFailed',
  'failover.stillOn',
  'failover.powerOnFailed',
  'failover.notBack',
  'failover.installFirst',
  'maintenance.noSuccessor',
  'maintenance.other',
  'maintenance.refused',
  'maintenance.notReached',
  'connection.passwordUnfit',
  'run.aborted',
  'run.alreadyActive',
  'run.elsewhere',
  'run.nameTaken',
  'run.otherCheck',
  'firstRun.unmet',
  'firstRun.notPossible',
  'internal',
] as const;
export const FailureCode = z.enum(FAILURE_CODES);
export type FailureCode = z.infer<typeof FailureCode>;

/** A failure as data: what, about what, how we know, and whether doing the same again may help. Never holds a secret. */
export const Failure = z.object({
  code: FailureCode,
  subject: Subject,
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  evidence: z.string(),
  retryable: z.boolean(),
});
export type Failure = z.infer<typeof Failure>;

/** Carries a {@link Failure} through code that throws. `message` is for developers; users read the catalogue's text. */
export class FailureError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure, options?: ErrorOptions) {
    super(`${failure.code} ${JSON.stringify(failure.values)} ${failure.evidence}`.trim(), options);
    this.name = 'FailureError';
    this.failure = failure;
  }
}

/** Makes a {@link FailureError}; `values` fill the catalogue's text for `code`. */
export function fail(
  code: FailureCode,
  subject: Subject,
  details: { readonly values?: Failure['values']; readonly evidence?: string; readonly retryable?: boolean; readonly cause?: unknown } = {},
): FailureError {
  return new FailureError(
    { code, subject, values: details.values ?? {}, evidence: details.evidence ?? '', retryable: details.retryable ?? false },
    details.cause === undefined ? undefined : { cause: details.cause },
  );
}

/** The failure inside an error, or `internal` with the error's own text for anything that no code foresaw. */
export function failureOf(error: unknown, subject: Subject): Failure {
  if (error instanceof FailureError) return error.failure;
  const evidence = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    code: 'internal',
    subject,
    values: { reason: error instanceof Error ? error.message : String(error) },
    evidence,
    retryable: false,
  };
}
