import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { fail } from '../../electron/shared/domain/failure.ts';
import { serverSubject } from '../../electron/shared/domain/subject.ts';
import { filledDraft } from '../bridge/testing/fakeBridge.ts';
import { useSession } from '../state/session.ts';
import { showStep } from '../testing/showStep.tsx';
import { StepFrame, type StepFrameProps } from './StepFrame.tsx';

async function showFrame(props: Partial<StepFrameProps>): ReturnType<typeof showStep> {
  return showStep(
    () => (
      <StepFrame title="Review" {...props}>
        work
      </StepFrame>
    ),
    'review',
    filledDraft(1, { reached: 'review' }),
  );
}

describe('the frame of a step', () => {
  it('takes the focus to its heading', async () => {
    await showFrame({});
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1, name: 'Review' }));
  });

  it('goes back to the step before, or where it is told', async () => {
    const { user } = await showFrame({});
    await user.click(screen.getByRole('button', { name: 'Back' }));
    expect(useSession.getState().screen).toEqual({ kind: 'wizard', step: 'reachability' });
    const onBack = vi.fn<() => void>();
    await showFrame({ onBack });
    await user.click(screen.getAllByRole('button', { name: 'Back' })[1] ?? document.body);
    expect(onBack).toHaveBeenCalledOnce();
  });

  it('says why the primary action cannot be pressed, keeps it in the tab order, and does nothing', async () => {
    const onPress = vi.fn<() => void>();
    const { user } = await showFrame({ primary: { label: 'Install', onPress, isDisabled: true, why: 'Test the servers first' } });
    const button = screen.getByRole('button', { name: 'Install', description: 'Test the servers first' });
    await user.click(button);
    button.focus();
    await user.keyboard('{Enter}');
    expect(document.activeElement).toBe(button);
    expect(onPress).not.toHaveBeenCalled();
  });

  it('is pressed once while it works, with its words still there', async () => {
    let finish: () => void = () => undefined;
    const onPress = vi.fn<() => Promise<void>>(
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    );
    const { user } = await showFrame({ primary: { label: 'Install', onPress } });
    const button = screen.getByRole('button', { name: 'Install' });
    await user.dblClick(button);
    expect(onPress).toHaveBeenCalledOnce();
    expect(button.getAttribute('aria-busy')).toBe('true');
    expect(button.textContent).toBe('Install');
    finish();
    await waitFor(() => {
      expect(button.getAttribute('aria-busy')).toBe('false');
    });
  });

  it('shows why an action failed, and takes it away at the next try', async () => {
    const onPress = vi
      .fn<() => Promise<void>>()
      .mockRejectedValueOnce(
        fail('ssh.refused', serverSubject('server-2'), { values: { endpoint: '10.0.0.2:22' }, evidence: 'ECONNREFUSED' }),
      )
      .mockResolvedValueOnce();
    const { user } = await showFrame({ primary: { label: 'Check', onPress } });
    await user.click(screen.getByRole('button', { name: 'Check' }));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('server-2: Nothing listens for SSH at 10.0.0.2:22');
    expect(alert.textContent).toContain('ssh.refused');
    await user.click(screen.getByRole('button', { name: 'Check' }));
    await waitFor(() => {
      expect(screen.queryByRole('alert')).toBeNull();
    });
  });
});
