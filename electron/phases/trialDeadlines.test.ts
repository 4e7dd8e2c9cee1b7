import { expect, test } from 'vitest';
import { predictOutage } from '../shared/domain/failover.ts';
import { longestTrialMs, probeExpiryMs, promotionDeadlineMs } from './trialDeadlines.ts';

test('a second election, four node timeouts after the first, still counts', () => {
  expect(promotionDeadlineMs(5000)).toBeGreaterThan(predictOutage(5000).outageToMs + 4 * 5000 + 1000);
});

test.each([500, 5000, 120_000])('probe keys outlast the longest trial by far at a node timeout of %i ms', (nodeTimeoutMs) => {
  expect(longestTrialMs(nodeTimeoutMs)).toBeGreaterThan(2 * promotionDeadlineMs(nodeTimeoutMs) + 5 * 60_000);
  expect(probeExpiryMs(nodeTimeoutMs)).toBeGreaterThanOrEqual(longestTrialMs(nodeTimeoutMs) + 5 * 60_000);
});
