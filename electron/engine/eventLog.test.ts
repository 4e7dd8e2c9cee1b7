import { expect, test } from 'vitest';
import type { RunEvent } from '../shared/domain/events.ts';
import { ClusterSpec } from '../shared/domain/spec.ts';
import { planCluster } from '../shared/domain/plan.ts';
import { runVerdictOf } from '../shared/domain/run.ts';
import type { Verdict } from '../shared/domain/verdict.ts';
import { createEventLog, type EventLog } from './eventLog.ts';

const servers = [1, 2, 3].map((index) => ({ name: `s${index}`, address: `10.0.0.${index}`, ssh: { user: 'a', auth: { agent: true } } }));
const plan = planCluster(ClusterSpec.parse({ schemaVersion: 1, name: 'sessions', servers }), {
  version: '7.0.15',
  origin: 'built',
  folderName: 'redis',
  licence: 'BSD-3-Clause',
  sourceArchive: 'a',
  sourceSha256: 'b',
  files: [],
});

function startedLog(heard: RunEvent[] = []): EventLog {
  let clock = 100;
  const log = createEventLog([(event) => heard.push(event)], { now: () => (clock += 5), wallClock: () => new Date(0) });
  log.emit({
    type: 'runStarted',
    runId: 'r',
    workflow: 'install',
    cluster: 'sessions',
    triadVersion: '1',
    operator: 'o',
    adminMachine: 'm',
    specSha256: null,
    plan,
  });
  return log;
}

function check(id: string, verdict: Verdict, server = 's1'): Parameters<EventLog['emit']>[0] {
  const text = { code: 'x', values: {} };
  return {
    type: 'checkFinished',
    phase: 'checkServers',
    result: { id, subject: { kind: 'server', server }, verdict, expected: text, observed: text, evidence: '', remedy: null },
  };
}

test('events are numbered without gaps and timed from the start', () => {
  const heard: RunEvent[] = [];
  const log = startedLog(heard);
  log.emit({ type: 'phaseStarted', phase: 'connect', server: 's1' });
  log.emit({ type: 'phaseFinished', phase: 'connect', server: 's1', outcome: 'observed', durationMs: 3, failure: null });
  expect(heard.map((event) => event.seq)).toEqual([1, 2, 3]);
  expect(heard.map((event) => event.sinceStartMs)).toEqual([5, 10, 15]);
  expect(log.record().phases).toEqual([
    { phase: 'connect', server: 's1', startedMs: 10, durationMs: 3, outcome: 'observed', failure: null },
  ]);
});

test('a phase that runs twice on a server keeps both of its records', () => {
  const log = startedLog();
  for (const outcome of ['changed', 'alreadyDone'] as const) {
    log.emit({ type: 'phaseStarted', phase: 'p', server: null });
    log.emit({ type: 'phaseFinished', phase: 'p', server: null, outcome, durationMs: 1, failure: null });
  }
  expect(log.record().phases.map((one) => one.outcome)).toEqual(['changed', 'alreadyDone']);
});

test('a check that is made again takes the place of its earlier result', () => {
  const log = startedLog();
  log.emit(check('server.memory', 'fail'));
  log.emit(check('server.memory', 'fail', 's2'));
  log.emit(check('server.memory', 'pass'));
  expect(log.record().checks.map((one) => one.verdict)).toEqual(['fail', 'pass']);
});

test.each<[Verdict[], Verdict]>([
  [['pass', 'skipped'], 'pass'],
  [['pass', 'warn'], 'pass'],
  [['warn', 'passWithoutTolerance'], 'passWithoutTolerance'],
  [['pass', 'unknown'], 'unknown'],
  [['unknown', 'fail'], 'fail'],
])('checks %j make the run %s', (verdicts, expected) => {
  const log = startedLog();
  verdicts.forEach((verdict, index) => log.emit(check(`server.c${index}`, verdict)));
  expect(runVerdictOf(log.record(), null)).toBe(expected);
});

test('a run that failed never passes', () => {
  const log = startedLog();
  log.emit(check('server.memory', 'pass'));
  const failure = { code: 'run.aborted', subject: { kind: 'cluster' }, values: {}, evidence: '', retryable: true } as const;
  expect(runVerdictOf(log.record(), failure)).toBe('fail');
});
