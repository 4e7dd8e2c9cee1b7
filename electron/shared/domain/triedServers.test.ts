import { describe, expect, it } from 'vitest';
import type { Verdict } from './verdict.ts';
import { triedServers, triedVerdict, type TrialSummary, type TryingRun } from './triedServers.ts';

const NAMES = ['a', 'b', 'c'];
const trial = (server: string, day: number, verdict: Verdict = 'pass'): TrialSummary => ({
  server,
  scenario: 'serverLost' as const,
  startedAt: `2026-03-${String(day).padStart(2, '0')}T22:05:00.000Z`,
  verdict,
  outageMs: 8000,
});
const run = (workflow: TryingRun['workflow'], day: number, ...trials: TrialSummary[]): TryingRun => ({
  workflow,
  startedAt: `2026-03-${String(day).padStart(2, '0')}T22:00:00.000Z`,
  verdict: 'pass',
  trials,
});
const daysOf = (runs: readonly TryingRun[]): readonly (string | null)[] =>
  triedServers(NAMES, runs).map(({ trial: last }) => last?.startedAt.slice(8, 10) ?? null);

describe('the last trial of each server', () => {
  it('adds up over tests of single servers', () => {
    expect(daysOf([run('failoverTest', 4, trial('b', 4)), run('failoverTest', 3, trial('a', 3)), run('install', 2)])).toEqual([
      '03',
      '04',
      null,
    ]);
  });

  it('is one that lost the whole server, its processes or its power: a network that was cut proves less', () => {
    const power: TrialSummary = { ...trial('b', 4), scenario: 'powerLost' };
    const cut: TrialSummary = { ...trial('a', 5), scenario: 'networkCut' };
    expect(daysOf([run('failoverTest', 5, cut, power), run('failoverTest', 3, trial('a', 3)), run('install', 2)])).toEqual([
      '03',
      '04',
      null,
    ]);
  });

  it('is the newest of each, wherever its run stands in the list', () => {
    const tests = [run('failoverTest', 3, trial('a', 3, 'fail')), run('failoverTest', 5, trial('a', 5)), run('install', 2)];
    expect(daysOf(tests)).toEqual(['05', null, null]);
  });

  it('begins anew with an installation, and counts what that one tried itself', () => {
    const before = run('failoverTest', 1, trial('a', 1), trial('b', 1), trial('c', 1));
    expect(daysOf([run('install', 2), before])).toEqual([null, null, null]);
    expect(daysOf([run('install', 2, trial('c', 2)), before])).toEqual([null, null, '02']);
  });

  it('is gone with the cluster: a removal leaves nothing proved, one that failed leaves all', () => {
    const tests = [run('failoverTest', 3, trial('a', 3)), run('install', 2)];
    expect(daysOf([run('remove', 4), ...tests])).toEqual([null, null, null]);
    expect(daysOf([{ ...run('remove', 4), verdict: 'fail' }, ...tests])).toEqual(['03', null, null]);
  });
});

describe('what all trials say together', () => {
  it('is whole only when every server was lost once, and as good as the worst', () => {
    const one = run('failoverTest', 3, trial('a', 3));
    const others = run('failoverTest', 4, trial('b', 4, 'warn'), trial('c', 4));
    expect(triedVerdict(triedServers(NAMES, []))).toBeNull();
    expect(triedVerdict(triedServers(NAMES, [one]))).toEqual({ verdict: 'pass', isWhole: false });
    expect(triedVerdict(triedServers(NAMES, [others, one]))).toEqual({ verdict: 'warn', isWhole: true });
  });
});
