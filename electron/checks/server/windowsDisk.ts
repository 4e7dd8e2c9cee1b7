import { windowsDiskNeed } from '../../shared/domain/windowsLimits.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { evidenceOf } from '../evidence.ts';
import { neededText, sizeText } from '../sizeText.ts';

/** The disk that the data of a server's nodes lies on, or will. */
export interface WindowsDiskFacts {
  readonly nodes: number;
  readonly maxMemoryBytes: number;
  /** Such as `C:\`. */
  readonly root: string;
  /** As Windows names it: `NTFS`, `ReFS`, `FAT32`. */
  readonly fileSystem: string;
  /** Built in: no stick, no share, no memory disk. */
  readonly isFixed: boolean;
  readonly freeBytes: number;
}

/** File systems that keep rights, and files above 4 GB. */
const FIT: ReadonlySet<string> = new Set(['NTFS', 'REFS']);

/** Whether the disk is of a fit kind and has room for the data, for the file that is written anew beside it, and for logs. */
export function judgeWindowsDisk(facts: WindowsDiskFacts): Judgement {
  const { nodes, maxMemoryBytes, root, fileSystem, isFixed, freeBytes } = facts;
  const needed = windowsDiskNeed(nodes, maxMemoryBytes);
  const expected = message('check.server.windowsDisk.expected', { needed: sizeText(needed) });
  const evidence = evidenceOf({ root, fileSystem, isFixed, freeBytes, neededBytes: needed });
  if (!Number.isFinite(freeBytes) || freeBytes < 0 || fileSystem === '')
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.server.windowsDisk.unknown', { root }),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  if (!isFixed || !FIT.has(fileSystem.toUpperCase()))
    return {
      verdict: 'fail',
      expected,
      observed: message(isFixed ? 'check.server.windowsDisk.fileSystem' : 'check.server.windowsDisk.notFixed', { root, fileSystem }),
      evidence,
      remedy: message('check.server.windowsDisk.kind.remedy'),
    };
  const observed = message('check.server.windowsDisk.observed', { root, free: sizeText(freeBytes), fileSystem });
  if (freeBytes >= needed) return { verdict: 'pass', expected, observed, evidence };
  return {
    verdict: 'fail',
    expected,
    observed,
    evidence,
    remedy: message('check.server.windowsDisk.remedy', { root, missing: neededText(needed - freeBytes) }),
  };
}
