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

it('leaves out what is overdue by more than a second, tells how many that were, and goes on', () => {
  let clockMs = 0;
  const due: number[] = [];
  const skipped: number[] = [];
  const options = { ratePerSecond: 100, startedAtMs: 0, now: () => clockMs, onSkipped: (count: number) => skipped.push(count) };
  const loop = startOpenLoop(options, (dueMs) => due.push(dueMs));
  clockMs = 1010;
  vi.advanceTimersByTime(2);
  expect([due.length, due[0], skipped]).toEqual([101, 10, []]);
  // Asleep for an hour.
  clockMs += 3_600_000;
  vi.advanceTimersByTime(2);
  expect(due.slice(101).map((dueMs) => clockMs - dueMs)).toEqual(Array.from({ length: 101 }, (_, n) => 1000 - 10 * n));
  expect(skipped).toEqual([360_000 - 101]);
  clockMs += 10;
  vi.advanceTimersByTime(2);
  expect([due.length, due.at(-1), skipped.length]).toEqual([203, clockMs, 1]);
  loop.stop();
});
