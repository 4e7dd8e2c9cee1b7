import { expect, it } from 'vitest';
import { isGpuKnownMissing, LOOK_AGAIN_MS, noGpuAtOf } from './graphics.ts';

const now = Date.parse('2026-05-04T08:00:00Z');

it.each([
  ['nothing is known', null, false],
  ['none was found a moment ago', now, true],
  ['none was found some days ago', now - LOOK_AGAIN_MS + 1, true],
  ['that is long ago', now - LOOK_AGAIN_MS, false],
  ['the clock was wrong', now + 1, false],
])('spares the search for a graphics processor or not when %s', (_, noGpuAtMs, isSpared) => {
  expect(isGpuKnownMissing(noGpuAtMs, now)).toBe(isSpared);
});

it.each([
  ['one was found', null, 'enabled', null],
  ['one is found again', now - LOOK_AGAIN_MS, 'enabled', null],
  ['none was found', null, 'disabled_software', now],
  ['it was turned off', null, 'disabled_off', now],
  ['there is still none', now - LOOK_AGAIN_MS, 'disabled_software', now],
  // Else the week would begin anew with every start, and it would never be looked again.
  ['nobody looked', now - 1000, 'disabled_software', now - 1000],
])('keeps when it was looked for in vain: %s', (_, before, drawing, after) => {
  expect(noGpuAtOf(before, drawing, now)).toBe(after);
});
