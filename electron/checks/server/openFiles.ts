import { nodesOnServer } from '../../shared/domain/plan.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';

/** Redis's default `maxclients` of 10000 and the 32 files that it keeps for itself; with fewer it lowers the number of clients silently. */
const FILES_PER_NODE = 10_000 + 32;

/** The kernel allows enough open files for the clients of both nodes. */
export const openFiles = eachServer('server.openFiles', ['pass', 'warn'], (facts, context): Judgement => {
  const found = facts.kernel.maxOpenFiles;
  const needed = nodesOnServer(context.plan, facts.server).length * FILES_PER_NODE;
  const expected = message('check.server.openFiles.expected', { needed });
  const evidence = evidenceOf({ maxOpenFiles: found });
  if (found === null || !Number.isFinite(found) || found <= 0)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.server.openFiles.unknown'),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  const observed = message('check.server.openFiles.observed', { found });
  if (found >= needed) return { verdict: 'pass', expected, observed, evidence };
  return { verdict: 'warn', expected, observed, evidence, remedy: message('check.server.openFiles.remedy', { needed }) };
});
