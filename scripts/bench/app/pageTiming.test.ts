import { expect, it } from 'vitest';
import { interactiveMs } from './pageTiming.ts';
import type { PageTiming } from './pageTiming.ts';

const timing = (largestPaintMs: number, longTasks: readonly (readonly [number, number])[] = []): PageTiming => ({
  originMs: 0,
  firstPaintMs: 0,
  largestPaintMs,
  longTasks: longTasks.map(([startMs, durationMs]) => ({ startMs, durationMs })),
  loadedPaths: [],
});

it.each([
  ['with its largest paint', timing(300), 300],
  ['after a task that was at work then', timing(300, [[250, 120]]), 370],
  [
    'after tasks that followed at once, in whatever order they are told',
    timing(300, [
      [460, 100],
      [320, 110],
    ]),
    560,
  ],
  ['before a task that came later', timing(300, [[400, 200]]), 300],
  ['whatever came before it', timing(300, [[0, 200]]), 300],
])('a page can be used %s', (_, page, at) => {
  expect(interactiveMs(page)).toBe(at);
});

it('is not known before anything was painted', () => {
  expect(interactiveMs(timing(0, [[0, 100]]))).toBeNull();
});
