import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { evidenceOf } from '../evidence.ts';
import { eachAnswer } from '../nodeObservation.ts';
import { sizeText } from '../sizeText.ts';

/** From here on there is time to act before writes are refused. */
const WARN_SHARE = 0.8;

/** The node is not about to be full: with `noeviction` a full one refuses writes. */
export const usedMemory = eachAnswer('node.usedMemory', ['pass', 'warn', 'fail'], (view, _seen, { plan }): Judgement => {
  const limit = plan.settings.maxMemoryBytes;
  const used = view.usedMemoryBytes;
  const expected = message('check.node.usedMemory.expected', { percent: WARN_SHARE * 100, limit: sizeText(limit) });
  const evidence = evidenceOf({ usedMemoryBytes: used, maxMemoryBytes: limit, keys: view.keys });
  if (!Number.isFinite(used) || used <= 0)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.node.usedMemory.unknown'),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  const observed = message('check.node.usedMemory.observed', {
    used: sizeText(used),
    percent: Math.floor((used / limit) * 100),
    keys: view.keys,
  });
  if (used <= limit * WARN_SHARE) return { verdict: 'pass', expected, observed, evidence };
  return { verdict: used < limit ? 'warn' : 'fail', expected, observed, evidence, remedy: message('check.node.usedMemory.remedy') };
});
