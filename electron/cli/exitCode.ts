import type { Failure } from '../shared/domain/failure.ts';
import type { Verdict } from '../shared/domain/verdict.ts';

/** 0 pass; 1 a check, phase or trial failed; 2 specification or usage wrong; 3 no way to a server; 130 interrupted. */
export type ExitCode = 0 | 1 | 2 | 3 | 130;

/** Failures of the way to a server before any work began. A connection that breaks later is a failed phase. */
const NO_WAY_IN: ReadonlySet<string> = new Set([
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
]);

/** The exit code that a failure means. */
export function exitCodeOfFailure(failure: Failure): ExitCode {
  if (failure.code === 'run.aborted') return 130;
  if (NO_WAY_IN.has(failure.code)) return 3;
  if (/^(spec|usage|secret|bundle|storage)\./u.test(failure.code)) return 2;
  return 1;
}

/** The exit code of a finished run. */
export function exitCodeOf(run: { readonly failure: Failure | null; readonly verdict: Verdict | null }): ExitCode {
  if (run.failure !== null) return exitCodeOfFailure(run.failure);
  return run.verdict === 'pass' ? 0 : 1;
}
