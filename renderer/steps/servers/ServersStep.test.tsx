import { screen, waitFor, within, type BoundFunctions, type queries } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ServerTest } from '../../../electron/shared/contract/procedures.ts';
import { emptyDraft, type Draft } from '../../../electron/shared/domain/draft.ts';
import { fail } from '../../../electron/shared/domain/failure.ts';
import { serverSubject } from '../../../electron/shared/domain/subject.ts';
import { fakeId, filledDraft, type FakeCore } from '../../bridge/testing/fakeBridge.ts';
import { draftStore } from '../../state/draft.ts';
import { serverTestStore } from '../../state/serverTests.ts';
import { useSession } from '../../state/session.ts';
import { helpOfFields } from '../../testing/helpOfFields.ts';
import { hostKeyOf, reachedServer } from '../../testing/reachedServer.ts';
import { showStep, type ShownStep } from '../../testing/showStep.tsx';
import { ServersStep } from './ServersStep.tsx';

const withPassword = (core: FakeCore): void => {
  core.secrets.set(fakeId(1), new Map([['SSH_PASSWORD_1', 'correct horse']]));
};

async function show(draft: Draft, prepare: (core: FakeCore) => void = withPassword): Promise<ShownStep> {
  return showStep(ServersStep, 'servers', draft, (core) => {
    core.answer('servers.test', ({ server }) => reachedServer(server));
    prepare(core);
  });
}

const card = (number: number): BoundFunctions<typeof queries> => within(screen.getByRole('region', { name: `Server ${number}` }));
const draftNow = (): Draft => draftStore.getState().current?.draft ?? filledDraft();
const stepNow = (): string => {
  const { screen: shown } = useSession.getState();
  return shown.kind === 'wizard' ? shown.step : shown.kind;
};
const testCalls = (core: FakeCore): readonly unknown[] =>
  core.calls.filter(({ name }) => name === 'servers.test').map(({ input }) => input);

beforeEach(() => {
  serverTestStore.setState({ draftId: null, kept: {}, running: {} });
});

