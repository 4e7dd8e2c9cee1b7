import { expect, test } from 'vitest';
import { AFTERWARDS_DEADLINE_MS } from '../redis/insist.ts';
import { FIRST_WRITE_DEADLINE_MS } from '../redis/notWritable.ts';
import { predictOutage } from '../shared/domain/failover.ts';
import { FAULT_STEP_DEADLINE_MS, promotionDeadlineMs, RETURN_DEADLINE_MS } from '../shared/domain/faultLimit.ts';
import { SCENARIOS } from '../shared/domain/scenario.ts';
import { HEAL_DEADLINE_MS, LOGS_DEADLINE_MS, longestTrialMs, probeExpiryMs, trialDeadlineMs } from './trialDeadlines.ts';

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

test('probe keys outlast the deadline that a trial was told, too', () => {
  const of = settings(500);
  expect(probeExpiryMs('serverLost', of, 3_600_000)).toBe(3_900_000);
  expect(probeExpiryMs('serverLost', of, 15_000)).toBe(probeExpiryMs('serverLost', of));
});

test('the longest trial has time for both steps of a fault, a slow start of its measures, and reading all that they wrote', () => {
  const [of, steps] = [settings(500), FAULT_STEP_DEADLINE_MS * 2 + FIRST_WRITE_DEADLINE_MS + 3 * AFTERWARDS_DEADLINE_MS + LOGS_DEADLINE_MS];
  const others = 2 * promotionDeadlineMs('serverLost', of) + HEAL_DEADLINE_MS + 3 * RETURN_DEADLINE_MS + 6 * AFTERWARDS_DEADLINE_MS;
  expect(longestTrialMs('serverLost', of)).toBeGreaterThan(others + steps);
});
