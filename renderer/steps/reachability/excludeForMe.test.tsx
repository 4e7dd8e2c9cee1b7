import { screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { judgeWindowsDefender } from '../../../electron/checks/server/windowsDefender.ts';
import { sampleFailedCheck, samplePlan } from '../../../electron/report/testing/sampleRecord.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { serverSubject } from '../../../electron/shared/domain/subject.ts';
import { filledDraft } from '../../bridge/testing/fakeBridge.ts';
import { draftStore } from '../../state/draft.ts';
import { forgetRuns } from '../../state/runs.ts';
import { showStep, type ShownStep } from '../../testing/showStep.tsx';
import { ReachabilityStep } from './ReachabilityStep.tsx';

const FOLDERS = [String.raw`C:\Triad\nodes\sessions\7000`];

/** A check that found a Defender that scans the folders of a node, of a cluster whose plan excludes them or not. */
function scanned(planned: readonly string[]): RunRecord {
  const defender = { isRunning: true, isRealTime: true, isTamperProtected: false, exclusions: [] };
  const judgement = judgeWindowsDefender({ defender, folders: FOLDERS, planned, stage: 'beforeInstall', refusal: null, isAdopted: false });
  const base = samplePlan();
  const plan = planned.length === 0 ? base : { ...base, defenderExclusions: 'add' as const };
  const check = { remedy: null, ...judgement, id: 'server.windowsDefender', subject: serverSubject('server-1') };
  return { ...sampleFailedCheck(plan), plan, checks: [check], failure: null, verdict: 'warn' };
}

async function show(record: RunRecord): Promise<ShownStep> {
  const draft = filledDraft(1);
  const shown = await showStep(ReachabilityStep, 'reachability', { ...draft, runs: { ...draft.runs, check: record.runId } }, (core) => {
    core.secrets.set(draft.id, new Map([['SSH_PASSWORD_1', 'correct horse']]));
    core.addRecord(draft.id, record);
  });
  await shown.user.click(await screen.findByRole('button', { name: /^server-1/u }));
  return shown;
}

beforeEach(forgetRuns);

it('what Defender scans can be given to the plan, which is checked at once', async () => {
  const { core, user } = await show(scanned([]));
  await user.click(screen.getByRole('button', { name: 'Exclude them for me' }));
  expect(draftStore.getState().current?.draft.windows).toEqual({ defenderExclusions: 'add' });
  await waitFor(() => {
    expect(core.calls.filter(({ name }) => name === 'runs.start')).toHaveLength(1);
  });
});

it('nothing is offered that the plan does already', async () => {
  await show(scanned(FOLDERS));
  expect(screen.getByText(/; install excludes them$/u)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Exclude them for me' })).toBeNull();
});
