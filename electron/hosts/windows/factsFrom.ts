import { fail } from '../../shared/domain/failure.ts';
import { likelyZone } from '../../shared/domain/redisLog.ts';
import type {
  FoundAccess,
  FoundDisk,
  FoundLog,
  FoundPath,
  FoundUnit,
  HostKey,
  ServerFacts,
  WindowsFacts,
} from '../../shared/domain/server.ts';
import { FAULT_RULE_PREFIX } from '../../shared/domain/fault.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { message, say } from '../../shared/messages/message.ts';
import type { ObserveRequest } from '../host.ts';
import { foundLog, type LogsSince } from '../logTroubles.ts';
import type { PortRanges } from './portRanges.ts';
import { accessFrom, isWritableBy } from './accessList.ts';
import type { FirewallAnswer, ObserveAnswer, PathAnswer, ServiceAnswer } from './helperAnswers.ts';
import { WIN32 } from './systemErrors.ts';

/** What PowerShell told; nulls where it could not. */
export type DefenderState = Pick<WindowsFacts, 'defender' | 'languageMode'>;

/** Whether the helper may run; the facts come from PowerShell where it may not. */
export type HelperState = NonNullable<WindowsFacts['helper']>;

/** What a look brought. */
export interface Seen {
  readonly request: ObserveRequest;
  readonly seen: ObserveAnswer;
  readonly firewall: FirewallAnswer;
  readonly state: DefenderState;
  readonly ports: PortRanges;
  readonly helper: HelperState;
  readonly server: string;
  readonly hostKey: HostKey;
  readonly loginUser: string;
  /** The server's clock, and the moments of the admin's around the question for it; unix ms. */
  readonly clock: { readonly timeMs: number; readonly sentAtMs: number; readonly firstOutputAtMs: number };
}

/** As Linux spells them, so that nobody has to know both. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64' };
const PRODUCT_TYPES = { workstation: 1, domainController: 2, server: 3 } as const;

/** Turns what the helper saw into facts. Pure. Throws `host.notElevated` for a login without all rights, and `host.unsupported` for another machine type. */
export function factsFrom(all: Seen): ServerFacts {
  const { request, seen, server, loginUser, clock } = all;
  const { timeMs, sentAtMs, firstOutputAtMs } = clock;
  const subject = serverSubject(server);
  if (seen.isElevated === false)
    throw fail('host.notElevated', subject, { values: { server, user: loginUser }, evidence: seen.user ?? '' });
  const architecture = ARCHITECTURES[seen.os.architecture];
  if (architecture !== 'x86_64') {
    const reason = say(message('hosts.architecture', { architecture: seen.os.architecture }));
    throw fail('host.unsupported', subject, { values: { server, reason } });
  }
  const uncertaintyMs = Math.max(1, (firstOutputAtMs - sentAtMs) / 2);
  const offsetMs = Math.round((timeMs - (sentAtMs + firstOutputAtMs) / 2) * 10) / 10;
  const since =
    request.logsSince === undefined
      ? null
      : { at: request.logsSince, onServerMs: Date.parse(request.logsSince) + offsetMs - uncertaintyMs };

  return {
    server,
    at: new Date(firstOutputAtMs).toISOString(),
    hostKey: all.hostKey,
    privilege: 'administrator',
    loginUser,
    machineId: seen.machineGuid?.toLowerCase() ?? '',
    hardwareId: seen.hardwareId?.toLowerCase() ?? null,
    // Windows keeps no number of the boot; it tells the moment.
    bootId: `boot-${Math.round((seen.bootTime ?? 0) / 1000)}`,
    hostName: seen.hostName ?? '',
    os: {
      id: 'windows',
      versionId: seen.os.version,
      prettyName: seen.os.name ?? `Windows ${seen.os.version}`,
      kernel: `${seen.os.version}.${seen.os.revision ?? 0}`,
      architecture,
    },
    systemdVersion: null,
    cpuCount: seen.cpuCount,
    memoryBytes: seen.memoryBytes,
    memoryAvailableBytes: seen.memoryAvailableBytes,
    swapBytes: seen.pageFileBytes,
    clock: { offsetMs, uncertaintyMs, isSynchronised: null },
    addresses: (seen.addresses ?? []).map(({ ip, device, isDynamic }) => ({ ip, device, isDynamic })),
    listening: (seen.listening ?? []).map(({ address, port, pid, program, service }) => ({
      address,
      port,
      pid,
      // Its file name, as on Linux; whole paths stand with the processes of Redis.
      program: program?.split('\\').at(-1) ?? null,
      unit: service ?? null,
    })),
    kernel: {
      overcommitMemory: null,
      somaxconn: null,
      transparentHugePages: null,
      localPortRange: all.ports.dynamicPorts,
      reservedPorts: (all.ports.excludedPorts ?? []).map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(','),
      maxOpenFiles: null,
    },
    selinux: 'absent',
    firewall: firewallOf(all.firewall),
    disks: request.disks.flatMap((path) => diskOf(path, seen)),
    paths: request.paths.map((path) => foundPath(path, seen, request)),
    units: request.units.map((unit) =>
      unitOf(
        unit,
        seen.services.find(({ name }) => isSameName(name, unit)),
        seen,
      ),
    ),
    // Virtual accounts come with their services: there is nothing to be made.
    serviceUser: { exists: true, uid: null },
    serviceFolders: request.serviceFolders.map((path) => accessOf(path, seen, request)),
    logs: request.logs.map((path) => logOf(path, seen, since)),
    redisProcesses: (seen.redisProcesses ?? []).map(({ pid, program, service }) => ({
      pid,
      executable: program,
      commandLine: program,
      unit: service ?? null,
    })),
    programs: {},
    windows: windowsOf(all),
  };
}

