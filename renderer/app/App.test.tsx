import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FirstLook } from '../../electron/shared/contract/firstLook.ts';
import type { Draft } from '../../electron/shared/domain/draft.ts';
import { fail } from '../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../electron/shared/domain/subject.ts';
import { message, setLanguage } from '../../electron/shared/messages/message.ts';
import { fakeId, filledDraft, type FakeCore } from '../bridge/testing/fakeBridge.ts';
import { draftStore } from '../state/draft.ts';
import { readFirstLook } from '../state/firstLook.ts';
import { homeStore } from '../state/home.ts';
import { startRun } from '../state/runs.ts';
import { useSession } from '../state/session.ts';
import { showWindow } from './testing/showWindow.tsx';

const withDraft =
  (change: Partial<Draft> = {}) =>
  (core: FakeCore): void => {
    const draft = filledDraft(1, change);
    core.drafts.set(draft.id, draft);
    core.secrets.set(draft.id, new Map([['SSH_PASSWORD_1', 'correct horse']]));
    core.answer('app.start', () => ({
      version: '1.2.3',
      isPackaged: true,
      platform: 'linux',
      settings: core.settings,
      systemLanguage: 'en',
      keychain: 'available',
      home: '/home/ana/.triad',
      builds: [],
      defaultVersion: '7.0.15',
      openDraft: draft.id,
      openFailure: null,
    }));
  };

const rail = (): HTMLElement => screen.getByRole('navigation', { name: 'Steps' });
const step = (name: RegExp): HTMLElement => within(rail()).getByRole('button', { name });
const heading = async (name: RegExp | string): Promise<HTMLElement> => screen.findByRole('heading', { level: 1, name });

afterEach(() => {
  setLanguage('en');
});

describe('the window', () => {
  it('opens at the furthest step of the draft that it was started with, and takes the focus to its heading', async () => {
    await showWindow(withDraft({ reached: 'redis' }));
    expect(within(rail()).getByRole('button', { current: 'step' })).toHaveProperty('textContent', expect.stringContaining('Redis'));
    await waitFor(() => {
      expect(document.activeElement?.tagName).toBe('H1');
    });
    expect(document.title).toBe('sessions – Triad');
  });

  it('hands over the password that is being typed, and then that it is an own one, when it is closed', async () => {
    const { core, user } = await showWindow(withDraft({ reached: 'redis' }));
    await user.click(screen.getByRole('radio', { name: 'My own' }));
    await user.type(screen.getByLabelText(/^Own password/u), 'correct horse battery');
    const before = core.calls.length;
    act(() => {
      window.dispatchEvent(new Event('pagehide'));
    });
    // In this order, and at once: the page is gone after that.
    expect(core.calls.slice(before)).toMatchObject([
      { name: 'secrets.store', input: { name: 'REDIS_PASSWORD', value: 'correct horse battery' } },
      { name: 'drafts.save', input: { redis: { password: 'own' } } },
    ]);
    await waitFor(() => {
      expect(screen.getByLabelText(/^Own password/u)).toHaveProperty('value', '');
    });
  });

  it('says why a step cannot be opened, and does not open it', async () => {
    const { user } = await showWindow(withDraft({ reached: 'redis' }));
    const review = step(/^Review/u);
    expect(review.getAttribute('aria-disabled')).toBe('true');
    expect(review.textContent).toContain('Finish the step Redis first');
    await user.click(review);
    expect(useSession.getState().screen).toEqual({ kind: 'wizard', step: 'redis' });
  });

  it('opens steps by Ctrl and their number, and reads aloud why one cannot be opened', async () => {
    const { user } = await showWindow(withDraft({ reached: 'redis' }));
    await user.keyboard('{Control>}1{/Control}');
    expect(useSession.getState().screen).toEqual({ kind: 'wizard', step: 'servers' });
    await user.keyboard('{Control>}5{/Control}');
    expect(useSession.getState().screen).toEqual({ kind: 'wizard', step: 'servers' });
    expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toContain('Finish the step Redis first');
  });

  it('leaves the keys alone while a dialog is open', async () => {
    const { user } = await showWindow(withDraft({ reached: 'redis' }));
    act(() => {
      useSession.getState().showDialog('settings');
    });
    await screen.findByRole('dialog');
    await user.keyboard('{Control>}1{/Control}');
    expect(useSession.getState().screen).toEqual({ kind: 'wizard', step: 'redis' });
  });

  it('has a way past the rail for the keyboard', async () => {
    const { user } = await showWindow(withDraft({ reached: 'redis' }));
    const title = await screen.findByRole('heading', { level: 1 });
    act(() => {
      (document.activeElement as HTMLElement).blur();
    });
    await user.tab();
    expect(document.activeElement?.textContent).toBe('Skip to the content');
    await user.keyboard('{Enter}');
    expect(document.activeElement).toBe(title);
  });

  it('saves what is open on the way Home', async () => {
    const { core, user } = await showWindow(withDraft({ reached: 'servers' }));
    await user.click(screen.getByRole('button', { name: 'Home' }));
    await heading('Your clusters');
    expect(core.drafts.get(fakeId(1))?.name).toBe('sessions');
    expect(screen.queryByRole('navigation')).toBeNull();
  });

  it('tells when what was typed could not be saved on the way Home', async () => {
    const { user } = await showWindow((core) => {
      withDraft({ reached: 'servers' })(core);
      core.answer('drafts.save', () => {
        throw fail('storage.unwritable', adminSubject, { values: { file: 'draft', reason: 'ENOSPC' } });
      });
    });
    act(() => {
      draftStore.getState().current?.edit((draft) => ({ ...draft, name: 'renamed' }));
    });
    await user.click(screen.getByRole('button', { name: 'Home' }));
    expect((await screen.findByRole('dialog', { name: 'This could not be done' })).textContent).toContain('ENOSPC');
  });
});

