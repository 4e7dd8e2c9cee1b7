import { blueprintFor } from '../../artifacts/serverBlueprint.ts';
import type { ServerBlueprint } from '../../artifacts/blueprint.ts';
import { dataFilesOf } from '../../artifacts/dataFiles.ts';
import { clusterPorts, foldersWrittenOn, nodesOnServer, planCluster, type ClusterPlan } from '../../shared/domain/plan.ts';
import { markPathOf } from '../../shared/domain/maintenanceMark.ts';
import type { MatrixCell, PortMatrix } from '../../shared/domain/matrix.ts';
import type { FoundLog, FoundPath, ListeningPort, ServerFacts } from '../../shared/domain/server.ts';
import { ClusterSpec } from '../../shared/domain/spec.ts';
import { NEEDED_PROGRAMS } from '../server/programs.ts';
import type { CheckContext, CheckStage } from '../checkContext.ts';

/** The names of the example's servers. */
export const SERVERS = ['server-1', 'server-2', 'server-3'] as const;

/** A plan of three servers, 10.77.0.11 to 10.77.0.13, with the given differences in its specification. */
export function examplePlan(differences: { readonly redis?: object; readonly firewall?: object } = {}): ClusterPlan {
  const spec = ClusterSpec.parse({
    schemaVersion: 1,
    name: 'sessions',
    servers: SERVERS.map((name, index) => ({ name, address: `10.77.0.1${index + 1}`, ssh: { user: 'admin', auth: { agent: true } } })),
    ...differences,
  });
  const file = (name: string) => ({ name, sha256: 'ab'.repeat(32), sizeBytes: 9_000_000, mode: 0o755 });
  return planCluster(spec, {
    version: '7.0.15',
    origin: 'built',
    folderName: 'redis-7.0.15',
    licence: 'BSD-3-Clause',
    sourceArchive: 'redis-7.0.15.tar.gz',
    sourceSha256: 'cd'.repeat(32),
    files: [file('redis-server'), file('redis-cli')],
  });
}

const blueprintsByPlan = new Map<string, ReadonlyMap<string, ServerBlueprint>>();

/** The blueprints of an example plan by server. Kept, because hundreds of rows ask for the same few. */
export function exampleBlueprints(plan: ClusterPlan): ReadonlyMap<string, ServerBlueprint> {
  const key = JSON.stringify(plan);
  const known = blueprintsByPlan.get(key) ?? makeBlueprints(plan);
  blueprintsByPlan.set(key, known);
  return known;
}

function makeBlueprints(plan: ClusterPlan): ReadonlyMap<string, ServerBlueprint> {
  const material = { password: 'a secret of the example', bundleFiles: new Map<string, Uint8Array>(), triadVersion: '0.1.0' };
  return new Map(plan.servers.map(({ name }) => [name, blueprintFor(plan, name, material)]));
}

/** A context in which everything is known. */
export function exampleContext(known: Partial<CheckContext> = {}, stage: CheckStage = 'beforeInstall'): CheckContext {
  const plan = known.plan ?? examplePlan();
  return {
    plan,
    stage,
    hostKeyTrust: new Map(SERVERS.map((name) => [name, 'pinned'] as const)),
    blueprints: exampleBlueprints(plan),
    forwarding: new Map(SERVERS.map((name) => [name, { outcome: 'allowed' }] as const)),
    ...known,
  };
}

/** A path that was looked at and is not there. */
export function absentPath(path: string): FoundPath {
  return { path, kind: 'absent', mode: 0, owner: '', group: '', sizeBytes: 0, sha256: null, content: null };
}

/** A file with a content that nobody planned. */
export function foreignFile(path: string, content = 'not ours'): FoundPath {
  return { path, kind: 'file', mode: 0o644, owner: 'root', group: 'root', sizeBytes: 8, sha256: 'ef'.repeat(32), content };
}

/** A socket that is listened on; without an owner where none is given. */
export function socket(port: number, owner: Partial<ListeningPort> = {}): ListeningPort {
  return { address: '10.77.0.11', port, pid: null, program: null, unit: null, ...owner };
}

