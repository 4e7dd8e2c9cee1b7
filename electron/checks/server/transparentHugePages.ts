import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';
import { judgeKernelSetting } from '../judgeKernelSetting.ts';

/** Transparent huge pages are off: with them a save copies 2 MiB for every byte that is written meanwhile (OutSystems and Redis both ask for it). */
export const transparentHugePages = eachServer('server.transparentHugePages', ['pass', 'warn', 'skipped'], (facts, context): Judgement => {
  const found = facts.kernel.transparentHugePages;
  const expected = message('check.server.transparentHugePages.expected');
  // The file is missing where the kernel was built without them: nothing to switch off.
  if (found === null)
    return {
      verdict: 'skipped',
      expected,
      observed: message('check.server.transparentHugePages.absent'),
      evidence: evidenceOf({ transparentHugePages: found }),
    };
  return judgeKernelSetting(facts, context, 'transparent_hugepage', expected);
});
