import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startOpenLoop } from './openLoop.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('begins what the clock calls for, each from when it was due, however long this process paused', () => {
  let clockMs = 1000;
  const due: number[] = [];
  const loop = startOpenLoop({ ratePerSecond: 100, startedAtMs: 1000, now: () => clockMs }, (dueMs) => due.push(dueMs));
  vi.advanceTimersByTime(20);
  expect(due).toEqual([]);
  // Half a tick late, then a pause in which five are missed.
  clockMs = 1011;
  vi.advanceTimersByTime(2);
  expect(due).toEqual([1010]);
  clockMs = 1064;
  vi.advanceTimersByTime(2);
  expect(due).toEqual([1010, 1020, 1030, 1040, 1050, 1060]);
  loop.stop();
  clockMs = 2000;
  vi.advanceTimersByTime(20);
  expect(due).toHaveLength(6);
});
