import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { evidenceOf } from '../evidence.ts';
import { eachNode } from '../nodeObservation.ts';

/**
 * The log tells of no trouble since the last validation from this computer, or the last start where none is kept; also that of a node which does not answer any more. Never more than a warning: what is wrong now is
 * judged by other checks, and what was is worth knowing.
 */
export const logErrors = eachNode(
  'node.logErrors',
  ['pass', 'warn', 'unknown', 'skipped'],
  ({ node, observation }, { stage }): Judgement => {
    const { logFile: log, server } = node;
    // Only of a cluster that Triad did not install.
    if (log === '')
      return {
        verdict: 'skipped',
        expected: message('check.node.logErrors.noFile.expected'),
        observed: message('check.node.logErrors.noFile'),
        evidence: '',
      };
    const found = observation.facts.find((one) => one.server === server)?.logs.find(({ path }) => path === log);
    const since = found?.since;
    const expected =
      since === undefined
        ? message('check.node.logErrors.expected', { log })
        : message('check.node.logErrors.expectedSince', { log, at: `${since.slice(0, 19).replace('T', ' ')} UTC` });
    if (stage === 'beforeInstall') return { verdict: 'skipped', expected, observed: message('check.node.logErrors.notYet'), evidence: '' };
    if (found === undefined || found.state === 'unread')
      return {
        verdict: 'unknown',
        expected,
        observed: message('check.node.logErrors.unread', { log }),
        evidence: '',
        remedy: message('check.unread.remedy'),
      };
    const { state, troubles: count, lines } = found;
    const counted = { since: since ?? 'the last start: no earlier validation is kept on this computer' };
    const newest = lines.at(-1);
    if (newest === undefined) {
      const observed = state === 'absent' ? message('check.node.logErrors.absent') : message('check.node.logErrors.none');
      return { verdict: 'pass', expected, observed, evidence: evidenceOf({ ...counted, state, troubles: count }) };
    }
    return {
      verdict: 'warn',
      expected,
      observed:
        count === 1 ? message('check.node.logErrors.one', { line: newest }) : message('check.node.logErrors.some', { count, line: newest }),
      evidence: [evidenceOf(counted), ...lines].join('\n'),
      remedy: message('check.node.logErrors.remedy', { log, server }),
    };
  },
);
