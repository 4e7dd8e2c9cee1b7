import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { evidenceOf } from '../evidence.ts';
import { eachNode } from '../nodeObservation.ts';

/** systemd runs the node, will start it at boot, and has read its unit as it is on disk. */
export const service = eachNode('node.service', ['pass', 'warn', 'fail', 'unknown'], ({ node, observation }): Judgement => {
  const { unit, server } = node;
  const expected = message('check.node.service.expected', { unit });
  const found = observation.facts.find((one) => one.server === server)?.units.find((one) => one.unit === unit);
  if (found === undefined)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.node.service.unread', { unit }),
      evidence: '',
      remedy: message('check.unread.remedy'),
    };
  const evidence = evidenceOf(found);
  const state = `${found.active} (${found.sub})`;
  if (found.load === 'not-found')
    return {
      verdict: 'fail',
      expected,
      observed: message('check.node.service.absent'),
      evidence,
      remedy: message('check.node.service.absent.remedy'),
    };
  if (found.active !== 'active')
    return {
      verdict: 'fail',
      expected,
      observed: message('check.node.service.notActive', { state }),
      evidence,
      remedy: message('check.node.service.notActive.remedy', { unit, server }),
    };
  if (found.enabled !== 'enabled')
    return {
      verdict: 'warn',
      expected,
      observed: message('check.node.service.notEnabled'),
      evidence,
      remedy: message('check.node.service.notEnabled.remedy', { unit, server }),
    };
  if (found.needsReload)
    return {
      verdict: 'warn',
      expected,
      observed: message('check.node.service.needsReload'),
      evidence,
      remedy: message('check.node.service.needsReload.remedy', { server }),
    };
  return { verdict: 'pass', expected, observed: message('check.node.service.observed', { state }), evidence };
});
