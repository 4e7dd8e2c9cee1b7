import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';
import { bundleBytes, diskEvidence, diskOf, WORKING_ROOM_BYTES } from '../foundDisk.ts';
import { sizeText } from '../sizeText.ts';

/** The file system of the programs can be written, runs programs, and has room for them. Mount options of other folders do not matter here. */
export const installFolder = eachServer('server.installFolder', ['pass', 'fail'], (facts, context): Judgement => {
  const folder = context.plan.folders.install;
  const neededBytes = bundleBytes(context.plan) + WORKING_ROOM_BYTES;
  const expected = message('check.server.installFolder.expected', { folder, needed: sizeText(neededBytes) });
  const disk = diskOf(facts, folder);
  const evidence = evidenceOf({ folder, ...diskEvidence(disk) });
  if (disk === undefined)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.disk.unknown', { folder }),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  const { mountPoint, options } = disk;
  const wrong = options.includes('ro') ? 'ro' : options.includes('noexec') ? 'noexec' : null;
  if (wrong === 'ro')
    return {
      verdict: 'fail',
      expected,
      observed: message('check.disk.readOnly', { mountPoint }),
      evidence,
      remedy: message('check.disk.readOnly.remedy', { mountPoint }),
    };
  if (wrong === 'noexec')
    return {
      verdict: 'fail',
      expected,
      observed: message('check.server.installFolder.noexec', { mountPoint }),
      evidence,
      remedy: message('check.server.installFolder.noexec.remedy', { mountPoint }),
    };
  const free = sizeText(disk.freeBytes);
  const observed = message('check.disk.observed', { free, mountPoint, fileSystem: disk.fileSystem });
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
