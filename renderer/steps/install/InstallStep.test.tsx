import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { said } from '../../../electron/report/testing/sampleParts.ts';
import { sampleAborted, sampleBroken, sampleInstall, sampleMinimal } from '../../../electron/report/testing/sampleRecord.ts';
import type { Draft } from '../../../electron/shared/domain/draft.ts';
import type { RunEventBody } from '../../../electron/shared/domain/events.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { message } from '../../../electron/shared/messages/message.ts';
import { QuestionDialog } from '../../app/QuestionDialog.tsx';
import { filledDraft, type FakeCore } from '../../bridge/testing/fakeBridge.ts';
import { forgetRuns } from '../../state/runs.ts';
import { useSession } from '../../state/session.ts';
import { showStep, type ShownStep } from '../../testing/showStep.tsx';
import { InstallStep } from './InstallStep.tsx';

const installed = { ...sampleInstall(), runId: 'run-i' };
const plan: RunRecord = { ...installed, runId: 'run-p', workflow: 'plan', appliedChanges: [], clusterCommands: [], phases: [], checks: [] };
const SERVERS = ['server-1', 'server-2', 'server-3'] as const;

interface Shown {
  readonly record?: RunRecord;
  readonly untilMs?: number;
  readonly isActive?: boolean;
  readonly change?: (draft: Draft) => Draft;
}

/** A journal that is replayed looks like a run that goes on, until its last event is there. */
function hasEnded(): void {
  screen.getByRole('grid');
  if (screen.queryByRole('button', { name: 'Stop' }) !== null) throw new Error('it goes on');
}

async function show({ record, untilMs, isActive = false, change = (draft) => draft }: Shown): Promise<ShownStep> {
  const base = filledDraft();
  const draft = change({ ...base, runs: { ...base.runs, plan: plan.runId, install: record?.runId ?? null } });
  function StepAndQuestion(): ReturnType<typeof InstallStep> {
    return (
      <>
        <InstallStep />
        <QuestionDialog />
      </>
    );
  }
  const shown = await showStep(StepAndQuestion, 'install', draft, (core) => {
    core.secrets.set(draft.id, new Map([['SSH_PASSWORD_1', 'correct horse']]));
    core.addRecord(draft.id, plan);
    if (record !== undefined) core.addRecord(draft.id, record, { ...(untilMs === undefined ? {} : { untilMs }), isActive });
  });
  if (record !== undefined && !isActive) await waitFor(hasEnded);
  return shown;
}

const started = (core: FakeCore): readonly unknown[] => core.calls.filter(({ name }) => name === 'runs.start').map(({ input }) => input);
const stepNow = (): string => {
  const { screen: shown } = useSession.getState();
  return shown.kind === 'wizard' ? shown.step : shown.kind;
};
/** A cell by its phase, server and state; what follows is its time. */
const cell = (name: string): HTMLElement =>
  screen.getByRole('gridcell', { name: (given) => given === name || given.startsWith(`${name} `) });
const onAll = (event: (server: string) => RunEventBody): RunEventBody[] => SERVERS.map(event);

beforeEach(forgetRuns);

