import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../electron/shared/domain/draft.ts';
import { filledDraft } from '../../bridge/testing/fakeBridge.ts';
import { draftStore } from '../../state/draft.ts';
import { useSession } from '../../state/session.ts';
import { showStep, type ShownStep } from '../../testing/showStep.tsx';
import { PlacementStep } from './PlacementStep.tsx';

const show = async (change: Partial<Draft> = {}): Promise<ShownStep> => showStep(PlacementStep, 'placement', filledDraft(1, change));
const rows = (): readonly (readonly (string | null)[])[] =>
  within(screen.getByRole('table'))
    .getAllByRole('row')
    .slice(1)
    .map((row) => [...row.children].map((cell) => cell.textContent));
const figure = (): HTMLElement => screen.getByRole('img');
const press = (name: string): HTMLElement => screen.getByRole('button', { name });

describe('the placement', () => {
  it('is the crossed layout in a figure and in a table', async () => {
    await show();
    expect(screen.getByRole('img', { name: /^The planned layout of sessions/u })).toBeTruthy();
    expect(figure().textContent).toContain('server-2:7001 is replica of server-1:7000');
    expect(rows()).toEqual([
      ['1', '0–5460', '33.3 %', 'server-1:7000', 'server-2:7001'],
      ['2', '5461–10922', '33.3 %', 'server-2:7000', 'server-3:7001'],
      ['3', '10923–16383', '33.3 %', 'server-3:7000', 'server-1:7001'],
    ]);
    expect(screen.getByText('Any one server may be lost.')).toBeTruthy();
  });

  it('tells what the loss of a server does, while it lasts', async () => {
    const { user } = await show();
    await user.click(press('server-2 is lost'));
    expect(press('server-2 is lost').getAttribute('aria-pressed')).toBe('true');
    expect(
      screen.getByText('server-2:7000 is gone. After about 5.5–10.5 s its replica server-3:7001 on server-3 takes over slots 5461–10922.'),
    ).toBeTruthy();
    expect(screen.getByText('server-2:7001 is gone too: server-1:7000 has no copy meanwhile.')).toBeTruthy();
    expect(screen.getByText('The loss of a second server is not survived before server-2 is back.')).toBeTruthy();
    expect(rows()).toEqual([
      ['1', '0–5460', '33.3 %', 'server-1:7000', 'none, server-2:7001 is lost'],
      ['2', '5461–10922', '33.3 %', 'server-3:7001, took over', 'none, server-2:7000 is lost'],
      ['3', '10923–16383', '33.3 %', 'server-3:7000', 'server-1:7001'],
    ]);
    expect(screen.getByRole('img', { name: /^Expected layout while server-2 is lost/u }).textContent).toContain('server-2:7000 is lost');
  });

  it('tells what its return changes, and how the roles are given back', async () => {
    const { user } = await show();
    await user.click(press('server-1 is lost'));
    await user.click(screen.getByRole('radio', { name: 'Once it is back' }));
    expect(screen.getByText('server-1:7000 comes back as a replica of server-2:7001 and copies what it missed.')).toBeTruthy();
    expect(screen.getByText(/^Two masters run on server-2 now/u)).toBeTruthy();
    expect(rows()[0]).toEqual(['1', '0–5460', '33.3 %', 'server-2:7001, took over', 'server-1:7000']);
    await user.click(screen.getByRole('radio', { name: 'Roles given back' }));
    expect(rows()[0]).toEqual(['1', '0–5460', '33.3 %', 'server-1:7000', 'server-2:7001']);
    await user.click(press('Nothing lost'));
    expect(screen.queryByRole('radio')).toBeNull();
  });

  it('expects the outage that follows from the node timeout', async () => {
    const { redis } = filledDraft();
    const { user } = await show({ redis: { ...redis, nodeTimeoutMs: '2000' } });
    await user.click(press('server-1 is lost'));
    expect(screen.getByText(/After about 2\.5–6\.0 s its replica/u)).toBeTruthy();
  });

  it('is gone through by keyboard', async () => {
    const { user } = await show();
    press('Nothing lost').focus();
    await user.tab();
    await user.keyboard('{Enter}');
    expect(press('server-1 is lost').getAttribute('aria-pressed')).toBe('true');
    await user.tab();
    await user.tab();
    await user.tab();
    await user.keyboard('{ArrowRight}');
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Once it is back' }).checked).toBe(true);
  });

  it('contacts nobody and goes on to the checks', async () => {
    const { user, core } = await show();
    const before = core.calls.length;
    await user.click(press('server-1 is lost'));
    expect(core.calls).toHaveLength(before);
    await user.click(press('Continue to Reachability'));
    expect(useSession.getState().screen).toEqual({ kind: 'wizard', step: 'reachability' });
  });

  it('leads to the step with the open fields while there is no specification', async () => {
    const { servers } = filledDraft();
    const { user } = await show({ servers: servers.map((server) => ({ ...server, address: '' })) });
    expect(screen.queryByRole('img')).toBeNull();
    expect(press('Continue to Reachability').getAttribute('aria-disabled')).toBe('true');
    await user.click(press('To the servers'));
    expect(useSession.getState().screen).toEqual({ kind: 'wizard', step: 'servers' });
    expect(draftStore.getState().current?.showsEmpty).toBe(true);
  });
});
