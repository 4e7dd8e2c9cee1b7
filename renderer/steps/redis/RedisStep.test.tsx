import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ServerTest } from '../../../electron/shared/contract/procedures.ts';
import type { Draft } from '../../../electron/shared/domain/draft.ts';
import { fakeId, filledDraft, type FakeCore } from '../../bridge/testing/fakeBridge.ts';
import { draftStore } from '../../state/draft.ts';
import { serverTestStore, testServer } from '../../state/serverTests.ts';
import { useSession } from '../../state/session.ts';
import { helpOfFields } from '../../testing/helpOfFields.ts';
import { showStep, type ShownStep } from '../../testing/showStep.tsx';
import { RedisStep } from './RedisStep.tsx';

async function show(change: Partial<Draft['redis']> = {}, prepare: (core: FakeCore) => void = () => undefined): Promise<ShownStep> {
  const draft = filledDraft();
  return showStep(RedisStep, 'redis', { ...draft, redis: { ...draft.redis, ...change } }, prepare);
}

const draftNow = (): Draft => draftStore.getState().current?.draft ?? filledDraft();
const stepNow = (): string => {
  const { screen: shown } = useSession.getState();
  return shown.kind === 'wizard' ? shown.step : shown.kind;
};
const continueOn = async ({ user }: ShownStep): Promise<void> => user.click(screen.getByRole('button', { name: 'Continue to Placement' }));
const box = (name: RegExp | string): HTMLElement => screen.getByRole('textbox', { name });

async function type({ user }: ShownStep, name: RegExp | string, value: string): Promise<void> {
  await user.clear(box(name));
  await user.type(box(name), value);
}

function reached(memoryBytes: number): ServerTest {
  return {
    kind: 'reached',
    glimpse: {
      hostName: 'redis-1',
      platform: 'linux',
      osName: 'Debian GNU/Linux 12 (bookworm)',
      kernel: '6.1.0',
      architecture: 'x86_64',
      cpuCount: 2,
      memoryBytes,
      diskFreeBytes: null,
      privilege: 'root',
      hostKey: { type: 'ssh-ed25519', fingerprint: `SHA256:${'A'.repeat(43)}` },
      trust: 'known',
      machineId: null,
      firewall: 'none',
    },
  };
}

beforeEach(() => {
  serverTestStore.setState({ draftId: null, kept: {}, running: {} });
});

it('needs nothing of a user in a hurry', async () => {
  const shown = await show();
  await continueOn(shown);
  await waitFor(() => {
    expect(stepNow()).toBe('placement');
  });
});

it('has the help of each field beside it, those below "More" and those of an own archive and password among them', async () => {
  const { user } = await show({}, (core) => {
    core.answer('files.chooseArchive', () => ({ file: { id: fakeId(7), name: 'valkey-8.1.3.tar.gz' }, sha256: 'ab'.repeat(32) }));
  });
  await user.selectOptions(screen.getByRole('combobox', { name: 'Version' }), 'An archive of my own');
  await user.click(screen.getByRole('button', { name: 'Choose an archive' }));
  await screen.findByText('valkey-8.1.3.tar.gz');
  await user.click(screen.getByRole('radio', { name: 'My own' }));
  await user.click(screen.getByRole('button', { name: /^More/u }));
  const { fields, without } = helpOfFields();
  expect(fields).toEqual(expect.arrayContaining(['Version', 'SHA-256 as its maker publishes it', 'Own password']));
  expect(fields.length).toBeGreaterThan(12);
  expect(without).toEqual([]);
});

