import { describe, expect, it, vi } from 'vitest';
import { createClosing, type Closing } from './closing.ts';

interface Bench {
  readonly closing: Closing;
  readonly said: string[];
  readonly answer: (answer: 'keep' | 'stop') => void;
  readonly stopped: () => void;
}

function bench(runs: number): Bench {
  const said: string[] = [];
  const question: { answer: (answer: 'keep' | 'stop') => void } = { answer: () => undefined };
  const shutdown = { ended: (): void => undefined };
  const closing = createClosing({
    activeRuns: () => runs,
    ask: () => {
      said.push('asked');
      return new Promise((resolve) => {
        question.answer = resolve;
      });
    },
    onStopping: () => said.push('stopping'),
    shutdown: () => {
      said.push('shutdown');
      return new Promise((resolve) => {
        shutdown.ended = resolve;
      });
    },
    quit: () => said.push(`quit, may close: ${closing.mayClose()}`),
    onError: (error) => said.push(String(error)),
  });
  return { closing, said, answer: (answer) => question.answer(answer), stopped: () => shutdown.ended() };
}

describe('while nothing goes on', () => {
  it('closes without a question, once everything is put away', async () => {
    const { closing, said, stopped } = bench(0);
    expect(closing.mayClose()).toBe(false);
    expect(closing.mayClose()).toBe(false);
    expect(said).toEqual(['shutdown']);
    stopped();
    await vi.waitFor(() => expect(said).toEqual(['shutdown', 'quit, may close: true']));
  });

  it('does not stay open for ever when putting away hangs', async () => {
    vi.useFakeTimers();
    const { closing, said } = bench(0);
    closing.mayClose();
    await vi.advanceTimersByTimeAsync(6000);
    vi.useRealTimers();
    expect(said).toEqual(['shutdown', 'quit, may close: true']);
  });
});

describe('while a run goes on', () => {
  it('asks once, however often it is told to close, and stays open when that is the answer', async () => {
    const { closing, said, answer } = bench(1);
    expect([closing.mayClose(), closing.mayClose(), closing.mayClose()]).toEqual([false, false, false]);
    expect(said).toEqual(['asked']);
    answer('keep');
    await vi.waitFor(() => {
      closing.mayClose();
      expect(said).toEqual(['asked', 'asked']);
    });
  });

  it('stops the run before it closes, as long as that takes', async () => {
    vi.useFakeTimers();
    const { closing, said, answer, stopped } = bench(1);
    closing.mayClose();
    answer('stop');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said).toEqual(['asked', 'stopping', 'shutdown']);
    expect(closing.mayClose()).toBe(false);
    stopped();
    await vi.advanceTimersByTimeAsync(0);
    vi.useRealTimers();
    expect(said).toEqual(['asked', 'stopping', 'shutdown', 'quit, may close: true']);
  });

  it('stops it without a question when the system ends, even if the question stands there', async () => {
    const { closing, said, answer, stopped } = bench(1);
    closing.mayClose();
    const ended = closing.stopNow();
    answer('keep');
    // The answer comes too late: nothing is asked anew, nor stopped twice.
    await vi.waitFor(() => expect(said).toEqual(['asked', 'stopping', 'shutdown']));
    await Promise.resolve();
    expect(closing.mayClose()).toBe(false);
    void closing.stopNow();
    stopped();
    await ended;
    expect(said).toEqual(['asked', 'stopping', 'shutdown', 'quit, may close: true']);
    expect(closing.mayClose()).toBe(true);
  });
});

it('closes even when stopping fails, and tells', async () => {
  const said: string[] = [];
  const closing = createClosing({
    activeRuns: () => 1,
    ask: () => Promise.resolve('stop'),
    onStopping: () => undefined,
    shutdown: () => Promise.reject(new Error('cannot')),
    quit: () => said.push('quit'),
    onError: (error) => said.push(String(error)),
  });
  await closing.stopNow();
  expect(said).toEqual(['Error: cannot', 'quit']);
});
