import { act, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { ReactNode } from 'react';
import { filledDraft, fakeId } from '../bridge/testing/fakeBridge.ts';
import { draftStore, useDraft } from '../state/draft.ts';
import { watchLeaving } from '../state/leaving.ts';
import { showStep } from '../testing/showStep.tsx';
import { ChoiceField, NumberField, SecretField, SelectField, SwitchField, TextField } from './fields.tsx';

function AddressField(): ReactNode {
  const { draft, edit } = useDraft();
  return (
    <TextField
      label="Address"
      help="What it is. Why it matters."
      path="servers.1.address"
      value={draft.servers[1]?.address ?? ''}
      onChange={(address) => {
        edit((before) => ({ ...before, servers: before.servers.map((server, at) => (at === 1 ? { ...server, address } : server)) }));
      }}
    />
  );
}

const emptied = (): ReturnType<typeof filledDraft> => {
  const draft = filledDraft();
  return { ...draft, servers: draft.servers.map((server, at) => (at === 1 ? { ...server, address: '' } : server)) };
};

describe('a text field', () => {
  it('says nothing of an empty value before it was left', async () => {
    const { user } = await showStep(AddressField, 'servers', emptied());
    const field = screen.getByLabelText('Address');
    expect(field.getAttribute('aria-invalid')).not.toBe('true');
    await user.click(field);
    await user.tab();
    expect(await screen.findByText('Must not be empty')).not.toBeNull();
  });

  it('says what is missing when the step asks for it', async () => {
    await showStep(AddressField, 'servers', emptied());
    draftStore.getState().current?.revealEmpty();
    expect(await screen.findByText('Must not be empty')).not.toBeNull();
  });

  it('waits with what is wrong while something is typed for the first time, then follows every key', async () => {
    const { user } = await showStep(AddressField, 'servers', emptied());
    const field = screen.getByLabelText('Address');
    await user.type(field, '10.0.0');
    expect(screen.queryByText(/Is not an IP address/u)).toBeNull();
    await user.tab();
    expect(await screen.findByText(/Is not an IP address/u)).not.toBeNull();
    await user.type(field, '.2');
    await waitFor(() => {
      expect(screen.queryByText(/Is not an IP address/u)).toBeNull();
    });
  });

  it('names the other server by its name, and not by its place in a file', async () => {
    const draft = filledDraft();
    const servers = draft.servers.map((server, at) => (at === 1 ? { ...server, address: '10.0.0.1' } : server));
    await showStep(AddressField, 'servers', { ...draft, servers });
    expect(screen.getByText(/Is the same address as that of server-1/u)).not.toBeNull();
  });

  it('explains itself by keyboard', async () => {
    const { user } = await showStep(AddressField, 'servers', filledDraft());
    await user.tab();
    expect(document.activeElement?.getAttribute('aria-label')).toBe('What is “Address”?');
    await user.keyboard('{Enter}');
    expect(await screen.findByText('What it is. Why it matters.')).not.toBeNull();
    await user.keyboard('{Escape}');
    await waitFor(() => {
      expect(screen.queryByText('What it is. Why it matters.')).toBeNull();
    });
    expect(document.activeElement?.getAttribute('aria-label')).toBe('What is “Address”?');
  });
});

describe('a secret field', () => {
  const Secret = (): ReactNode => <SecretField label="Password" name="SSH_PASSWORD_1" />;

  it('hands over what was typed when it is left, forgets it, and says that it is stored', async () => {
    const { core, user } = await showStep(Secret, 'servers', filledDraft());
    const field = screen.getByLabelText('Password');
    expect(field.getAttribute('type')).toBe('password');
    await user.type(field, 'correct horse');
    await user.tab();
    await waitFor(() => {
      expect(core.secrets.get(fakeId(1))?.get('SSH_PASSWORD_1')).toBe('correct horse');
    });
    expect(await screen.findByText('Stored. Type to replace it.')).not.toBeNull();
    expect(field).toHaveProperty('value', '');
  });

  it('says why it could not be stored, and keeps what was typed', async () => {
    const { user } = await showStep(Secret, 'servers', filledDraft(), (core) => {
      core.answer('secrets.store', () => {
        throw new Error('the keychain is locked');
      });
    });
    await user.type(screen.getByLabelText('Password'), 'correct horse{Enter}');
    expect(await screen.findByText(/the keychain is locked/u)).not.toBeNull();
    expect(screen.getByLabelText('Password')).toHaveProperty('value', 'correct horse');
  });
});

describe('a page that goes', () => {
  const Secret = (): ReactNode => <SecretField label="Password" name="SSH_PASSWORD_1" />;
  const events: readonly (readonly [string, () => void])[] = [
    ['is left', () => window.dispatchEvent(new Event('pagehide'))],
    ['is hidden', () => document.dispatchEvent(new Event('visibilitychange'))],
  ];

  it.each(events)('hands over the secret in its field and what was typed into the draft when it %s', async (_, go) => {
    const { core, user } = await showStep(Secret, 'servers', filledDraft());
    const stop = watchLeaving();
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    try {
      await user.type(screen.getByLabelText('Password'), 'correct horse');
      draftStore.getState().current?.edit((before) => ({ ...before, name: 'typed' }));
      act(go);
      // At once: a page that is gone waits for nothing.
      expect(core.calls.filter(({ name }) => name === 'secrets.store' || name === 'drafts.save').map(({ input }) => input)).toMatchObject([
        { name: 'SSH_PASSWORD_1', value: 'correct horse' },
        { name: 'typed' },
      ]);
      await waitFor(() => {
        expect(screen.getByLabelText('Password')).toHaveProperty('value', '');
      });
    } finally {
      visibility.mockRestore();
      stop();
    }
  });
});

describe('fields for a choice', () => {
  function Choices(): ReactNode {
    const { draft, edit } = useDraft();
    const set = (change: Partial<typeof draft.redis>): void => {
      edit((before) => ({ ...before, redis: { ...before.redis, ...change } }));
    };
    const persistence = (['aof', 'rdb', 'none'] as const).map((value) => ({ value, label: value.toUpperCase() }));
    return (
      <>
        <SelectField
          label="Persistence"
          value={draft.redis.persistence}
          options={persistence}
          onChange={(value) => set({ persistence: value })}
        />
        <ChoiceField label="Kept" value={draft.redis.persistence} options={persistence} onChange={(value) => set({ persistence: value })} />
        <NumberField
          label="Port"
          path="redis.masterPort"
          unit="TCP"
          value={draft.redis.masterPort}
          onChange={(masterPort) => set({ masterPort })}
        />
        <SwitchField
          label="Firewall"
          isOn={draft.firewall.manage}
          onChange={(manage) => edit((before) => ({ ...before, firewall: { ...before.firewall, manage } }))}
        />
      </>
    );
  }
  const draft = (): ReturnType<typeof filledDraft> | undefined => draftStore.getState().current?.draft;

  it('change the draft by mouse and keyboard', async () => {
    const { user } = await showStep(Choices, 'redis', filledDraft());
    await user.selectOptions(screen.getByLabelText('Persistence'), 'rdb');
    expect(draft()?.redis.persistence).toBe('rdb');
    await user.click(screen.getByRole('radio', { name: 'NONE' }));
    expect(draft()?.redis.persistence).toBe('none');
    const before = draft()?.firewall.manage;
    screen.getByRole('switch', { name: 'Firewall' }).focus();
    await user.keyboard(' ');
    expect(draft()?.firewall.manage).toBe(before !== true);
  });

  it('keep what was typed into a number, even if it is none', async () => {
    const { user } = await showStep(Choices, 'redis', filledDraft());
    const port = screen.getByLabelText('Port');
    await user.clear(port);
    await user.type(port, '7x');
    await user.tab();
    expect(draft()?.redis.masterPort).toBe('7x');
    expect(await screen.findByText('Must be a whole number')).not.toBeNull();
  });
});
