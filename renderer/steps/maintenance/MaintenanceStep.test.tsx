import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { RunEventBody } from '../../../electron/shared/domain/events.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { message } from '../../../electron/shared/messages/message.ts';
import { QuestionDialog } from '../../app/QuestionDialog.tsx';
import { SecretsDialog } from '../../app/SecretsDialog.tsx';
import {
  beginRecord,
  endRecord,
  laggingStatus,
  movedView,
  refusedRecord,
  restoreRecord,
  statusRecord,
  waitingFor,
} from '../../app/testing/scenes/patchRecords.ts';
import { filledDraft, type FakeCore } from '../../bridge/testing/fakeBridge.ts';
import { forgetRuns } from '../../state/runs.ts';
import { useSession } from '../../state/session.ts';
import { showStep, type ShownStep } from '../../testing/showStep.tsx';
import { MaintenanceStep } from './MaintenanceStep.tsx';

const draft = filledDraft(1, { name: 'sessions' });

interface Night {
  /** What the looks find, one after the other; the last stays. */
  readonly looks?: readonly RunRecord[];
  /** Runs that are over when the screen opens. */
  readonly before?: readonly RunRecord[];
  /** What a run that changes something does; left out: it goes on until the test ends it. */
  readonly acts?: readonly RunRecord[];
  readonly hasSecrets?: boolean;
  readonly prepare?: (core: FakeCore) => void;
}

async function show({ looks = [statusRecord()], before = [], acts = [], hasSecrets = true, prepare }: Night = {}): Promise<ShownStep> {
  function StepAndDialogs(): ReturnType<typeof MaintenanceStep> {
    return (
      <>
        <MaintenanceStep />
        <QuestionDialog />
        <SecretsDialog />
      </>
    );
  }
  return showStep(StepAndDialogs, 'report', draft, (core) => {
    if (hasSecrets) core.secrets.set(draft.id, new Map([['SSH_PASSWORD_1', 'correct horse']]));
    for (const [index, record] of before.entries()) core.addRecord(draft.id, { ...record, runId: `before-${index}` });
    const [found, done] = [[...looks], [...acts]];
    core.answer('runs.start', ({ workflow }) => {
      const record = workflow === 'maintenanceStatus' ? (found.length > 1 ? found.shift() : found[0]) : done.shift();
      const runId = `run-${core.runs.size + 1}`;
      if (record === undefined) return { runId: core.addRun(workflow, draft.id).runId };
      core.addRecord(draft.id, { ...record, runId });
      return { runId };
    });
    prepare?.(core);
  });
}

const started = (core: FakeCore): readonly unknown[] => core.calls.filter(({ name }) => name === 'runs.start').map(({ input }) => input);
const button = async (name: string): Promise<HTMLElement> => screen.findByRole('button', { name });
const title = async (name: string): Promise<HTMLElement> => screen.findByRole('heading', { level: 1, name });
const begins = (record: RunRecord, runId: string): RunEventBody => {
  const { workflow, cluster, triadVersion, operator, adminMachine, specSha256, plan } = record;
  return { type: 'runStarted', runId, workflow, cluster, triadVersion, operator, adminMachine, specSha256, plan };
};

beforeEach(() => {
  forgetRuns();
  sessionStorage.clear();
});

