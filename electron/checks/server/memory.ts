import { memoryNeedOf, memoryRoomOf, mostMemoryFor, type MemoryNeed } from '../../shared/domain/memoryNeed.ts';
import { nodesOnServer } from '../../shared/domain/plan.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import type { CheckContext } from '../checkContext.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';
import { sizeText } from '../sizeText.ts';

/** Memory that the nodes of a server may take. */
export function memoryNeeded(server: string, context: CheckContext): MemoryNeed {
  return memoryNeedOf(nodesOnServer(context.plan, server).length, context.plan.settings.maxMemoryBytes);
}

/** Room for both nodes at `maxMemory`, and for a save meanwhile. Total memory counts: what the nodes hold already is theirs. */
export const memory = eachServer('server.memory', ['pass', 'warn', 'fail'], (facts, context): Judgement => {
  const total = facts.memoryBytes;
  const need = memoryNeeded(facts.server, context);
  const { savingBytes } = need;
  const expected = message('check.server.memory.expected', {
    needed: sizeText(savingBytes),
    maxMemory: sizeText(context.plan.settings.maxMemoryBytes),
  });
  const evidence = evidenceOf({ memoryBytes: total, memoryAvailableBytes: facts.memoryAvailableBytes, neededBytes: savingBytes });
  if (!Number.isFinite(total) || total <= 0)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.server.memory.unknown'),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  const observed = message('check.server.memory.observed', { total: sizeText(total) });
  const room = memoryRoomOf(need, total);
  if (room === 'enough') return { verdict: 'pass', expected, observed, evidence };
  const remedy = message('check.server.memory.remedy', {
    needed: sizeText(savingBytes),
    possible: mostMemoryFor(nodesOnServer(context.plan, facts.server).length, total),
  });
  return { verdict: room === 'tight' ? 'warn' : 'fail', expected, observed, evidence, remedy };
});
