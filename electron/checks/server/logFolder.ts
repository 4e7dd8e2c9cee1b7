import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';
import { diskEvidence, diskOf, WORKING_ROOM_BYTES } from '../foundDisk.ts';
import { sizeText } from '../sizeText.ts';

/** The file system of the logs can be written and is not full. Redis goes on without its log, so a full one is only a warning. */
export const logFolder = eachServer('server.logFolder', ['pass', 'warn', 'fail'], (facts, context): Judgement => {
  const folder = context.plan.folders.logs;
  const disk = diskOf(facts, folder);
  const needed = sizeText(WORKING_ROOM_BYTES);
  const expected = message('check.server.logFolder.expected', { folder, needed });
  const evidence = evidenceOf({ folder, ...diskEvidence(disk) });
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
  if (disk.freeBytes >= WORKING_ROOM_BYTES) return { verdict: 'pass', expected, observed, evidence };
  return { verdict: 'warn', expected, observed, evidence, remedy: message('check.disk.free.remedy', { mountPoint, needed }) };
});
