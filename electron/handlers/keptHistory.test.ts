import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { samplePlan } from '../artifacts/testing/samplePlan.ts';
import type { RunSummary } from '../shared/contract/procedures.ts';
import type { WorkflowId } from '../shared/domain/events.ts';
import { createRunJournal, isRunGoingOn } from '../storage/runJournal.ts';
import { runsFolder } from '../storage/triadHome.ts';
import { deleteRuns, listHistory, readKeptRun, runNamed, runsToPrune, type HistoryRun } from './keptHistory.ts';
import { keepRun } from './window/testing/keepRun.ts';

const DAY_MS = 86_400_000;
const NOW = new Date('2026-06-01T00:00:00.000Z');

/** A run so many days before NOW. */
function run(days: number, workflow: WorkflowId, more: Partial<RunSummary> = {}, cluster = 'sessions'): HistoryRun {
  const startedAt = new Date(NOW.getTime() - days * DAY_MS).toISOString();
  const runId = `${startedAt.replaceAll(/[-:.]/gu, '')}-${workflow}`;
  const summary: RunSummary = {
    runId,
    workflow,
    startedAt,
    finishedAt: startedAt,
    verdict: 'pass',
    wasAborted: false,
    isActive: false,
    isInterrupted: false,
    trials: [],
    ...more,
  };
  return { cluster, folder: `/home/${cluster}/${runId}`, servers: ['server-1', 'server-2'], addresses: ['10.0.0.1', '10.0.0.2'], summary };
}

function trialOf(server: string, days: number): RunSummary['trials'][number] {
  return {
    server,
    scenario: 'serverLost' as const,
    startedAt: new Date(NOW.getTime() - days * DAY_MS).toISOString(),
    verdict: 'pass',
    outageMs: 8000,
  };
}

const ages = (runs: readonly HistoryRun[]): readonly string[] =>
  runs.map(({ summary }) => `${(NOW.getTime() - Date.parse(summary.startedAt)) / DAY_MS} ${summary.workflow}`);

async function temporaryHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'triad-history-'));
  onTestFinished(async () => rm(home, { recursive: true }));
  return home;
}

test('what something else rests on stays, the rest goes, oldest first', () => {
  const runs = [
    run(1, 'validate', { finishedAt: null, isActive: true }),
    run(2, 'validate', { verdict: 'fail' }),
    run(3, 'validate'),
    run(4, 'validate'),
    run(5, 'failoverTest', { trials: [trialOf('server-1', 5)] }),
    run(6, 'failoverTest', { trials: [trialOf('server-2', 6)] }),
    run(7, 'failoverTest', { trials: [trialOf('server-2', 7)] }),
    run(8, 'install'),
    run(9, 'check', { finishedAt: null, isInterrupted: true }),
    run(10, 'remove'),
    run(11, 'install'),
  ];
  expect(ages(runsToPrune(runs, { keep: 0 }, NOW))).toEqual(['11 install', '9 check', '7 failoverTest', '4 validate']);
  expect(ages(runsToPrune(runs, { olderThanMs: 8.5 * DAY_MS }, NOW))).toEqual(['11 install', '9 check']);
  expect(ages(runsToPrune(runs, { keep: 10, olderThanMs: 3 * DAY_MS }, NOW))).toEqual(['11 install']);
});

const anyRun = fc
  .record({
    days: fc.integer({ min: 0, max: 200 }),
    workflow: fc.constantFrom<WorkflowId[]>('check', 'install', 'validate', 'failoverTest', 'remove'),
    isActive: fc.boolean(),
    hasEnd: fc.boolean(),
    cluster: fc.constantFrom('one', 'two'),
  })
  .map(({ days, workflow, isActive, hasEnd, cluster }) =>
    run(
      days,
      workflow,
      {
        isActive,
        ...(hasEnd && !isActive ? {} : { finishedAt: null, verdict: null }),
        trials: workflow === 'failoverTest' ? [trialOf('server-1', days)] : [],
      },
      cluster,
    ),
  );

test('never the newest of a kind, never a run that goes on, and of each cluster for itself', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyRun, { selector: ({ folder }) => folder, maxLength: 30 }), fc.nat(5), (runs, keep) => {
      const pruned = new Set(runsToPrune(runs, { keep }, NOW));
      for (const cluster of ['one', 'two']) {
        const own = runs.filter((one) => one.cluster === cluster);
        const left = own.filter((one) => !pruned.has(one));
        const newest = (list: readonly HistoryRun[]): ReadonlyMap<string, string> =>
          new Map(
            list
              .filter(({ summary }) => summary.finishedAt !== null)
              .toSorted((one, other) => one.summary.runId.localeCompare(other.summary.runId))
              .map(({ summary }) => [summary.workflow, summary.runId]),
          );
        expect(newest(left)).toEqual(newest(own));
        expect(left.length).toBeGreaterThanOrEqual(Math.min(keep, own.length));
      }
      expect([...pruned].some(({ summary }) => summary.isActive)).toBe(false);
    }),
  );
});

test('a kept run is listed, found by the beginning of its name, and read; a name of several or of none is told', async () => {
  const home = await temporaryHome();
  const first = await keepRun(home, { workflow: 'validate', at: '20260102T030405000' });
  const second = await keepRun(home, { workflow: 'validate', at: '20260103T030405000' });
  const runs = await listHistory(home);
  expect(runs.map(({ summary, cluster }) => `${cluster} ${summary.runId}`)).toEqual(
    [second, first].map((id) => `${samplePlan().cluster} ${id}`),
  );
  expect(runNamed(runs, '20260102').summary.runId).toBe(first);
  for (const name of ['2026', 'nothing', ''])
    expect(() => runNamed(runs, name)).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'usage.invalid' }) as unknown }) as Error,
    );
  expect(await readKeptRun(runNamed(runs, second))).toMatchObject({ runId: second, verdict: 'pass' });
  expect(await listHistory(home, 'another')).toEqual([]);
});

test('a run goes on while its process does: it is listed so, and not deleted; of a dead process it was interrupted', async () => {
  const home = await temporaryHome();
  const folder = runsFolder(home, 'sessions');
  const runId = '20260104T030405000Z-validate';
  const journal = await createRunJournal(folder, runId);
  expect(await isRunGoingOn(journal.folder)).toBe(true);
  expect((await listHistory(home)).map(({ summary }) => [summary.isActive, summary.isInterrupted])).toEqual([[true, false]]);
  await deleteRuns([journal]);
  expect(await readdir(folder)).toEqual([runId]);
  await journal.close();
  expect(await isRunGoingOn(journal.folder)).toBe(false);
  // The number of no process: above what Linux gives.
  await writeFile(join(journal.folder, 'running.json'), JSON.stringify({ pid: 4_194_305, machine: (await import('node:os')).hostname() }));
  expect((await listHistory(home)).map(({ summary }) => [summary.isActive, summary.isInterrupted])).toEqual([[false, true]]);
  await deleteRuns([journal]);
  await expect(stat(journal.folder)).rejects.toThrow('ENOENT');
});

test('a run of another machine in a shared folder goes on as far as this one can tell', async () => {
  const home = await temporaryHome();
  await writeFile(join(home, 'running.json'), JSON.stringify({ pid: 1, machine: 'elsewhere.example' }));
  expect(await isRunGoingOn(home)).toBe(true);
});
