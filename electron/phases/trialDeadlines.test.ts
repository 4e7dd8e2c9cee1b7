import { expect, test } from 'vitest';
import { predictOutage } from '../shared/domain/failover.ts';
import { promotionDeadlineMs } from '../shared/domain/faultLimit.ts';
import { SCENARIOS } from '../shared/domain/scenario.ts';
import { longestTrialMs, probeExpiryMs, trialDeadlineMs } from './trialDeadlines.ts';

const settings = (nodeTimeoutMs: number): Parameters<typeof promotionDeadlineMs>[1] => ({ nodeTimeoutMs, persistence: 'aof' });

test.each(SCENARIOS)('%s: a second election, four node timeouts after the first, still counts', (scenario) => {
  expect(promotionDeadlineMs(scenario, settings(5000))).toBeGreaterThan(predictOutage(5000).outageToMs + 4 * 5000 + 1000);
});

test('a process without persistence that stays away for twice the node timeout is waited for', () => {
  expect(promotionDeadlineMs('processRestarted', { nodeTimeoutMs: 60_000, persistence: 'none' })).toBeGreaterThan(4 * 60_000 + 2 * 60_000);
});

test.each([500, 5000, 120_000])('probe keys outlast the longest trial by far at a node timeout of %i ms', (nodeTimeoutMs) => {
  const of = settings(nodeTimeoutMs);
  expect(longestTrialMs('serverLost', of)).toBeGreaterThan(2 * promotionDeadlineMs('serverLost', of) + 5 * 60_000);
  expect(probeExpiryMs('serverLost', of)).toBeGreaterThanOrEqual(longestTrialMs('serverLost', of) + 5 * 60_000);
  expect(probeExpiryMs('serverLost', of)).toBeGreaterThan(trialDeadlineMs('serverLost', of));
});
