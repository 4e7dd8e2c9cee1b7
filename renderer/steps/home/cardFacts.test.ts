import { describe, expect, it } from 'vitest';
import type { HomeCard, RunSummary } from '../../../electron/shared/contract/procedures.ts';
import { triedServers } from '../../../electron/shared/domain/triedServers.ts';
import { cardFacts } from './cardFacts.ts';

const NOW = Date.parse('2026-06-30T12:00:00Z');
const daysAgo = (days: number): string => new Date(NOW - days * 86_400_000).toISOString();

const NAMES = ['server-1', 'server-2', 'server-3'];
const trialOf = (server: string, days: number): RunSummary['trials'][number] => ({
  server,
  scenario: 'serverLost' as const,
  startedAt: daysAgo(days),
  verdict: 'pass',
  outageMs: 8000,
});

function run(workflow: RunSummary['workflow'], days: number, change: Partial<RunSummary> = {}): RunSummary {
  return {
    runId: `${workflow}-${days}`,
    workflow,
    startedAt: daysAgo(days),
    finishedAt: daysAgo(days),
    verdict: 'pass',
    wasAborted: false,
    isActive: false,
    isInterrupted: false,
    trials: workflow === 'failoverTest' ? NAMES.map((server) => trialOf(server, days)) : [],
    ...change,
  };
}

const card = (...runs: RunSummary[]): HomeCard => ({
  draftId: null,
  name: 'sessions',
  addresses: [],
  updatedAt: daysAgo(0),
  runs: runs.toSorted((one, other) => (one.startedAt < other.startedAt ? 1 : -1)),
  tried: [...triedServers(NAMES, runs)],
  survivesAnyServer: null,
  rolesAsPlanned: null,
  isComplete: true,
});
const due = (...runs: RunSummary[]): readonly string[] => cardFacts(card(...runs), NOW).due;

it('says what to do where the loss of one more server would stop the cluster', () => {
  const exchanged = { ...card(run('install', 20), run('failoverTest', 19)), survivesAnyServer: false };
  expect(cardFacts(exchanged, NOW).due).toEqual(['restore']);
});

it('asks only for validations of a cluster that Triad did not install', () => {
  const of = (days: number): readonly string[] => cardFacts({ ...card(run('validate', days)), isAdopted: true }, NOW).due;
  expect([of(1), of(60)]).toEqual([[], ['validate']]);
});

it('asks for the other servers as long as one was never lost since the installation', () => {
  const one = run('failoverTest', 3, { trials: [trialOf('server-1', 3)] });
  const two = run('failoverTest', 2, { trials: [trialOf('server-2', 2), trialOf('server-3', 2)] });
  expect(cardFacts(card(run('install', 20), one), NOW).due).toEqual(['testRest']);
  expect(cardFacts(card(run('install', 20), one, two), NOW).due).toEqual([]);
  expect(cardFacts(card(run('install', 1), one, two), NOW).due).toEqual(['test']);
});

it('is never content with a cluster that did not survive a loss, whatever a validation says since', () => {
  const failed = run('failoverTest', 3, { verdict: 'fail', trials: [{ ...trialOf('server-2', 3), verdict: 'fail' }] });
  expect(cardFacts({ ...card(run('install', 20), failed, run('validate', 1)), survivesAnyServer: true }, NOW).due).toEqual(['testFailed']);
});

it('dates the test by the last trial: one that was stopped before its fault takes nothing away', () => {
  const stopped = run('failoverTest', 1, { verdict: 'fail', wasAborted: true, trials: [] });
  // Of each workflow a card has the newest run only; what was tried counts all.
  const facts = cardFacts({ ...card(run('install', 20), stopped), tried: card(run('failoverTest', 3)).tried }, NOW);
  expect(facts.testedAt).toBe(trialOf('server-1', 3).startedAt);
  expect(facts.due).toEqual([]);
});

describe('what is due on a cluster', () => {
  it.each([
    ['nothing on a draft', [], []],
    ['nothing on one that was only checked', [run('check', 400)], []],
    ['the test after a fresh installation', [run('install', 1)], ['test']],
    ['nothing soon after installation and test', [run('install', 20), run('failoverTest', 19)], []],
    ['a validation after a month', [run('install', 60), run('failoverTest', 31)], ['validate']],
    ['nothing after a validation', [run('install', 60), run('failoverTest', 50), run('validate', 2)], []],
    ['a test after half a year', [run('install', 400), run('failoverTest', 181), run('validate', 1)], ['test']],
    [
      'a look at the report when the last judgement failed',
      [run('install', 9), run('failoverTest', 8), run('validate', 1, { verdict: 'fail' })],
      ['validateFailed'],
    ],
    ['nothing on one whose installation failed', [run('install', 90, { verdict: 'fail' })], []],
  ] as const)('is %s', (_name, runs, expected) => {
    expect(due(...runs)).toEqual(expected);
  });
});

describe('what a card says', () => {
  it('tells of an interruption only while it is the newest thing that changed the servers', () => {
    const cut = run('install', 3, { finishedAt: null, verdict: null, isInterrupted: true });
    expect(cardFacts(card(cut, run('check', 1)), NOW).interrupted).toBe(cut);
    expect(cardFacts(card(cut, run('install', 1)), NOW).interrupted).toBeNull();
    expect(cardFacts(card(run('check', 1, { isInterrupted: true, finishedAt: null })), NOW).interrupted).toBeNull();
  });

  it('takes neither a failed nor an interrupted installation for an installed cluster', () => {
    expect(cardFacts(card(run('install', 1, { verdict: 'fail' })), NOW).installed).toBeNull();
    expect(cardFacts(card(run('install', 1, { wasAborted: true })), NOW).installed).toBeNull();
  });

  it('judges by the newest run that looked at the running cluster', () => {
    const failed = run('validate', 1, { verdict: 'fail' });
    expect(cardFacts(card(run('install', 9), failed, run('check', 0)), NOW).judged).toBe(failed);
  });
});

it('asks for the end of a maintenance as long as none came, and then no more', () => {
  const begun = run('maintenanceBegin', 1, { verdict: 'passWithoutTolerance' });
  const without = { ...card(run('install', 20), run('failoverTest', 19), begun), rolesAsPlanned: false, survivesAnyServer: false };
  expect(cardFacts(without, NOW).due).toEqual(['endMaintenance']);
  expect(cardFacts(without, NOW).maintenance?.runId).toBe(begun.runId);
  const failed = { ...without, runs: [run('maintenanceEnd', 0.5, { verdict: 'fail' }), ...without.runs] };
  expect(cardFacts(failed, NOW).due).toContain('endMaintenance');
  expect(due(run('install', 20), run('failoverTest', 19), begun, run('maintenanceEnd', 0.5))).toEqual([]);
  // One that could not be begun is none.
  expect(due(run('install', 20), run('failoverTest', 19), run('maintenanceBegin', 1, { verdict: 'fail' }))).toEqual([]);
});

it('asks for the planned roles where they were seen exchanged', () => {
  const exchanged = { ...card(run('install', 20), run('failoverTest', 19)), survivesAnyServer: false, rolesAsPlanned: false };
  expect(cardFacts(exchanged, NOW).due).toEqual(['restoreRoles']);
});

it('takes a run of another Triad for no interrupted one', () => {
  const going = run('install', 1, { finishedAt: null, verdict: null, isElsewhere: true });
  expect(cardFacts(card(going), NOW)).toMatchObject({ elsewhere: { runId: going.runId }, interrupted: null, active: null });
});