describe('the fields of the servers', () => {
  it('ask the second and third only for name and address while the login is shared', async () => {
    const { user } = await show(filledDraft());
    expect(card(1).getByRole('textbox', { name: /^User/u })).toBeTruthy();
    expect(card(2).getAllByRole('textbox')).toHaveLength(2);
    await user.click(screen.getByRole('switch', { name: 'Same login for all three' }));
    expect(card(2).getByRole('textbox', { name: /^User/u })).toBeTruthy();
  });

  it.each([
    ['a password, and another for sudo', { login: 'password', sudo: 'own' }, 'Password for sudo'],
    ['a key with a passphrase', { login: 'key', hasPassphrase: true, key: { id: fakeId(3), name: 'id_ed25519' } }, 'Passphrase of the key'],
  ] as const)('have their help beside them, each of them: %s', async (_, login, field) => {
    const draft = filledDraft();
    const { user } = await show({
      ...draft,
      sameLogin: false,
      servers: draft.servers.map((server) => ({ ...server, user: 'admin', ...login })),
    });
    for (const number of [1, 2, 3]) await user.click(card(number).getByRole('button', { name: /^More about/u }));
    const { fields, without } = helpOfFields();
    expect(fields.filter((name) => name === field)).toHaveLength(3);
    expect(without).toEqual([]);
  });

  it('take three addresses that are pasted into any address', async () => {
    const { user } = await show(emptyDraft(fakeId(1), '2026-03-14T22:00:00.000Z', '7.0.15'));
    await user.click(card(2).getByRole('textbox', { name: /^Address/u }));
    await user.paste('root@10.1.0.1:2222, 10.1.0.2\n10.1.0.3');
    expect(draftNow().servers.map(({ address, sshPort }) => [address, sshPort])).toEqual([
      ['10.1.0.1', '2222'],
      ['10.1.0.2', '22'],
      ['10.1.0.3', '22'],
    ]);
    expect(draftNow().servers[0]?.user).toBe('root');
    expect(screen.getByText('3 servers were filled in.')).toBeTruthy();
  });

  it('leave a single pasted address to the field', async () => {
    const { user } = await show(filledDraft());
    const address = card(1).getByRole('textbox', { name: /^Address/u });
    await user.clear(address);
    await user.paste('10.9.9.9');
    expect(draftNow().servers[0]?.address).toBe('10.9.9.9');
  });

  it('understand what was typed as user@address:port when the field is left', async () => {
    const { user } = await show(filledDraft());
    const address = card(1).getByRole('textbox', { name: /^Address/u });
    await user.clear(address);
    await user.type(address, 'anna@10.9.9.9:2200');
    await user.tab();
    expect(draftNow().servers[0]).toMatchObject({ address: '10.9.9.9', user: 'anna', sshPort: '2200' });
  });

  it('say what they understand of a pasted list before they take it', async () => {
    const { user } = await show(emptyDraft(fakeId(1), '2026-03-14T22:00:00.000Z', '7.0.15'));
    await user.click(screen.getByRole('button', { name: 'Paste addresses' }));
    await user.click(screen.getByRole('textbox', { name: 'Three addresses' }));
    await user.paste('10.1.0.1 redis-a\n10.1.0.2 redis-b\n10.1.0.3 redis-c\n10.1.0.0/24');
    expect(screen.getByText('Understood: 10.1.0.1 (redis-a), 10.1.0.2 (redis-b), 10.1.0.3 (redis-c)')).toBeTruthy();
    expect(screen.getByText('Not understood: 10.1.0.0/24')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Fill in' }));
    expect(draftNow().servers.map(({ name }) => name)).toEqual(['redis-a', 'redis-b', 'redis-c']);
  });

  it('name a second use of an address at once, in whatever spelling', async () => {
    const { user } = await show(filledDraft());
    const address = card(2).getByRole('textbox', { name: /^Address/u });
    await user.clear(address);
    await user.type(address, '10.0.0.1');
    expect(card(2).getByText('Already the address of server 1; three different machines are needed')).toBeTruthy();
    expect(address.getAttribute('aria-invalid')).toBe('true');
  });

  it('move the SSH port of all three with the first one while the login is shared', async () => {
    const { user } = await show(filledDraft());
    await user.click(card(1).getByRole('button', { name: 'More about server-1' }));
    const port = card(1).getByRole('textbox', { name: 'SSH port' });
    await user.clear(port);
    await user.type(port, '2222');
    expect(draftNow().servers.map(({ sshPort }) => sshPort)).toEqual(['2222', '2222', '2222']);
  });

  it('take a key file from the dialog of the system, and its passphrase', async () => {
    const { user, core } = await show(filledDraft(), (fake) => {
      fake.answer('files.chooseKey', () => ({ file: { id: fakeId(9), name: 'id_ed25519' }, type: 'ssh-ed25519', hasPassphrase: true }));
    });
    await user.click(screen.getByRole('radio', { name: 'Key file' }));
    await user.click(screen.getByRole('button', { name: 'Choose a key file' }));
    expect(await screen.findByText('id_ed25519 · ssh-ed25519, protected by a passphrase')).toBeTruthy();
    await user.type(screen.getByLabelText(/^Passphrase of the key/u), 'open sesame{Enter}');
    await waitFor(() => {
      expect(core.secrets.get(fakeId(1))?.get('KEY_PASSPHRASE_1')).toBe('open sesame');
    });
    expect(draftNow().servers[0]).toMatchObject({ login: 'key', hasPassphrase: true, key: { name: 'id_ed25519' } });
  });

  it('offer the login password to sudo only where there is one, and ask root nothing', async () => {
    const { user } = await show(filledDraft());
    const options = (): readonly (string | null)[] =>
      within(screen.getByRole('combobox', { name: 'sudo asks for' }))
        .getAllByRole('option')
        .map((one) => one.textContent);
    expect(options()).toEqual(['No password', 'The login password', 'A password of its own']);
    await user.click(screen.getByRole('radio', { name: 'SSH agent' }));
    expect(options()).toEqual(['No password', 'A password of its own']);
    const name = card(1).getByRole('textbox', { name: /^User/u });
    await user.clear(name);
    await user.type(name, 'root');
    expect(screen.queryByRole('combobox', { name: 'sudo asks for' })).toBeNull();
  });
});

describe('a connection test', () => {
  it('shows what it found in the card, each as it arrives', async () => {
    const slow = Promise.withResolvers<ServerTest>();
    const { user } = await show(filledDraft(), (core) => {
      withPassword(core);
      core.answer('servers.test', ({ server }) => (server === 2 ? slow.promise : reachedServer(server)));
    });
    await user.click(screen.getByRole('button', { name: 'Test all three' }));
    expect(await card(1).findByText('Debian GNU/Linux 12 (bookworm)')).toBeTruthy();
    expect(card(1).getByText('4 × x86_64')).toBeTruthy();
    expect(card(1).getByText('8 GiB')).toBeTruthy();
    expect(card(1).getByText('20 GiB below /var/lib/triad')).toBeTruthy();
    expect(card(1).getByText('ufw, active')).toBeTruthy();
    expect(card(1).getByText('by sudo with a password')).toBeTruthy();
    expect(card(3).getByText(/Connecting to 10\.0\.0\.3:22.*20/u)).toBeTruthy();
    slow.resolve(reachedServer(2));
    expect(await card(3).findByText('Reached and logged in')).toBeTruthy();
  });

  it('does not wait for the fields of other servers', async () => {
    const draft = filledDraft();
    const { user, core } = await show({ ...draft, servers: draft.servers.map((one, at) => (at === 2 ? { ...one, address: '' } : one)) });
    await user.click(screen.getByRole('button', { name: 'Test connection: server-2' }));
    expect(await card(2).findByText('Reached and logged in')).toBeTruthy();
    expect(testCalls(core)).toHaveLength(1);
  });

  it('is stale once its inputs change, and fresh again when they are as before', async () => {
    const { user } = await show(filledDraft());
    await user.click(screen.getByRole('button', { name: 'Test connection: server-1' }));
    await card(1).findByText('Reached and logged in');
    const name = card(1).getByRole('textbox', { name: /^User/u });
    await user.type(name, 'x');
    expect(card(1).getByText('Not tested since the change')).toBeTruthy();
    expect(card(1).queryByText('Reached and logged in')).toBeNull();
    await user.type(name, '{Backspace}');
    expect(card(1).getByText('Reached and logged in')).toBeTruthy();
  });

  it('is stale once the password is another one', async () => {
    const { user } = await show(filledDraft());
    await user.click(screen.getByRole('button', { name: 'Test connection: server-2' }));
    await card(2).findByText('Reached and logged in');
    await user.type(screen.getByLabelText(/^Password of admin/u), 'another{Enter}');
    expect(await card(2).findByText('Not tested since the change')).toBeTruthy();
  });

  it('uses a password that was typed a moment ago', async () => {
    const { user, core } = await show(filledDraft(), () => undefined);
    await user.type(screen.getByLabelText(/^Password of admin/u), 'correct horse');
    await user.click(screen.getByRole('button', { name: 'Test connection: server-1' }));
    expect(await card(1).findByText('Reached and logged in')).toBeTruthy();
    expect(core.calls.map(({ name }) => name).filter((name) => name === 'secrets.store' || name === 'servers.test')).toEqual([
      'secrets.store',
      'servers.test',
    ]);
  });

  it('that failed says what to do in the window, and can be made again', async () => {
    const failure = fail('ssh.refused', serverSubject('server-1'), { values: { endpoint: '10.0.0.1:22' } }).failure;
    const { user, core } = await show(filledDraft(), (fake) => {
      withPassword(fake);
      fake.answer('servers.test', () => ({ kind: 'failed', failure }));
    });
    await user.click(screen.getByRole('button', { name: 'Test connection: server-1' }));
    expect(await card(1).findByText(/Nothing listens for SSH at 10\.0\.0\.1:22/u)).toBeTruthy();
    expect(card(1).getByText('Start sshd on the server, or correct the SSH port (under More).')).toBeTruthy();
    core.answer('servers.test', ({ server }) => reachedServer(server));
    await user.click(card(1).getByRole('button', { name: 'Test again: server-1' }));
    expect(await card(1).findByText('Reached and logged in')).toBeTruthy();
  });

  it('tells at once of one machine under two addresses, and of a copied host key', async () => {
    const { user } = await show(filledDraft(), (core) => {
      withPassword(core);
      core.answer('servers.test', ({ server }) =>
        server === 0
          ? reachedServer(0)
          : server === 1
            ? reachedServer(1, { machineId: 'machine-0' })
            : reachedServer(2, { hostKey: hostKeyOf(1) }),
      );
    });
    await user.click(screen.getByRole('button', { name: 'Continue to Redis' }));
    expect(await screen.findByText(/^server-2 is the same machine as server-1/u)).toBeTruthy();
    expect(screen.getByText(/^server-3 has the same host key as server-2/u)).toBeTruthy();
    expect(stepNow()).toBe('servers');
    expect(screen.queryByRole('button', { name: 'Continue anyway' })).toBeNull();
  });
});

describe('a host key', () => {
  const unknown: ServerTest = { kind: 'keyUnknown', hostKey: hostKeyOf(0), platform: 'linux' };

  it('that nobody knows is shown for comparing, and only that very key is accepted', async () => {
    const { user, core } = await show(filledDraft(), (fake) => {
      withPassword(fake);
      fake.answer('servers.test', ({ server, accept }) =>
        accept === hostKeyOf(server).fingerprint ? reachedServer(server, { trust: 'accepted' }) : unknown,
      );
    });
    await user.click(screen.getByRole('button', { name: 'Test connection: server-1' }));
    expect(await card(1).findByText(hostKeyOf(0).fingerprint)).toBeTruthy();
    expect(card(1).getByText('ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub')).toBeTruthy();
    await user.click(card(1).getByRole('button', { name: 'Accept this key' }));
    expect(await card(1).findByText('ssh-ed25519, accepted by you')).toBeTruthy();
    expect(testCalls(core)).toMatchObject([{ accept: null }, { server: 0, accept: hostKeyOf(0).fingerprint }]);
  });

  it('of a Windows server lies in another file there', async () => {
    const { user } = await show(filledDraft(), (core) => {
      withPassword(core);
      core.answer('servers.test', () => ({ ...unknown, platform: 'windows' }));
    });
    await user.click(screen.getByRole('button', { name: 'Test connection: server-1' }));
    expect(await card(1).findByText(String.raw`ssh-keygen -lf C:\ProgramData\ssh\ssh_host_ed25519_key.pub`)).toBeTruthy();
  });

  it('is compared with what the console printed, and cannot be accepted when it differs', async () => {
    const { user } = await show(filledDraft(), (core) => {
      withPassword(core);
      core.answer('servers.test', () => unknown);
    });
    await user.click(screen.getByRole('button', { name: 'Test connection: server-1' }));
    const box = await card(1).findByRole('textbox', { name: 'Or paste here what it printed' });
    await user.click(box);
    await user.paste(`256 ${hostKeyOf(1).fingerprint} root@redis-1 (ED25519)`);
    expect(card(1).getByText(/^Different: do not accept it/u)).toBeTruthy();
    expect(card(1).getByRole<HTMLButtonElement>('button', { name: 'Accept this key' }).disabled).toBe(true);
    await user.clear(box);
    await user.paste(`256 ${hostKeyOf(0).fingerprint} root@redis-1 (ED25519)`);
    expect(card(1).getByText('Equal: this is the key of the server.')).toBeTruthy();
    expect(card(1).getByRole<HTMLButtonElement>('button', { name: 'Accept this key' }).disabled).toBe(false);
  });

  it('that changed stops the step with both fingerprints, and is forgotten only after a confirmation', async () => {
    let isForgotten = false;
    const { user, core } = await show(filledDraft(), (fake) => {
      withPassword(fake);
      fake.answer('servers.test', ({ server }) =>
        server === 1 && !isForgotten
          ? {
              kind: 'keyChanged',
              expected: hostKeyOf(0),
              offered: hostKeyOf(1),
            }
          : server === 1
            ? { kind: 'keyUnknown', hostKey: hostKeyOf(1), platform: 'linux' }
            : reachedServer(server),
      );
      fake.answer('servers.forgetKey', () => {
        isForgotten = true;
      });
    });
    await user.click(screen.getByRole('button', { name: 'Continue to Redis' }));
    expect(await card(2).findByText('server-2 offers another key than before')).toBeTruthy();
    expect(card(2).getByText(hostKeyOf(0).fingerprint)).toBeTruthy();
    expect(card(2).getByText(hostKeyOf(1).fingerprint)).toBeTruthy();
    expect(screen.getByText('The key of server-2 has changed. This must be settled first.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Continue anyway' })).toBeNull();
    await user.click(card(2).getByRole('button', { name: 'It was reinstalled: forget the old key' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Forget the known key of server-2?' }));
    expect(core.calls.some(({ name }) => name === 'servers.forgetKey')).toBe(false);
    await user.click(dialog.getByRole('button', { name: 'Forget the old key of server-2' }));
    expect(await card(2).findByText('Is this server-2?')).toBeTruthy();
    expect(core.calls.find(({ name }) => name === 'servers.forgetKey')?.input).toMatchObject({
      server: 1,
      fingerprint: hostKeyOf(0).fingerprint,
    });
  });
});

describe('continuing', () => {
  it('marks what is empty, goes to the first of it and tests nothing', async () => {
    const { user, core } = await show(emptyDraft(fakeId(1), '2026-03-14T22:00:00.000Z', '7.0.15'), () => undefined);
    expect(screen.queryByText('Must not be empty')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Continue to Redis' }));
    await waitFor(() => {
      expect(document.activeElement).toBe(card(1).getByRole('textbox', { name: /^Address/u }));
    });
    expect(screen.getAllByText('Must not be empty').length).toBeGreaterThan(1);
    expect(screen.getByText('Needed to log in')).toBeTruthy();
    expect(screen.getByText('Some fields need you first; they are marked.')).toBeTruthy();
    expect(testCalls(core)).toEqual([]);
  });

  it('opens More for a field in there that must be corrected', async () => {
    const draft = filledDraft();
    const { user } = await show({ ...draft, servers: draft.servers.map((one, at) => (at === 1 ? { ...one, sshPort: '99999' } : one)) });
    await user.click(screen.getByRole('button', { name: 'Continue to Redis' }));
    const port = await card(2).findByRole('textbox', { name: 'SSH port' });
    await waitFor(() => {
      expect(document.activeElement).toBe(port);
    });
  });

  it('tests what is not tested yet and goes on when all is well', async () => {
    const { user, core } = await show(filledDraft());
    await user.click(screen.getByRole('button', { name: 'Test connection: server-2' }));
    await card(2).findByText('Reached and logged in');
    expect(screen.getByText('Tests server-1, server-3 first')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Continue to Redis' }));
    await waitFor(() => {
      expect(stepNow()).toBe('redis');
    });
    expect(testCalls(core)).toHaveLength(3);
  });

  it('past a server that cannot be reached is offered with what it means', async () => {
    const failure = fail('ssh.timedOut', serverSubject('server-3'), { values: { endpoint: '10.0.0.3:22', seconds: 10 } }).failure;
    const { user } = await show(filledDraft(), (core) => {
      withPassword(core);
      core.answer('servers.test', ({ server }) => (server === 2 ? { kind: 'failed', failure } : reachedServer(server)));
    });
    await user.click(screen.getByRole('button', { name: 'Continue to Redis' }));
    expect(await screen.findByText(/^server-3 could not be tested\. You may go on/u)).toBeTruthy();
    expect(stepNow()).toBe('servers');
    await user.click(screen.getByRole('button', { name: 'Continue anyway' }));
    expect(stepNow()).toBe('redis');
  });

  it('works without a mouse', async () => {
    const { user } = await show(filledDraft());
    const seen: string[] = [];
    for (let press = 0; press < 60 && document.activeElement?.textContent !== 'Continue to Redis'; press += 1) {
      await user.tab();
      seen.push(document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');
    }
    expect(seen).toContain('Test connection: server-1');
    expect(seen.indexOf('Test connection: server-1')).toBeLessThan(seen.indexOf('Test connection: server-2'));
    await user.keyboard('{Enter}');
    await waitFor(() => {
      expect(stepNow()).toBe('redis');
    });
  });
});
