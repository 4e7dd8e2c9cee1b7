import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { evidenceOf } from '../evidence.ts';
import { eachAnswer } from '../nodeObservation.ts';

/** From here on there is time to act before clients are turned away. */
const WARN_SHARE = 0.8;

/** The node is not about to turn clients away: beyond `maxclients` it refuses every further connection. */
export const connections = eachAnswer('node.connections', ['pass', 'warn', 'fail'], (view): Judgement => {
  const expected = message('check.node.connections.expected', { percent: WARN_SHARE * 100 });
  const { connected, limit } = view.clients ?? { connected: 0, limit: null };
  const evidence = evidenceOf({ connected, limit });
  if (limit === null || limit <= 0)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.node.connections.unknown'),
      evidence,
      remedy: message('check.node.connections.unknown.remedy'),
    };
  const observed = message('check.node.connections.observed', { connected, limit });
  if (connected <= limit * WARN_SHARE) return { verdict: 'pass', expected, observed, evidence };
  return { verdict: connected < limit ? 'warn' : 'fail', expected, observed, evidence, remedy: message('check.node.connections.remedy') };
});
