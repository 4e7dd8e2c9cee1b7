import { expect, test } from 'vitest';
import type { CheckResult } from '../shared/domain/check.ts';
import { fail, type FailureCode } from '../shared/domain/failure.ts';
import { clusterSubject, serverSubject } from '../shared/domain/subject.ts';
import type { Verdict } from '../shared/domain/verdict.ts';
import { message } from '../shared/messages/message.ts';
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
  expect(exitCodeOf({ failure: null, verdict, phases: [], checks: [] })).toBe(expected);
});

test('what could not be made without SSH has a code of its own, unless something else is unknown too', () => {
  const texts = {
    expected: message('check.redisOnly.observed'),
    observed: message('check.redisOnly.observed'),
    evidence: '',
    remedy: null,
  };
  const unmade = { id: 'server.memory', subject: serverSubject('server-1'), verdict: 'unknown', unmade: 'ssh', ...texts } as const;
  const silent = { id: 'node.version', subject: serverSubject('server-1'), verdict: 'unknown', ...texts } as const;
  expect(exitCodeOf({ failure: null, verdict: 'unknown', phases: [], checks: [unmade] })).toBe(4);
  expect(exitCodeOf({ failure: null, verdict: 'unknown', phases: [], checks: [unmade, silent] })).toBe(1);
  expect(exitCodeOf({ failure: null, verdict: 'passWithoutTolerance', phases: [], checks: [unmade] })).toBe(1);
});

test('a run without a verdict has not passed', () => {
  expect(exitCodeOf({ failure: null, verdict: null, phases: [], checks: [] })).toBe(1);
});

const CHECK: Pick<CheckResult, 'id' | 'verdict' | 'expected' | 'observed' | 'evidence' | 'remedy'> = {
  id: 'server.reached',
  verdict: 'fail',
  expected: message('check.server.reached.expected'),
  observed: message('check.server.reached.expected'),
  evidence: '',
  remedy: null,
};

test('a run that went on without a server tells that it found no way to it', () => {
  const lost = fail('ssh.timedOut', serverSubject('server-2')).failure;
  const connect = { phase: 'connect', server: 'server-2', startedMs: 0, durationMs: 15_000, outcome: 'failed' as const, failure: lost };
  const unreached = { ...CHECK, subject: serverSubject('server-2') };
  expect(exitCodeOf({ failure: null, verdict: 'fail', phases: [connect], checks: [unreached] })).toBe(3);
  // Away because it is in maintenance, as the others told: no check fails for it.
  expect(exitCodeOf({ failure: null, verdict: 'pass', phases: [connect], checks: [] })).toBe(0);
  const other = { ...CHECK, subject: serverSubject('server-3') };
  const alsoLost = { ...connect, server: 'server-3' };
  expect(exitCodeOf({ failure: null, verdict: 'fail', phases: [connect, alsoLost], checks: [other] })).toBe(3);
});
