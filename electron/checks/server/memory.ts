import { nodesOnServer } from '../../shared/domain/plan.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import type { CheckContext } from '../checkContext.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';
import { sizeText } from '../sizeText.ts';

/**
 * Memory that the nodes of a server may take, in bytes. `full`: each node holds `maxMemory` of data. `saving`: twice that, because a save or a full
 * copy to a replica forks the process, and every page that is written meanwhile exists twice.
 */
export function memoryNeeded(server: string, context: CheckContext): { readonly fullBytes: number; readonly savingBytes: number } {
  const fullBytes = nodesOnServer(context.plan, server).length * context.plan.settings.maxMemoryBytes;
  return { fullBytes, savingBytes: fullBytes * 2 };
}

/** Room for both nodes at `maxMemory`, and for a save meanwhile. Total memory counts: what the nodes hold already is theirs. */
export const memory = eachServer('server.memory', ['pass', 'warn', 'fail'], (facts, context): Judgement => {
  const total = facts.memoryBytes;
  const { fullBytes, savingBytes } = memoryNeeded(facts.server, context);
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
  if (total >= savingBytes) return { verdict: 'pass', expected, observed, evidence };
  const remedy = message('check.server.memory.remedy', {
    needed: sizeText(savingBytes),
    possible: `${Math.floor(total / 1024 ** 2 / (savingBytes / context.plan.settings.maxMemoryBytes))}mb`,
  });
  return { verdict: total >= fullBytes ? 'warn' : 'fail', expected, observed, evidence, remedy };
});
