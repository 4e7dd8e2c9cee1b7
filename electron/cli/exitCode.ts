import type { Failure } from '../shared/domain/failure.ts';
import { lostServersOf } from '../shared/domain/lostServers.ts';
import type { RunRecord } from '../shared/domain/run.ts';

/**
 * 0 pass; 1 a check, phase or trial failed; 2 specification or usage wrong; 3 no way to a server; 4 nothing was found, but checks that need SSH could not be
 * made; 130 interrupted.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 130;

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
  if (/^(spec|usage|secret|bundle|configBundle|report|export|storage)\./u.test(failure.code)) return 2;
  return 1;
}

/**
 * The exit code of a finished run. One that went on without a server that it found no way to says so, whatever the others are like; unless the server is in
 * maintenance, so that no check fails because it is away.
 */
export function exitCodeOf(run: Pick<RunRecord, 'failure' | 'verdict' | 'phases' | 'checks'>): ExitCode {
  if (run.failure !== null) return exitCodeOfFailure(run.failure);
  const lost = lostServersOf(run.checks, ({ subject }) => subject);
  const isLost = (server: string | null): boolean => server !== null && lost.includes(server);
  if (run.phases.some(({ failure, server }) => failure !== null && NO_WAY_IN.has(failure.code) && isLost(server))) return 3;
  if (run.verdict === 'pass') return 0;
  const unknown = run.checks.filter(({ verdict }) => verdict === 'unknown');
  return run.verdict === 'unknown' && unknown.length > 0 && unknown.every(({ unmade }) => unmade !== undefined) ? 4 : 1;
}
