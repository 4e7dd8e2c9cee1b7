import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';

/** From here on log lines of two servers can no longer be laid beside each other. */
const WARN_MS = 1000;
/** From here on certificates, tickets and expiry times are in doubt. */
const FAIL_MS = 30_000;

/**
 * The clocks of the servers agree. Each was compared with the admin's clock; the difference between two servers is known to within the sum
 * of both uncertainties, and only what is certainly too much counts as such. Redis itself needs no common clock, but expiry times and the story
 * that logs tell do.
 */
export const clock = eachServer(
  'server.clock',
  ['pass', 'warn', 'fail'],
  (facts, _context, all): Judgement => {
    const { offsetMs, uncertaintyMs, isSynchronised } = facts.clock;
    const differences = all
      .filter((one) => one.server !== facts.server)
      .map((one) => ({
        other: one.server,
        differenceMs: offsetMs - one.clock.offsetMs,
        withinMs: uncertaintyMs + one.clock.uncertaintyMs,
      }));
    const expected = message('check.server.clock.expected');
    const evidence = evidenceOf({ offsetMs, uncertaintyMs, isSynchronised, differences });
    const remedy = message('check.server.clock.remedy');
    const isMeasured =
      differences.length > 0 &&
      differences.every((one) => Number.isFinite(one.differenceMs) && one.withinMs >= 0 && one.withinMs <= WARN_MS);
    const worst = differences.toSorted((a, b) => Math.abs(b.differenceMs) - Math.abs(a.differenceMs))[0];
    const certainMs = worst === undefined ? Number.NaN : Math.abs(worst.differenceMs) - worst.withinMs;
    // A coarse measure still proves a large difference; it only cannot prove a small one.
    if (worst === undefined || !(isMeasured || certainMs > WARN_MS))
      return {
        verdict: 'unknown',
        expected,
        observed: message('check.server.clock.unknown'),
        evidence,
        remedy: message('check.unread.remedy'),
      };
    const seconds = Number((Math.abs(worst.differenceMs) / 1000).toFixed(Math.abs(worst.differenceMs) < 10_000 ? 2 : 0));
    const observed =
      worst.differenceMs >= 0
        ? message('check.server.clock.ahead', { seconds, other: worst.other })
        : message('check.server.clock.behind', { seconds, other: worst.other });
    if (certainMs > FAIL_MS) return { verdict: 'fail', expected, observed, evidence, remedy };
    if (certainMs > WARN_MS) return { verdict: 'warn', expected, observed, evidence, remedy };
    if (isSynchronised === false)
      return {
        verdict: 'warn',
        expected,
        observed: message('check.server.clock.notSynchronised', { seconds, other: worst.other }),
        evidence,
        remedy,
      };
    return { verdict: 'pass', expected, observed, evidence };
  },
  { comparesServers: true },
);
