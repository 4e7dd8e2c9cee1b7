import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { evidenceOf } from '../evidence.ts';
import { eachAnswer } from '../nodeObservation.ts';

/** The process runs the planned version: another one on disk takes effect at a restart only. */
export const version = eachAnswer('node.version', ['pass', 'warn'], (view, { node }, { plan }): Judgement => {
  const expected = message('check.node.version.expected', { engine: plan.engine, version: plan.version });
  const evidence = evidenceOf({ version: view.version });
  if (view.version === '')
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.node.version.unknown'),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  const observed = message('check.node.version.observed', { version: view.version });
  if (view.version === plan.version) return { verdict: 'pass', expected, observed, evidence };
  return { verdict: 'warn', expected, observed, evidence, remedy: message('check.node.version.remedy', { unit: node.unit }) };
});
