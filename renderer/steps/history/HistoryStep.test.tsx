import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sampleInstall } from '../../../electron/report/testing/sampleRecord.ts';
import { comparedRuns, historyEntries } from '../../app/testing/scenes/afterSamples.ts';
import { filledDraft, type FakeCore } from '../../bridge/testing/fakeBridge.ts';
import { forgetRuns } from '../../state/runs.ts';
import { showStep, type ShownStep } from '../../testing/showStep.tsx';
import { HistoryStep } from './HistoryStep.tsx';

const show = async (prepare: (core: FakeCore) => void = () => undefined): Promise<ShownStep> =>
  showStep(HistoryStep, 'history', filledDraft(1, { reached: 'report' }), (core) => {
    core.answer('history.list', () => [...historyEntries]);
    prepare(core);
  });
beforeEach(forgetRuns);

const rows = async (): Promise<readonly HTMLElement[]> =>
  within(await screen.findByRole('table'))
    .getAllByRole('row')
    .slice(1);
const inputs = (core: FakeCore, procedure: string): readonly unknown[] =>
  core.calls.filter(({ name }) => name === procedure).map(({ input }) => input);

describe('the list', () => {
  it('tells of every run when, what, how it ended, how long it took and who started it', async () => {
    await show();
    const texts = (await rows()).map((row) => row.textContent);
    expect(texts).toHaveLength(historyEntries.length);
    expect(texts[0]).toMatch(/Validation.*Goes on in another Triad.*root@jump/u);
    expect(texts[3]).toMatch(/Began a maintenance.*No tolerance/u);
    expect(texts[5]).toMatch(/Failover test.*Outage: server-2 7\.4 s.*Passed.*1 min 4 s.*ana@desk/u);
    expect(texts[6]).toContain('Stopped by hand');
    expect(texts[8]).toMatch(/Interrupted: it has no end.*not known/u);
  });

  it('looks what became of a run that goes on', async () => {
    const { core } = await show();
    await rows();
    core.answer('history.list', () => historyEntries.filter(({ isElsewhere }) => isElsewhere !== true));
    await waitFor(async () => expect(await rows()).toHaveLength(historyEntries.length - 1), { timeout: 6000 });
  });

  it('says so where none is kept', async () => {
    await show((core) => core.answer('history.list', () => []));
    expect(await screen.findByRole('heading', { name: 'No run of this cluster is kept here' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Delete old runs' })).toBeNull();
  });
});

describe('a run', () => {
  it('opens as its report, and the way back leads to the list', async () => {
    const { core, user } = await show((fresh) => fresh.answer('reports.link', (runId) => `triad://report/${runId}`));
    await rows();
    await user.click(screen.getByRole('button', { name: /^Open the report: Validation, 2026-03-21/u }));
    expect((await screen.findByTitle('The report of this run')).getAttribute('src')).toBe('triad://report/r8');
    expect(inputs(core, 'reports.link')).toEqual(['r8']);
    await user.click(screen.getByRole('button', { name: 'Back to the history' }));
    expect(await rows()).toHaveLength(historyEntries.length);
  });

  it('that has no end shows what it did until then', async () => {
    const { user } = await show((core) => core.addRecord('', { ...sampleInstall(), runId: 'r1' }, { untilMs: 1500 }));
    await rows();
    await user.click(screen.getByRole('button', { name: /^Open the report: Installation, 2026-03-14 2\d:05/u }));
    expect(await screen.findByText(/This run has no end/u)).toBeTruthy();
    expect(screen.getByText('What it does, as its journal tells')).toBeTruthy();
  });
});

describe('the outages over time', () => {
  it('are shown where there are two failover tests', async () => {
    const tested = historyEntries.find(({ trials, finishedAt }) => trials.length > 0 && finishedAt !== null);
    if (tested === undefined) throw new Error('no failover test among the samples');
    const { core, user } = await show((fresh) => {
      fresh.answer('history.list', () => [...historyEntries, { ...tested, runId: 'r0' }]);
      fresh.answer('history.trend', () => 'triad://report/r8?trend');
    });
    await rows();
    await user.click(screen.getByRole('button', { name: 'Outages over time' }));
    expect((await screen.findByTitle('The outages of the newest failover tests')).getAttribute('src')).toBe('triad://report/r8?trend');
    expect(inputs(core, 'history.trend')).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: 'Back to the history' }));
    expect(await rows()).toHaveLength(historyEntries.length + 1);
  });

  it('are not offered for a single test', async () => {
    await show((core) => core.answer('history.list', () => historyEntries.filter(({ trials }) => trials.length === 0)));
    await rows();
    expect(screen.queryByRole('button', { name: 'Outages over time' })).toBeNull();
  });
});

