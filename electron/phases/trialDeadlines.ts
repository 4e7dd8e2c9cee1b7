import { predictOutage, predictOutageOf } from '../shared/domain/failover.ts';
import type { RestartSettings } from '../shared/domain/restartDelay.ts';
import type { FailoverScenario } from '../shared/domain/scenario.ts';
import { restoreDeadlineMs } from './restorePlannedRoles.ts';

/** For a cluster that is ready at the beginning to be seen so. */
export const BASELINE_DEADLINE_MS = 10_000;
/** For reaching the writes that are wanted; at 200 a second they take 2 s. */
export const WRITES_DEADLINE_MS = 30_000;
/** For starting nodes and loading their data after the fault. */
export const RETURN_DEADLINE_MS = 60_000;
/**
 * Healing has a deadline of its own, because it must also work after an interruption. Above what the helper of a Windows server waits for its nodes, 75 s: then
 * that says which one does not start.
 */
export const HEAL_DEADLINE_MS = 100_000;
/**
 * An election that finds no majority, because a master was too busy to vote in time or had not heard of the FAIL yet, is tried again only after this many
 * node timeouts (Redis `auth_retry_time`). The cluster then heals late, but it heals: that is a warning with its figures, not a failure.
 */
const ELECTION_RETRY_NODE_TIMEOUTS = 4;
/** Allowed beyond that before a failover counts as not happening. */
const PROMOTION_GRACE_MS = 10_000;
/** For reading back and deleting, three shards one after the other, 15 s each. */
const AFTERWARDS_MS = 2 * 3 * 15_000;

/** When a failover counts as not happening, milliseconds after the fault. A switchover that is not done by then is given up by Redis itself. */
export function promotionDeadlineMs(scenario: FailoverScenario, settings: RestartSettings): number {
  const slowestMs = Math.max(predictOutageOf(scenario, settings).outageToMs, predictOutage(settings.nodeTimeoutMs).outageToMs);
  return slowestMs + ELECTION_RETRY_NODE_TIMEOUTS * settings.nodeTimeoutMs + PROMOTION_GRACE_MS;
}

/** How long a trial can take from its first probe write to its last, when every step of it uses up its deadline, milliseconds. */
export function longestTrialMs(scenario: FailoverScenario, settings: RestartSettings): number {
  return (
    BASELINE_DEADLINE_MS +
    WRITES_DEADLINE_MS +
    // The victim's writes are followed until one fails, and then until one succeeds.
    2 * (promotionDeadlineMs(scenario, settings) + WRITES_DEADLINE_MS) +
    HEAL_DEADLINE_MS +
    // The nodes answer, then they are in sync, and when the roles are given back the cluster is ready.
    3 * RETURN_DEADLINE_MS +
    restoreDeadlineMs(settings.nodeTimeoutMs) +
    AFTERWARDS_MS
  );
}

/**
 * Time after which probe keys go away by themselves, should nobody be left to delete them, milliseconds. An expired key would look like a lost
 * write, so twice the longest trial: SSH calls without a deadline of their own are not in it.
 */
export function probeExpiryMs(scenario: FailoverScenario, settings: RestartSettings): number {
  return 2 * longestTrialMs(scenario, settings);
}
