import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';
import { sizeText } from '../sizeText.ts';
import { memoryNeeded } from './memory.ts';

/**
 * Swap where memory is short. Redis's administration guide asks for swap, because without it the kernel kills the process (the largest one: Redis) the
 * moment memory runs out, while with it somebody has the time to notice. Against it stands that a swapping Redis is slow; but pages move only
 * when memory is short. So no swap is a warning only where the nodes could use memory up, and having swap never is one.
 */
export const swap = eachServer('server.swap', ['pass', 'warn'], (facts, context): Judgement => {
  const { swapBytes, memoryBytes } = facts;
  const needed = memoryNeeded(facts.server, context).savingBytes;
  const expected = message('check.server.swap.expected');
  const evidence = evidenceOf({ swapBytes, memoryBytes });
  if (!Number.isFinite(swapBytes) || swapBytes < 0 || !Number.isFinite(memoryBytes) || memoryBytes <= 0)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.server.swap.unknown'),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  if (swapBytes > 0)
    return { verdict: 'pass', expected, observed: message('check.server.swap.observed', { swap: sizeText(swapBytes) }), evidence };
  if (memoryBytes >= needed)
    return { verdict: 'pass', expected, observed: message('check.server.swap.notNeeded', { memory: sizeText(memoryBytes) }), evidence };
  return {
    verdict: 'warn',
    expected,
    observed: message('check.server.swap.none', { memory: sizeText(memoryBytes), needed: sizeText(needed) }),
    evidence,
    remedy: message('check.server.swap.remedy', { size: `${Math.ceil((needed - memoryBytes) / 1024 ** 3)}G` }),
  };
});
