import { placesOn } from '../../shared/domain/plan.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { WORKING_ROOM_BYTES } from '../foundDisk.ts';
import { judgeFolder } from '../judgeFolder.ts';
import { sizeText } from '../sizeText.ts';

/** The file system of the logs can be written and is not full. Redis goes on without its log, so a full one is only a warning. */
export const logFolder = eachServer('server.logFolder', ['pass', 'warn', 'fail'], (facts, context): Judgement => {
  const folder = placesOn(context.plan, facts.server).folders.logs;
  const needed = sizeText(WORKING_ROOM_BYTES);
  const expected = message('check.server.logFolder.expected', { folder, needed });
  return judgeFolder(facts, { folder, expected }, ({ disk: { freeBytes, mountPoint }, observed, evidence }) => {
    if (freeBytes >= WORKING_ROOM_BYTES) return { verdict: 'pass', expected, observed, evidence };
    return { verdict: 'warn', expected, observed, evidence, remedy: message('check.disk.free.remedy', { mountPoint, needed }) };
  });
});
