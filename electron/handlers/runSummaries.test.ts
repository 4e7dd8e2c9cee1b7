import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { samplePlan } from '../artifacts/testing/samplePlan.ts';
import type { CheckResult } from '../shared/domain/check.ts';
import type { RunEventBody } from '../shared/domain/events.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import type { Verdict } from '../shared/domain/verdict.ts';
import { RUN_EVENTS_FILE } from '../storage/runJournal.ts';
import { runsFolder } from '../storage/triadHome.ts';
import { listKeptRuns, seenStanding, type SeenStanding } from './runSummaries.ts';
import { keepRun, type PastRun } from './window/testing/keepRun.ts';

const { cluster } = samplePlan();

function proof(server: string, verdict: Verdict, id: CheckResult['id'] = 'cluster.survivesLoss'): RunEventBody {
  const result: CheckResult = {
    id,
    subject: serverSubject(server),
    verdict,
    observed: { code: 'check.cluster.survivesLoss', values: {} },
    expected: { code: 'check.cluster.survivesLoss', values: {} },
    evidence: '',
    remedy: null,
  };
  return { type: 'checkFinished', phase: 'verifyCluster', result };
}

/** What a home with these runs says of its cluster. */
async function standing(...past: readonly PastRun[]): Promise<SeenStanding> {
  const home = await mkdtemp(join(tmpdir(), 'triad-summaries-'));
  onTestFinished(async () => rm(home, { recursive: true }));
  for (const run of past) await keepRun(home, run);
  return seenStanding(
    home,
    cluster,
    (await listKeptRuns(home, cluster, new Map())).map(({ summary }) => summary),
  );
}

async function survives(...past: readonly PastRun[]): Promise<boolean | null> {
  return (await standing(...past)).survivesAnyServer;
}

const all = (verdict: Verdict): readonly RunEventBody[] => ['server-1', 'server-2', 'server-3'].map((name) => proof(name, verdict));
const older = '20260101T000000000';

test('any server may be lost only when the newest look at the running cluster says so of each', async () => {
  expect(await survives({ events: all('pass') })).toBe(true);
  expect(await survives({ events: [...all('pass').slice(1), proof('server-1', 'passWithoutTolerance')] })).toBe(false);
  expect(await survives({ at: older, events: all('pass') }, { workflow: 'validate', events: all('fail') })).toBe(false);
});

test('nobody knows it where nobody looked: neither a check nor a run that saw nothing proves anything', async () => {
  expect(await survives()).toBeNull();
  expect(await survives({ workflow: 'check', events: all('pass') })).toBeNull();
  expect(await survives({ at: older, events: all('pass') }, { workflow: 'validate' })).toBeNull();
});

test('the roles are as the newest look saw them, and unknown where it could not', async () => {
  const roles = (verdict: Verdict): PastRun => ({ workflow: 'validate', events: [proof('server-1', verdict, 'cluster.roles')] });
  for (const [verdict, asPlanned] of [
    ['pass', true],
    ['passWithoutTolerance', false],
    ['warn', false],
    ['unknown', null],
  ] as const)
    expect((await standing({ at: older, events: [proof('server-1', 'pass', 'cluster.roles')] }, roles(verdict))).rolesAsPlanned).toBe(
      asPlanned,
    );
  expect((await standing()).rolesAsPlanned).toBeNull();
});

test('the server of a maintenance is known from the phase that bears its name, and of a run that never came to it nothing is', async () => {
  const home = await mkdtemp(join(tmpdir(), 'triad-summaries-'));
  onTestFinished(async () => rm(home, { recursive: true }));
  const begins = (phase: string): RunEventBody => ({ type: 'phaseStarted', phase, server: null });
  await keepRun(home, { at: older, workflow: 'maintenanceBegin', events: [begins('connect'), begins('vacateServer:server-2')] });
  await keepRun(home, { at: '20260102T000000000', workflow: 'maintenanceEnd', events: [begins('awaitReturn:server-2')] });
  await keepRun(home, { at: '20260103T000000000', workflow: 'maintenanceEnd', events: [begins('connect')] });
  await keepRun(home, { at: '20260104T000000000', workflow: 'failoverTest', events: [begins('awaitReturn:server-3')] });
  const kept = await listKeptRuns(home, cluster, new Map());
  expect(kept.map(({ summary }) => [summary.workflow, summary.maintained])).toEqual([
    ['failoverTest', undefined],
    ['maintenanceEnd', undefined],
    ['maintenanceEnd', 'server-2'],
    ['maintenanceBegin', 'server-2'],
  ]);
});

test('what is known of an ended run is remembered only as long as its journal is the same', async () => {
  const home = await mkdtemp(join(tmpdir(), 'triad-summaries-'));
  onTestFinished(async () => rm(home, { recursive: true }));
  const runId = await keepRun(home);
  const list = async (): Promise<unknown> => (await listKeptRuns(home, cluster, new Map()))[0];
  const first = await list();
  expect(first).toMatchObject({ operator: 'ana', summary: { verdict: 'pass', isInterrupted: false } });
  expect(await list()).toEqual(first);
  const file = join(runsFolder(home, cluster), runId, RUN_EVENTS_FILE);
  await writeFile(file, (await readFile(file, 'utf8')).split('\n').slice(0, 1).join('\n').replace('ana', 'rui'));
  expect(await list()).toMatchObject({ operator: 'rui', summary: { verdict: null, isInterrupted: true } });
});
