import type { TrialClock } from './trialLogs.ts';

/** One question for a server's clock: the moments on the run's clock around it, and what the server said, all in milliseconds. */
export interface ClockExchange {
  readonly sentAtMs: number;
  readonly serverMs: number;
  readonly answeredAtMs: number;
}

/** How far a clock is ahead of the run's, and how far that may be off, milliseconds. */
export interface ClockOffset {
  readonly offsetMs: number;
  readonly uncertaintyMs: number;
}

/** More than any clock is slewed by the programs that keep it right (`adjtime`, chrony and w32time go to 500 millionths), and than any quartz is off. */
const MOST_DRIFT = 0.0005;

/**
 * The offset by the exchange that came back soonest: the server read its clock somewhere between its two moments, so the middle is off by at most half of
 * what lies between. Null where there was none.
 */
export function offsetOf(exchanges: readonly ClockExchange[]): ClockOffset | null {
  const roundTrip = (one: ClockExchange): number => one.answeredAtMs - one.sentAtMs;
  const [best] = exchanges.toSorted((a, b) => roundTrip(a) - roundTrip(b));
  if (best === undefined) return null;
  return { offsetMs: best.serverMs - (best.sentAtMs + best.answeredAtMs) / 2, uncertaintyMs: roundTrip(best) / 2 };
}

/** The clock of a server that has booted between two measurements: what it was before tells nothing of what it is now, however near the two are. */
export function clockOverBoot(server: string, before: ClockOffset | null, after: ClockOffset | null): TrialClock {
  return { server, before, after, during: null, state: 'booted' };
}

/**
 * What holds between two measurements that lie `elapsedMs` apart. Where they differ by less than they may be off and a clock may drift, the middle of both, with half
 * of the difference added to what it may be off; where they differ by more, somebody has set the clock, and nobody knows when. A clock that was measured once is off by
 * what it may have drifted too.
 */
export function clockDuring(server: string, before: ClockOffset | null, after: ClockOffset | null, elapsedMs: number): TrialClock {
  const driftMs = elapsedMs * MOST_DRIFT;
  const known = { server, before, after };
  if (before === null || after === null) {
    const once = before ?? after;
    if (once === null) return { ...known, during: null, state: 'unknown' };
    return { ...known, during: { offsetMs: once.offsetMs, uncertaintyMs: once.uncertaintyMs + driftMs }, state: 'once' };
  }
  const apartMs = Math.abs(after.offsetMs - before.offsetMs);
  if (apartMs > before.uncertaintyMs + after.uncertaintyMs + driftMs) return { ...known, during: null, state: 'set' };
  return {
    ...known,
    during: {
      offsetMs: (before.offsetMs + after.offsetMs) / 2,
      uncertaintyMs: Math.max(before.uncertaintyMs, after.uncertaintyMs) + apartMs / 2,
    },
    state: 'measured',
  };
}

/**
 * By how much the run's clock stood still between two measurements that lie `elapsedMs` apart on it, milliseconds: the clocks of all servers moved on by the same, as far as that
 * can be told. Null where they did not, and where fewer than two were measured both times: one that moved alone was set. A server that has booted says nothing of it.
 */
export function pausedMs(clocks: readonly TrialClock[], elapsedMs: number): number | null {
  const moved = clocks.flatMap(({ state, before, after }) =>
    before === null || after === null || state === 'booted'
      ? []
      : [{ state, ms: after.offsetMs - before.offsetMs, uncertaintyMs: before.uncertaintyMs + after.uncertaintyMs }],
  );
  const leastMs = Math.min(...moved.map(({ ms }) => ms));
  if (moved.length < 2 || leastMs <= 0 || moved.some(({ state }) => state !== 'set')) return null;
  // Each may have drifted as long as the trial took, the pause included.
  const driftMs = 2 * MOST_DRIFT * (elapsedMs + leastMs);
  const isSame = moved.every((one) =>
    moved.every((other) => Math.abs(one.ms - other.ms) <= one.uncertaintyMs + other.uncertaintyMs + driftMs),
  );
  return isSame ? leastMs : null;
}
