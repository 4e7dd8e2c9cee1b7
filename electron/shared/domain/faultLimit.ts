import { predictOutage, predictOutageOf } from './failover.ts';
import type { Message } from './message.ts';
import type { RestartSettings } from './restartDelay.ts';
import { SCENARIO_FACTS, type FailoverScenario } from './scenario.ts';

/** For starting nodes and loading their data after the fault, milliseconds. */
export const RETURN_DEADLINE_MS = 60_000;
/** For a server whose power was cut to boot and be reached again, milliseconds: a physical one may test its memory for minutes. */
export const BOOT_DEADLINE_MS = 15 * 60_000;
/** For a command that switches a server off or on, milliseconds. */
export const POWER_COMMAND_DEADLINE_MS = 60_000;
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

/** When a server takes a fault back by itself, should nobody have done it before, whole seconds after the undo was placed; or is switched on by this computer. */
export function faultAtMostSeconds(scenario: FailoverScenario, settings: RestartSettings): number {
  const commandMs = SCENARIO_FACTS[scenario].needsPower ? POWER_COMMAND_DEADLINE_MS : 0;
  return Math.ceil((commandMs + promotionDeadlineMs(scenario, settings) + RETURN_DEADLINE_MS) / 1000);
}

/** How long the victim may take to be back when its fault is taken back, milliseconds; then its nodes have {@link RETURN_DEADLINE_MS}. */
export function bootDeadlineMs(scenario: FailoverScenario): number {
  return SCENARIO_FACTS[scenario].needsPower ? BOOT_DEADLINE_MS : 0;
}

/** How long a scenario lasts at most, in words. */
export function longestWords(scenario: FailoverScenario, settings: RestartSettings): Message {
  if (scenario === 'switchover') return { code: 'scenario.longest.switchover', values: { seconds: SWITCHOVER_GIVEN_UP_SECONDS } };
  const code = SCENARIO_FACTS[scenario].needsPower ? 'scenario.longest.power' : 'scenario.longest';
  return { code, values: { seconds: faultAtMostSeconds(scenario, settings) } };
}
