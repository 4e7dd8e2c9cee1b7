import type { ServerFacts } from '../../shared/domain/server.ts';
import type { ServerBlueprint } from '../blueprint.ts';
import { sha256Of } from '../manifest.ts';

type FoundPath = ServerFacts['paths'][number];

/** Facts of a fresh server: nothing of Triad's, no firewall. */
export function freshFacts(changes: Partial<ServerFacts> = {}): ServerFacts {
  return {
    server: 'server-1',
    at: '2026-01-01T00:00:00.000Z',
    hostKey: { type: 'ssh-ed25519', fingerprint: `SHA256:${'a'.repeat(43)}` },
    privilege: 'root',
    loginUser: 'root',
    machineId: 'm1',
    hardwareId: null,
    bootId: 'b1',
    hostName: 'server-1',
    os: { id: 'debian', versionId: '12', prettyName: 'Debian GNU/Linux 12', kernel: '6.1.0', architecture: 'x86_64' },
    systemdVersion: 252,
    cpuCount: 4,
    memoryBytes: 8 * 1024 ** 3,
    memoryAvailableBytes: 7 * 1024 ** 3,
    swapBytes: 0,
    clock: { offsetMs: 0, uncertaintyMs: 1, isSynchronised: true },
    addresses: [{ ip: '10.77.0.11', device: 'eth0', isDynamic: false }],
    listening: [],
    kernel: {
      overcommitMemory: 0,
      somaxconn: 4096,
      transparentHugePages: 'madvise',
      localPortRange: [32_768, 60_999],
      reservedPorts: '',
      maxOpenFiles: 1_048_576,
    },
    selinux: 'absent',
    firewall: { kind: 'none', isActive: false, ownRules: [], persistedRules: [], evidence: '' },
    disks: [],
    paths: ['/opt', '/var', '/var/lib', '/var/log'].map((path) => foundFolder(path)),
    units: [],
    serviceUser: { exists: false, uid: null },
    serviceFolders: [],
    logs: [],
    redisProcesses: [],
    programs: {},
    ...changes,
  };
}

/** A folder as `observe` reports it. */
export function foundFolder(path: string, owner = 'root', group = owner, mode = 0o755): FoundPath {
  return { path, kind: 'folder', mode, owner, group, sizeBytes: 0, sha256: null, content: null };
}

/** A file as `observe` reports it; its text is only told where `showsContent` says so. */
export function foundFile(
  path: string,
  content: string,
  rights: { readonly owner: string; readonly group: string; readonly mode: number } = { owner: 'root', group: 'root', mode: 0o644 },
  showsContent = true,
): FoundPath {
  const { owner, group, mode } = rights;
  return {
    path,
    kind: 'file',
    mode,
    owner,
    group,
    sizeBytes: content.length,
    sha256: sha256Of(content),
    content: showsContent ? content : null,
  };
}

/** The facts with one path seen otherwise. */
export function withPath(facts: ServerFacts, path: FoundPath): ServerFacts {
  return { ...facts, paths: [...facts.paths.filter((found) => found.path !== path.path), path] };
}

/** The facts without anything at a path. */
export function withoutPath(facts: ServerFacts, path: string): ServerFacts {
  return { ...facts, paths: facts.paths.filter((found) => found.path !== path) };
}

/** Facts of a server on which everything of a blueprint stands as it must, its record written on a fresh server. */
export function installedFacts(blueprint: ServerBlueprint, before: string, changes: Partial<ServerFacts> = {}): ServerFacts {
  const fresh = freshFacts();
  return {
    ...fresh,
    kernel: { ...fresh.kernel, overcommitMemory: 1, somaxconn: 65_535, transparentHugePages: 'never' },
    paths: [
      ...blueprint.folders.map(({ path, owner, group, mode }) => foundFolder(path, owner, group, mode)),
      ...blueprint.binaries.map(({ path, mode, sha256, sizeBytes }): FoundPath => ({
        path,
        kind: 'file',
        mode,
        owner: 'root',
        group: 'root',
        sizeBytes,
        sha256,
        content: null,
      })),
      ...blueprint.files.map((file) => foundFile(file.path, file.content, file, !file.holdsSecret)),
      foundFile(blueprint.beforePath, before),
    ],
    units: blueprint.services.map(({ unit }) => ({
      unit,
      load: 'loaded',
      active: 'active',
      sub: 'running',
      enabled: 'enabled',
      mainPid: 100,
      needsReload: false,
      restarts: 0,
    })),
    serviceUser: { exists: true, uid: 998 },
    ...changes,
  };
}
