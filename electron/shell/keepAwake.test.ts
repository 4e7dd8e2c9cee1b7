import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { followActivity } from './keepAwake.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('tells each beginning and end once', () => {
  let runs = 0;
  const told: boolean[] = [];
  const stop = followActivity(
    () => runs,
    (isActive) => told.push(isActive),
  );
  for (runs of [0, 0, 1, 2, 1, 0, 0, 1]) vi.advanceTimersByTime(2000);
  stop();
  runs = 0;
  vi.advanceTimersByTime(10_000);
  expect(told).toEqual([true, false, true]);
});