describe('while the core is being loaded', () => {
  const look: FirstLook = { settings: { theme: 'dark', language: 'system' }, language: 'pt', hasCards: false };
  const slow = (core: FakeCore): void => {
    for (const name of ['app.start', 'home.list'] as const) core.answer(name, () => new Promise(() => undefined));
  };

  it('Home looks and speaks as it did last, and what is pressed is asked of the core', async () => {
    const { core, user } = await showWindow(slow);
    homeStore.setState({ expectsNone: true });
    await act(async () => useSession.getState().foresee(look));
    expect(document.documentElement.dataset['mantineColorScheme']).toBe('dark');
    await user.click(await screen.findByRole('button', { name: 'Começar' }));
    expect(core.calls.map(({ name }) => name)).toContain('drafts.create');
  });

  it('Home says that clusters are read where there were some, and shows no step before the core has answered', async () => {
    await showWindow(slow);
    await act(async () => useSession.getState().foresee({ ...look, language: 'en' }));
    expect(await screen.findByText(/^Reading your clusters/u)).not.toBeNull();
    expect(screen.queryByRole('button', { name: 'Begin' })).toBeNull();
    act(() => {
      useSession.setState({ screen: { kind: 'wizard', step: 'servers' } });
    });
    expect(screen.getByText(/^Starting/u)).not.toBeNull();
  });

  it('what was known is read from the page', () => {
    expect(readFirstLook()).toBeNull();
    const meta = document.createElement('meta');
    meta.name = 'triad-first-look';
    document.head.append(meta);
    for (const [content, read] of [
      ['__FIRST_LOOK__', null],
      ['null', null],
      [JSON.stringify({ ...look, language: 'de' }), null],
      [JSON.stringify(look), look],
    ] as const) {
      meta.content = content;
      expect(readFirstLook()).toEqual(read);
    }
    meta.remove();
  });
});

describe('after the window was loaded again', () => {
  it('is where it was', async () => {
    await showWindow(withDraft({ reached: 'placement' }));
    act(() => {
      useSession.getState().goTo('redis');
    });
    cleanup();
    const noDraftNamed = (core: FakeCore): void => {
      core.drafts.set(fakeId(1), filledDraft(1, { reached: 'placement' }));
    };
    await showWindow(noDraftNamed, true);
    await waitFor(() => {
      expect(useSession.getState().screen).toEqual({ kind: 'wizard', step: 'redis' });
    });
  });

  it('is at Home when the draft is gone, or what was kept cannot be read', async () => {
    await showWindow(withDraft({ reached: 'placement' }));
    cleanup();
    await showWindow(() => undefined, true);
    expect(useSession.getState().screen).toEqual({ kind: 'home' });
    cleanup();
    sessionStorage.setItem('triad.place', '{"step":');
    await showWindow(() => undefined, true);
    expect(useSession.getState()).toMatchObject({ screen: { kind: 'home' }, lost: null });
  });
});

describe('settings', () => {
  it('are in effect at once and kept', async () => {
    const { core, user } = await showWindow();
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    const dialog = await screen.findByRole('dialog', { name: 'Settings' });
    await user.click(within(dialog).getByRole('radio', { name: 'Dark' }));
    await waitFor(() => {
      expect(document.documentElement.dataset['mantineColorScheme']).toBe('dark');
    });
    await user.selectOptions(within(dialog).getByLabelText('Language'), 'pt');
    await screen.findByRole('dialog', { name: 'Definições' });
    expect(document.documentElement.lang).toBe('pt');
    expect(core.settings).toEqual({ theme: 'dark', language: 'pt' });
  });
});

