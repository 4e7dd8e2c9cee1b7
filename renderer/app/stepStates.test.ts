import { describe, expect, it } from 'vitest';
import { readDraft, StepId, type Draft } from '../../electron/shared/domain/draft.ts';
import type { TriedServer } from '../../electron/shared/domain/triedServers.ts';
import type { Verdict } from '../../electron/shared/domain/verdict.ts';
import { filledDraft } from '../bridge/testing/fakeBridge.ts';
import { stepStates, type RunStandings, type StepState } from './stepStates.ts';

const NONE: RunStandings = { check: null, plan: null, install: null, failoverTest: null, validate: null };

function states(draft: Draft, runs: Partial<RunStandings> = {}, tried: readonly TriedServer[] = []): Readonly<Record<StepId, StepState>> {
  const all = stepStates(draft, readDraft(draft), { ...NONE, ...runs }, tried);
  return Object.fromEntries(all.map((state) => [state.step, state])) as Record<StepId, StepState>;
}
const openable = (all: Readonly<Record<StepId, StepState>>): readonly StepId[] =>
  StepId.options.filter((step) => all[step].blocked === null);

describe('the steps in the rail', () => {
  it('open up to the one that was reached; the others say what comes first', () => {
    const all = states(filledDraft(1, { reached: 'placement' }));
    expect(openable(all)).toEqual(['servers', 'redis', 'placement']);
    expect(all.review.blocked).toEqual({ code: 'window.rail.notYet', values: { step: 'Placement' } });
    expect(all.install.blocked?.code).toBe('window.rail.noPlan');
    expect(all.report.blocked?.code).toBe('window.rail.noReport');
  });

  it('stay closed after the inputs while something is missing in them, and name the step where', () => {
    const draft = filledDraft(1, { reached: 'install', name: 'Sessions!' });
    const all = states({ ...draft, redis: { ...draft.redis, masterPort: 'x' } });
    expect(openable(all)).toEqual(['servers', 'redis']);
    expect(all.placement.blocked).toEqual({ code: 'window.rail.incomplete', values: { step: 'Servers' } });
    expect(all.servers.mark).toBe('incomplete');
    expect(all.redis.mark).toBe('incomplete');
  });

  it('carry no verdict that nothing has proved', () => {
    const all = states(filledDraft(1, { reached: 'review' }));
    expect(all.servers.mark).toBe('done');
    expect(all.placement.mark).toBe('done');
    expect([all.reachability.mark, all.review.mark, all.install.mark, all.failover.mark, all.report.mark]).toEqual(
      Array.from({ length: 5 }, () => 'none'),
    );
  });

  it('carry the verdicts of their runs', () => {
    const runs = { check: 'run-1', plan: 'run-2', install: 'run-3', failoverTest: 'run-4', validate: null };
    const all = states(filledDraft(1, { reached: 'report', runs }), {
      check: { kind: 'ended', verdict: 'fail' },
      plan: { kind: 'ended', verdict: 'pass' },
      install: { kind: 'interrupted' },
      failoverTest: { kind: 'active' },
    });
    expect([all.reachability.mark, all.review.mark, all.install.mark, all.failover.mark]).toEqual([
      'fail',
      'done',
      'interrupted',
      'active',
    ]);
    expect(openable(all)).toEqual(StepId.options);
    expect(all.report.mark).toBe('none');
  });

  it('tick no check that found nothing in the way but could not prove every way', () => {
    const draft = filledDraft(1, {
      reached: 'review',
      runs: { check: 'run-1', plan: null, install: null, failoverTest: null, validate: null },
    });
    const marks = (['pass', 'fail'] as const).map(
      (verdict) => states(draft, { check: { kind: 'ended', verdict, isUnproved: true } }).reachability.mark,
    );
    expect(marks).toEqual(['unproved', 'fail']);
    expect(states(draft, { check: { kind: 'ended', verdict: 'pass' } }).reachability.mark).toBe('pass');
  });

  it('let the report carry the verdict of the newest run that looked at the running cluster', () => {
    const runs = { check: null, plan: 'run-2', install: 'run-3', failoverTest: 'run-4', validate: null };
    const all = states(filledDraft(1, { reached: 'report', runs }), {
      install: { kind: 'ended', verdict: 'pass' },
      failoverTest: { kind: 'ended', verdict: 'warn' },
    });
    expect(all.report.mark).toBe('warn');
  });

  it('tick the failover test only when every server was lost once, whichever test did it', () => {
    const runs = { check: null, plan: null, install: 'run-3', failoverTest: 'run-4', validate: null };
    const draft = filledDraft(1, { reached: 'report', runs });
    const tried = (...verdicts: readonly (Verdict | null)[]): readonly TriedServer[] =>
      verdicts.map((verdict, index) => ({
        server: `server-${index + 1}`,
        trial:
          verdict === null
            ? null
            : { server: `server-${index + 1}`, scenario: 'serverLost', startedAt: '2026-03-14T22:05:00.000Z', verdict, outageMs: 8000 },
      }));
    const markOf = (of: readonly TriedServer[], last: Verdict = 'pass'): unknown =>
      states(draft, { failoverTest: { kind: 'ended', verdict: last } }, of).failover.mark;
    expect(markOf(tried('pass', null, null))).toBe('partial');
    expect(markOf(tried('pass', 'warn', null))).toBe('partial');
    expect(markOf(tried('pass', 'pass', 'pass'))).toBe('pass');
    // One that failed before stays failed until it is tried again.
    expect(markOf(tried('fail', 'pass', null))).toBe('fail');
    expect(markOf(tried('pass', 'pass', 'pass'), 'fail')).toBe('fail');
    // What an earlier installation survived proves nothing of this one.
    expect(markOf(tried(null, null, null))).toBe('none');
    expect(markOf(tried(null, null, null), 'fail')).toBe('fail');
  });

  it('let nothing older stand for the verdict while a validation looks', () => {
    const runs = { check: null, plan: null, install: 'run-3', failoverTest: null, validate: 'run-5' };
    const all = states(filledDraft(1, { reached: 'report', runs }), {
      install: { kind: 'ended', verdict: 'pass' },
      validate: { kind: 'active' },
    });
    expect(all.report.mark).toBe('active');
  });

  it('tick the review only once somebody has confirmed it', () => {
    const runs = { check: null, plan: 'run-2', install: null, failoverTest: null, validate: null };
    const all = states(filledDraft(1, { reached: 'review', runs }), { plan: { kind: 'ended', verdict: 'pass' } });
    expect(all.review.mark).toBe('none');
  });

  it('open the report for a cluster that was only validated', () => {
    const all = states(filledDraft(1, { runs: { ...filledDraft().runs, validate: 'run-1' } }), {
      validate: { kind: 'ended', verdict: 'pass' },
    });
    expect(openable(all)).toEqual(['servers', 'failover', 'report']);
    expect(all.report.mark).toBe('pass');
  });
});
