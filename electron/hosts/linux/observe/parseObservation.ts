import { fail } from '../../../shared/domain/failure.ts';
import type { FoundUnit, ListeningPort, Privilege, HostKey, ServerFacts } from '../../../shared/domain/server.ts';
import { serverSubject } from '../../../shared/domain/subject.ts';
import { message, say } from '../../../shared/messages/message.ts';
import type { ObserveRequest } from '../../host.ts';
import type { LogsSince } from '../../logTroubles.ts';
import { firewallFacts } from './firewallFacts.ts';
import { readAddresses } from './network.ts';
import { readLogs } from './nodeLogs.ts';
import { WANTED_PROGRAMS } from './observeScript.ts';
import { readListening, readProcesses, type FoundProcesses } from './processes.ts';
import { readAssignments, readGrep, readNumber, splitSections, type Sections } from './sections.ts';
import { readAccess, readDisks, readPaths } from './storage.ts';

const BYTES_PER_KIB = 1024;
const NS_PER_MS = 1e6;

/** What is known beside the output. The two moments are Date.now() of the admin's machine around the server's clock reading. */
export interface Observation {
  readonly output: string;
  readonly request: ObserveRequest;
  readonly server: string;
  readonly loginUser: string;
  readonly hostKey: HostKey;
  readonly privilege: Privilege;
  readonly sentAtMs: number;
  readonly firstOutputAtMs: number;
}

type Files = ReadonlyMap<string, readonly string[]>;

/** Turns the output of `observeScript` into facts. Pure. Throws `host.unsupported` when it does not come from a Linux system. */
export function parseObservation(observation: Observation): ServerFacts {
  const { request, server, sentAtMs, firstOutputAtMs } = observation;
  const sections = splitSections(observation.output);
  const files = readGrep(sections.lines('files'));
  const first = (path: string): string => files.get(path)?.[0]?.trim() ?? '';
  const system = first('/proc/sys/kernel/ostype');
  if (system !== 'Linux')
    throw fail('host.unsupported', serverSubject(server), {
      values: { server, reason: say(system === '' ? message('hosts.noProc') : message('hosts.notLinux', { system })) },
      evidence: observation.output.slice(0, 2000),
    });

  const units = readUnits(sections, request.units);
  const programs = readPrograms(sections);
  const memory = readMemory(files);
  const isContainer = first('/run/systemd/container') !== '';
  const hardwareId = first('/sys/class/dmi/id/product_uuid');
  const { ownerOfInode, redis } = readProcesses(sections);
  const userId = readNumber(sections.text('user'));
  const clock = readClock(sections, sentAtMs, firstOutputAtMs);

  return {
    server,
    at: new Date(firstOutputAtMs).toISOString(),
    hostKey: observation.hostKey,
    privilege: observation.privilege,
    loginUser: observation.loginUser,
    machineId: first('/etc/machine-id'),
    // A container shows the hardware of the machine that it shares with others.
    hardwareId: isContainer || hardwareId === '' ? null : hardwareId.toLowerCase(),
    bootId: first('/proc/sys/kernel/random/boot_id'),
    hostName: first('/proc/sys/kernel/hostname'),
    os: readOs(files, sections),
    systemdVersion: readNumber(/^systemd (\d+)/mu.exec(sections.text('systemd'))?.[1]),
    cpuCount: readCpuCount(first('/sys/devices/system/cpu/online')),
    ...memory,
    clock,
    addresses: readAddresses(sections.lines('addresses')),
    listening: readPorts(sections, ownerOfInode),
    kernel: readKernel(files),
    selinux: readSelinux(files),
    firewall: firewallFacts({ sections, files, hasUfw: programs['ufw'] !== null, tag: request.firewallTag }),
    disks: readDisks(request.disks, {
      dfLines: sections.lines('disks'),
      resolved: sections.lines('resolved'),
      mountLines: files.get('/proc/self/mounts') ?? [],
    }),
    paths: readPaths(request.paths, sections),
    units,
    serviceUser: { exists: userId !== null, uid: userId },
    serviceFolders: readAccess(request.serviceFolders, sections),
    logs: readLogs(request.logs, sections, logsSinceOf(request.logsSince, clock)),
    redisProcesses: redis,
    programs,
  };
}

function readOs(files: Files, sections: Sections): ServerFacts['os'] {
  const release = readAssignments(files.get('/etc/os-release') ?? files.get('/usr/lib/os-release') ?? []);
  return {
    id: release.get('ID') ?? '',
    versionId: release.get('VERSION_ID') ?? '',
    prettyName: release.get('PRETTY_NAME') ?? release.get('NAME') ?? '',
    kernel: files.get('/proc/sys/kernel/osrelease')?.[0] ?? '',
    architecture: sections.text('machine').trim(),
  };
}

