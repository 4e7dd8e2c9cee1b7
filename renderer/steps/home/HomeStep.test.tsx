import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { sampleInstall } from '../../../electron/report/testing/sampleRecord.ts';
import { emptyDraft } from '../../../electron/shared/domain/draft.ts';
import { fail } from '../../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../../electron/shared/domain/subject.ts';
import { takenBundle } from '../../app/testing/scenes/afterSamples.ts';
import { showWindow } from '../../app/testing/showWindow.tsx';
import { fakeId, filledDraft, type FakeCore } from '../../bridge/testing/fakeBridge.ts';
import { draftStore } from '../../state/draft.ts';
import { homeStore } from '../../state/home.ts';
import { useSession } from '../../state/session.ts';

function withCluster(core: FakeCore): void {
  const draft = filledDraft(1, { reached: 'report' });
  core.drafts.set(draft.id, { ...draft, runs: { ...draft.runs, install: 'run-1' } });
  core.secrets.set(draft.id, new Map([['SSH_PASSWORD_1', 'correct horse']]));
  core.addRecord(draft.id, { ...sampleInstall(), runId: 'run-1' });
}

const card = async (name: string): Promise<HTMLElement> => screen.findByRole('article', { name });
const stepNow = (): string => {
  const { screen: shown } = useSession.getState();
  return shown.kind === 'wizard' ? shown.step : shown.kind;
};

describe('an empty Home', () => {
  it('offers three ways to begin', async () => {
    await showWindow();
    for (const name of ['Begin', 'Choose a file', 'Start practice servers'])
      expect(await screen.findByRole('button', { name })).not.toBeNull();
  });

  it('begins a new installation', async () => {
    const { user } = await showWindow();
    await user.click(await screen.findByRole('button', { name: 'Begin' }));
    await waitFor(() => {
      expect(stepNow()).toBe('servers');
    });
  });

  it('stays when no file was chosen, and opens the one that was', async () => {
    const { core, user } = await showWindow((fresh) => {
      fresh.answer('drafts.open', () => null);
    });
    await user.click(await screen.findByRole('button', { name: 'Choose a file' }));
    expect(stepNow()).toBe('home');
    core.answer('drafts.open', () => filledDraft(7));
    await user.click(screen.getByRole('button', { name: 'Choose a file' }));
    await waitFor(() => {
      expect(stepNow()).toBe('servers');
    });
  });

  it('can be used before it is known whether practice is possible', async () => {
    let answer: () => void = () => undefined;
    await showWindow((core) => {
      core.answer(
        'practice.status',
        () =>
          new Promise((resolve) => {
            answer = () => {
              resolve({ isPossible: true, reason: null, running: 'linux', whyNoWindows: null });
            };
          }),
      );
    });
    expect(await screen.findByRole('button', { name: 'Begin' })).toHaveProperty('disabled', false);
    expect(screen.getByRole('button', { name: 'Start practice servers' })).toHaveProperty('disabled', true);
    await waitFor(() => {
      answer();
      expect(screen.getByRole('button', { name: 'Start practice servers' })).toHaveProperty('disabled', false);
    });
  });

  it('says why practice is not possible here', async () => {
    await showWindow((core) => {
      core.answer('practice.status', () => ({ isPossible: false, reason: 'needs Linux', running: null, whyNoWindows: null }));
    });
    expect(await screen.findByText('Not possible here: needs Linux')).not.toBeNull();
    expect(screen.getByRole('button', { name: 'Start practice servers' })).toHaveProperty('disabled', true);
  });

  it.each([
    ['none', null, null, [false, false]],
    ['Linux servers', 'linux', null, [false, true]],
    ['Windows servers', 'windows', null, [true, false]],
    ['both kinds', 'mixed', null, [true, true]],
    ['none, and Windows cannot be had', null, 'no Wine here', [false, true]],
  ] as const)('offers practice servers of both kinds where %s are up, and says why not', async (_, running, whyNoWindows, disabled) => {
    await showWindow((core) => {
      core.answer('practice.status', () => ({ isPossible: true, reason: null, running, whyNoWindows }));
    });
    const buttons = ['Start practice servers', 'Start Windows practice servers'];
    await waitFor(() => {
      expect(homeStore.getState().practice).not.toBeNull();
      expect(buttons.map((name) => screen.getByRole<HTMLButtonElement>('button', { name }).disabled)).toEqual(disabled);
    });
    expect(screen.queryByText('no Wine here') !== null).toBe(whyNoWindows !== null);
    expect(screen.queryByText(/practice servers.* (?:is|are) running/iu) !== null).toBe(running !== null);
  });

  it('starts Windows servers to practise with', async () => {
    const { core, user } = await showWindow((fresh) => {
      fresh.answer('practice.start', () => filledDraft(5));
    });
    const begin = await screen.findByRole('button', { name: 'Start Windows practice servers' });
    await waitFor(() => {
      expect(begin).toHaveProperty('disabled', false);
    });
    await user.click(begin);
    await waitFor(() => {
      expect(stepNow()).toBe('servers');
    });
    expect(core.calls.filter(({ name }) => name === 'practice.start').map(({ input }) => input)).toEqual(['windows']);
  });

  it('tells how far the practice servers are, and opens their draft', async () => {
    let start: () => void = () => undefined;
    const { core, user } = await showWindow((fresh) => {
      fresh.answer(
        'practice.start',
        () =>
          new Promise((resolve) => {
            start = () => {
              resolve(filledDraft(5));
            };
          }),
      );
    });
    const begin = await screen.findByRole('button', { name: 'Start practice servers' });
    // Until it is known whether practice is possible here.
    await waitFor(() => {
      expect(begin).toHaveProperty('disabled', false);
    });
    await user.click(begin);
    act(() => {
      core.push('practice.progress', ['server-2 of 3 boots']);
    });
    expect(await screen.findByText('server-2 of 3 boots')).not.toBeNull();
    start();
    await waitFor(() => {
      expect(stepNow()).toBe('servers');
    });
  });
});

