import { expect, it } from 'vitest';
import { fail, type Failure } from '../../../electron/shared/domain/failure.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { clusterSubject, serverSubject, type Subject } from '../../../electron/shared/domain/subject.ts';
import { message } from '../../../electron/shared/messages/message.ts';
import { sampleFailoverTest } from '../../../electron/report/testing/sampleRecord.ts';
import { clusterAfter } from './clusterAfter.ts';

const passed = sampleFailoverTest();
const failure = (code: Failure['code'], subject: Subject = clusterSubject): Failure => fail(code, subject).failure;
const aborted: RunRecord = { ...passed, trials: [], verdict: 'fail', failure: failure('run.aborted'), wasAborted: true };
const note: RunRecord['notes'][number] = {
  level: 'warn',
  server: null,
  message: message('cluster.rolesNotAsPlanned', { reason: 'x' }),
  atMs: 1,
};

it.each<[string, RunRecord, boolean, string | null]>([
  ['a test that passed', passed, true, 'asPlanned'],
  ['a test that was stopped before any server was lost', aborted, false, 'untouched'],
  ['a test that was stopped while a server was down', aborted, true, 'returned'],
  ['a test that could not give the roles back', { ...aborted, notes: [note] }, true, 'rolesDiffer'],
  [
    'a test that began on a cluster that was not ready',
    { ...aborted, wasAborted: false, failure: failure('cluster.notReady') },
    false,
    'untouched',
  ],
  ['a replica that did not take over', { ...passed, verdict: 'fail', failure: failure('failover.notPromoted') }, true, 'returned'],
  ['a test after which a check failed', { ...passed, verdict: 'fail', failure: failure('check.failed') }, true, null],
  ['a test that was ended with Triad', { ...passed, trials: [], finishedAt: null, verdict: null }, true, 'interrupted'],
])('tells how the cluster stands after %s', (_, record, wasInjected, kind) => {
  expect(clusterAfter(record, wasInjected)?.kind ?? null).toBe(kind);
});

it.each([
  ['failover.notHealed', 'serverDown'],
  ['failover.powerOnFailed', 'serverOff'],
  ['failover.notBack', 'serverOff'],
] as const)('names the server that may still be down: %s', (code, kind) => {
  const record: RunRecord = { ...aborted, wasAborted: false, failure: failure(code, serverSubject('server-2')) };
  expect(clusterAfter(record, true)).toEqual({ kind, server: 'server-2' });
});
