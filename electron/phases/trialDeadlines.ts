import { AFTERWARDS_DEADLINE_MS } from '../redis/insist.ts';
import { FIRST_WRITE_DEADLINE_MS } from '../redis/notWritable.ts';
import {
  bootDeadlineMs,
  ELECTION_RETRY_NODE_TIMEOUTS,
  FAULT_STEP_DEADLINE_MS,
  promotionDeadlineMs,
  RETURN_DEADLINE_MS,
} from '../shared/domain/faultLimit.ts';
import type { RestartSettings } from '../shared/domain/restartDelay.ts';
import type { FailoverScenario } from '../shared/domain/scenario.ts';
import { restoreDeadlineMs } from './restorePlannedRoles.ts';

/** For a cluster that is ready at the beginning to be seen so. */
export const BASELINE_DEADLINE_MS = 10_000;
/** For reaching the writes that are wanted; at 200 a second they take 2 s. */
export const WRITES_DEADLINE_MS = 30_000;
/**
 * Healing has a deadline of its own, because it must also work after an interruption. Above what the helper of a Windows server waits for its nodes, 75 s: then
 * that says which one does not start.
 */
export const HEAL_DEADLINE_MS = 100_000;
/** For the answer of a server to one question for its clock. */
export const CLOCK_DEADLINE_MS = 2000;
/** For reading the ends of the logs, of all servers at the same time. */
export const LOGS_DEADLINE_MS = 15_000;
const SERVERS = 3;
/** Before and after, one server after the other; one that does not answer is asked once. */
const CLOCKS_MS = 2 * SERVERS * CLOCK_DEADLINE_MS;
/** For reading back what the trial has written, then what was written with WAIT, and for deleting both at the same time. */
const AFTERWARDS_MS = 3 * SERVERS * AFTERWARDS_DEADLINE_MS;
/** Probe keys stay at least for this much longer than the trial may go on. */
const EXPIRY_GRACE_MS = 5 * 60_000;

/** How long a trial can take from its first probe write to its last, when every step of it uses up its deadline, milliseconds. */
export function longestTrialMs(scenario: FailoverScenario, settings: RestartSettings): number {
  return (
    BASELINE_DEADLINE_MS +
    // What is measured beside begins with the probe writer, and waits longer.
    FIRST_WRITE_DEADLINE_MS +
    WRITES_DEADLINE_MS +
    // The undo is placed, then the fault is done.
    2 * FAULT_STEP_DEADLINE_MS +
    // The victim's writes are followed until one fails, and then until one succeeds.
    2 * (promotionDeadlineMs(scenario, settings) + WRITES_DEADLINE_MS) +
    HEAL_DEADLINE_MS +
    bootDeadlineMs(scenario) +
    // The nodes answer, then they are in sync, and when the roles are given back the cluster is ready.
    3 * RETURN_DEADLINE_MS +
    restoreDeadlineMs(settings.nodeTimeoutMs) +
    AFTERWARDS_MS +
    CLOCKS_MS +
    LOGS_DEADLINE_MS
  );
}

/**
 * When a trial that has no deadline of its own is given up and healed, milliseconds after its beginning: the rest of a replica that was elected a moment ago,
 * and everything else at its longest. Reached only where something hangs that has no deadline.
 */
export function trialDeadlineMs(scenario: FailoverScenario, settings: RestartSettings): number {
  return ELECTION_RETRY_NODE_TIMEOUTS * settings.nodeTimeoutMs + longestTrialMs(scenario, settings);
}

/**
 * Time after which probe keys go away by themselves, should nobody be left to delete them, milliseconds. An expired key would look like a lost
 * write, so twice the longest trial, because SSH calls without a deadline of their own are not in it, and longer than the trial's own deadline, where it was told one.
 */
export function probeExpiryMs(scenario: FailoverScenario, settings: RestartSettings, deadlineMs = 0): number {
  return Math.max(2 * longestTrialMs(scenario, settings), deadlineMs + EXPIRY_GRACE_MS);
}
