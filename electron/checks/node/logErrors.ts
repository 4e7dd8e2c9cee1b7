import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { evidenceOf } from '../evidence.ts';
import { eachNode } from '../nodeObservation.ts';

/**
 * The log tells of no trouble since the last start, also that of a node which does not answer any more. Never more than a warning: what is wrong now is
 * judged by other checks, and what was is worth knowing.
 */
export const logErrors = eachNode(
  'node.logErrors',
  ['pass', 'warn', 'unknown', 'skipped'],
  ({ node, observation }, { stage }): Judgement => {
    const { logFile: log, server } = node;
    const expected = message('check.node.logErrors.expected', { log });
    if (stage === 'beforeInstall') return { verdict: 'skipped', expected, observed: message('check.node.logErrors.notYet'), evidence: '' };
    const found = observation.facts.find((one) => one.server === server)?.logs.find(({ path }) => path === log);
    if (found === undefined || found.state === 'unread')
      return {
        verdict: 'unknown',
        expected,
        observed: message('check.node.logErrors.unread', { log }),
        evidence: '',
        remedy: message('check.unread.remedy'),
      };
    const { state, troubles: count, lines } = found;
    const newest = lines.at(-1);
    if (newest === undefined) {
      const observed = state === 'absent' ? message('check.node.logErrors.absent') : message('check.node.logErrors.none');
      return { verdict: 'pass', expected, observed, evidence: evidenceOf({ state, troubles: count }) };
    }
    return {
      verdict: 'warn',
      expected,
      observed:
        count === 1 ? message('check.node.logErrors.one', { line: newest }) : message('check.node.logErrors.some', { count, line: newest }),
      evidence: lines.join('\n'),
      remedy: message('check.node.logErrors.remedy', { log, server }),
    };
  },
);