/** An ordinary server that every check is content with before an install. */
export function exampleFacts(server: string, differences: Partial<ServerFacts> = {}): ServerFacts {
  const index = (SERVERS as readonly string[]).indexOf(server) + 1;
  const context = exampleContext();
  const disk = { mountPoint: '/', fileSystem: 'ext4', freeBytes: 40 * 1024 ** 3, sizeBytes: 64 * 1024 ** 3, options: ['rw', 'relatime'] };
  const { folders, nodes } = context.plan;
  return {
    server,
    at: '2026-01-01T00:00:00.000Z',
    hostKey: { type: 'ssh-ed25519', fingerprint: `SHA256:${'k'.repeat(42)}${index}` },
    privilege: 'sudo',
    loginUser: 'admin',
    machineId: `${index}`.repeat(32),
    hardwareId: `4c4c4544-0031-3510-8048-b4c04f${index}12345`,
    bootId: `boot-${index}`,
    hostName: server,
    os: { id: 'debian', versionId: '12', prettyName: 'Debian GNU/Linux 12 (bookworm)', kernel: '6.1.0-30-amd64', architecture: 'x86_64' },
    systemdVersion: 252,
    cpuCount: 4,
    memoryBytes: 8 * 1024 ** 3,
    memoryAvailableBytes: 7 * 1024 ** 3,
    swapBytes: 1024 ** 3,
    clock: { offsetMs: 3 * index, uncertaintyMs: 4, isSynchronised: true },
    addresses: [
      { ip: '127.0.0.1', device: 'lo', isDynamic: false },
      { ip: `10.77.0.1${index}`, device: 'eth0', isDynamic: false },
    ],
    listening: [socket(22, { program: 'sshd', pid: 400, unit: 'ssh.service' })],
    kernel: {
      overcommitMemory: 1,
      somaxconn: 65_535,
      transparentHugePages: 'never',
      localPortRange: [32_768, 60_999],
      reservedPorts: '',
      maxOpenFiles: 1_048_576,
    },
    selinux: 'absent',
    firewall: { kind: 'none', isActive: false, ownRules: [], persistedRules: [], evidence: 'no rules' },
    disks: [folders.install, folders.data, folders.logs].map((path) => ({ path, ...disk })),
    paths: [
      ...(context.blueprints.get(server)?.files ?? []).map(({ path }) => path),
      ...nodesOnServer(context.plan, server).flatMap((node) => Object.values(dataFilesOf(node))),
      markPathOf(context.plan, server),
    ].map(absentPath),
    units: nodes
      .filter((node) => node.server === server)
      .map(({ unit }) => ({
        unit,
        load: 'not-found',
        active: 'inactive',
        sub: 'dead',
        enabled: '',
        mainPid: 0,
        needsReload: false,
        restarts: 0,
      })),
    serviceUser: { exists: false, uid: null },
    serviceFolders: foldersWrittenOn(context.plan, server).map((path) => ({ path, access: 'absent' })),
    logs: logsOf(server, { state: 'absent' }),
    redisProcesses: [],
    programs: Object.fromEntries(NEEDED_PROGRAMS.map((name) => [name, `/usr/bin/${name}`])),
    ...differences,
  };
}

/** The units of a server as they are when both nodes run. */
export function runningUnits(server: string): ServerFacts['units'] {
  return examplePlan()
    .nodes.filter((node) => node.server === server)
    .map(({ unit }, index) => ({
      unit,
      load: 'loaded',
      active: 'active',
      sub: 'running',
      enabled: 'enabled',
      mainPid: 900 + index,
      needsReload: false,
      restarts: 0,
    }));
}

/** The logs of a server's nodes, read and without trouble where nothing else is said. */
export function logsOf(server: string, differences: Partial<FoundLog> = {}): FoundLog[] {
  return nodesOnServer(examplePlan(), server).map(({ logFile }) => ({
    path: logFile,
    state: 'read',
    troubles: 0,
    lines: [],
    ...differences,
  }));
}

/** The facts of all three servers, with differences on the first. */
export function threeServers(differences: Partial<ServerFacts> = {}): readonly ServerFacts[] {
  return SERVERS.map((server) => exampleFacts(server, server === 'server-1' ? differences : {}));
}

/** A matrix in which everything is open between the servers, and only the data ports to the admin; `change` alters single cells or drops them. */
export function exampleMatrix(
  change: (cell: MatrixCell) => MatrixCell['reach'] | null = (cell) => cell.reach,
  measuredOn: PortMatrix['measuredOn'] = 'listeners',
): PortMatrix {
  const ports: readonly number[] = clusterPorts(examplePlan());
  const cells = [...SERVERS, 'admin'].flatMap((from) =>
    SERVERS.filter((to) => to !== from).flatMap((to) =>
      ports.map((port): MatrixCell => {
        const reach = from === 'admin' && port > 10_000 ? 'filtered' : 'open';
        return { from, to, port, reach, durationMs: 0.6, evidence: `${from} ${to} ${port}` };
      }),
    ),
  );
  return {
    measuredOn,
    ports: [...ports],
    servers: [...SERVERS],
    cells: cells.flatMap((cell) => {
      const reach = change(cell);
      return reach === null ? [] : [{ ...cell, reach }];
    }),
  };
}
