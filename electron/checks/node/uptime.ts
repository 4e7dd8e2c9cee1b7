import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { evidenceOf } from '../evidence.ts';
import { eachAnswer } from '../nodeObservation.ts';

/** A process that crashes at its start or under load does not live longer than this. */
const SETTLED_SECONDS = 60;

/** The process stays up: systemd is not starting it again and again. A young process alone proves nothing, it may just have been installed. */
export const uptime = eachAnswer('node.uptime', ['pass', 'warn', 'skipped'], (view, { node, observation }): Judgement => {
  const seconds = view.uptimeSeconds;
  const unit = observation.facts.find((one) => one.server === node.server)?.units.find((one) => one.unit === node.unit);
  const restarts = unit?.restarts ?? null;
  const expected = message('check.node.uptime.expected');
  const evidence = evidenceOf({ uptimeSeconds: seconds, restarts, unit: unit?.sub });
  if (!Number.isFinite(seconds) || seconds < 0)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.node.uptime.unknown'),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  const isStartedAgain = (restarts ?? 0) > 0 || unit?.sub === 'auto-restart';
  if (seconds < SETTLED_SECONDS && isStartedAgain)
    return {
      verdict: 'warn',
      expected,
      observed: message('check.node.uptime.restarting', { seconds, restarts: restarts ?? 1 }),
      evidence,
      remedy: message('check.node.uptime.remedy', { unit: node.unit, server: node.server, log: node.logFile }),
    };
  if (seconds < SETTLED_SECONDS && restarts === null)
    return { verdict: 'skipped', expected, observed: message('check.node.uptime.young', { seconds }), evidence };
  return { verdict: 'pass', expected, observed: message('check.node.uptime.observed', { seconds }), evidence };
});
