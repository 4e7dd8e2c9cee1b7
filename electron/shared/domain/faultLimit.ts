import { predictOutage, predictOutageOf } from './failover.ts';
import type { Message } from './message.ts';
import type { RestartSettings } from './restartDelay.ts';
import type { FailoverScenario } from './scenario.ts';

/** For starting nodes and loading their data after the fault, milliseconds. */
export const RETURN_DEADLINE_MS = 60_000;
/** For each step of a fault on a server (placing the undo, doing it): on Windows both services one after the other, each as long as it may take; milliseconds. */
export const FAULT_STEP_DEADLINE_MS = 180_000;
/**
 * An election that finds no majority, because a master was too busy to vote in time or had not heard of the FAIL yet, is tried again only after this many
 * node timeouts (Redis `auth_retry_time`). The cluster then heals late, but it heals: that is a warning with its figures, not a failure.
 */
export const ELECTION_RETRY_NODE_TIMEOUTS = 4;
/** Allowed beyond that before a failover counts as not happening. */
const PROMOTION_GRACE_MS = 10_000;
/** After which Redis gives a switchover up by itself, seconds (`CLUSTER_MF_TIMEOUT`). */
const SWITCHOVER_GIVEN_UP_SECONDS = 5;

/** When a failover counts as not happening, milliseconds after the fault. A switchover that is not done by then is given up by Redis itself. */
export function promotionDeadlineMs(scenario: FailoverScenario, settings: RestartSettings): number {
  const slowestMs = Math.max(predictOutageOf(scenario, settings).outageToMs, predictOutage(settings.nodeTimeoutMs).outageToMs);
  return slowestMs + ELECTION_RETRY_NODE_TIMEOUTS * settings.nodeTimeoutMs + PROMOTION_GRACE_MS;
}

/** When a server takes a fault back by itself, should nobody have done it before, whole seconds after the undo was placed. */
export function faultAtMostSeconds(scenario: FailoverScenario, settings: RestartSettings): number {
  return Math.ceil((promotionDeadlineMs(scenario, settings) + RETURN_DEADLINE_MS) / 1000);
}

/** How long a scenario lasts at most, in words. */
export function longestWords(scenario: FailoverScenario, settings: RestartSettings): Message {
  return scenario === 'switchover'
    ? { code: 'scenario.longest.switchover', values: { seconds: SWITCHOVER_GIVEN_UP_SECONDS } }
    : { code: 'scenario.longest', values: { seconds: faultAtMostSeconds(scenario, settings) } };
}
