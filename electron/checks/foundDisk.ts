import type { FoundDisk, ServerFacts } from '../shared/domain/server.ts';
import { placesOn, type ClusterPlan } from '../shared/domain/plan.ts';
import { isBelow, samePath } from '../shared/domain/serverPath.ts';

/**
 * The file system that a folder lies on, or will: the observed path that is the folder itself or its nearest parent. Undefined where neither was
 * looked at, or where its size could not be read.
 */
export function diskOf(facts: ServerFacts, folder: string): FoundDisk | undefined {
  const nearest = facts.disks
    .filter((disk) => samePath(folder, disk.path) || isBelow(folder, disk.path))
    .toSorted((a, b) => b.path.length - a.path.length)[0];
  return nearest !== undefined && nearest.mountPoint !== '' && Number.isFinite(nearest.freeBytes) && nearest.freeBytes >= 0
    ? nearest
    : undefined;
}

/** What of a file system a judgement rests on, as evidence: not its other mount options, which may name paths of the machine below. */
export function diskEvidence(disk: FoundDisk | undefined): Readonly<Record<string, unknown>> {
  if (disk === undefined) return { mountPoint: null };
  const { mountPoint, fileSystem, freeBytes, sizeBytes, options } = disk;
  return { mountPoint, fileSystem, freeBytes, sizeBytes, options: options.filter((one) => ['ro', 'rw', 'noexec'].includes(one)) };
}

/** Size of the server bundle as it will lie on a server, in bytes. */
export function bundleBytes(plan: ClusterPlan, server: string): number {
  return placesOn(plan, server).bundle.binaries.reduce((sum, binary) => sum + binary.sizeBytes, 0);
}

/** Room for what is always written beside data: configs, units, nodes.conf and its copy, the first log lines. */
export const WORKING_ROOM_BYTES = 64 * 1024 ** 2;
