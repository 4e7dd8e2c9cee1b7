import { memoryAsSetting, mostMemoryForCommit, windowsCommitNeed } from '../../shared/domain/windowsLimits.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { evidenceOf } from '../evidence.ts';
import { neededText, sizeText } from '../sizeText.ts';

/** The least that the specification takes as redis.maxMemory. */
const LEAST_MEMORY_BYTES = 16 * 1024 ** 2;

/** What is known of the memory that Windows can still promise. */
export interface WindowsCommitFacts {
  /** Nodes of this server. */
  readonly nodes: number;
  readonly maxMemoryBytes: number;
  /** Commit limit less what is committed now. */
  readonly commitAvailableBytes: number;
}

/** Whether Windows can promise the nodes their data and a copy of it. It promises before anything is written: without room a save fails at once. */
export function judgeWindowsCommit({ nodes, maxMemoryBytes, commitAvailableBytes: free }: WindowsCommitFacts): Judgement {
  const needed = windowsCommitNeed(nodes, maxMemoryBytes);
  const expected = message('check.server.windowsCommit.expected', { needed: sizeText(needed), maxMemory: sizeText(maxMemoryBytes) });
  const evidence = evidenceOf({ commitAvailableBytes: free, neededBytes: needed });
  if (!Number.isFinite(free) || free < 0)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.server.windowsCommit.unknown'),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  const observed = message('check.server.windowsCommit.observed', { free: sizeText(free) });
  if (free >= needed) return { verdict: 'pass', expected, observed, evidence };
  const possible = mostMemoryForCommit(nodes, free);
  const missing = neededText(needed - free);
  return {
    verdict: 'fail',
    expected,
    observed,
    evidence,
    remedy:
      possible < LEAST_MEMORY_BYTES
        ? message('check.server.windowsCommit.none.remedy', { missing })
        : message('check.server.windowsCommit.remedy', { missing, possible: memoryAsSetting(possible) }),
  };
}
