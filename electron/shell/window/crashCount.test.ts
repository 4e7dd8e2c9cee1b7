import { expect, it } from 'vitest';
import { createCrashCount } from './crashCount.ts';

it('lets a page be loaded again three times a minute, then asks, and begins anew', () => {
  let now = 0;
  const crashes = createCrashCount(() => now);
  const atEachSecond = Array.from({ length: 6 }, () => {
    now += 1000;
    return crashes.isFirstOfMany();
  });
  expect(atEachSecond).toEqual([true, true, true, false, true, true]);
});

it('forgets what is long ago', () => {
  let now = 0;
  const crashes = createCrashCount(() => now);
  const atEachHalfMinute = Array.from({ length: 10 }, () => {
    now += 30_000;
    return crashes.isFirstOfMany();
  });
  expect(atEachHalfMinute).not.toContain(false);
});
