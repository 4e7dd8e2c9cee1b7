import { expect, it } from 'vitest';
import type { RunSummary } from '../../electron/shared/contract/procedures.ts';
import { filledDraft } from '../bridge/testing/fakeBridge.ts';
import { currentTestIn, triedIn } from './tried.ts';

const run = (workflow: RunSummary['workflow'], day: number): RunSummary => {
  const startedAt = `2026-03-0${day}T22:05:00.000Z`;
  return {
    runId: `run-${day}`,
    workflow,
    startedAt,
    finishedAt: startedAt,
    verdict: 'pass',
    wasAborted: false,
    isActive: false,
    isInterrupted: false,
    trials:
      workflow === 'failoverTest'
        ? [{ server: 'server-1', scenario: 'serverLost' as const, startedAt, verdict: 'pass', outageMs: 8000 }]
        : [],
  };
};
const open = (failoverTest: string | null, ...runs: readonly RunSummary[]): Parameters<typeof currentTestIn>[0] => {
  const draft = filledDraft();
  return { draft: { ...draft, runs: { ...draft.runs, failoverTest } }, runs };
};

it('the test of this installation is the draft’s; one of an earlier installation or of a removed cluster is not', () => {
  const test = run('failoverTest', 3);
  expect(currentTestIn(open('run-3', test, run('install', 2)), {})).toBe('run-3');
  expect(currentTestIn(open('run-3', run('install', 4), test, run('install', 2)), {})).toBeNull();
  expect(currentTestIn(open('run-3', run('remove', 4), test, run('install', 2)), {})).toBeNull();
  expect(triedIn(open('run-3', run('remove', 4), test, run('install', 2)), {}).some(({ trial }) => trial !== null)).toBe(false);
});

it('a test that was only just started, and stands in no list yet, is the draft’s', () => {
  expect(currentTestIn(open('run-9', run('install', 2)), {})).toBe('run-9');
  expect(currentTestIn(open(null, run('install', 2)), {})).toBeNull();
});