/** Blocks of `systemctl show`, in the order in which they were asked for. */
function readUnits(sections: Sections, wanted: readonly string[]): FoundUnit[] {
  const blocks = sections
    .text('units')
    .trim()
    .split(/\n\n+/u)
    .map((block) => readAssignments(block.split('\n')));
  return wanted.map((unit, index): FoundUnit => {
    const block = blocks[index];
    return {
      unit,
      load: block?.get('LoadState') ?? 'not-found',
      active: block?.get('ActiveState') ?? 'inactive',
      sub: block?.get('SubState') ?? 'dead',
      enabled: block?.get('UnitFileState') ?? '',
      mainPid: readNumber(block?.get('MainPID')) ?? 0,
      needsReload: block?.get('NeedDaemonReload') === 'yes',
      restarts: readNumber(block?.get('NRestarts')),
    };
  });
}

function readPrograms(sections: Sections): Record<string, string | null> {
  const found = new Map(sections.lines('programs').map((line) => [line.split('\t')[0], line.split('\t')[1] ?? ''] as const));
  return Object.fromEntries(
    WANTED_PROGRAMS.map((program) => {
      const path = found.get(program) ?? '';
      return [program, path === '' ? null : path];
    }),
  );
}

function readMemory(files: Files): Pick<ServerFacts, 'memoryBytes' | 'memoryAvailableBytes' | 'swapBytes'> {
  const info = files.get('/proc/meminfo') ?? [];
  const of = (name: string): number => {
    const kib = info.flatMap((line) => new RegExp(`^${name}:\\s+(\\d+) kB$`, 'u').exec(line)?.[1] ?? [])[0];
    return Number(kib ?? 0) * BYTES_PER_KIB;
  };
  return { memoryBytes: of('MemTotal'), memoryAvailableBytes: of('MemAvailable'), swapBytes: of('SwapTotal') };
}

/** Counts a list of ranges such as `0-3,8`. */
function readCpuCount(online: string): number {
  return online
    .split(',')
    .map((range) => range.split('-').map(Number))
    .reduce((sum, [from = Number.NaN, to = from]) => sum + (Number.isNaN(from) ? 0 : to - from + 1), 0);
}

/** A moment of the admin's clock on the server's, early enough that no line is missed for what is not known of the difference. */
function logsSinceOf(at: string | undefined, { offsetMs, uncertaintyMs }: ServerFacts['clock']): LogsSince | null {
  return at === undefined ? null : { at, onServerMs: Date.parse(at) + offsetMs - uncertaintyMs };
}

/** The server read its clock between the two moments; the middle is the best guess, half the distance its uncertainty. */
function readClock(sections: Sections, sentAtMs: number, firstOutputAtMs: number): ServerFacts['clock'] {
  const serverMs = Number(sections.text('clock').trim()) / NS_PER_MS;
  const synchronised = sections.text('synchronised').trim();
  return {
    offsetMs: Math.round((serverMs - (sentAtMs + firstOutputAtMs) / 2) * 10) / 10,
    uncertaintyMs: Math.max(1, (firstOutputAtMs - sentAtMs) / 2),
    isSynchronised: synchronised === 'yes' ? true : synchronised === 'no' ? false : null,
  };
}

function readPorts(sections: Sections, ownerOfInode: FoundProcesses['ownerOfInode']): ListeningPort[] {
  return readListening(sections.lines('listening')).map(({ address, port, inode }) => {
    const owner = ownerOfInode.get(inode);
    return { address, port, pid: owner?.pid ?? null, program: owner?.program ?? null, unit: owner?.unit ?? null };
  });
}

function readKernel(files: Files): ServerFacts['kernel'] {
  const first = (path: string): string | undefined => files.get(path)?.[0]?.trim();
  const [low, high] = (first('/proc/sys/net/ipv4/ip_local_port_range') ?? '').split(/\s+/u).map(Number);
  return {
    overcommitMemory: readNumber(first('/proc/sys/vm/overcommit_memory')),
    somaxconn: readNumber(first('/proc/sys/net/core/somaxconn')),
    transparentHugePages: /\[(\w+)\]/u.exec(first('/sys/kernel/mm/transparent_hugepage/enabled') ?? '')?.[1] ?? null,
    localPortRange: low === undefined || high === undefined ? null : [low, high],
    reservedPorts: first('/proc/sys/net/ipv4/ip_local_reserved_ports') ?? '',
    // The most that `LimitNOFILE` of a unit can ask for.
    maxOpenFiles: readNumber(first('/proc/sys/fs/nr_open')),
  };
}

function readSelinux(files: Files): ServerFacts['selinux'] {
  const enforce = files.get('/sys/fs/selinux/enforce')?.[0]?.trim();
  if (enforce === '1') return 'enforcing';
  if (enforce === '0') return 'permissive';
  return files.has('/etc/selinux/config') ? 'disabled' : 'absent';
}
