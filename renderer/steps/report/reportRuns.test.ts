import { expect, it } from 'vitest';
import { sampleInstall, samplePlan } from '../../../electron/report/testing/sampleRecord.ts';
import { sampleView } from '../../../electron/report/testing/sampleView.ts';
import type { RunSummary } from '../../../electron/shared/contract/procedures.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { minuteOf } from '../../widgets/minuteOf.ts';
import { exchangedNodes, firstReport, reportedRuns } from './reportRuns.ts';

const run = (runId: string, workflow: RunSummary['workflow'], isEnded = true): RunSummary => ({
  runId,
  workflow,
  startedAt: '2026-03-14T22:05:00.000Z',
  finishedAt: isEnded ? '2026-03-14T22:06:00.000Z' : null,
  verdict: isEnded ? 'pass' : null,
  wasAborted: false,
  isActive: !isEnded,
  isInterrupted: false,
  trials: [],
});

it('offers runs that have ended, and begins with the newest that tells of the whole cluster', () => {
  const runs = [run('e', 'failoverTest', false), run('d', 'check'), run('c', 'install'), run('b', 'plan'), run('a', 'check')];
  const reported = reportedRuns(runs, [null]);
  expect(reported.map(({ runId }) => runId)).toEqual(['d', 'c', 'a']);
  expect(firstReport(reported)).toBe('c');
  expect(firstReport(reportedRuns([run('a', 'check')], []))).toBe('a');
  expect(firstReport(reportedRuns([run('e', 'failoverTest', false)], []))).toBeNull();
});

it('counts a run that was followed to its end, whatever the list of runs says of it', () => {
  const record: RunRecord = { ...sampleInstall(), runId: 'e', workflow: 'failoverTest', startedAt: '2026-03-14T22:07:00.000Z' };
  const runs = [run('e', 'failoverTest', false), run('c', 'install')];
  expect(reportedRuns(runs, [record]).map(({ runId }) => runId)).toEqual(['e', 'c']);
  expect(reportedRuns(runs, [{ ...record, finishedAt: null }]).map(({ runId }) => runId)).toEqual(['c']);
});

it('tells the time to the minute', () => {
  expect(minuteOf('2026-03-14T22:05:59.000Z')).toMatch(/^2026-03-1\d \d\d:\d5$/u);
});

it('names replicas that have the part of their master, by the newest look', () => {
  const plan = samplePlan();
  const record = (startedAt: string, view: ReturnType<typeof sampleView> | null): RunRecord => ({
    ...sampleInstall(plan),
    startedAt,
    trials: [],
    views: { before: null, after: view },
  });
  const well = record('2026-03-14T22:00:00.000Z', sampleView(plan));
  const exchanged = record('2026-03-14T23:00:00.000Z', sampleView(plan, { lost: 'server-1' }));
  expect(exchangedNodes([exchanged, null, well])).toEqual(['server-2:7001']);
  expect(exchangedNodes([{ ...well, startedAt: '2026-03-15T01:00:00.000Z' }, exchanged])).toEqual([]);
  expect(exchangedNodes([exchanged, record('2026-03-15T02:00:00.000Z', null)])).toEqual(['server-2:7001']);
  expect(exchangedNodes([null])).toEqual([]);
});
