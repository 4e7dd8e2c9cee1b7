import type { ServerFacts } from '../../shared/domain/server.ts';
import { exampleContext, exampleFacts, examplePlan, runningUnits } from './exampleFacts.ts';
import type { ServerRow } from './serverRow.ts';

const GB = 1024 ** 3;
const MB = 1024 ** 2;
const example = exampleFacts('server-1');
const { folders } = examplePlan();
function disk(folder: string, differences: Partial<ServerFacts['disks'][number]>): Partial<ServerFacts> {
  return { disks: example.disks.map((one) => (one.path === folder ? { ...one, ...differences } : one)) };
}

function clock(offsetMs: number, differences: Partial<ServerFacts['clock']> = {}): Partial<ServerFacts> {
  return { clock: { offsetMs, uncertaintyMs: 5, isSynchronised: true, ...differences } };
}

/** Rows about CPUs, memory, disks and clocks. */
export const ROOM_ROWS: readonly ServerRow[] = [
  { check: 'swap', name: 'none, and memory just enough', facts: { swapBytes: 0, memoryBytes: GB }, verdict: 'pass', says: 'notNeeded' },
  {
    check: 'dataFolder',
    name: 'just the room that a running node must have',
    facts: { ...disk(folders.data, { freeBytes: 64 * MB }), units: runningUnits('server-1') },
    verdict: 'warn',
    says: 'disk disk.free',
  },
  {
    check: 'dataFolder',
    name: 'where the programs will lie is not known, so they may need room here',
    facts: { disks: disk(folders.data, { freeBytes: 577 * MB }).disks?.filter(({ path }) => path !== folders.install) ?? [] },
    verdict: 'fail',
    says: 'disk disk.free',
  },
  { check: 'memory', name: 'exactly enough for the data', facts: { memoryBytes: 512 * MB }, verdict: 'warn', says: 'observed remedy' },
  { check: 'swap', name: 'no memory known', facts: { swapBytes: 0, memoryBytes: 0 }, verdict: 'unknown', says: 'unknown unread' },
  {
    check: 'installFolder',
    name: 'exactly enough room',
    facts: disk(folders.install, { freeBytes: 18_000_000 + 64 * MB }),
    verdict: 'pass',
    says: 'disk',
  },
  {
    check: 'dataFolder',
    name: 'exactly enough room for both to rewrite',
    facts: disk(folders.data, { freeBytes: 18_000_000 + 64 * MB + GB }),
    verdict: 'pass',
    says: 'disk',
  },
  {
    check: 'dataFolder',
    name: 'exactly enough room for the data',
    facts: disk(folders.data, { freeBytes: 18_000_000 + 64 * MB + GB / 2 }),
    verdict: 'warn',
    says: 'disk disk.free',
  },
  {
    check: 'dataFolder',
    name: 'exactly enough room beside the data of running nodes',
    facts: { ...disk(folders.data, { freeBytes: 18_000_000 + 64 * MB + GB / 2 }), units: runningUnits('server-1') },
    verdict: 'pass',
    says: 'disk',
  },
  { check: 'logFolder', name: 'exactly enough room', facts: disk(folders.logs, { freeBytes: 64 * MB }), verdict: 'pass', says: 'disk' },
  {
    check: 'clock',
    name: 'measured just closely enough',
    facts: clock(3, { uncertaintyMs: 996 }),
    verdict: 'pass',
    says: 'behind',
  },
  { check: 'clock', name: 'just within 30 s', facts: clock(30_015), verdict: 'warn', says: 'ahead remedy', naming: ['30 s'] },
  { check: 'cpu', name: 'two', facts: { cpuCount: 2 }, verdict: 'pass', says: 'observed' },
  { check: 'cpu', name: 'one', facts: { cpuCount: 1 }, verdict: 'warn', says: 'observed remedy' },
  { check: 'cpu', name: 'none', facts: { cpuCount: 0 }, verdict: 'unknown', says: 'unknown unread' },

  { check: 'memory', name: 'just enough for a save', facts: { memoryBytes: GB }, verdict: 'pass', says: 'observed', naming: ['1 GB'] },
  {
    check: 'memory',
    name: 'enough for the data only',
    facts: { memoryBytes: GB - 1 },
    verdict: 'warn',
    says: 'observed remedy',
    naming: ['1023 MB', '255mb'],
  },
  {
    check: 'memory',
    name: 'too little for the data',
    facts: { memoryBytes: 511 * MB },
    verdict: 'fail',
    says: 'observed remedy',
    naming: ['127mb'],
  },
  { check: 'memory', name: 'not known', facts: { memoryBytes: 0 }, verdict: 'unknown', says: 'unknown unread' },

  { check: 'swap', name: 'some', verdict: 'pass', says: 'observed', naming: ['1 GB'] },
  { check: 'swap', name: 'none, and much memory', facts: { swapBytes: 0 }, verdict: 'pass', says: 'notNeeded' },
  {
    check: 'swap',
    name: 'none, and little memory',
    facts: { swapBytes: 0, memoryBytes: 700 * MB },
    verdict: 'warn',
    says: 'none remedy',
    naming: ['700 MB', '1G'],
  },
  { check: 'swap', name: 'not known', facts: { swapBytes: -1 }, verdict: 'unknown', says: 'unknown unread' },

  { check: 'installFolder', name: 'room and rights', verdict: 'pass', says: 'disk', naming: ['40 GB free on /'] },
  {
    check: 'installFolder',
    name: 'full',
    facts: disk(folders.install, { freeBytes: 50 * MB }),
    verdict: 'fail',
    says: 'disk disk.free',
    naming: ['50 MB', '81 MB'],
  },
  {
    check: 'installFolder',
    name: 'read-only',
    facts: disk(folders.install, { options: ['ro'], mountPoint: '/opt' }),
    verdict: 'fail',
    says: 'disk.readOnly disk.readOnly.remedy',
    naming: ['/opt'],
  },
  {
    check: 'installFolder',
    name: 'noexec',
    facts: disk(folders.install, { options: ['rw', 'noexec'], mountPoint: '/opt' }),
    verdict: 'fail',
    says: 'noexec noexec.remedy',
    naming: ['/opt'],
  },
  { check: 'installFolder', name: 'not looked at', facts: { disks: [] }, verdict: 'unknown', says: 'disk.unknown unread' },

  { check: 'dataFolder', name: 'room', verdict: 'pass', says: 'disk' },
  {
    check: 'dataFolder',
    name: 'noexec is fine for data',
    facts: disk(folders.data, { options: ['rw', 'noexec'] }),
    verdict: 'pass',
    says: 'disk',
  },
  {
    check: 'dataFolder',
    name: 'room for the data once',
    facts: disk(folders.data, { freeBytes: 600 * MB }),
    verdict: 'warn',
    says: 'disk disk.free',
    naming: ['600 MB'],
  },
  {
    check: 'dataFolder',
    name: 'no room for the data',
    facts: disk(folders.data, { freeBytes: 500 * MB }),
    verdict: 'fail',
    says: 'disk disk.free',
    naming: ['500 MB', '593 MB'],
  },
  {
    check: 'dataFolder',
    name: 'the programs on another disk need no room here',
    facts: disk(folders.data, { freeBytes: 577 * MB, mountPoint: '/data' }),
    verdict: 'warn',
    says: 'disk disk.free',
    naming: ['/data'],
  },
  {
    check: 'dataFolder',
    name: 'little room beside the data of running nodes',
    facts: { ...disk(folders.data, { freeBytes: 300 * MB }), units: runningUnits('server-1') },
    verdict: 'warn',
    says: 'disk disk.free',
  },
  {
    check: 'dataFolder',
    name: 'a full disk below running nodes',
    facts: { ...disk(folders.data, { freeBytes: 10 * MB }), units: runningUnits('server-1') },
    verdict: 'fail',
    says: 'disk disk.free',
  },
  {
    check: 'dataFolder',
    name: 'little room is enough without persistence',
    facts: disk(folders.data, { freeBytes: 90 * MB }),
    context: exampleContext({ plan: examplePlan({ redis: { persistence: 'none' } }) }),
    verdict: 'pass',
    says: 'disk',
  },
  {
    check: 'dataFolder',
    name: 'read-only',
    facts: disk(folders.data, { options: ['ro'] }),
    verdict: 'fail',
    says: 'disk.readOnly disk.readOnly.remedy',
  },
  {
    check: 'dataFolder',
    name: 'NFS',
    facts: disk(folders.data, { fileSystem: 'nfs4', mountPoint: '/srv' }),
    verdict: 'warn',
    says: 'network network.remedy',
    naming: ['/srv', 'nfs4'],
  },
  {
    check: 'dataFolder',
    name: 'in memory',
    facts: disk(folders.data, { fileSystem: 'tmpfs' }),
    verdict: 'warn',
    says: 'memory memory.remedy',
    naming: ['tmpfs'],
  },
  {
    check: 'dataFolder',
    name: 'in memory, nothing to keep',
    facts: disk(folders.data, { fileSystem: 'tmpfs' }),
    context: exampleContext({ plan: examplePlan({ redis: { persistence: 'none' } }) }),
    verdict: 'pass',
    says: 'disk',
  },
  { check: 'dataFolder', name: 'not looked at', facts: { disks: [] }, verdict: 'unknown', says: 'disk.unknown unread' },

  { check: 'logFolder', name: 'room', verdict: 'pass', says: 'disk' },
  {
    check: 'logFolder',
    name: 'full',
    facts: disk(folders.logs, { freeBytes: 0 }),
    verdict: 'warn',
    says: 'disk disk.free',
    naming: ['0 bytes'],
  },
  {
    check: 'logFolder',
    name: 'read-only',
    facts: disk(folders.logs, { options: ['ro'] }),
    verdict: 'fail',
    says: 'disk.readOnly disk.readOnly.remedy',
  },
  {
    check: 'logFolder',
    name: 'only the root was looked at',
    facts: { disks: [{ ...example.disks[0], path: '/', mountPoint: '/', fileSystem: 'xfs', freeBytes: GB, sizeBytes: GB, options: [] }] },
    verdict: 'pass',
    says: 'disk',
    naming: ['xfs'],
  },
  {
    check: 'logFolder',
    name: 'size unreadable',
    facts: disk(folders.logs, { freeBytes: Number.NaN }),
    verdict: 'unknown',
    says: 'disk.unknown unread',
  },

  { check: 'clock', name: 'alike', verdict: 'pass', says: 'behind' },
  { check: 'clock', name: '1 s ahead with the uncertainty', facts: clock(1015), verdict: 'pass', says: 'ahead', naming: ['1.01'] },
  {
    check: 'clock',
    name: 'more than 1 s ahead for certain',
    facts: clock(1020),
    verdict: 'warn',
    says: 'ahead remedy',
    naming: ['server-2', 'timedatectl'],
  },
  {
    check: 'clock',
    name: 'an hour behind',
    facts: clock(-3_600_000),
    verdict: 'fail',
    says: 'behind remedy',
    naming: ['3600', 'server-3'],
  },
  { check: 'clock', name: 'not synchronised', facts: clock(0, { isSynchronised: false }), verdict: 'warn', says: 'notSynchronised remedy' },
  { check: 'clock', name: 'nobody knows whether synchronised', facts: clock(0, { isSynchronised: null }), verdict: 'pass', says: 'behind' },
  { check: 'clock', name: 'measured too coarsely', facts: clock(900, { uncertaintyMs: 2500 }), verdict: 'unknown', says: 'unknown unread' },
  {
    check: 'clock',
    name: 'far off even if measured coarsely',
    facts: clock(60_000, { uncertaintyMs: 2500 }),
    verdict: 'fail',
    says: 'ahead remedy',
  },
  { check: 'clock', name: 'alone', all: [exampleFacts('server-1')], verdict: 'unknown', says: 'unknown unread' },
];