describe('before anything was installed', () => {
  it('leads to the review', async () => {
    const { user } = await show({});
    expect(screen.getByText('Nothing was installed yet')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Review the changes' }));
    expect(stepNow()).toBe('review');
  });
});

describe('while it goes on', () => {
  const begun: RunRecord = { ...sampleMinimal('install'), runId: 'run-i' };

  it('shows each phase on each server as it comes, with what is being done', async () => {
    const { core } = await show({ record: begun, isActive: true });
    await screen.findByRole('grid', { name: 'Phases of the installation on each server' });
    expect(cell('Connect, server-2: not begun')).toBeTruthy();
    act(() => {
      core.emit(
        'run-i',
        ...onAll((server) => ({ type: 'phaseStarted', phase: 'connect', server })),
        { type: 'phaseFinished', phase: 'connect', server: 'server-1', outcome: 'observed', durationMs: 240, failure: null },
        { type: 'phaseProgress', phase: 'connect', server: 'server-2', message: said('x86_64') },
      );
    });
    expect((await screen.findByRole('gridcell', { name: 'Connect, server-1: done 240 ms' })).textContent).toContain('240 ms');
    expect(cell('Connect, server-2: x86_64')).toBeTruthy();
    expect(cell('Connect, server-3: running')).toBeTruthy();
    // One cell for all servers, where a phase is of the cluster.
    expect(cell('Form the cluster, all servers: not begun').getAttribute('colspan')).toBe('3');
    expect(screen.getByText(/^Connect\. .* so far\.$/u)).toBeTruthy();
  });

  it('counts the changes of each server', async () => {
    const { core } = await show({ record: begun, isActive: true });
    const [first] = installed.plannedChanges;
    const changes = first?.changes ?? [];
    await screen.findByRole('grid');
    act(() => {
      core.emit(
        'run-i',
        { type: 'changesPlanned', server: 'server-1', changes },
        {
          type: 'changesApplied',
          server: 'server-1',
          phase: 'stageBinaries',
          changes: changes.slice(0, 4),
          outcomes: changes.slice(0, 4).map(({ id }) => ({ id, outcome: 'done', evidence: '' })),
        },
      );
    });
    expect(await screen.findByText(`4 of ${changes.length} changes`)).toBeTruthy();
  });

  it('stops on request, and says that it is stopping until it has', async () => {
    const { core, user } = await show({ record: begun, isActive: true });
    await screen.findByRole('grid');
    await user.click(screen.getByRole('button', { name: 'Stop' }));
    expect(core.calls).toContainEqual({ name: 'runs.cancel', input: 'run-i' });
    expect(await screen.findByText(/never cut in the middle/u)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull();
  });

  it('shows what differs from the review, and goes on or not', async () => {
    const { core, user } = await show({ record: begun, isActive: true });
    await screen.findByRole('grid');
    act(() => {
      for (const { server, changes } of installed.plannedChanges)
        core.emit('run-i', {
          type: 'changesPlanned',
          server,
          changes:
            server === 'server-2'
              ? [...changes.filter(({ kind }) => kind !== 'user'), { kind: 'removeFile', id: 'removeFile:/etc/x', path: '/etc/x' }]
              : changes,
        });
      core.ask('run-i', message('phase.confirmInstall', { count: 36, servers: 3 }));
    });
    const dialog = within(await screen.findByRole('dialog'));
    expect(await dialog.findByText('The servers are not as they were at the review. This differs:')).toBeTruthy();
    expect(dialog.getByText('server-2')).toBeTruthy();
    expect(dialog.queryByText('server-1')).toBeNull();
    expect(
      within(dialog.getByRole('list', { name: 'To be done now, and not reviewed like this' })).getByText('Remove the file /etc/x'),
    ).toBeTruthy();
    expect(within(dialog.getByRole('list', { name: /^Reviewed, and not/u })).getByText('Create the system user triad-redis')).toBeTruthy();
    await user.click(dialog.getByRole('button', { name: 'No, stop here' }));
    expect(core.calls).toContainEqual({ name: 'runs.answer', input: { runId: 'run-i', yes: false } });
  });

  it('says that less is left to do where the rest is done already', async () => {
    const { core } = await show({ record: begun, isActive: true });
    await screen.findByRole('grid');
    act(() => {
      for (const { server, changes } of installed.plannedChanges)
        core.emit('run-i', { type: 'changesPlanned', server, changes: changes.slice(5) });
      core.ask('run-i', message('phase.confirmInstall', { count: 21, servers: 3 }));
    });
    expect(await screen.findByText(/^Less is to be done than you have reviewed/u)).toBeTruthy();
  });
});

describe('the lanes', () => {
  it('are moved in by arrow keys; the log follows the cell that is chosen', async () => {
    const { user } = await show({ record: installed });
    await screen.findByRole('grid');
    const stops = screen.getAllByRole('gridcell').filter((one) => one.getAttribute('tabindex') === '0');
    expect(stops).toHaveLength(1);
    stops[0]?.focus();
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowRight}');
    expect(document.activeElement).toBe(cell('Look at the servers, server-2: done'));
    await user.keyboard('{Enter}');
    const detail = within(screen.getByRole('region', { name: 'Look at the servers: server-2' }));
    expect(cell('Look at the servers, server-2: done').getAttribute('aria-selected')).toBe('true');
    expect(detail.getByRole('log', { name: 'Log of the run' })).toBeTruthy();
    expect(detail.getByText(/^2 of /u)).toBeTruthy();
    await user.click(detail.getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('region', { name: 'Look at the servers: server-2' })).toBeNull();
  });

  it('tell nothing of a phase that has not begun', async () => {
    const { user } = await show({ record: sampleAbortedAs('run-i') });
    await screen.findByRole('grid');
    await user.click(cell('Verify the cluster, all servers: not begun'));
    expect(screen.queryByRole('region', { name: /^Verify the cluster/u })).toBeNull();
  });
});

function sampleAbortedAs(runId: string): RunRecord {
  return { ...sampleAborted(), runId };
}

describe('a failure', () => {
  it('opens by itself: the cause and what to do before the log', async () => {
    const { core, user } = await show({ record: { ...sampleBroken(), runId: 'run-i' } });
    const detail = await screen.findByRole('region', { name: 'Write settings and services: server-3' });
    const alert = within(detail).getByRole('alert');
    expect(alert.textContent).toMatch(/The disk of server-3 is full.*Free space on that file system, then try again\./u);
    const log = within(detail).getByRole('log');
    expect(alert.compareDocumentPosition(log) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
    expect(cell('Write settings and services, server-3: failed').getAttribute('aria-selected')).toBe('true');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(started(core)).toMatchObject([{ workflow: 'install', reviewed: 'run-p' }]);
  });

  it('of checks shows each with what to do', async () => {
    const failure = { code: 'check.failed', subject: { kind: 'cluster' }, values: { count: 1 }, evidence: '', retryable: false } as const;
    const check = { ...(installed.checks[0] ?? never()), verdict: 'fail' as const, remedy: said('allow it') };
    const record: RunRecord = {
      ...installed,
      checks: [check],
      phases: [{ phase: 'checkServers', server: null, startedMs: 1, durationMs: 20, outcome: 'failed', failure }],
      failure,
      verdict: 'fail',
    };
    await show({ record });
    const detail = within(await screen.findByRole('region', { name: 'Check the servers: all servers' }));
    expect(detail.getByText('Full rights')).toBeTruthy();
    expect(detail.getByText('allow it')).toBeTruthy();
  });
});

function never(): never {
  throw new Error('the sample has no checks');
}

describe('an end before the end', () => {
  it('says what is done on each server and what is not, and goes on', async () => {
    const { core, user } = await show({ record: sampleAbortedAs('run-i') });
    expect(await screen.findByText(/^Stopped during/u)).toBeTruthy();
    const section = within(screen.getByRole('region', { name: 'What is done, and what is not' }));
    expect(section.getByRole('button', { name: /^server-1/u }).textContent).toContain('all 12 done');
    const third = section.getByRole('button', { name: /^server-3/u });
    expect(third.textContent).toContain('none of 12 done');
    expect(section.getByText('No command was sent to the cluster.')).toBeTruthy();
    expect(section.getByText(/It ended while this was being done: Write settings and services/u)).toBeTruthy();
    await user.click(third);
    expect(section.getByText('Create the system user triad-redis')).toBeTruthy();
    // Somebody asked for it: that is no failure.
    expect(screen.queryByRole('alert')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Look and go on' }));
    expect(started(core)).toMatchObject([{ workflow: 'install', reviewed: 'run-p' }]);
  });

  it('of Triad itself is told after the next start, with the phase', async () => {
    const { core, user } = await show({ record: installed, untilMs: 1500 });
    expect(await screen.findByText('Triad was ended in the middle, during "Form the cluster"')).toBeTruthy();
    expect(screen.getByText(/The servers keep what was done until then/u)).toBeTruthy();
    expect(cell('Form the cluster, all servers: cut off')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Look and go on' }));
    expect(started(core)).toMatchObject([{ workflow: 'install' }]);
  });

  it('leads to the review where the settings were changed since', async () => {
    const change = (draft: Draft): Draft => ({ ...draft, runs: { ...draft.runs, plan: null } });
    const { core, user } = await show({ record: sampleAbortedAs('run-i'), change });
    await screen.findByRole('grid');
    await user.click(screen.getByRole('button', { name: 'Review again' }));
    expect(started(core)).toEqual([]);
    expect(stepNow()).toBe('review');
  });
});

describe('the end', () => {
  it('is a proved cluster: roles, replicas, tolerance, time', async () => {
    const { user } = await show({ record: installed });
    const verified = within(await screen.findByRole('region', { name: 'sessions as the installation left it' }));
    expect(verified.getByRole('img', { name: /The six nodes with their roles/u })).toBeTruthy();
    expect(verified.getByText('6 of 6 nodes answer and agree on the cluster')).toBeTruthy();
    expect(verified.getByText('Every master and every replica is where it was planned')).toBeTruthy();
    expect(verified.getByText('3 of 3 replicas are in sync')).toBeTruthy();
    expect(verified.getByText(/^33 changes done and proved in 3\.2 s$/u)).toBeTruthy();
    expect(verified.getByText('3 kernel settings could not be set here')).toBeTruthy();
    expect(verified.getByText(/^As seen on 14 March 2026 at .* from ops-laptop, /u)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Failover test' }));
    expect(stepNow()).toBe('failover');
  });

  it('keeps the whole log at hand', async () => {
    const { core, user } = await show({ record: installed });
    await user.click(await screen.findByRole('button', { name: 'Log of the whole installation' }));
    const words = screen.getByRole('textbox', { name: 'Filter by words' });
    await user.type(words, 'ADDSLOTSRANGE 0 5460');
    await user.click(screen.getByRole('button', { name: 'Copy log' }));
    await waitFor(() => {
      expect(core.copied).toHaveLength(1);
    });
    expect(core.copied[0]?.trim().split('\n')).toHaveLength(1);
    expect(core.copied[0]).toContain('CLUSTER ADDSLOTSRANGE 0 5460');
  });
});