describe('two runs', () => {
  it('are compared once just two are marked', async () => {
    const { core, user } = await show((fresh) => fresh.answer('history.compare', () => comparedRuns));
    await rows();
    const compare = screen.getByRole('button', { name: 'Compare the two' });
    expect(compare.getAttribute('aria-disabled')).toBe('true');
    // One that goes on has nothing to compare yet.
    const boxes = screen.getAllByRole('checkbox');
    expect(boxes).toHaveLength(historyEntries.length - 2);
    for (const index of [0, 3, 4]) await user.click(boxes[index] ?? compare);
    expect(screen.getByText('Mark two runs only.')).toBeTruthy();
    await user.click(boxes[4] ?? compare);
    await user.click(compare);
    expect(await screen.findByRole('heading', { name: 'What has changed between two runs' })).toBeTruthy();
    expect(inputs(core, 'history.compare')).toMatchObject([{ runs: ['r8', 'r5'] }]);
    const changed = await screen.findByRole('row', { name: /The loss of the server is survived/u });
    expect(changed.textContent).toMatch(/Failed.*Passed/u);
    expect(screen.getByText('6.1.0-21-amd64')).toBeTruthy();
  });
});

describe('old runs', () => {
  it('are shown, confirmed and only then deleted', async () => {
    const { core, user } = await show((fresh) => {
      fresh.answer('history.toPrune', ({ wish }) => (wish.keep === 20 ? [] : ['r3', 'r1']));
      fresh.answer('history.prune', ({ runs }) => runs);
    });
    await rows();
    await user.click(screen.getByRole('button', { name: 'Delete old runs' }));
    expect(await screen.findByText('Nothing would be deleted.')).toBeTruthy();
    const keep = screen.getByLabelText('Keep the newest');
    await user.clear(keep);
    await user.type(keep, '2');
    expect(await screen.findByText('2 runs would be deleted, 7 stay.')).toBeTruthy();
    expect(await rows()).toHaveLength(2);
    const remove = screen.getByRole('button', { name: 'Delete 2 runs' });
    await user.click(remove);
    expect(inputs(core, 'history.prune')).toEqual([]);
    await user.click(screen.getByRole('checkbox', { name: 'I no longer need the reports of these runs' }));
    core.answer('history.list', () => historyEntries.filter(({ runId }) => runId !== 'r3' && runId !== 'r1'));
    await user.click(screen.getByRole('button', { name: 'Delete 2 runs' }));
    expect(await screen.findByText('2 runs are deleted.')).toBeTruthy();
    expect(inputs(core, 'history.prune')).toMatchObject([{ runs: ['r3', 'r1'] }]);
    await vi.waitFor(async () => expect(await rows()).toHaveLength(historyEntries.length - 2));
  });

  it('ask for another confirmation when the list is another one, and for numbers', async () => {
    const { core, user } = await show((fresh) => fresh.answer('history.toPrune', () => ['r1']));
    await rows();
    await user.click(screen.getByRole('button', { name: 'Delete old runs' }));
    await user.click(await screen.findByRole('checkbox'));
    const older = screen.getByLabelText('Delete only what is older than');
    await user.type(older, '0');
    expect(await screen.findByRole('checkbox')).toHaveProperty('checked', false);
    await user.clear(older);
    await user.type(older, 'many');
    await user.tab();
    expect(await screen.findByText('A whole number, please')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Delete/u })).toBeNull();
    expect(inputs(core, 'history.prune')).toEqual([]);
  });
});