describe('Home with clusters', () => {
  it('shows name, addresses, what was proved and what is due', async () => {
    await showWindow(withCluster);
    const { textContent } = await card('sessions');
    for (const words of ['10.0.0.1', '10.0.0.3', 'Passed', 'Not proved yet', 'Test what happens when a server is lost'])
      expect(textContent).toContain(words);
  });

  it('opens a cluster at the furthest step', async () => {
    const { user } = await showWindow(withCluster);
    await user.click(within(await card('sessions')).getByRole('button', { name: 'Open' }));
    await waitFor(() => {
      expect(stepNow()).toBe('report');
    });
  });

  it.each(['Open', 'Validate now'])('reads a draft only when what was typed into it is saved: %s', async (press) => {
    const { core, user } = await showWindow(withCluster);
    await user.click(within(await card('sessions')).getByRole('button', { name: 'Open' }));
    await waitFor(() => {
      expect(stepNow()).toBe('report');
    });
    core.answer('drafts.save', () => {
      throw fail('storage.unwritable', adminSubject, { values: { file: 'draft', reason: 'ENOSPC' } });
    });
    draftStore.getState().current?.edit((draft) => ({ ...draft, redis: { ...draft.redis, maxMemory: '512mb' } }));
    await act(async () => {
      await useSession
        .getState()
        .goHome()
        .catch(() => undefined);
    });
    await user.click(within(await card('sessions')).getByRole('button', { name: press }));
    expect((await screen.findByRole('alert')).textContent).toContain('cannot write draft');
    expect(stepNow()).toBe('home');
    core.answer('drafts.save', (draft) => {
      core.drafts.set(draft.id, draft);
    });
    await user.click(within(await card('sessions')).getByRole('button', { name: press }));
    await waitFor(() => {
      expect(stepNow()).toBe('report');
    });
    expect(draftStore.getState().current?.draft.redis.maxMemory).toBe('512mb');
  });

  it('validates a cluster that runs already and of which nothing is known here, as soon as the draft says where', async () => {
    const { core, user } = await showWindow((fresh) => {
      const drafts = [filledDraft(1, { name: 'known-by-file' }), emptyDraft(fakeId(2), '2026-01-02T03:04:05.000Z', '7.0.15')];
      for (const draft of drafts) fresh.drafts.set(draft.id, draft);
      fresh.secrets.set(fakeId(1), new Map([['SSH_PASSWORD_1', 'correct horse']]));
    });
    expect(within(await card('sessions')).queryByRole('button', { name: /Validate/u })).toBeNull();
    await user.click(within(await card('known-by-file')).getByRole('button', { name: 'Validate a running cluster' }));
    await waitFor(() => {
      expect(core.calls.filter(({ name }) => name === 'runs.start').map(({ input }) => input)).toMatchObject([
        { workflow: 'validate', draft: fakeId(1) },
      ]);
    });
    expect(stepNow()).toBe('report');
  });

  it('validates a cluster from its card', async () => {
    const { core, user } = await showWindow(withCluster);
    await user.click(within(await card('sessions')).getByRole('button', { name: 'Validate now' }));
    await waitFor(() => {
      expect(core.calls.filter(({ name }) => name === 'runs.start').map(({ input }) => input)).toMatchObject([{ workflow: 'validate' }]);
    });
    expect(stepNow()).toBe('report');
  });

  it('validates a cluster from the menu of its card with Redis access alone, without a login', async () => {
    const { core, user } = await showWindow((fresh) => {
      withCluster(fresh);
      fresh.secrets.clear();
    });
    await user.click(within(await card('sessions')).getByRole('button', { name: 'More for sessions' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Validate with Redis access alone (no SSH)' }));
    await waitFor(() => {
      expect(core.calls.filter(({ name }) => name === 'runs.start').map(({ input }) => input)).toMatchObject([
        { workflow: 'validate', redisOnly: true },
      ]);
    });
    expect(stepNow()).toBe('report');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('says where an installation was interrupted, and goes on there', async () => {
    const { user } = await showWindow((core) => {
      const draft = filledDraft(1, { reached: 'install' });
      core.drafts.set(draft.id, { ...draft, runs: { ...draft.runs, install: 'run-1' } });
      core.addRecord(draft.id, { ...sampleInstall(), runId: 'run-1' }, { untilMs: 1500 });
    });
    expect(await screen.findByText('The installation was interrupted at “Form the cluster”')).not.toBeNull();
    await user.click(screen.getByRole('button', { name: 'Look at the servers and go on' }));
    await waitFor(() => {
      expect(stepNow()).toBe('install');
    });
  });

  it('starts no practice servers over what cannot be saved: their draft may be the open one', async () => {
    const { core, user } = await showWindow(withCluster);
    await user.click(within(await card('sessions')).getByRole('button', { name: 'Open' }));
    await waitFor(() => {
      expect(stepNow()).toBe('report');
    });
    core.answer('drafts.save', () => {
      throw fail('storage.unwritable', adminSubject, { values: { file: 'draft', reason: 'ENOSPC' } });
    });
    draftStore.getState().current?.edit((draft) => ({ ...draft, redis: { ...draft.redis, maxMemory: '512mb' } }));
    await act(async () => {
      await useSession
        .getState()
        .goHome()
        .catch(() => undefined);
    });
    await user.click(await screen.findByRole('button', { name: 'Start practice servers' }));
    expect((await screen.findByRole('alert')).textContent).toContain('cannot write draft');
    expect(core.calls.filter(({ name }) => name === 'practice.start')).toEqual([]);
  });

  it('deletes a draft only after it was confirmed by its name', async () => {
    const { core, user } = await showWindow((fresh) => fresh.drafts.set(fakeId(1), filledDraft()));
    await user.click(within(await card('sessions')).getByRole('button', { name: 'More for sessions' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Delete this draft' }));
    const dialog = await screen.findByRole('dialog', { name: 'Delete the draft sessions?' });
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(core.drafts.has(fakeId(1))).toBe(true);
    await user.click(within(await card('sessions')).getByRole('button', { name: 'More for sessions' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Delete this draft' }));
    await user.click(await screen.findByRole('button', { name: 'Delete the draft sessions' }));
    await waitFor(() => {
      expect(core.drafts.has(fakeId(1))).toBe(false);
    });
    expect(await screen.findByRole('button', { name: 'Begin' })).not.toBeNull();
  });

  it('calls no installed cluster a draft: forgetting it names what goes and what stays, and asks', async () => {
    const { core, user } = await showWindow(withCluster);
    await user.click(within(await card('sessions')).getByRole('button', { name: 'More for sessions' }));
    expect(screen.queryByRole('menuitem', { name: 'Delete this draft' })).toBeNull();
    await user.click(await screen.findByRole('menuitem', { name: 'Forget this cluster in Triad' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Forget sessions in Triad?' }));
    expect(dialog.getByText(/^Lost: what was typed for it in Triad, and the passwords/u)).toBeTruthy();
    expect(dialog.getByText(/sessions goes on running, nothing on server-1, server-2 and server-3 is touched/u)).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(dialog.getByRole('button', { name: 'Cancel' })));
    await user.click(dialog.getByRole('button', { name: 'Save the specification' }));
    expect((await dialog.findByRole('status')).textContent).toBe('Saved as sessions.yaml.');
    expect(core.drafts.has(fakeId(1))).toBe(true);
    await user.click(dialog.getByRole('button', { name: 'Forget sessions' }));
    await waitFor(() => {
      expect(core.drafts.has(fakeId(1))).toBe(false);
    });
  });

  it.each([
    ['Test', 'failover'],
    ['Maintenance', 'maintenance'],
    ['Restore', 'maintenance'],
    ['Export', 'bundle'],
    ['History', 'history'],
  ])('has a way from a card to what its cluster is come back for: %s', async (way, place) => {
    const { user } = await showWindow(withCluster);
    const ways = within(await card('sessions')).getByRole('list', { name: 'Ways for sessions' });
    await user.click(within(ways).getByRole('button', { name: way }));
    await waitFor(() => {
      expect(stepNow()).toBe(place);
    });
  });

  it('knows a run of the command line from an interrupted one, starts nothing over it, and sees its end', async () => {
    const { core, user } = await showWindow((fresh) => {
      withCluster(fresh);
      const run = fresh.addRecord(fakeId(1), { ...sampleInstall(), workflow: 'validate', runId: 'run-2' }, { untilMs: 100 });
      run.isElsewhere = true;
    });
    const one = within(await card('sessions'));
    expect(one.getByText('The validation is running in another Triad, such as the command line')).toBeTruthy();
    expect(one.queryByText(/interrupted/u)).toBeNull();
    expect(one.queryByRole('button', { name: 'Validate now' })).toBeNull();
    expect(within(one.getByRole('list', { name: 'Ways for sessions' })).getAllByRole('button')).toHaveLength(1);
    const run = core.runs.get('run-2');
    if (run !== undefined) delete run.isElsewhere;
    core.emit('run-2', { type: 'runFinished', verdict: 'pass', failure: null, wasAborted: false });
    expect(await within(await card('sessions')).findByRole('button', { name: 'Validate now' }, { timeout: 6000 })).toBeTruthy();
    expect(one.getByText(/^Passed, /u)).toBeTruthy();
    await user.click(within(await card('sessions')).getByRole('button', { name: 'Open' }));
    await waitFor(() => {
      expect(stepNow()).toBe('report');
    });
  });

  it('takes a cluster over that only the command line knows, at the step where its logins are given', async () => {
    const { core, user } = await showWindow((fresh) => {
      const addresses = ['10.9.0.1', '10.9.0.2', '10.9.0.3'];
      const known = { runs: [], tried: [], survivesAnyServer: null, rolesAsPlanned: null, isComplete: false, updatedAt: '' };
      fresh.answer('home.list', () => [{ draftId: null, name: 'queue', addresses, ...known }]);
      fresh.answer('drafts.ofCluster', () => filledDraft(8, { name: 'queue', reached: 'report' }));
    });
    await user.click(within(await card('queue')).getByRole('button', { name: 'Take it over' }));
    await waitFor(() => {
      expect(stepNow()).toBe('servers');
    });
    expect(core.calls.filter(({ name }) => name === 'drafts.ofCluster').map(({ input }) => input)).toEqual([
      { cluster: 'queue', addresses: ['10.9.0.1', '10.9.0.2', '10.9.0.3'] },
    ]);
  });

  it('opens a bundle where it is told what was taken over', async () => {
    const { user } = await showWindow((fresh) => {
      fresh.answer('drafts.open', () => filledDraft(7, { reached: 'report' }));
      fresh.answer('bundles.taken', () => takenBundle);
    });
    await user.click(await screen.findByRole('button', { name: 'Choose a file' }));
    await waitFor(() => {
      expect(stepNow()).toBe('bundle');
    });
  });

  it('tells why the clusters could not be read, reads them again, and lets begin anew meanwhile', async () => {
    const { core, user } = await showWindow((fresh) => {
      fresh.answer('home.list', () => {
        throw fail('storage.damaged', adminSubject, { values: { file: 'a', kept: 'b' } });
      });
    });
    expect((await screen.findByRole('alert')).textContent).toContain('is damaged');
    expect(screen.getByRole('button', { name: 'Begin' })).not.toBeNull();
    core.answer('home.list', () => []);
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => {
      expect(screen.queryByRole('alert')).toBeNull();
    });
  });
});
