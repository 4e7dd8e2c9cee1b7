import { act, screen, waitFor, within, type BoundFunctions, type queries } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { foundNodes } from '../../../electron/handlers/testing/foundNodes.ts';
import { sampleInstall } from '../../../electron/report/testing/sampleRecord.ts';
import { fail } from '../../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../../electron/shared/domain/subject.ts';
import { showWindow } from '../../app/testing/showWindow.tsx';
import { fakeId, filledDraft, type FakeCore } from '../../bridge/testing/fakeBridge.ts';
import { useSession } from '../../state/session.ts';

const adopted = {
  nodes: foundNodes().map(({ address, port }) => ({ server: `server-${address.slice(-1)}`, port, dataFolder: '/srv' })),
};
const draft = filledDraft(6, { name: 'theirs', reached: 'report' });

function withFound(core: FakeCore): void {
  const plan = { ...sampleInstall().plan, adopted: true as const };
  core.answer('adoption.find', () => ({ kind: 'found', id: fakeId(5), plan, text: 'schemaVersion: 1\nname: theirs\n' }));
  core.answer('adoption.keep', () => {
    const kept = { ...draft, adopted } as typeof draft;
    core.drafts.set(kept.id, kept);
    return kept;
  });
}

const callsOf = (core: FakeCore, name: string): readonly unknown[] =>
  core.calls.filter((one) => one.name === name).map(({ input }) => input);
const stepNow = (): string => {
  const { screen: shown } = useSession.getState();
  return shown.kind === 'wizard' ? shown.step : shown.kind;
};

async function opened(
  prepare: (core: FakeCore) => void,
): Promise<{ readonly core: FakeCore; readonly user: UserEvent; readonly dialog: BoundFunctions<typeof queries> }> {
  const { core, user } = await showWindow(prepare);
  await user.click(await screen.findByRole('button', { name: 'Look for a running cluster' }));
  return { core, user, dialog: within(await screen.findByRole('dialog', { name: 'A cluster that Triad did not install' })) };
}

async function find({ user, dialog }: Awaited<ReturnType<typeof opened>>, address = '10.77.0.11:7001'): Promise<void> {
  await user.type(dialog.getByRole('textbox', { name: 'Address of one node' }), address);
  await user.type(dialog.getByLabelText('Redis password'), 'hunter2');
  await user.clear(dialog.getByRole('textbox', { name: 'What to call it' }));
  await user.type(dialog.getByRole('textbox', { name: 'What to call it' }), 'theirs');
  await user.click(dialog.getByRole('button', { name: 'Find its nodes' }));
}

describe('a cluster that Triad did not install', () => {
  it('is found, shown, kept where the admin chooses, and validated by its nodes alone', async () => {
    const shown = await opened(withFound);
    const { core, user, dialog } = shown;
    await find(shown);
    expect(await dialog.findByText(/^Six nodes on three servers answered/u)).toBeTruthy();
    expect(callsOf(core, 'adoption.find')).toEqual([{ address: '10.77.0.11:7001', name: 'theirs', password: 'hunter2' }]);
    expect(dialog.getByRole('img', { name: /The cluster as it was found/u }).textContent).toContain('10.77.0.13');
    await user.click(dialog.getByRole('button', { name: 'The specification that is saved' }));
    expect(await dialog.findByText(/name: theirs/u)).toBeTruthy();
    expect(callsOf(core, 'adoption.keep')).toEqual([]);
    await user.click(dialog.getByRole('button', { name: 'Save and validate' }));
    await waitFor(() => {
      expect(stepNow()).toBe('report');
    });
    await waitFor(() => {
      expect(callsOf(core, 'runs.start')).toMatchObject([{ draft: draft.id, workflow: 'validate', redisOnly: true }]);
    });
    expect(callsOf(core, 'adoption.keep')).toEqual([fakeId(5)]);
  });

  it('stays as it was shown when no place was chosen for its specification', async () => {
    const shown = await opened((core) => {
      withFound(core);
      core.answer('adoption.keep', () => null);
    });
    await find(shown);
    await shown.user.click(await shown.dialog.findByRole('button', { name: 'Save and validate' }));
    await waitFor(() => {
      expect(callsOf(shown.core, 'adoption.keep')).toHaveLength(1);
    });
    expect(shown.dialog.getByText(/^Six nodes on three servers answered/u)).toBeTruthy();
    expect(stepNow()).toBe('home');
    expect(callsOf(shown.core, 'runs.start')).toEqual([]);
  });

  it('is told with everything that deviates, and cannot be kept', async () => {
    const shown = await opened((core) => {
      core.answer('adoption.find', () => ({ kind: 'deviates', deviations: [{ code: 'adopt.uncovered', values: { covered: 99 } }] }));
    });
    await find(shown);
    expect((await shown.dialog.findByRole('alert')).textContent).toContain('99 of 16384 slots are served');
    expect(shown.dialog.queryByRole('button', { name: 'Save and validate' })).toBeNull();
    await shown.user.click(shown.dialog.getByRole('button', { name: 'Back' }));
    expect(shown.dialog.getByRole('textbox', { name: 'Address of one node' })).toHaveProperty('value', '10.77.0.11:7001');
  });

  it('is not looked for at what is no address, and says why it could not be asked', async () => {
    const shown = await opened((core) => {
      core.answer('adoption.find', () => {
        throw fail('redis.authRejected', adminSubject, { values: { node: '10.77.0.11:7001' } });
      });
    });
    await find(shown, 'redis.example');
    expect(shown.dialog.getByText('This is no IP address with a port.')).toBeTruthy();
    expect(callsOf(shown.core, 'adoption.find')).toEqual([]);
    await shown.user.clear(shown.dialog.getByRole('textbox', { name: 'Address of one node' }));
    await find(shown);
    expect((await shown.dialog.findByRole('alert')).textContent).toContain('rejected the password');
  });

  it('has only its history as a way from its card', async () => {
    await showWindow((core) => {
      core.addRecord(draft.id, { ...sampleInstall(), workflow: 'validate', runId: 'run-1' });
      core.answer('home.list', () => [
        {
          draftId: draft.id,
          name: 'theirs',
          addresses: [],
          updatedAt: draft.updatedAt,
          runs: core.summaries(draft.id),
          tried: [],
          survivesAnyServer: null,
          rolesAsPlanned: null,
          isComplete: true,
          isAdopted: true,
        },
      ]);
    });
    const ways = within(await screen.findByRole('list', { name: 'Ways for theirs' }));
    expect(ways.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['History']);
  });

  it('has nothing to do in a step that would change it', async () => {
    const shown = await opened(withFound);
    await find(shown);
    await shown.user.click(await shown.dialog.findByRole('button', { name: 'Save and validate' }));
    await waitFor(() => {
      expect(stepNow()).toBe('report');
    });
    for (const step of ['redis', 'install', 'failover', 'maintenance', 'bundle'] as const) {
      act(() => {
        useSession.getState().goTo(step);
      });
      expect(await screen.findByRole('heading', { level: 1, name: 'Triad did not install theirs' })).toBeTruthy();
    }
    await shown.user.click(screen.getByRole('button', { name: 'Go to the report' }));
    expect(stepNow()).toBe('report');
  });
});
