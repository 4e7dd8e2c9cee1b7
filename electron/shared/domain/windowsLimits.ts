/**
 * What Redis needs on a Windows server. The programs are built for a C runtime that copies the whole memory of a process where Linux shares it (`fork`): every
 * save, rewrite and full copy to a replica takes as much again, at once and before it has begun.
 */

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/** The most that one node's data may take of a server's memory: two nodes, each copied once, and a third for everything else. */
export const WINDOWS_MEMORY_SHARE = 0.17;

/** The most that one node may hold on a server with so much memory, bytes. */
export function mostWindowsMemory(memoryBytes: number): number {
  return Math.floor(memoryBytes * WINDOWS_MEMORY_SHARE);
}

/** Memory that Windows must be able to promise (commit) to the nodes of a server, bytes: their data, a copy of it, and 1 GiB for everything else. */
export function windowsCommitNeed(nodes: number, maxMemoryBytes: number): number {
  return 2 * nodes * maxMemoryBytes + GIB;
}

/** The most that each node may hold where so much can be promised, bytes; never less than nothing. */
export function mostMemoryForCommit(nodes: number, commitBytes: number): number {
  return Math.max(0, Math.floor((commitBytes - GIB) / (2 * nodes)));
}

/** Room on the disk of the data of a server's nodes, bytes: the file that grows, the one that takes its place, a snapshot, and 2 GiB for logs and programs. */
export function windowsDiskNeed(nodes: number, maxMemoryBytes: number): number {
  return 3 * nodes * maxMemoryBytes + 2 * GIB;
}

/** An amount of memory as redis.conf writes it, in whole mebibytes. */
export function memoryAsSetting(bytes: number): string {
  return `${Math.floor(bytes / MIB)}mb`;
}

/** A range of ports, both ends included. */
export type PortRange = readonly [first: number, last: number];

/** The ports that lie in one of the ranges, each with it. */
export function portsInRanges(
  ports: readonly number[],
  ranges: readonly PortRange[],
): readonly { readonly port: number; readonly range: PortRange }[] {
  return ports.flatMap((port) => {
    const range = ranges.find(([first, last]) => port >= first && port <= last);
    return range === undefined ? [] : [{ port, range }];
  });
}