describe('when it opens', () => {
  it('reads from the servers where it stands, by itself and once', async () => {
    const { core } = await show();
    await screen.findByText(/^server-1 may be taken away/u);
    expect(started(core)).toEqual([expect.objectContaining({ workflow: 'maintenanceStatus', servers: [] })]);
  });

  it('takes nothing from an earlier run: what one found an hour ago is looked at again', async () => {
    const { core } = await show({
      before: [endRecord('server-1', 60)],
      looks: [statusRecord({ marked: 'server-2', view: movedView('server-2') })],
    });
    expect(await title('Now patch and reboot server-2')).toBeTruthy();
    expect(started(core)).toHaveLength(1);
  });

  it('asks for nothing by itself where a login is missing, and for the login when it is to look', async () => {
    const { core, user } = await show({ hasSecrets: false });
    expect(await screen.findByText('Where it stands is not known yet')).toBeTruthy();
    expect(started(core)).toEqual([]);
    await user.click(await button('Look at the servers'));
    expect(await screen.findByRole('dialog', { name: 'Passwords needed' })).toBeTruthy();
  });

  it('tells why the servers could not be read, and looks again on request', async () => {
    const failure = refusedRecord('server-1').failure;
    const { core, user } = await show({ looks: [{ ...statusRecord(), failure, verdict: 'fail' }, statusRecord()] });
    expect((await screen.findByRole('alert')).textContent).toContain('must not be taken away now');
    expect(started(core)).toHaveLength(1);
    await user.click(await button('Look at the servers'));
    expect(await screen.findByText(/^server-1 may be taken away/u)).toBeTruthy();
  });

  it('says which run was cut off, and prefers its server', async () => {
    const cut: RunRecord = { ...beginRecord('server-3'), finishedAt: null, verdict: null };
    await show({ before: [cut] });
    expect(await screen.findByText(/^The last run was cut off: Beginning a maintenance/u)).toBeTruthy();
    await waitFor(() => expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Only server-3' }).checked).toBe(true));
  });
});

describe('before a maintenance', () => {
  it('says what will happen to the server that is chosen, and begins with it without asking twice', async () => {
    const { core, user } = await show();
    await user.click(await screen.findByRole('radio', { name: 'Only server-2' }));
    expect(screen.getByText('Shard 2: the replica server-3:7001 takes over from server-2:7000 by a planned switchover.')).toBeTruthy();
    expect(screen.getByText('While server-2 is away, the loss of one more server is not survived.')).toBeTruthy();
    await user.click(await button('Begin with server-2'));
    const [look] = core.runs.keys();
    expect(started(core).at(-1)).toMatchObject({ workflow: 'maintenanceBegin', servers: ['server-2'], reviewed: look });
  });

  it('refuses where the cluster would not survive, with each reason and the way to its remedy', async () => {
    const { core, user } = await show({ looks: [laggingStatus()] });
    const refusal = within(await screen.findByRole('alert'));
    expect(refusal.getByRole('heading', { name: 'server-1 must not be taken away now' })).toBeTruthy();
    expect(refusal.getByText('the replication link of server-1:7001 is down')).toBeTruthy();
    await user.click(await button('Begin with server-1'));
    expect(started(core)).toHaveLength(1);
    await user.click(refusal.getByRole('button', { name: 'Validate the cluster' }));
    expect(started(core).at(-1)).toMatchObject({ workflow: 'validate' });
    await waitFor(() => expect(useSession.getState().screen).toEqual({ kind: 'wizard', step: 'report' }));
  });

  it('tells why a run refused, and then where it stands', async () => {
    const { core, user } = await show({ acts: [refusedRecord('server-1')] });
    await user.click(await button('Begin with server-1'));
    expect((await screen.findByRole('alert')).textContent).toContain('Nothing was marked. Put that right first');
    await screen.findByText(/^server-1 may be taken away/u);
    expect(started(core).map((one) => (one as { workflow: string }).workflow)).toEqual([
      'maintenanceStatus',
      'maintenanceBegin',
      'maintenanceStatus',
    ]);
  });

  it('begins nothing beside another run of the cluster', async () => {
    const { core } = await show({ prepare: (one) => void one.addRun('validate', draft.id, [begins(statusRecord(), 'run-1')]) });
    expect(await screen.findByText(/^Something else is going on for this cluster/u)).toBeTruthy();
    expect(started(core)).toEqual([]);
  });
});

describe('while a run goes on', () => {
  it('shows its phases as they come, and stops on request', async () => {
    const { core, user } = await show();
    await user.click(await button('Begin with server-1'));
    const runId = [...core.runs.keys()].at(-1) ?? '';
    act(() => {
      core.emit(
        runId,
        begins(beginRecord('server-1'), runId),
        { type: 'phaseStarted', phase: 'connect', server: 'server-1' },
        { type: 'phaseFinished', phase: 'connect', server: 'server-1', outcome: 'observed', durationMs: 240, failure: null },
        { type: 'phaseStarted', phase: 'vacateServer:server-1', server: null },
      );
    });
    const phases = within(await screen.findByRole('list', { name: 'What is done' }));
    expect(phases.getByText('240 ms')).toBeTruthy();
    expect(phases.getByText('Move the masters away').closest('li')?.getAttribute('aria-current')).toBe('step');
    await user.click(await button('Stop'));
    expect(core.calls.filter(({ name }) => name === 'runs.cancel').map(({ input }) => input)).toEqual([runId]);
  });

  it('is shown again after the window was loaded anew, with what it waits for', async () => {
    await show({
      prepare: (core) => {
        const { runId } = core.addRun('maintenanceEnd', draft.id, [begins(endRecord('server-2'), 'run-1')]);
        core.emit(
          runId,
          { type: 'phaseStarted', phase: 'connect', server: 'server-2' },
          { type: 'phaseProgress', phase: 'connect', server: 'server-2', message: waitingFor('server-2') },
        );
      },
    });
    expect(await title('Bringing server-2 back')).toBeTruthy();
    expect(screen.getByText('waiting for server-2, at most 872 s more')).toBeTruthy();
  });
});

describe('while a server is in maintenance', () => {
  it('says who began it, what to do now, and brings the server back', async () => {
    const { core, user } = await show({ looks: [statusRecord({ marked: 'server-2', view: movedView('server-2') })] });
    await title('Now patch and reboot server-2');
    expect(screen.getByText('ana@ops-laptop')).toBeTruthy();
    expect(screen.getByText('ssh admin@10.77.0.12')).toBeTruthy();
    await user.click(await button('server-2 is back'));
    expect(started(core).at(-1)).toMatchObject({ workflow: 'maintenanceEnd', servers: ['server-2'] });
  });

  it('warns of a master that came back to it, and moves it away again', async () => {
    const { core, user } = await show({ looks: [statusRecord({ marked: 'server-2' })] });
    expect(await screen.findByText('server-2 holds server-2:7000 again')).toBeTruthy();
    await user.click(await button('Move the masters away again'));
    expect(started(core).at(-1)).toMatchObject({ workflow: 'maintenanceBegin', servers: ['server-2'] });
  });

  it('tells what clients noticed when the masters moved', async () => {
    const { user } = await show({ acts: [beginRecord('server-1')] });
    await user.click(await button('Begin with server-1'));
    const result = within(await screen.findByRole('region', { name: 'When the masters moved away' }));
    expect(result.getByText('34 ms')).toBeTruthy();
    expect(screen.getByRole('heading', { level: 1, name: 'Now patch and reboot server-1' })).toBeTruthy();
  });
});

describe('after a maintenance', () => {
  it('tells the longest wait and lost writes, shard by shard, and leads to the report', async () => {
    const { user } = await show({
      looks: [statusRecord({ marked: 'server-1', view: movedView('server-1') })],
      acts: [endRecord('server-1')],
    });
    await user.click(await button('server-1 is back'));
    const result = within(await screen.findByRole('region', { name: 'What clients noticed' }));
    expect(result.getByText('34 ms')).toBeTruthy();
    expect(result.getByText('of 990 that were acknowledged')).toBeTruthy();
    await user.click(result.getByRole('button', { name: 'Shard by shard' }));
    expect((await result.findAllByRole('row')).map((row) => row.textContent)).toEqual([
      'ShardMaster movedLongest waitAcknowledgedRefused or timed outLost',
      '1server-2:7001 to server-1:700034 ms33000',
      '2not moved12 ms33000',
      '3not moved12 ms33000',
    ]);
    await user.click(await button('Show the report'));
    expect(useSession.getState().screen).toEqual({ kind: 'wizard', step: 'report' });
  });

  it('goes on with the next server where all are maintained in turn, also after a reload', async () => {
    const night = { before: [endRecord('server-1', 40)], looks: [statusRecord()], acts: [beginRecord('server-2'), endRecord('server-2')] };
    const { core, user, unmount } = await show(night);
    const steps = await screen.findByRole('list', { name: 'The servers of this patch day' });
    expect(within(steps).getAllByRole('listitem')[0]?.textContent).toContain('done 39 minutes ago');
    await user.click(await screen.findByRole('radio', { name: 'The others in turn: server-2 and server-3' }));
    await user.click(await button('Begin with server-2'));
    await user.click(await button('server-2 is back'));
    expect(await title('server-2 is back')).toBeTruthy();
    expect(screen.getByText('What will happen to server-3')).toBeTruthy();
    await user.click(await button('Begin with server-3'));
    expect(started(core).at(-1)).toMatchObject({ workflow: 'maintenanceBegin', servers: ['server-3'] });
    unmount();
    expect(sessionStorage.getItem('triad.rolling')).toBe(draft.id);
  });
});

describe('the way back to the planned roles', () => {
  it('names what is exchanged, asks, and tells what clients noticed', async () => {
    const { core, user } = await show({ looks: [statusRecord({ view: movedView('server-2') })] });
    const card = within(await screen.findByRole('region', { name: 'Restore the planned roles' }));
    expect(card.getByText('Shard 2: from server-3:7001 back to server-2:7000')).toBeTruthy();
    await user.click(card.getByRole('button', { name: 'Restore the planned roles' }));
    // Nothing counts as reviewed: the run asks with what it finds itself.
    expect(started(core).at(-1)).toMatchObject({ workflow: 'restoreRoles', reviewed: null });
    const runId = [...core.runs.keys()].at(-1) ?? '';
    act(() => {
      core.emit(runId, begins(restoreRecord(), runId));
      core.ask(runId, message('phase.confirmRestoreUnknown', { cluster: 'sessions' }));
    });
    expect(await screen.findByRole('dialog', { name: 'A question before it goes on' })).toBeTruthy();
  });

  it('shows the verdict and the figures when it is done, and a new look before anything else is begun', async () => {
    const { core, user } = await show({ looks: [statusRecord({ view: movedView('server-2') })], acts: [restoreRecord()] });
    const card = within(await screen.findByRole('region', { name: 'Restore the planned roles' }));
    await user.click(card.getByRole('button', { name: 'Restore the planned roles' }));
    expect(await title('The planned roles are restored')).toBeTruthy();
    expect(within(screen.getByRole('region', { name: 'What clients noticed' })).getByText('34 ms')).toBeTruthy();
    await user.click(await button('Maintain another server'));
    expect(await screen.findByText('Nothing to restore: every master is where it was planned.')).toBeTruthy();
    expect(started(core)).toHaveLength(2);
  });
});
