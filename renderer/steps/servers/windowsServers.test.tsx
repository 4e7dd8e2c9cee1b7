import { screen, within, type BoundFunctions, type queries } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Draft } from '../../../electron/shared/domain/draft.ts';
import { fakeId, filledDraft, type FakeCore } from '../../bridge/testing/fakeBridge.ts';
import { serverTestStore } from '../../state/serverTests.ts';
import { reachedServer } from '../../testing/reachedServer.ts';
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
beforeEach(() => {
  serverTestStore.setState({ draftId: null, kept: {}, running: {} });
});

describe('Windows servers', () => {
  const windows = { platform: 'windows', osName: 'Windows Server 2022 Standard', privilege: 'administrator', firewall: 'windows' } as const;

  it('are named, with what nobody supports, and need no sudo once they are known', async () => {
    const { user } = await show(filledDraft(), (core) => {
      withPassword(core);
      core.answer('servers.test', ({ server }) => reachedServer(server, windows));
    });
    expect(card(1).getByRole('combobox', { name: 'sudo asks for' })).toBeTruthy();
    expect(screen.queryByText(/^No Redis for Windows/u)).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Test all three' }));
    expect(
      await screen.findByText('No Redis for Windows is supported by Redis or by OutSystems. Linux servers are recommended.'),
    ).toBeTruthy();
    for (const number of [1, 2, 3])
      for (const found of ['Windows Server 2022 Standard', 'Rights', 'administrator', 'Windows Firewall, active'])
        expect(card(number).getByText(found)).toBeTruthy();
    expect(card(1).queryByRole('combobox', { name: 'sudo asks for' })).toBeNull();
    expect(card(1).getByText('On Windows the account must be an administrator; nothing else is asked for.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'What is “Redis on Windows”?' }));
    expect(await screen.findByText(/^Triad runs on Windows Server 2019, 2022 and 2025/u)).toBeTruthy();
  });

  it('among Linux servers are warned of, and the login goes on to ask what sudo wants', async () => {
    const { user } = await show(filledDraft(), (core) => {
      withPassword(core);
      core.answer('servers.test', ({ server }) => reachedServer(server, server === 1 ? windows : {}));
    });
    await user.click(screen.getByRole('button', { name: 'Test all three' }));
    expect(await screen.findByText(/^Windows: server-2; the others run Linux\./u)).toBeTruthy();
    expect(card(1).getByRole('combobox', { name: 'sudo asks for' })).toBeTruthy();
  });

  it('may be asked for by a user of a domain before anybody knows what they are', async () => {
    const { user } = await show(filledDraft());
    await user.clear(card(1).getByRole('textbox', { name: /^User/u }));
    await user.type(card(1).getByRole('textbox', { name: /^User/u }), String.raw`CORP\ana`);
    await user.tab();
    expect(card(1).getByRole('textbox', { name: /^User/u }).getAttribute('aria-invalid')).not.toBe('true');
    await user.click(screen.getByRole('button', { name: 'Test connection: server-1' }));
    expect(await card(1).findByText('Reached and logged in')).toBeTruthy();
  });
});