describe('commands of the menu', () => {
  it('open dialogs, and begin a new installation', async () => {
    const { core, user } = await showWindow();
    act(() => {
      core.command('about');
    });
    const about = await screen.findByRole('dialog', { name: 'About Triad' });
    expect(about.textContent).toContain('Triad 0.1.0');
    expect(await within(about).findByRole('region', { name: 'Licences' })).toHaveProperty('textContent', 'MIT License');
    for (const file of ['LICENSE.electron.txt', 'LICENSES.chromium.html', 'resources/redis']) expect(about.textContent).toContain(file);
    await user.keyboard('{Escape}');
    act(() => {
      core.command('newInstallation');
    });
    await waitFor(() => {
      expect(useSession.getState().screen).toEqual({ kind: 'wizard', step: 'servers' });
    });
  });

  it('tell what failed, whatever the screen is', async () => {
    const { core, user } = await showWindow((fresh) => {
      withDraft({ reached: 'redis' })(fresh);
      fresh.answer('drafts.open', () => {
        throw fail('spec.unreadable', adminSubject, { values: { file: 'a.yaml', reason: 'EACCES' } });
      });
    });
    act(() => {
      core.command('open');
    });
    const dialog = await screen.findByRole('dialog', { name: 'This could not be done' });
    expect(dialog.textContent).toContain('a.yaml');
    await user.keyboard('{Escape}');
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).toBeNull();
    });
  });

  it('open a file that was opened from outside', async () => {
    const { core } = await showWindow();
    withDraft({ reached: 'placement' })(core);
    act(() => {
      core.command('opened');
    });
    await waitFor(() => {
      expect(useSession.getState().screen).toEqual({ kind: 'wizard', step: 'placement' });
    });
  });
});

describe('missing secrets', () => {
  it('are asked for by what they open, handed to the core, and the run goes on', async () => {
    const { core, user } = await showWindow((fresh) => {
      withDraft()(fresh);
      fresh.secrets.clear();
    });
    let started: string | null = null;
    act(() => {
      void startRun('check').then((runId) => {
        started = runId;
      });
    });
    const dialog = await screen.findByRole('dialog', { name: 'Passwords needed' });
    const field = within(dialog).getByLabelText('Password of admin on server-1');
    await waitFor(() => {
      expect(document.activeElement).toBe(field);
    });
    await user.type(field, 'correct horse{Enter}');
    await waitFor(() => {
      expect(started).toBe('run-1');
    });
    expect(core.secrets.get(fakeId(1))?.get('SSH_PASSWORD_1')).toBe('correct horse');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.body.textContent).not.toContain('correct horse');
  });
});

describe('a question of a run', () => {
  it('begins at the answer that changes nothing, and Escape means no', async () => {
    const { core, user } = await showWindow(withDraft());
    await act(async () => {
      await startRun('install');
    });
    act(() => {
      core.ask('run-1', message('phase.confirmInstall', { count: 31, servers: 3 }));
    });
    const dialog = await screen.findByRole('dialog', { name: 'A question before it goes on' });
    expect(dialog.textContent).toContain('Change 31 things on 3 servers?');
    expect(dialog.textContent).not.toContain('triad plan');
    await waitFor(() => {
      expect(document.activeElement?.textContent).toBe('No, stop here');
    });
    await user.keyboard('{Escape}');
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).toBeNull();
    });
    expect(core.calls.filter(({ name }) => name === 'runs.answer').map(({ input }) => input)).toEqual([{ runId: 'run-1', yes: false }]);
  });
});

describe('when something breaks', () => {
  it('shows nothing that could be wrong any more once the core is lost', async () => {
    const { core, user } = await showWindow(withDraft());
    core.lose();
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('radio', { name: 'Dark' }));
    await heading('The window has lost its core');
    expect(screen.queryByRole('navigation')).toBeNull();
    expect(screen.getByRole('button', { name: 'Load the window again' })).not.toBeNull();
  });

  it('leaves the other steps usable when one step fails', async () => {
    const silent = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { user } = await showWindow(withDraft({ reached: 'redis' }));
    const { stepScreens } = await import('./steps.tsx');
    const kept = stepScreens.servers;
    Object.assign(stepScreens, {
      servers: () => {
        throw new Error('a bug');
      },
    });
    await user.click(step(/^Servers/u));
    expect((await screen.findByRole('alert')).textContent).toContain('a bug');
    Object.assign(stepScreens, { servers: kept });
    await user.click(step(/^Redis/u));
    await waitFor(() => {
      expect(screen.queryByRole('alert')).toBeNull();
    });
    silent.mockRestore();
  });
});
