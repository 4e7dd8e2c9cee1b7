import { expect, test } from 'vitest';
import { longestTrialMs, probeExpiryMs, promotionDeadlineMs } from './trialDeadlines.ts';

test.each([500, 5000, 120_000])('probe keys outlast the longest trial by far at a node timeout of %i ms', (nodeTimeoutMs) => {
  expect(longestTrialMs(nodeTimeoutMs)).toBeGreaterThan(2 * promotionDeadlineMs(nodeTimeoutMs) + 5 * 60_000);
  expect(probeExpiryMs(nodeTimeoutMs)).toBeGreaterThanOrEqual(longestTrialMs(nodeTimeoutMs) + 5 * 60_000);
});
