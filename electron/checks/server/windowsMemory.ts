import { memoryAsSetting, mostWindowsMemory, WINDOWS_MEMORY_SHARE } from '../../shared/domain/windowsLimits.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { evidenceOf } from '../evidence.ts';
import { neededText, sizeText } from '../sizeText.ts';

/**
 * Whether a node may hold so much on a Windows server with so much memory. On Linux twice the data is enough; here a copy is made in one piece before anything
 * is saved, and while it is made the node answers nobody.
 */
export function judgeWindowsMemory({
  maxMemoryBytes,
  memoryBytes,
}: {
  readonly maxMemoryBytes: number;
  readonly memoryBytes: number;
}): Judgement {
  const most = mostWindowsMemory(memoryBytes);
  const expected = message('check.server.windowsMemory.expected', {
    maxMemory: sizeText(maxMemoryBytes),
    share: Math.round(WINDOWS_MEMORY_SHARE * 100),
  });
  const evidence = evidenceOf({ memoryBytes, maxMemoryBytes, mostBytes: most });
  if (!Number.isFinite(memoryBytes) || memoryBytes <= 0)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.server.windowsMemory.unknown'),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  const observed = message('check.server.windowsMemory.observed', { total: sizeText(memoryBytes), most: sizeText(most) });
  if (maxMemoryBytes <= most) return { verdict: 'pass', expected, observed, evidence };
  const needed = neededText(maxMemoryBytes / WINDOWS_MEMORY_SHARE);
  return {
    verdict: 'fail',
    expected,
    observed,
    evidence,
    remedy: message('check.server.windowsMemory.remedy', { possible: memoryAsSetting(most), needed }),
  };
}
