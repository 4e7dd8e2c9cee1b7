import { screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { registerLanguage, message, setLanguage } from '../../electron/shared/messages/message.ts';
import { pt } from '../../electron/shared/messages/pt/index.ts';
import { filledDraft } from '../bridge/testing/fakeBridge.ts';
import type { LogLine } from '../state/logLine.ts';
import { showStep } from '../testing/showStep.tsx';
import { filterLog, LogView } from './LogView.tsx';

registerLanguage('pt', pt);

const ALL = { server: null, phase: null, least: 'detail', words: '' } as const;

function line(seq: number, change: Partial<LogLine> = {}): LogLine {
  const text = message('window.log.phaseStarted');
  return { seq, at: '', atMs: seq * 10, server: null, where: null, phase: null, text, level: 'info', ...change };
}

const lines = [
  line(1),
  line(2, { server: 'server-1', where: 'server-1', phase: 'connect', level: 'detail' }),
  line(3, { server: 'server-2', where: 'server-2:7000', phase: 'startNodes', level: 'warn' }),
  line(4, { server: 'server-2', where: 'server-2', phase: 'startNodes', level: 'error', text: message('window.log.phase.failed') }),
];
const seqs = (filter: Partial<Parameters<typeof filterLog>[1]>): readonly number[] =>
  filterLog(lines, { ...ALL, ...filter }).map(({ seq }) => seq);

afterEach(() => {
  setLanguage('en');
});

describe('a log', () => {
  it('is filtered by server (with what concerns the cluster), phase, level and words', () => {
    expect(filterLog(lines, ALL)).toBe(lines);
    expect(seqs({ server: 'server-2' })).toEqual([1, 3, 4]);
    expect(seqs({ phase: 'startNodes' })).toEqual([3, 4]);
    expect(seqs({ least: 'warn' })).toEqual([3, 4]);
    expect(seqs({ words: 'FAILED' })).toEqual([4]);
    expect(seqs({ words: 'server-2:7000' })).toEqual([3]);
    expect(seqs({ words: 'start the nodes' })).toEqual([3, 4]);
  });

  it('is searched in the language in which it is shown', async () => {
    await showStep(() => null, 'install', filledDraft());
    expect(seqs({ words: 'falhou' })).toEqual([]);
    setLanguage('pt');
    expect(seqs({ words: 'falhou' })).toEqual([4]);
  });

  it('copies what the filter leaves, with time, place and phase', async () => {
    const { core, user } = await showStep(() => <LogView lines={lines} />, 'install', filledDraft());
    expect(screen.getByText('4 lines')).not.toBeNull();
    await user.type(screen.getByLabelText('Filter by words'), 'failed');
    expect(screen.getByText('1 of 4 lines')).not.toBeNull();
    await user.click(screen.getByRole('button', { name: 'Copy log' }));
    await waitFor(() => {
      expect(core.copied).toEqual(['   0.040  server-2 · Start the nodes  failed']);
    });
  });

  it('says why it is empty', async () => {
    const { user } = await showStep(() => <LogView lines={lines} />, 'install', filledDraft());
    await user.type(screen.getByLabelText('Filter by words'), 'nothing like this');
    expect(screen.getByText('No line matches the filter.')).not.toBeNull();
    expect(screen.getByRole('button', { name: 'Copy log' })).toHaveProperty('disabled', true);
  });

  it('can be scrolled by keyboard and is not read aloud line by line', async () => {
    await showStep(() => <LogView lines={[]} />, 'install', filledDraft());
    const log = screen.getByRole('log', { name: 'Log of the run' });
    expect(log.tabIndex).toBe(0);
    expect(log.getAttribute('aria-live')).toBe('off');
    expect(log.textContent).toBe('Nothing has happened yet.');
  });
});
