import { screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import type { Failure } from '../../electron/shared/domain/failure.ts';
import { registerLanguage, setLanguage } from '../../electron/shared/messages/message.ts';
import { pt } from '../../electron/shared/messages/pt/index.ts';
import { filledDraft } from '../bridge/testing/fakeBridge.ts';
import { showStep } from '../testing/showStep.tsx';
import { formatAge } from './age.ts';
import { CopyButton } from './CopyButton.tsx';
import { DiffView } from './DiffView.tsx';
import { FailurePanel } from './FailurePanel.tsx';
import { Loading } from './Loading.tsx';
import { VerdictMark } from './VerdictMark.tsx';

registerLanguage('pt', pt);

const show = async (part: ReactNode): ReturnType<typeof showStep> => showStep(() => part, 'servers', filledDraft());

const failure: Failure = {
  code: 'host.diskFull',
  subject: { kind: 'server', server: 'server-3' },
  values: { server: 'server-3', path: '/opt/triad' },
  evidence: 'No space left on device',
  retryable: true,
};

describe('a failure', () => {
  it('says what happened and what to do, keeps the evidence folded, and can be copied whole', async () => {
    const onRetry = vi.fn<() => void>();
    const { core, user } = await show(<FailurePanel failure={failure} onRetry={onRetry} />);
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain('The disk of server-3 is full');
    expect(alert.querySelector('details')?.open).toBe(false);
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(onRetry).toHaveBeenCalledOnce();
    await user.click(screen.getByRole('button', { name: 'Copy this failure' }));
    await waitFor(() => {
      expect(core.copied).toHaveLength(1);
    });
    for (const words of ['host.diskFull', 'server-3', 'Free space', 'No space left on device']) expect(core.copied[0]).toContain(words);
  });

  it('does not name a server twice', async () => {
    await show(<FailurePanel failure={failure} />);
    expect(screen.getByRole('alert').textContent.match(/server-3/gu)).toHaveLength(1);
  });
});

describe('a copy button', () => {
  it('copies by the core, asks for a long value only then, and says that it has', async () => {
    const value = vi.fn<() => string>(() => 'the rule');
    const { core, user } = await show(<CopyButton label="Copy rule" value={value} />);
    expect(value).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Copy rule' }));
    expect(await screen.findByRole('button', { name: 'Copied' })).not.toBeNull();
    expect(core.copied).toEqual(['the rule']);
  });

  it('says when it could not', async () => {
    const { user } = await show(<CopyButton isCompact label="Copy rule" value={() => Promise.reject(new Error('no'))} />);
    await user.click(screen.getByRole('button', { name: 'Copy rule' }));
    expect(await screen.findByRole('button', { name: 'Could not copy' })).not.toBeNull();
  });
});

describe('a verdict', () => {
  it.each([
    ['pass', 'Passed'],
    ['passWithoutTolerance', 'No tolerance'],
    ['fail', 'Failed'],
    ['unknown', 'Unknown'],
  ] as const)('%s has a symbol and the word %s', async (verdict, word) => {
    const { container } = await show(<VerdictMark verdict={verdict} />);
    expect(container.querySelectorAll('svg')).toHaveLength(1);
    expect(screen.getByText(word)).not.toBeNull();
  });

  it('tells what was proved by keyboard, too', async () => {
    const { user } = await show(<VerdictMark verdict="pass" proof="Seen from server-1 at 23:05" />);
    await user.tab();
    expect(document.activeElement?.textContent).toContain('Passed');
    expect(await screen.findByText('Seen from server-1 at 23:05')).not.toBeNull();
  });
});

describe('a diff', () => {
  it('says of every line whether it was added or removed, without the names of temporary files', async () => {
    await show(<DiffView label="/etc/a.conf" diff={'--- a\n+++ b\n@@ -1,2 +1,2 @@\n same\n-old\n+new\n\\ No newline at end of file\n'} />);
    const rows = screen.getAllByRole('row').map(({ textContent }) => textContent);
    expect(rows).toHaveLength(4);
    expect(rows[2]).toMatch(/removed.*old/u);
    expect(rows[3]).toMatch(/added.*new/u);
    expect(screen.getByRole('region', { name: 'Content of /etc/a.conf' }).tabIndex).toBe(0);
  });

  it('shows a new file as added lines', async () => {
    await show(<DiffView label="/etc/a.conf" content={'one\n\ntwo\n'} />);
    expect(screen.getAllByRole('row')).toHaveLength(3);
  });
});

describe('waiting', () => {
  it('says for what, and for how long at most', async () => {
    await show(<Loading what="Connecting to server-1" atMostMs={20_000} />);
    expect(screen.getByRole('status').textContent).toBe('Connecting to server-1 … (at most 20.0 s)');
  });
});

describe('an age', () => {
  const now = Date.parse('2026-03-14T12:00:00Z');
  it.each([
    ['2026-03-14T11:59:30Z', 'this minute'],
    ['2026-03-14T11:15:00Z', '45 minutes ago'],
    ['2026-03-13T11:00:00Z', 'yesterday'],
    ['2026-01-10T11:00:00Z', '2 months ago'],
    ['2027-01-10T11:00:00Z', 'this minute'],
    ['some day', 'some day'],
  ])('of %s is %s', (iso, words) => {
    expect(formatAge(iso, now)).toBe(words);
  });

  it('is told in the reader’s language', () => {
    setLanguage('pt');
    expect(formatAge('2026-03-11T11:00:00Z', now)).toBe('há 3 dias');
    setLanguage('en');
  });
});
