import { expect, test } from 'vitest';
import { fail, type FailureCode } from '../shared/domain/failure.ts';
import { clusterSubject, serverSubject } from '../shared/domain/subject.ts';
import type { Verdict } from '../shared/domain/verdict.ts';
import { exitCodeOf, exitCodeOfFailure } from './exitCode.ts';

test.each<[FailureCode, number]>([
  ['run.aborted', 130],
  ['ssh.unreachable', 3],
  ['ssh.hostKeyChanged', 3],
  ['ssh.authRejected', 3],
  ['ssh.connectionLost', 1],
  ['sudo.refused', 1],
  ['spec.unreadable', 2],
  ['usage.confirmationNeeded', 2],
  ['secret.missing', 2],
  ['bundle.hashMismatch', 2],
  ['check.failed', 1],
  ['internal', 1],
])('%s ends with %i', (code, expected) => {
  expect(exitCodeOfFailure(fail(code, clusterSubject).failure)).toBe(expected);
});

test.each<[Verdict, number]>([
  ['pass', 0],
  ['passWithoutTolerance', 1],
  ['unknown', 1],
  ['fail', 1],
])('a run that ended with %s exits with %i', (verdict, expected) => {
  expect(exitCodeOf({ failure: null, verdict, phases: [] })).toBe(expected);
});

test('a run without a verdict has not passed', () => {
  expect(exitCodeOf({ failure: null, verdict: null, phases: [] })).toBe(1);
});

test('a run that went on without a server tells that it found no way to it', () => {
  const lost = fail('ssh.timedOut', serverSubject('server-2')).failure;
  const connect = { phase: 'connect', server: 'server-2', startedMs: 0, durationMs: 15_000, outcome: 'failed' as const, failure: lost };
  expect(exitCodeOf({ failure: null, verdict: 'fail', phases: [connect] })).toBe(3);
});
