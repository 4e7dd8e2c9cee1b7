import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { createNotices } from './notices.ts';

class FakeWindow extends EventEmitter {
  isFlashing = false;
  flashFrame(isFlashing: boolean): void {
    this.isFlashing = isFlashing;
  }
}

class FakeNotice extends EventEmitter {
  isShown = false;
  show(): void {
    this.isShown = true;
  }
}

interface Bench {
  readonly window: FakeWindow;
  readonly made: { readonly content: unknown; readonly notice: FakeNotice }[];
  readonly focused: () => number;
  readonly notify: ReturnType<typeof createNotices>;
}

function bench(isSupported = true, hasWindow = true): Bench {
  const window = new FakeWindow();
  const made: Bench['made'] = [];
  let focused = 0;
  const notify = createNotices({
    window: () => (hasWindow ? window : null),
    focus: () => {
      focused += 1;
    },
    isSupported: () => isSupported,
    make: (content) => {
      const notice = new FakeNotice();
      made.push({ content, notice });
      return notice;
    },
  });
  return { window, made, focused: () => focused, notify };
}

const ended = { title: 'Triad: sessions', body: 'The run has ended: everything passed.' };

it('shows what it is told, and brings the window to the front when it is clicked', () => {
  const { made, focused, notify } = bench();
  notify(ended);
  expect(made).toMatchObject([{ content: ended, notice: { isShown: true } }]);
  expect(focused()).toBe(0);
  made[0]?.notice.emit('click');
  expect(focused()).toBe(1);
});

it('lets the window ask for attention until it gets it, also on a desktop that shows no notices', () => {
  const { window, made, notify } = bench(false);
  notify(ended);
  expect([window.isFlashing, made]).toEqual([true, []]);
  window.emit('focus');
  expect(window.isFlashing).toBe(false);
});

it('is shown without a window, too', () => {
  const { made, notify } = bench(true, false);
  notify(ended);
  expect(made).toMatchObject([{ notice: { isShown: true } }]);
});
