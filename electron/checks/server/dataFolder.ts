import { nodesOnServer, placesOn } from '../../shared/domain/plan.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { isOurUnit } from '../checkContext.ts';
import { eachServer } from '../eachServer.ts';
import { bundleBytes, diskOf, WORKING_ROOM_BYTES } from '../foundDisk.ts';
import { judgeFolder } from '../judgeFolder.ts';
import { sizeText } from '../sizeText.ts';

/** File systems that live on another machine: a stall there stops the node's writes, and with them its answers to the bus. */
const NETWORK_FILE_SYSTEMS: readonly string[] = [
  'nfs',
  'nfs4',
  'cifs',
  'smb3',
  'smbfs',
  'ceph',
  'glusterfs',
  'fuse.glusterfs',
  'fuse.sshfs',
  'lustre',
  'afs',
  '9p',
];
/** File systems in memory: their content is gone after a reboot, and a master that comes back empty empties its replica. */
const MEMORY_FILE_SYSTEMS: readonly string[] = ['tmpfs', 'ramfs'];

/**
 * The file system of the data can be written, lies on this machine, and has room: `2 x maxMemory` (the two nodes full, once) beside the
 * bundle, or writes are refused as soon as a background save fails. Twice that lets both rewrite at the same time: a rewritten file exists
 * beside the old one until it is complete. Where a node runs already its data takes part of that room, so too little is only a warning then.
 */
export const dataFolder = eachServer('server.dataFolder', ['pass', 'warn', 'fail'], (facts, context): Judgement => {
  const { plan } = context;
  const { maxMemoryBytes, persistence } = plan.settings;
  const { folders } = placesOn(plan, facts.server);
  const folder = folders.data;
  const disk = diskOf(facts, folder);
  const install = diskOf(facts, folders.install);
  const bundleHere =
    disk === undefined || install === undefined || install.mountPoint === disk.mountPoint ? bundleBytes(plan, facts.server) : 0;
  const dataBytes = persistence === 'none' ? 0 : nodesOnServer(plan, facts.server).length * maxMemoryBytes;
  const leastBytes = dataBytes + bundleHere + WORKING_ROOM_BYTES;
  const goodBytes = leastBytes + dataBytes;
  const expected = message('check.server.dataFolder.expected', { folder, needed: sizeText(goodBytes) });
  const more = { neededBytes: leastBytes, goodBytes };
  return judgeFolder(facts, { folder, expected, more }, ({ disk: { mountPoint, fileSystem, freeBytes }, observed, evidence }) => {
    const runsAlready =
      context.plan.adopted === true || facts.units.some((unit) => isOurUnit(context.plan, unit.unit) && unit.active === 'active');
    if (freeBytes < leastBytes && !(runsAlready && freeBytes >= WORKING_ROOM_BYTES))
      return {
        verdict: 'fail',
        expected,
        observed,
        evidence,
        remedy: message('check.disk.free.remedy', { mountPoint, needed: sizeText(leastBytes) }),
      };
    if (NETWORK_FILE_SYSTEMS.includes(fileSystem))
      return {
        verdict: 'warn',
        expected,
        observed: message('check.server.dataFolder.network', { mountPoint, fileSystem }),
        evidence,
        remedy: message('check.server.dataFolder.network.remedy'),
      };
    if (MEMORY_FILE_SYSTEMS.includes(fileSystem) && persistence !== 'none')
      return {
        verdict: 'warn',
        expected,
        observed: message('check.server.dataFolder.memory', { mountPoint, fileSystem }),
        evidence,
        remedy: message('check.server.dataFolder.memory.remedy'),
      };
    if (freeBytes >= goodBytes || (runsAlready && freeBytes >= leastBytes)) return { verdict: 'pass', expected, observed, evidence };
    return {
      verdict: 'warn',
      expected,
      observed,
      evidence,
      remedy: message('check.disk.free.remedy', { mountPoint, needed: sizeText(goodBytes) }),
    };
  });
});
