import { placesOn } from '../../shared/domain/plan.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { bundleBytes, WORKING_ROOM_BYTES } from '../foundDisk.ts';
import { judgeFolder } from '../judgeFolder.ts';
import { sizeText } from '../sizeText.ts';

/** The file system of the programs can be written, runs programs, and has room for them. Mount options of other folders do not matter here. */
export const installFolder = eachServer('server.installFolder', ['pass', 'fail'], (facts, context): Judgement => {
  const folder = placesOn(context.plan, facts.server).folders.install;
  const neededBytes = bundleBytes(context.plan, facts.server) + WORKING_ROOM_BYTES;
  const expected = message('check.server.installFolder.expected', { folder, needed: sizeText(neededBytes) });
  return judgeFolder(facts, { folder, expected }, ({ disk, observed, evidence }) => {
    const { mountPoint } = disk;
    if (disk.options.includes('noexec'))
      return {
        verdict: 'fail',
        expected,
        observed: message('check.server.installFolder.noexec', { mountPoint }),
        evidence,
        remedy: message('check.server.installFolder.noexec.remedy', { mountPoint }),
      };
    if (disk.freeBytes >= neededBytes) return { verdict: 'pass', expected, observed, evidence };
    // Where the programs lie already, only new ones would need the room; but a file system this full stops logs and nodes.conf too.
    return {
      verdict: 'fail',
      expected,
      observed,
      evidence,
      remedy: message('check.disk.free.remedy', { mountPoint, needed: sizeText(neededBytes) }),
    };
  });
});