function windowsOf({ seen, firewall, state, ports, helper }: Seen): WindowsFacts {
  const ofFaults = firewall.rules.filter(({ name, source }) => source !== 'policy' && name.startsWith(FAULT_RULE_PREFIX));
  return {
    build: seen.os.build,
    productType: PRODUCT_TYPES[seen.os.productType],
    commitLimitBytes: seen.commitLimitBytes,
    commitAvailableBytes: seen.commitAvailableBytes,
    isElevated: seen.isElevated ?? false,
    helper,
    languageMode: state.languageMode,
    ...ports,
    reservedPorts: reservedPorts(seen),
    firewallProfiles: firewall.profiles.map((profile) => ({
      profile: profile.name,
      isEnabled: isEnabled(profile),
      takesLocalRules: profile.policyAllowsLocalRules !== false,
    })),
    faultRules: namesOf(ofFaults),
    activeFaultRules: namesOf(ofFaults.filter(({ active }) => active !== 'FALSE')),
    defender: state.defender,
  };
}

/** Windows says the same of a port that a program of another account listens on for itself alone, as each node does. */
function reservedPorts({ ports, listening }: ObserveAnswer): number[] {
  const taken = new Set((listening ?? []).map(({ port }) => port));
  return ports.filter(({ port, bindError }) => bindError === WIN32.addressDenied && !taken.has(port)).map(({ port }) => port);
}

/** A policy decides over the setting of the machine; where neither says anything, Windows filters. */
function isEnabled({ enabled, policyEnabled }: FirewallAnswer['profiles'][number]): boolean {
  return policyEnabled ?? enabled ?? true;
}

function namesOf(rules: FirewallAnswer['rules']): string[] {
  return [...new Set(rules.map(({ name }) => name))];
}

/** Rules that count: active ones that let in. Those of Windows outlive a boot by themselves. */
function firewallOf({ rules: found, profiles }: FirewallAnswer): ServerFacts['firewall'] {
  const rules = found.filter(({ name }) => !name.startsWith(FAULT_RULE_PREFIX));
  const own = namesOf(rules.filter((rule) => rule.active !== 'FALSE' && rule.action === 'Allow' && rule.direction === 'In'));
  // One that somebody has switched off or turned round opens nothing, but is there: it is made anew, and a removal takes it along.
  const kept = namesOf(rules.filter(({ source }) => source !== 'policy'));
  const evidence = profiles
    .map(
      (profile) =>
        `${profile.name}: ${isEnabled(profile) ? 'on' : 'off'}${profile.policyAllowsLocalRules === false ? ', local rules ignored' : ''}`,
    )
    .join('\n');
  return { kind: 'windows', isActive: profiles.some(isEnabled), ownRules: own, persistedRules: kept, evidence };
}

function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function answerOf(path: string, seen: ObserveAnswer): PathAnswer | undefined {
  return seen.paths.find((answer) => isSameName(answer.path, path) && answer.kind !== 'missing');
}

/** Windows has no mode: what the access list means stands for it. */
function foundPath(path: string, seen: ObserveAnswer, request: ObserveRequest): FoundPath {
  const answer = answerOf(path, seen);
  if (answer === undefined) return { path, kind: 'absent', mode: 0, owner: '', group: '', sizeBytes: 0, sha256: null, content: null };
  const kind = answer.kind === 'file' || answer.kind === 'folder' ? answer.kind : 'other';
  const access = accessFrom(answer.sddl ?? '', kind === 'folder' ? 'folder' : 'file', request.units);
  return { path, kind, ...access, sizeBytes: answer.sizeBytes ?? 0, sha256: answer.sha256 ?? null, content: answer.content ?? null };
}

