import { expect, it } from 'vitest';
import { restartDelaySeconds } from './restartDelay.ts';

it.each([
  ['aof', 5000, 1],
  ['rdb', 5000, 1],
  ['none', 5000, 11],
  ['none', 15_000, 31],
  ['none', 750, 2],
] as const)('%s, node timeout %i ms: %i s', (persistence, nodeTimeoutMs, seconds) => {
  expect(restartDelaySeconds({ persistence, nodeTimeoutMs })).toBe(seconds);
});