describe('the version', () => {
  it('comes with who looks after it until when, and whether OutSystems lists it', async () => {
    const { user } = await show();
    expect(screen.getByText(/Security fixes by Debian until June 2028\./u)).toBeTruthy();
    expect(screen.getByText(/OutSystems lists it for sessions since Platform Server 11\.23\./u)).toBeTruthy();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Version' }), 'Redis 8.0.2');
    expect(screen.getByText(/OutSystems does not list it for sessions\./u)).toBeTruthy();
    expect(draftNow().redis.version).toBe('8.0.2');
  });

  it('that this package does not bring cannot be chosen, and holds when a specification names it', async () => {
    const shown = await show({ version: '7.2.16' });
    expect(screen.getByRole<HTMLOptionElement>('option', { name: 'Redis 7.2.16 (not in this package)' }).disabled).toBe(true);
    await continueOn(shown);
    expect(await screen.findByText('Some fields need you first; they are marked.')).toBeTruthy();
    expect(stepNow()).toBe('redis');
  });

  it('may be an archive, whose published hash must be that of the file', async () => {
    const shown = await show({}, (core) => {
      core.answer('files.chooseArchive', () => ({ file: { id: fakeId(7), name: 'valkey-8.1.3.tar.gz' }, sha256: 'ab'.repeat(32) }));
    });
    const { user } = shown;
    await user.selectOptions(screen.getByRole('combobox', { name: 'Version' }), 'An archive of my own');
    await continueOn(shown);
    await waitFor(() => {
      expect(document.activeElement?.textContent).toBe('Choose an archive');
    });
    await user.click(screen.getByRole('button', { name: 'Choose an archive' }));
    expect(await screen.findByText('valkey-8.1.3.tar.gz')).toBeTruthy();
    expect(draftNow().redis).toMatchObject({ engine: 'valkey', version: '8.1.3', archive: { sha256: 'ab'.repeat(32) } });
    const published = box('SHA-256 as its maker publishes it');
    await user.click(published);
    await user.paste('cd'.repeat(32));
    expect(screen.getByText('Different: do not install this file.')).toBeTruthy();
    await continueOn(shown);
    expect(stepNow()).toBe('redis');
    await user.clear(published);
    await user.paste(` ${'AB'.repeat(32)}`);
    expect(screen.getByText('Equal: this is the published file.')).toBeTruthy();
    await continueOn(shown);
    await waitFor(() => {
      expect(stepNow()).toBe('placement');
    });
  });
});

