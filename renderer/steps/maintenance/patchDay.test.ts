import { describe, expect, it } from 'vitest';
import { sampleMaintenanceEnd, sampleMinimal, samplePlan } from '../../../electron/report/testing/sampleRecord.ts';
import { sampleFacts } from '../../../electron/report/testing/sampleParts.ts';
import { sampleView } from '../../../electron/report/testing/sampleView.ts';
import type { RunSummary } from '../../../electron/shared/contract/procedures.ts';
import { fail } from '../../../electron/shared/domain/failure.ts';
import { markPathOf, renderMark } from '../../../electron/shared/domain/maintenanceMark.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { clusterSubject } from '../../../electron/shared/domain/subject.ts';
import { doneToday, layoutAfter, movesBack, movesFor, refusalsFor, seenIn, serversLeft } from './patchDay.ts';

const plan = samplePlan();
const at = '2026-03-14T22:10:00.000Z';
const ended = (change: Partial<RunRecord>): RunRecord => ({
  ...sampleMinimal('maintenanceStatus', plan),
  finishedAt: at,
  verdict: 'pass',
  ...change,
});
const facts = plan.servers.map(({ name }) => sampleFacts(plan, name));
const begun = { phase: 'vacateServer:server-2', server: null, startedMs: 5, durationMs: 9, outcome: 'changed', failure: null } as const;

describe('where it stands', () => {
  it('is what a look read of the marks on any server, and which servers did not answer', () => {
    const content = renderMark({ schemaVersion: 1, cluster: plan.cluster, server: 'server-2', runId: 'r', by: 'rui', at });
    const mark = { path: markPathOf(plan, 'server-1'), kind: 'file', content } as unknown as (typeof facts)[number]['paths'][number];
    const first = facts.slice(0, 1).map((one) => ({ ...one, paths: [mark] }));
    const record = ended({ facts: [...first, ...facts.slice(2)], views: { before: sampleView(plan), after: null } });
    expect(seenIn(record)).toMatchObject({ marks: [{ server: 'server-2', by: 'rui', at }], lost: ['server-2'], unreadableOn: [], at });
  });

  it('is what a run that came to its end has made of it', () => {
    const begin = ended({ workflow: 'maintenanceBegin', phases: [begun], facts });
    expect(seenIn(begin)?.marks).toEqual([{ server: 'server-2', by: begin.operator, at: facts[1]?.at }]);
    expect(seenIn(sampleMaintenanceEnd(plan))?.marks).toEqual([]);
  });

  it('is not known after one that was stopped, failed or cut off', () => {
    const { failure } = fail('maintenance.refused', clusterSubject, { values: { server: 'server-2', reason: '-' } });
    expect(seenIn(ended({ failure }))).toBeNull();
    expect(seenIn(ended({ wasAborted: true }))).toBeNull();
    expect(seenIn(ended({ finishedAt: null }))).toBeNull();
    expect(seenIn(ended({ workflow: 'maintenanceBegin', facts }))).toBeNull();
    expect(seenIn(ended({ workflow: 'validate', facts }))).toBeNull();
  });
});

describe('what a maintenance moves', () => {
  const seen = { plan, view: sampleView(plan) };
  it('is the master of the server, to its replica; the picture shows the roles after that', () => {
    const moves = movesFor(seen, 'server-1');
    expect(moves).toHaveLength(1);
    const [move] = moves;
    const node = (id: string | undefined) => layoutAfter(seen, moves)?.nodes.find((one) => one.id === id);
    expect(node(move?.to)).toMatchObject({ role: 'master', tookOver: true });
    expect(node(move?.from)).toMatchObject({ role: 'replica', replicaOf: move?.to });
    expect([movesBack(seen), refusalsFor(seen, 'server-1')]).toEqual([[], []]);
  });

  it('nobody knows where no node could be asked', () => {
    const blind = { plan, view: null };
    expect([movesFor(blind, 'server-1'), refusalsFor(blind, 'server-1'), layoutAfter(blind, [])]).toEqual([[], null, null]);
  });
});

describe('a patch day', () => {
  const nowMs = Date.parse(at);
  const run = (maintained: string, hoursAgo: number, change: Partial<RunSummary> = {}): RunSummary => ({
    runId: `run-${maintained}-${hoursAgo}`,
    workflow: 'maintenanceEnd',
    startedAt: new Date(nowMs - hoursAgo * 3_600_000).toISOString(),
    finishedAt: new Date(nowMs - hoursAgo * 3_600_000).toISOString(),
    verdict: 'pass',
    wasAborted: false,
    isActive: false,
    isInterrupted: false,
    trials: [],
    maintained,
    ...change,
  });

  it('counts the maintenances that ended well within one night', () => {
    const runs = [run('server-1', 1), run('server-1', 2), run('server-2', 13), run('server-3', 1, { verdict: 'fail' })];
    expect([...doneToday(runs, nowMs)]).toEqual([['server-1', runs[0]?.finishedAt]]);
    expect(doneToday([run('server-2', 1, { wasAborted: true }), run('server-3', 1, { workflow: 'maintenanceBegin' })], nowMs).size).toBe(0);
  });

  it('leaves the servers that had no turn yet, and all of them when every one had its turn', () => {
    expect(serversLeft(plan, new Map([['server-1', at]]))).toEqual(['server-2', 'server-3']);
    expect(serversLeft(plan, new Map(plan.servers.map(({ name }) => [name, at])))).toHaveLength(3);
  });
});
