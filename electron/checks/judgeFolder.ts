import type { Message } from '../shared/domain/message.ts';
import type { FoundDisk, ServerFacts } from '../shared/domain/server.ts';
import { message } from '../shared/messages/message.ts';
import type { Judgement } from './check.ts';
import { evidenceOf } from './evidence.ts';
import { diskEvidence, diskOf } from './foundDisk.ts';
import { sizeText } from './sizeText.ts';

/** What is asked of the file system that a folder lies on, or will. */
export interface WantedFolder {
  readonly folder: string;
  readonly expected: Message;
  /** Evidence beside that of the file system. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** A file system that can be written, with the sentence on its room. */
export interface WritableDisk {
  readonly disk: FoundDisk;
  readonly observed: Message;
  readonly evidence: string;
}

/** Judges what all folders have in common: the file system could be seen, and can be written. `judgeDisk` has the word on the rest. */
export function judgeFolder(facts: ServerFacts, wanted: WantedFolder, judgeDisk: (found: WritableDisk) => Judgement): Judgement {
  const { folder, expected, more } = wanted;
  const disk = diskOf(facts, folder);
  const evidence = evidenceOf({ folder, ...diskEvidence(disk), ...more });
  if (disk === undefined)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.disk.unknown', { folder }),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  const { mountPoint, fileSystem } = disk;
  if (disk.options.includes('ro'))
    return {
      verdict: 'fail',
      expected,
      observed: message('check.disk.readOnly', { mountPoint }),
      evidence,
      remedy: message('check.disk.readOnly.remedy', { mountPoint }),
    };
  const observed = message('check.disk.observed', { free: sizeText(disk.freeBytes), mountPoint, fileSystem });
  return judgeDisk({ disk, observed, evidence });
}