describe('the password', () => {
  it('is made at once, hidden until it is asked for, and copied past the window', async () => {
    const { user, core } = await show();
    expect(await screen.findByRole('img', { name: 'hidden' })).toBeTruthy();
    expect(core.secrets.get(fakeId(1))?.get('REDIS_PASSWORD')).toBe('generated-password');
    expect(screen.queryByText('generated-password')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Show' }));
    expect(await screen.findByText('generated-password')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Copy' }));
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeTruthy();
    expect(core.calls.some(({ name }) => name === 'secrets.copy')).toBe(true);
    expect(core.copied).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Hide' }));
    expect(screen.queryByText('generated-password')).toBeNull();
  });

  it('is another one on request, unless a cluster was installed with it', async () => {
    let made = 0;
    const { user, core } = await show({}, (fake) => {
      fake.answer('secrets.generate', ({ anew }) => {
        if (anew || made === 0) made += 1;
        return true;
      });
      fake.answer('secrets.reveal', () => `password-${made}`);
    });
    await user.click(await screen.findByRole('button', { name: 'Show' }));
    await user.click(screen.getByRole('button', { name: 'New one' }));
    expect(await screen.findByText('password-2')).toBeTruthy();
    expect(screen.getByText('Another password was made.')).toBeTruthy();
    core.answer('secrets.generate', () => true);
    await user.click(screen.getByRole('button', { name: 'New one' }));
    expect(await screen.findByText(/so it stays/u)).toBeTruthy();
  });

  it('of an installed cluster that this computer does not know is never made anew: the screen says where it is', async () => {
    const { core } = await show({}, (fake) => {
      fake.answer('secrets.generate', () => false);
    });
    expect(await screen.findByText('Not known on this computer. The next run reads it from the servers.')).toBeTruthy();
    for (const name of ['Show', 'Copy', 'New one']) expect(screen.getByRole('button', { name }).hasAttribute('disabled')).toBe(true);
    expect(core.secrets.get(fakeId(1))?.get('REDIS_PASSWORD')).toBeUndefined();
  });

  it('of the admin is judged with reasons while it is typed, and stored when the field is left', async () => {
    const { user, core } = await show();
    await user.click(screen.getByRole('radio', { name: 'My own' }));
    const field = screen.getByLabelText(/^Own password/u);
    await user.type(field, 'sessions2026');
    expect(screen.getByText('Weak')).toBeTruthy();
    expect(screen.getByText('It holds a name of this cluster, its servers or users.')).toBeTruthy();
    expect(screen.getByText('It has fewer than 16 characters.')).toBeTruthy();
    expect(draftNow().redis.password).toBe('generated');
    await user.clear(field);
    await user.type(field, 'q8Zt!vN2#rLw5Xc9Kd');
    expect(screen.getByText('Strong')).toBeTruthy();
    await user.tab();
    await waitFor(() => {
      expect(core.secrets.get(fakeId(1))?.get('REDIS_PASSWORD')).toBe('q8Zt!vN2#rLw5Xc9Kd');
    });
    expect(draftNow().redis.password).toBe('own');
    expect(await screen.findByText('Stored. Type to replace it.')).toBeTruthy();
  });

  it('of the admin is asked for before the step is left: the made one is never taken for it', async () => {
    const shown = await show();
    await shown.user.click(screen.getByRole('radio', { name: 'My own' }));
    await continueOn(shown);
    expect(await screen.findByText('Type a password, or let Triad make one')).toBeTruthy();
    expect(stepNow()).toBe('redis');
    await waitFor(() => {
      expect(document.activeElement).toBe(screen.getByLabelText(/^Own password/u));
    });
    await shown.user.type(screen.getByLabelText(/^Own password/u), 'q8Zt!vN2#rLw5Xc9Kd');
    await continueOn(shown);
    await waitFor(() => {
      expect(stepNow()).toBe('placement');
    });
  });

  it('of the admin is not shown as one that Triad made', async () => {
    const { user, core } = await show({ password: 'own' }, (fake) => {
      fake.secrets.set(fakeId(1), new Map([['REDIS_PASSWORD', 'mine']]));
    });
    await user.click(screen.getByRole('radio', { name: 'Made by Triad' }));
    await user.click(await screen.findByRole('button', { name: 'Show' }));
    expect(await screen.findByText('generated-password')).toBeTruthy();
    expect(draftNow().redis.password).toBe('generated');
    expect(core.calls.find(({ name }) => name === 'secrets.generate')?.input).toMatchObject({ anew: true });
  });
});

describe('what a value means', () => {
  it('is said for memory of the servers as they were found', async () => {
    const GIB = 1024 ** 3;
    const shown = await show({}, (core) => {
      core.answer('servers.test', ({ server }) => reached(server === 2 ? GIB : 8 * GIB));
    });
    expect(screen.getByText('The memory of the servers is not known yet; the step Servers finds it out.')).toBeTruthy();
    await Promise.all([0, 1, 2].map(async (server) => testServer(server)));
    expect(await screen.findByText('server-1, server-2: 8 GiB, enough')).toBeTruthy();
    expect(screen.getByText('server-3: 1 GiB, enough')).toBeTruthy();
    await type(shown, /^Memory for data/u, '400mb');
    expect(screen.getByText('server-3: 1 GiB, enough for the data but not while saving; 256mb would fit')).toBeTruthy();
    expect(screen.getByText('Two processes on each server: up to 800 MiB of data, and 1.6 GiB while they save or copy.')).toBeTruthy();
    await type(shown, /^Memory for data/u, '5gb');
    expect(screen.getByText('server-1, server-2: 8 GiB, too little; 2048mb would fit')).toBeTruthy();
  });

  it('is said for the node timeout as the range that a failover takes', async () => {
    const shown = await show();
    // What is recommended, with what it trades, is what stands in the field at first.
    expect(screen.getByLabelText<HTMLInputElement>('Node timeout').value).toBe('5000');
    expect(screen.getByText(/Shorter ends the outage sooner\..*5000 ms is recommended/u)).toBeTruthy();
    expect(screen.getByText('A lost server is replaced after about 5.5–10.5 s.')).toBeTruthy();
    await type(shown, 'Node timeout', '1000');
    expect(screen.getByText('A lost server is replaced after about 1.5–4.5 s.')).toBeTruthy();
    expect(screen.getByText(/Pauses of this length are common on virtual machines/u)).toBeTruthy();
    await type(shown, 'Node timeout', '60000');
    expect(screen.getByText(/Few clients wait that long/u)).toBeTruthy();
    await type(shown, 'Node timeout', 'soon');
    expect(screen.queryByText(/A lost server is replaced/u)).toBeNull();
    expect(screen.getByText('Must be a whole number of milliseconds between 500 and 120000')).toBeTruthy();
  });

  it('is said for what lies on disk and for who opens firewalls', async () => {
    const { user } = await show();
    await user.selectOptions(screen.getByRole('combobox', { name: 'On disk' }), 'Nothing');
    expect(screen.getByText(/every session is gone and everybody logs in again/u)).toBeTruthy();
    await user.click(screen.getByRole('switch', { name: 'Triad adds the firewall rules' }));
    expect(screen.getByText(/^Triad only checks/u)).toBeTruthy();
    expect(draftNow().firewall.manage).toBe(false);
  });
});

describe('the networks of the clients', () => {
  const listed = (): readonly (string | null)[] =>
    within(screen.getByRole('list', { name: 'Networks' }))
      .getAllByRole('listitem')
      .map((one) => one.textContent);

  it('are added by Enter, a comma or a pasted list, in their canonical form, and taken away by a button', async () => {
    const { user } = await show();
    expect(screen.getByText(/^None yet/u)).toBeTruthy();
    await user.type(box('Networks of the clients'), '10.0.8.7/24{Enter}10.0.9.5,');
    await user.click(box('Networks of the clients'));
    await user.paste('192.168.0.0/16\nfd00::/8');
    expect(listed()).toEqual(['10.0.8.0/24', '10.0.9.5/32', '192.168.0.0/16', 'fd00::/8']);
    await user.click(screen.getByRole('button', { name: 'Remove 10.0.9.5/32' }));
    expect(draftNow().firewall.clients).toEqual(['10.0.8.0/24', '192.168.0.0/16', 'fd00::/8']);
    expect(document.activeElement).toBe(box('Networks of the clients'));
  });

  it('that cannot be read stay in the field with the reason, and hold the step', async () => {
    const shown = await show();
    await shown.user.type(box('Networks of the clients'), '10.0.8.300/24');
    await continueOn(shown);
    expect(await screen.findByText(/^10\.0\.8\.300\/24: Is not a network/u)).toBeTruthy();
    expect(stepNow()).toBe('redis');
    await type(shown, 'Networks of the clients', '10.0.8.0/24');
    await continueOn(shown);
    await waitFor(() => {
      expect(stepNow()).toBe('placement');
    });
    expect(draftNow().firewall.clients).toEqual(['10.0.8.0/24']);
  });

  it('are named when they are everybody', async () => {
    const { user } = await show();
    await user.type(box('Networks of the clients'), '0.0.0.0/0{Enter}');
    expect(screen.getByText('0.0.0.0/0 is everybody who can reach the servers.')).toBeTruthy();
  });
});

describe('the rest', () => {
  it('is folded away with its values, and shows the bus ports that follow', async () => {
    const shown = await show();
    expect(screen.getByText('Cluster sessions, ports 7000 and 7001')).toBeTruthy();
    expect(screen.queryByRole('textbox', { name: /^Port of the first process/u })).toBeNull();
    await shown.user.click(screen.getByRole('button', { name: /^More/u }));
    expect(screen.getByText('Cluster bus: 17000, always 10000 higher')).toBeTruthy();
    await type(shown, /^Port of the first process/u, '6380');
    expect(screen.getByText('Cluster bus: 16380, always 10000 higher')).toBeTruthy();
    expect(draftNow().redis.masterPort).toBe('6380');
  });

  it('opens for a field in there that must be corrected', async () => {
    const shown = await show({ replicaPort: '17000' });
    await continueOn(shown);
    await waitFor(() => {
      expect(document.activeElement).toBe(box(/^Port of the second process/u));
    });
    expect(stepNow()).toBe('redis');
  });
});