/** Whether one of the services may write there: each node has a folder of its own. */
function accessOf(path: string, seen: ObserveAnswer, request: ObserveRequest): FoundAccess {
  const answer = answerOf(path, seen);
  if (answer === undefined) return { path, access: 'absent' };
  const { sddl } = answer;
  if (sddl === null || sddl === undefined) return { path, access: 'unknown' };
  return { path, access: request.units.some((unit) => isWritableBy(sddl, unit)) ? 'writable' : 'denied' };
}

function diskOf(path: string, seen: ObserveAnswer): FoundDisk[] {
  const disk = seen.disks.find((one) => isSameName(one.path, path));
  if (disk?.root === null || disk?.root === undefined) return [];
  const { root, fileSystem, freeBytes, sizeBytes, driveType } = disk;
  return [
    {
      path,
      mountPoint: root,
      fileSystem: fileSystem ?? '',
      freeBytes: freeBytes ?? 0,
      sizeBytes: sizeBytes ?? 0,
      options: driveType === null || driveType === undefined ? [] : [driveType],
    },
  ];
}

/** In the words of systemd, which the rest of Triad knows. */
function unitOf(unit: string, service: ServiceAnswer | undefined, seen: ObserveAnswer): FoundUnit {
  const isThere = service !== undefined && service.state !== 'missing';
  const running = service?.state === 'running';
  const failed = service?.state === 'stopped' && (service.exitCode ?? 0) !== 0 && service.exitCode !== NEVER_STARTED;
  const active = running ? 'active' : (PENDING[service?.state ?? ''] ?? (failed ? 'failed' : 'inactive'));
  return {
    unit,
    load: !isThere ? 'not-found' : isMadeByTriad(service) ? 'loaded' : 'foreign',
    active,
    sub: service?.state ?? 'dead',
    enabled: !isThere ? '' : service.startType === 'auto' ? 'enabled' : 'disabled',
    mainPid: service?.pid ?? 0,
    needsReload: false,
    restarts: null,
    ...(typeof service?.imagePath === 'string' ? { imagePath: service.imagePath } : {}),
    ...(running ? earlierOf(service, seen) : {}),
  };
}

/** Whether what runs for a service of Triad's was started before it was changed; nothing where that is not told. */
function earlierOf({ imagePath, program, begunMs }: ServiceAnswer, seen: ObserveAnswer): Pick<FoundUnit, 'runsEarlier'> {
  const words = /^"(?<planned>[^"]+)" service "(?<ini>[^"]+)"$/iu.exec(imagePath ?? '')?.groups;
  const { planned, ini } = words ?? {};
  if (planned === undefined || ini === undefined || typeof program !== 'string' || typeof begunMs !== 'number') return {};
  const { modifiedMs } = answerOf(ini, seen) ?? {};
  return { runsEarlier: !isSameName(program, planned) || (modifiedMs ?? 0) > begunMs };
}

/**
 * What Triad registers is its own program, with a verb of its own, or one that is a service by itself under the name of the service. Where the program is not told, nothing
 * speaks against it.
 */
function isMadeByTriad({ name, imagePath }: ServiceAnswer): boolean {
  if (typeof imagePath !== 'string' || /\\triad-service[^\\]*\.exe" (?:undo-)?service /iu.test(imagePath)) return true;
  const own = /^\S+\\memurai\.exe --service-run \S+\\redis\.conf --service-name (?<name>\S+)$/iu.exec(imagePath)?.groups;
  return own?.['name']?.toLowerCase() === name.toLowerCase();
}

/** ERROR_SERVICE_NEVER_STARTED: stopped, but not by a failure. */
const NEVER_STARTED = 1077;
const PENDING: Readonly<Record<string, string>> = {
  startPending: 'activating',
  continuePending: 'activating',
  stopPending: 'deactivating',
};

function logOf(path: string, seen: ObserveAnswer, since: LogsSince | null): FoundLog {
  const answer = seen.paths.find((one) => isSameName(one.path, path));
  const told = since === null ? {} : { since: since.at };
  if (answer?.kind === 'missing') return { path, state: 'absent', ...told, troubles: 0, lines: [] };
  if (typeof answer?.content !== 'string') return { path, state: 'unread', ...told, troubles: 0, lines: [] };
  const lines = answer.content.split(/\r?\n/u);
  return foundLog(path, lines, likelyZone(lines, answer.modifiedMs), since);
}
