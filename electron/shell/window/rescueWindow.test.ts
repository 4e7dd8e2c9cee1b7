import { EventEmitter } from 'node:events';
import type { BrowserWindow } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import type { Questions } from '../questions.ts';
import { createFakeLog, type FakeLog } from '../testing/fakeLog.ts';
import { rescueWindow } from './rescueWindow.ts';

/** A window that counts how often its page was loaded; a page that is made to crash does. */
class FakeWindow extends EventEmitter {
  loaded = 0;
  isGone = false;
  readonly webContents = Object.assign(new EventEmitter(), {
    forcefullyCrashRenderer: (): void => {
      this.crash();
    },
  });
  isDestroyed(): boolean {
    return this.isGone;
  }
  loadURL(): Promise<void> {
    this.loaded += 1;
    return Promise.resolve();
  }
  crash(reason = 'crashed'): void {
    this.webContents.emit('render-process-gone', {}, { reason, exitCode: 1 });
  }
}

interface Bench {
  readonly window: FakeWindow;
  readonly log: FakeLog;
  /** Everything that was asked or told, and `quit`. */
  readonly said: string[];
}

function bench(answers: Partial<Questions> = {}): Bench {
  const window = new FakeWindow();
  const log = createFakeLog();
  const said: string[] = [];
  const note = <Answer>(what: string, answer: () => Promise<Answer>): Promise<Answer> => {
    said.push(what);
    return answer();
  };
  const questions: Questions = {
    askToClose: () => Promise.reject(new Error('not asked here')),
    tellFault: () => Promise.reject(new Error('not told here')),
    askAboutCrash: () => note('crash', answers.askAboutCrash ?? (() => Promise.resolve('reload'))),
    askAboutHang: () => note('hang', answers.askAboutHang ?? (() => Promise.resolve('wait'))),
    tellMissing: (reason) => note(`missing: ${reason}`, async () => answers.tellMissing?.(reason)),
  };
  rescueWindow({
    window: window as unknown as BrowserWindow,
    log,
    questions: () => Promise.resolve(questions),
    quit: () => said.push('quit'),
  });
  return { window, log, said };
}

/** One crash more than are mended without a word. */
const MANY = 4;

describe('a page whose process ends', () => {
  it('is loaded again, and its end is in the log', () => {
    const { window, log, said } = bench();
    window.crash('oom');
    expect([window.loaded, said]).toEqual([1, []]);
    expect(log.lines).toEqual(['warn window.processGone {"reason":"oom","exitCode":1}']);
  });

  it('is left alone when it was told to end', () => {
    const { window } = bench();
    window.crash('clean-exit');
    expect(window.loaded).toBe(0);
  });

  it('is asked about when it ends again and again, and loaded once more on request', async () => {
    const { window, said } = bench();
    for (let crash = 0; crash < MANY; crash += 1) window.crash();
    await vi.waitFor(() => expect([said, window.loaded]).toEqual([['crash'], MANY]));
  });

  it('ends the program when that is the answer', async () => {
    const { window, said } = bench({ askAboutCrash: () => Promise.resolve('quit') });
    for (let crash = 0; crash < MANY; crash += 1) window.crash();
    await vi.waitFor(() => expect(said).toEqual(['crash', 'quit']));
    expect(window.loaded).toBe(MANY - 1);
  });

  it('is not loaded into a window that is gone', () => {
    const { window } = bench();
    window.isGone = true;
    window.crash();
    expect(window.loaded).toBe(0);
  });
});

describe('a page that hangs', () => {
  it('is asked about, and waited for when that is the answer', async () => {
    const { window, log, said } = bench();
    window.emit('unresponsive');
    await vi.waitFor(() => expect(said).toEqual(['hang']));
    expect(log.lines).toEqual(['warn window.hangs {}']);
    expect(window.loaded).toBe(0);
  });

  it('is ended and loaded again on request', async () => {
    const { window } = bench({ askAboutHang: () => Promise.resolve('reload') });
    window.emit('unresponsive');
    await vi.waitFor(() => expect(window.loaded).toBe(1));
  });

  it('is asked about once at a time, and again when it hangs again', async () => {
    let answer: (answer: 'wait') => void = () => undefined;
    const { window, said } = bench({
      askAboutHang: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    for (let time = 0; time < 3; time += 1) window.emit('unresponsive');
    await vi.waitFor(() => expect(said).toEqual(['hang']));
    answer('wait');
    await vi.waitFor(() => {
      window.emit('unresponsive');
      expect(said).toEqual(['hang', 'hang']);
    });
  });

  it('goes on, and the log says so, when nobody can be asked', async () => {
    const { window, log } = bench({ askAboutHang: () => Promise.reject(new Error('no box')) });
    window.emit('unresponsive');
    await vi.waitFor(() => expect(log.lines.join('\n')).toContain('window.questionFailed'));
  });
});

describe('a page that cannot be shown', () => {
  it.each([
    [
      'its file cannot be loaded',
      'did-fail-load',
      [-6, 'ERR_FILE_NOT_FOUND', 'triad://app/index.html', true],
      'missing: ERR_FILE_NOT_FOUND',
    ],
    ['it is not there', 'did-navigate', ['triad://app/index.html', 404], 'missing: 404'],
  ])('is told with its reason before the program ends: %s', async (_, event, details, told) => {
    const { window, said, log } = bench();
    window.webContents.emit(event, {}, ...details);
    await vi.waitFor(() => expect(said).toEqual([told, 'quit']));
    expect(log.lines.join('\n')).toContain('error window.pageMissing');
  });

  it.each([
    ['a frame in it', [-6, 'ERR_FILE_NOT_FOUND', 'triad://report/x', false]],
    ['a load that another one has replaced', [-3, 'ERR_ABORTED', 'triad://app/index.html', true]],
  ])('is not %s', async (_, details) => {
    const { window, said } = bench();
    window.webContents.emit('did-fail-load', {}, ...details);
    await Promise.resolve();
    expect(said).toEqual([]);
  });

  it('comes back when it was led to an empty page', () => {
    const { window } = bench();
    window.webContents.emit('did-navigate', {}, 'about:blank', -1);
    expect(window.loaded).toBe(1);
    window.webContents.emit('did-navigate', {}, 'triad://app/index.html', 200);
    expect(window.loaded).toBe(1);
  });
});
