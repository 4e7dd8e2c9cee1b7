import { act, screen, waitFor, within, type BoundFunctions, type queries } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { samplePlan } from '../../../electron/report/testing/sampleRecord.ts';
import { sampleTrial } from '../../../electron/report/testing/sampleTrial.ts';
import { sampleView } from '../../../electron/report/testing/sampleView.ts';
import { CONNECTION_FORMATS, connectionString } from '../../../electron/shared/domain/connectionStrings.ts';
import type { Draft } from '../../../electron/shared/domain/draft.ts';
import type { RunEventBody, WorkflowId } from '../../../electron/shared/domain/events.ts';
import { fail } from '../../../electron/shared/domain/failure.ts';
import { adminSubject, clusterSubject } from '../../../electron/shared/domain/subject.ts';
import { fakeId, filledDraft, type FakeCore } from '../../bridge/testing/fakeBridge.ts';
import { draftStore } from '../../state/draft.ts';
import { forgetRuns } from '../../state/runs.ts';
import { useSession } from '../../state/session.ts';
import { showStep, type ShownStep } from '../../testing/showStep.tsx';
import { ReportStep } from './ReportStep.tsx';

const plan = samplePlan();
/** The draft that this plan was made of. */
const draftOfPlan: Draft = {
  ...filledDraft(),
  servers: filledDraft().servers.map((server, at) => ({ ...server, address: plan.servers[at]?.address ?? '' })),
};

function begins(workflow: WorkflowId, runId: string, of: typeof plan = plan): RunEventBody {
  return {
    type: 'runStarted',
    runId,
    workflow,
    cluster: plan.cluster,
    triadVersion: '0.1.0',
    operator: 'ana@desk',
    adminMachine: 'desk',
    specSha256: null,
    plan: of,
  };
}
const passed: RunEventBody = { type: 'runFinished', verdict: 'pass', failure: null, wasAborted: false };
const looked = (lost?: string): RunEventBody => ({
  type: 'clusterObserved',
  moment: 'after',
  view: sampleView(plan, lost === undefined ? {} : { lost }),
});

/** The step after an installation and a failover test of all three servers. */
async function show(prepare: (core: FakeCore) => void = () => undefined): Promise<ShownStep> {
  return showStep(ReportStep, 'report', draftOfPlan, (core) => {
    core.secrets.set(fakeId(1), new Map([['SSH_PASSWORD_1', 'correct horse']]));
    core.addRun('install', fakeId(1), [begins('install', 'run-1'), looked(), passed]);
    core.addRun('failoverTest', fakeId(1), [
      begins('failoverTest', 'run-2'),
      ...plan.servers.map(({ name }): RunEventBody => ({ type: 'trialFinished', trial: sampleTrial(plan, name) })),
      passed,
    ]);
    core.answer('reports.link', (runId) => `triad://report/${runId}`);
    core.answer('reports.connections', () => CONNECTION_FORMATS.map((format) => ({ format, text: connectionString(format, plan, null) })));
    prepare(core);
  });
}

async function openTab(shown: ShownStep, name: string): Promise<void> {
  await screen.findByRole('tab', { name });
  await shown.user.click(screen.getByRole('tab', { name }));
}

const callsOf = (core: FakeCore, name: string): readonly unknown[] =>
  core.calls.filter((one) => one.name === name).map(({ input }) => input);
const card = (name: string): BoundFunctions<typeof queries> => within(screen.getByRole('region', { name }));
const stepNow = (): string => {
  const { screen: shown } = useSession.getState();
  return shown.kind === 'wizard' ? shown.step : shown.kind;
};

beforeEach(() => {
  forgetRuns();
});

describe('several tests of one cluster', () => {
  const lost = (server: string): RunEventBody => ({ type: 'trialFinished', trial: sampleTrial(plan, server) });
  const [one = '', two = '', three = ''] = plan.servers.map(({ name }) => name);

  it('are all told, and each has its report to choose', async () => {
    const { user } = await showStep(ReportStep, 'report', draftOfPlan, (core) => {
      core.addRun('install', fakeId(1), [begins('install', 'run-1'), looked(), passed]);
      core.addRun('failoverTest', fakeId(1), [begins('failoverTest', 'run-2'), lost(one), passed]);
      core.addRun('failoverTest', fakeId(1), [begins('failoverTest', 'run-3'), lost(three), passed]);
      core.answer('reports.link', (runId) => `triad://report/${runId}`);
    });
    expect(
      await screen.findByText(`Failover tests since the installation: Survived the loss of ${one} and ${three}. Not tested: ${two}.`),
    ).toBeTruthy();
    const which = screen.getByRole('combobox', { name: 'Report of' });
    const entries = within(which)
      .getAllByRole('option')
      .map((entry) => entry.textContent?.replace(/^.*?: /u, ''));
    expect(entries).toEqual(
      expect.arrayContaining([`Failover test of ${three}, Passed`, `Failover test of ${one}, Passed`, 'Installation, Passed']),
    );
    await user.selectOptions(which, 'run-2');
    await waitFor(() => expect(screen.getByTitle('The report of this run').getAttribute('src')).toBe('triad://report/run-2'));
  });
});

