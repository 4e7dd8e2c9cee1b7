import { expect, test } from 'vitest';
import { clockDuring, clockOverBoot, offsetOf, pausedMs, type ClockExchange } from './trialClock.ts';

/** A question that took so long on its way there and back, to a clock that is so far ahead. */
const exchange = (aheadMs: number, thereMs: number, backMs: number): ClockExchange => ({
  sentAtMs: 1000,
  serverMs: 1000 + thereMs + aheadMs,
  answeredAtMs: 1000 + thereMs + backMs,
});

test('the quickest exchange counts, and the truth lies within what it may be off', () => {
  expect(offsetOf([])).toBeNull();
  const offset = offsetOf([exchange(70, 40, 2), exchange(70, 3, 1), exchange(70, 9, 9)]);
  expect(offset).toEqual({ offsetMs: 71, uncertaintyMs: 2 });
  expect(Math.abs((offset?.offsetMs ?? 0) - 70)).toBeLessThanOrEqual(offset?.uncertaintyMs ?? 0);
});

const measured = (offsetMs: number, uncertaintyMs = 1): { readonly offsetMs: number; readonly uncertaintyMs: number } => ({
  offsetMs,
  uncertaintyMs,
});

test('a clock that drifts: the middle, off by half of the drift more', () => {
  expect(clockDuring('a', measured(10, 1), measured(14, 2), 10_000)).toMatchObject({
    state: 'measured',
    during: { offsetMs: 12, uncertaintyMs: 4 },
  });
});

test('a clock that was set: more than both may be off and a clock drifts in that time, in either direction', () => {
  expect(clockDuring('a', measured(10), measured(19), 10_000)).toMatchObject({ state: 'set', during: null });
  expect(clockDuring('a', measured(10), measured(1), 10_000).state).toBe('set');
  expect(clockDuring('a', measured(10), measured(16.9), 10_000).state).toBe('measured');
  expect(clockDuring('a', measured(10), measured(19), 20_000).state).toBe('measured');
});

test('measured once it may have drifted meanwhile; not measured it is unknown', () => {
  expect(clockDuring('a', measured(10), null, 10_000)).toMatchObject({ state: 'once', during: { offsetMs: 10, uncertaintyMs: 6 } });
  expect(clockDuring('a', null, measured(10), 10_000)).toMatchObject({ state: 'once', during: { offsetMs: 10, uncertaintyMs: 6 } });
  expect(clockDuring('a', null, null, 10_000)).toMatchObject({ state: 'unknown', during: null });
});

test('a clock that was measured before a boot and after it says nothing of the time between, although it seems to stand', () => {
  const booted = clockOverBoot('c', measured(10), measured(10));
  expect(booted).toEqual({ server: 'c', before: measured(10), after: measured(10), during: null, state: 'booted' });
  const [one, other] = [clockDuring('a', measured(0), measured(5000), 10_000), clockDuring('b', measured(70), measured(5070), 10_000)];
  expect(pausedMs([one, other, booted], 10_000)).toBe(5000);
  expect(pausedMs([one, booted], 10_000)).toBeNull();
});

test('all clocks went on by the same: the run was paused; one alone, or by something else, was set', () => {
  const clock = (fromMs: number, toMs: number): ReturnType<typeof clockDuring> =>
    clockDuring('a', measured(fromMs), measured(toMs), 10_000);
  expect(pausedMs([clock(0, 5000), clock(70, 5073), clock(-9, 4990)], 10_000)).toBe(4999);
  // A server that did not answer any more says nothing against it.
  expect(pausedMs([clock(0, 5000), clock(70, 5070), clockDuring('c', measured(3), null, 10_000)], 10_000)).toBe(5000);
  expect(pausedMs([clock(0, 5000), clock(70, 5170)], 10_000)).toBeNull();
  expect(pausedMs([clock(0, 5000), clock(70, 70)], 10_000)).toBeNull();
  expect(pausedMs([clock(0, -5000), clock(70, -4930)], 10_000)).toBeNull();
  expect(pausedMs([clock(0, 5000)], 10_000)).toBeNull();
  expect(pausedMs([], 10_000)).toBeNull();
});
