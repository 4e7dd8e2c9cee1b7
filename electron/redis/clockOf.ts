import { offsetOf, type ClockExchange, type ClockOffset } from '../shared/domain/trialClock.ts';
import type { CallBounds } from './bounded.ts';
import type { RedisNode } from './redisNode.ts';

/** The quickest of so many counts: one of them meets a server and a computer that do nothing else at that moment. */
const EXCHANGES = 12;
/** Nothing in a log is more exact than a millisecond. */
const GOOD_ENOUGH_MS = 0.25;

/**
 * How far the clock of a node's server is ahead of the run's (`now`, plus `timeOfDayMs`, which is what the time of day was when `now` was 0). Asks by `TIME` over a connection that
 * is open, one question after the other. Null where the node does not answer, or not with a time.
 */
export async function clockOf(
  node: Pick<RedisNode, 'call'>,
  { now, timeOfDayMs }: { readonly now: () => number; readonly timeOfDayMs: number },
  bounds: CallBounds = {},
): Promise<ClockOffset | null> {
  const exchanges: ClockExchange[] = [];
  try {
    while (exchanges.length < EXCHANGES && (offsetOf(exchanges)?.uncertaintyMs ?? Infinity) > GOOD_ENOUGH_MS) {
      const sentAtMs = now() + timeOfDayMs;
      const told = await node.call(['TIME'], bounds);
      const answeredAtMs = now() + timeOfDayMs;
      const [seconds, microseconds] = Array.isArray(told) ? told.map(Number) : [];
      if (seconds === undefined || microseconds === undefined || !Number.isFinite(seconds + microseconds)) return null;
      exchanges.push({ sentAtMs, serverMs: seconds * 1000 + microseconds / 1000, answeredAtMs });
    }
  } catch {
    // What was answered before it went silent holds.
  }
  return offsetOf(exchanges);
}