it('tells no older verdict as that of today while a validation goes on', async () => {
  await showStep(ReportStep, 'report', { ...draftOfPlan, runs: { ...draftOfPlan.runs, install: 'run-1', validate: 'run-2' } }, (core) => {
    core.addRun('install', fakeId(1), [begins('install', 'run-1'), looked(), passed]);
    core.addRun('validate', fakeId(1), [begins('validate', 'run-2')]);
    core.answer('reports.link', (runId) => `triad://report/${runId}`);
  });
  await waitFor(() => {
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Validation is running');
  });
  expect(screen.queryByText(/is installed on three servers/u)).toBeNull();
});

describe('the report', () => {
  it('begins with the verdict of the newest run as a sentence, and shows its report without rights', async () => {
    await show();
    expect(await screen.findByRole('heading', { level: 1, name: /survives the loss of any one of its three servers/u })).toBeTruthy();
    const frame = await screen.findByTitle('The report of this run');
    expect(frame.getAttribute('src')).toBe('triad://report/run-2');
    expect(frame.getAttribute('sandbox')).toBe('');
  });

  it('shows the report of another run', async () => {
    const { user } = await show();
    const which = await screen.findByRole('combobox', { name: 'Report of' });
    which.focus();
    await user.selectOptions(which, 'run-1');
    expect(await screen.findByRole('heading', { level: 1, name: /already as planned/u })).toBeTruthy();
    await waitFor(() => {
      expect(screen.getByTitle('The report of this run').getAttribute('src')).toBe('triad://report/run-1');
    });
    // Whoever leafs through them by keyboard goes on from here.
    expect(document.activeElement).toBe(which);
  });

  it('is saved in four forms, and its record, each with what it is for, and tells where or why not', async () => {
    const { core, user } = await show();
    await user.click(await screen.findByRole('button', { name: 'Save as PDF', description: 'To print, sign and file' }));
    expect(await screen.findByText('Saved as report.pdf.')).toBeTruthy();
    core.answer('reports.save', () => null);
    await user.click(screen.getByRole('button', { name: 'Save as HTML' }));
    await waitFor(() => {
      expect(screen.queryByText(/^Saved as/u)).toBeNull();
    });
    core.answer('reports.save', () => {
      throw fail('storage.unwritable', adminSubject, { values: { file: '/full/report.json', reason: 'ENOSPC' } });
    });
    await user.click(screen.getByRole('button', { name: 'Save as JSON' }));
    expect(await screen.findByText('Triad cannot write /full/report.json: ENOSPC')).toBeTruthy();
    core.answer('reports.save', () => ({ name: 'report.md' }));
    await user.click(screen.getByRole('button', { name: 'Save as Markdown' }));
    expect(await screen.findByText('Saved as report.md.')).toBeTruthy();
    core.answer('reports.save', () => ({ name: 'record.jsonl.gz' }));
    await user.click(screen.getByRole('button', { name: 'Save the record of the run', description: /needs beside the report/u }));
    expect(await screen.findByText('Saved as record.jsonl.gz.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Copy the summary', description: /paste into a ticket/u }));
    expect(await screen.findByText(/^The summary is copied/u)).toBeTruthy();
    expect(callsOf(core, 'reports.copyMarkdown')).toEqual(['run-2']);
    await user.click(screen.getByRole('button', { name: 'Open the folder' }));
    expect(callsOf(core, 'reports.save')).toEqual(['pdf', 'html', 'json', 'md', 'record'].map((format) => ({ runId: 'run-2', format })));
    expect(callsOf(core, 'reports.openFolder')).toEqual(['run-2']);
  });

  it('can be read in the whole window, and is left by Escape', async () => {
    const { user } = await show();
    await screen.findByTitle('The report of this run');
    await user.click(screen.getByRole('button', { name: 'Full window' }));
    const large = within(await screen.findByRole('dialog', { name: 'The report of this run' }));
    expect((await large.findByTitle('The report of this run')).getAttribute('src')).toBe('triad://report/run-2');
    expect(large.getByRole('button', { name: 'Back to the step' })).toBeTruthy();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  const ended = (verdict: 'fail' | 'unknown' | 'passWithoutTolerance' | 'warn'): RunEventBody => ({ ...passed, verdict });
  const primary = (): string =>
    screen
      .getAllByRole('button')
      .filter((one) => one.dataset['variant'] === 'filled')
      .map((one) => one.textContent ?? '')
      .join();

  it.each([
    ['install', 'fail', 'Go to the step Install', 'install'],
    ['failoverTest', 'fail', 'Go to the step Failover test', 'failover'],
    ['failoverTest', 'unknown', 'Go to the step Failover test', 'failover'],
    ['check', 'fail', 'Go to the step Reachability', 'reachability'],
  ] as const)('puts what helps before finishing after %s with %s', async (workflow, verdict, label, step) => {
    const { user } = await show((core) => core.addRun(workflow, fakeId(1), [begins(workflow, 'run-3'), ended(verdict)]));
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Report of' }), 'run-3');
    await waitFor(() => expect(primary()).toBe(label));
    expect(screen.getByRole('button', { name: 'Finish' }).dataset['variant']).not.toBe('filled');
    await user.click(screen.getByRole('button', { name: label }));
    expect(stepNow()).toBe(step);
  });

  it('offers to look again after a validation that failed, and what to do where the next loss would stop the cluster', async () => {
    const { core, user } = await show((one) => {
      one.addRun('validate', fakeId(1), [begins('validate', 'run-3'), looked('server-1'), ended('passWithoutTolerance')]);
      one.addRun('validate', fakeId(1), [begins('validate', 'run-4'), looked(), ended('fail')]);
    });
    const which = await screen.findByRole('combobox', { name: 'Report of' });
    await user.selectOptions(which, 'run-3');
    await waitFor(() => expect(primary()).toBe('What to do next'));
    await user.click(screen.getByRole('button', { name: 'What to do next' }));
    expect(screen.getByRole('tab', { name: 'What to do next', selected: true })).toBeTruthy();
    await user.selectOptions(which, 'run-4');
    await waitFor(() => expect(primary()).toContain('Validate again'));
    await user.click(screen.getByRole('button', { name: 'Validate again' }));
    expect(callsOf(core, 'runs.start')).toEqual([expect.objectContaining({ workflow: 'validate' })]);
  });

  it('shows the new result after looking again, also where an older report was chosen', async () => {
    const { core, user } = await show((one) => {
      one.addRun('validate', fakeId(1), [begins('validate', 'run-3'), looked(), ended('fail')]);
      one.answer('runs.start', ({ draft }) => {
        const { runId } = one.addRun('validate', draft, [begins('validate', 'run-4'), looked(), passed]);
        return { runId };
      });
    });
    const which = await screen.findByRole('combobox', { name: 'Report of' });
    await user.selectOptions(which, 'run-3');
    await waitFor(() => expect(primary()).toContain('Validate again'));
    await user.click(screen.getByRole('button', { name: 'Validate again' }));
    await waitFor(() => expect(primary()).toBe('Finish'));
    expect(callsOf(core, 'runs.start')).toHaveLength(1);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toMatch(/works as planned/u);
  });

  it('is finished first where all is well', async () => {
    await show();
    await screen.findByRole('heading', { level: 1, name: /survives the loss/u });
    expect(primary()).toBe('Finish');
  });

  it('says what leads to one when there is none', async () => {
    const { user } = await showStep(ReportStep, 'report', filledDraft());
    expect(await screen.findByRole('heading', { name: 'There is no report yet' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Test a failover' }));
    expect(stepNow()).toBe('failover');
  });
});

describe('the settings for clients', () => {
  it('are copied by the core, with the password only when asked', async () => {
    const shown = await show();
    const { core, user } = shown;
    await openTab(shown, 'Connect clients');
    await user.click(await screen.findByRole('tab', { name: 'StackExchange.Redis' }));
    expect(screen.getByRole('group', { name: 'Settings for StackExchange.Redis' }).textContent).toContain('password=[PASSWORD]');
    await user.click(screen.getByRole('button', { name: 'Copy' }));
    expect(await screen.findByText('Copied, with a placeholder for the password.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Copy with the password' }));
    expect(await screen.findByText(/^Copied with the password/u)).toBeTruthy();
    expect(callsOf(core, 'reports.copyConnection')).toEqual([
      { runId: 'run-2', format: 'stackExchange', withPassword: false },
      { runId: 'run-2', format: 'stackExchange', withPassword: true },
    ]);
    // Nothing of it came through the window.
    expect(core.copied).toEqual([]);
  });

  it('are reached by the arrow keys, and have the password apart where the client wants it so', async () => {
    const shown = await show();
    const { core, user } = shown;
    await openTab(shown, 'Connect clients');
    (await screen.findByRole('tab', { name: 'OutSystems, Hosts' })).focus();
    await user.keyboard('{ArrowDown}');
    expect(screen.getByRole('group', { name: 'Settings for OutSystems, server.hsconf' }).textContent).toContain('ProviderKey="Redis"');
    await user.keyboard('{ArrowUp}');
    await user.click(screen.getByRole('button', { name: 'Copy the password' }));
    expect(await screen.findByText(/The password is not known on this computer/u)).toBeTruthy();
    core.secrets.get(fakeId(1))?.set('REDIS_PASSWORD', 'secret');
    await user.click(screen.getByRole('button', { name: 'Copy the password' }));
    expect(await screen.findByText(/^The password is copied/u)).toBeTruthy();
  });

  it('say when a form cannot hold the password', async () => {
    const shown = await show((core) => {
      core.answer('reports.copyConnection', () => {
        throw fail('connection.passwordUnfit', clusterSubject);
      });
    });
    await openTab(shown, 'Connect clients');
    await shown.user.click(await screen.findByRole('tab', { name: 'OutSystems, server.hsconf' }));
    await shown.user.click(screen.getByRole('button', { name: 'Copy with the password' }));
    expect(await screen.findByText('This form cannot hold the password of the cluster')).toBeTruthy();
  });
});

describe('what to do next', () => {
  it('validates, shows its verdict, and leads to its report', async () => {
    const shown = await show();
    const { core, user } = shown;
    await openTab(shown, 'What to do next');
    await user.click(card('Validate the cluster').getByRole('button', { name: 'Validate now' }));
    expect(callsOf(core, 'runs.start')).toEqual([expect.objectContaining({ workflow: 'validate' })]);
    expect(await card('Validate the cluster').findByRole('button', { name: 'Stop' })).toBeTruthy();
    core.emit('run-3', begins('validate', 'run-3'), { type: 'phaseStarted', phase: 'checkServers', server: 'server-1' });
    expect(await screen.findByText(/^Check the servers/u)).toBeTruthy();
    core.emit('run-3', looked(), passed);
    expect(await card('Validate the cluster').findByText(/works as planned, and its layout allows the loss/u)).toBeTruthy();
    // The report on the screen is still the one that was read.
    expect(screen.getByRole('heading', { level: 1, name: /survives the loss of any one/u })).toBeTruthy();
    await user.click(card('Validate the cluster').getByRole('button', { name: 'Show its report' }));
    expect(await screen.findByRole('heading', { level: 1, name: /works as planned/u })).toBeTruthy();
  });

  it('validates with Redis access alone, asks for no login, and says what that leaves unproved', async () => {
    const shown = await show((core) => {
      core.secrets.clear();
    });
    const { core, user } = shown;
    await openTab(shown, 'What to do next');
    expect(card('Validate the cluster').getByText(/What only SSH shows is then listed as not proved/u)).toBeTruthy();
    await user.click(card('Validate the cluster').getByRole('button', { name: 'With Redis access alone (no SSH)' }));
    expect(await card('Validate the cluster').findByRole('button', { name: 'Stop' })).toBeTruthy();
    expect(callsOf(core, 'runs.start')).toEqual([expect.objectContaining({ workflow: 'validate', redisOnly: true })]);
    const expected = { code: 'check.redisOnly.observed', values: {} };
    const remedy = { code: 'check.redisOnly.remedy', values: {} };
    core.emit('run-3', begins('validate', 'run-3'), looked(), {
      type: 'checkFinished',
      phase: 'verifyCluster',
      result: {
        id: 'server.memory',
        subject: { kind: 'server', server: 'server-1' },
        verdict: 'unknown',
        expected,
        observed: expected,
        evidence: '',
        remedy,
        unmade: 'ssh',
      },
    });
    core.emit('run-3', { ...passed, verdict: 'unknown' });
    await user.click(await card('Validate the cluster').findByRole('button', { name: 'Show its report' }));
    expect(await screen.findByRole('heading', { level: 1, name: /SSH/u })).toBeTruthy();
  });

  it('offers nothing but a validation for a cluster that Triad did not install', async () => {
    const shown = await showStep(ReportStep, 'report', draftOfPlan, (core) => {
      core.addRun('validate', fakeId(1), [begins('validate', 'run-1', { ...plan, adopted: true }), looked('server-1'), passed]);
      core.answer('reports.link', (runId) => `triad://report/${runId}`);
    });
    await openTab(shown, 'What to do next');
    expect(screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent)).toEqual(['Validate the cluster']);
    expect(screen.queryByRole('button', { name: 'Remove the cluster' })).toBeNull();
  });

  it('asks first for the planned roles where a replica has the part of its master', async () => {
    const shown = await show((core) => {
      core.addRun('validate', fakeId(1), [begins('validate', 'run-3'), looked('server-1'), { ...passed, verdict: 'passWithoutTolerance' }]);
    });
    await openTab(shown, 'What to do next');
    expect(await screen.findByText('Not as planned: server-2:7001')).toBeTruthy();
    expect(screen.getAllByRole('heading', { level: 2 })[0]?.textContent).toBe('Restore the planned roles');
    await shown.user.click(screen.getByRole('button', { name: 'Go to Maintenance' }));
    expect(stepNow()).toBe('maintenance');
  });

  it('leads to the maintenance of a server, and says nothing of roles that are as planned', async () => {
    const shown = await show();
    await openTab(shown, 'What to do next');
    expect(screen.queryByRole('region', { name: 'Restore the planned roles' })).toBeNull();
    await shown.user.click(card('Maintenance of a server').getByRole('button', { name: 'Go to Maintenance' }));
    expect(stepNow()).toBe('maintenance');
  });

  it('removes only what was named, and deletes data only when that was chosen before the name was typed', async () => {
    const shown = await show();
    const { core, user } = shown;
    await openTab(shown, 'What to do next');
    await user.click(screen.getByRole('button', { name: 'Remove the cluster' }));
    expect(
      screen.getByText(/installed on server-1 \(10\.77\.0\.11\), server-2 \(10\.77\.0\.12\) and server-3 \(10\.77\.0\.13\)/u),
    ).toBeTruthy();
    const remove = screen.getByRole('button', { name: 'Remove sessions from 3 servers', description: 'Type the name first.' });
    await user.click(remove);
    await user.type(screen.getByRole('textbox', { name: 'Type sessions to confirm' }), 'session');
    await user.click(remove);
    expect(callsOf(core, 'runs.start')).toEqual([]);
    await user.type(screen.getByRole('textbox'), 's');
    await user.click(screen.getByRole('checkbox', { name: 'Delete the data, too' }));
    expect(
      screen.getByRole('button', { name: 'Remove sessions and its data from 3 servers', description: 'Type the name first.' }),
    ).toBeTruthy();
    await user.type(screen.getByRole('textbox'), 'sessions{Tab}');
    expect(document.activeElement?.textContent).toBe('Remove sessions and its data from 3 servers');
    await user.keyboard('{Enter}');
    expect(callsOf(core, 'runs.start')).toEqual([expect.objectContaining({ workflow: 'remove', deleteData: true, reviewed: 'run-2' })]);
    expect(await screen.findByRole('button', { name: 'Stop' })).toBeTruthy();
  });

  it('does not remove what the report names when the draft has become one of something else', async () => {
    const shown = await show();
    const { core, user } = shown;
    const edit = (change: (draft: Draft) => Draft): void => {
      act(() => {
        draftStore.getState().current?.edit(change);
      });
    };
    await openTab(shown, 'What to do next');
    await user.click(screen.getByRole('button', { name: 'Remove the cluster' }));
    edit((draft) => ({
      ...draft,
      servers: draft.servers.map((server) => ({ ...server, address: server.address.replace('10.77', '10.78') })),
    }));
    await user.type(screen.getByRole('textbox', { name: 'Type sessions to confirm' }), 'sessions');
    const why = /^The draft now names another cluster, other servers/u;
    await user.click(screen.getByRole('button', { name: 'Remove sessions from 3 servers', description: why }));
    expect(callsOf(core, 'runs.start')).toEqual([]);
    edit((draft) => ({ ...draft, servers: draftOfPlan.servers }));
    await user.click(screen.getByRole('button', { name: 'Remove sessions from 3 servers' }));
    expect(callsOf(core, 'runs.start')).toEqual([expect.objectContaining({ workflow: 'remove' })]);
  });

  it('shows a run that was started before the window was loaded again', async () => {
    const shown = await show((core) => {
      core.addRun('validate', fakeId(1), [begins('validate', 'run-3'), { type: 'phaseStarted', phase: 'connect', server: 'server-1' }]);
    });
    await openTab(shown, 'What to do next');
    expect(await card('Validate the cluster').findByRole('button', { name: 'Stop' })).toBeTruthy();
    await shown.user.click(screen.getByRole('button', { name: 'Stop' }));
    expect(callsOf(shown.core, 'runs.cancel')).toEqual(['run-3']);
  });
});
