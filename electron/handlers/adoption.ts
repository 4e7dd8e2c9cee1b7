import { BUS_PORT_OFFSET, formatEndpoint } from '../shared/domain/address.ts';
import { formatMemory } from '../shared/domain/draft.ts';
import { foundWindowsPath, isSurelyOfWindows } from '../shared/domain/foundWindowsPath.ts';
import type { Message } from '../shared/domain/message.ts';
import type { ClusterSpec } from '../shared/domain/spec.ts';
import { childOf, isWindowsPath } from '../shared/domain/serverPath.ts';
import type { NodeView, PeerView } from '../shared/domain/view.ts';
import { message } from '../shared/messages/message.ts';

/** One node of a cluster that somebody else has installed, as it tells of itself. */
export interface FoundNode {
  readonly address: string;
  readonly port: number;
  readonly view: NodeView;
  /** What it answered to CONFIG GET; a setting that it does not tell is missing. */
  readonly settings: ReadonlyMap<string, string>;
  readonly configFile: string;
  /** What it says that it runs on: `Linux 6.1.0 x86_64`, `MSYS_NT-10.0-20348 ...`. */
  readonly system: string;
  readonly engine: ClusterSpec['redis']['engine'];
  /** The memory of its server, bytes; 0 where it does not say. */
  readonly memoryBytes: number;
}

/** What the admin says of the cluster that is adopted. */
export interface AdoptionWish {
  readonly name: string;
  readonly passwordEnv: string | undefined;
  readonly sshUser: string;
}

/** The specification of a found cluster in the form of its file, or everything that is not as Triad knows it. */
export type Adoption =
  | { readonly ok: true; readonly input: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly deviations: readonly Message[] };

interface Place {
  readonly node: FoundNode;
  readonly own: PeerView;
}

const NODES = 6;
const SERVERS = 3;
const SLOTS = 16_384;

const named = ({ address, port }: Pick<FoundNode, 'address' | 'port'>): string => formatEndpoint({ address, port });
const lineOf = ({ role, masterRedisId, slots }: PeerView): string => `${role} ${masterRedisId ?? ''} ${JSON.stringify(slots)}`;

/** Who does not see the others as they see themselves. */
function disagreements(places: readonly Place[]): readonly Message[] {
  return places.flatMap(({ node }) =>
    places.some(({ own }) => {
      const seen = node.view.peers.find(({ redisId }) => redisId === own.redisId);
      return seen === undefined || lineOf(seen) !== lineOf(own) || (!seen.isMyself && (seen.health !== 'ok' || !seen.isLinkConnected));
    }) || node.view.peers.length !== places.length
      ? [message('adopt.disagrees', { node: named(node) })]
      : [],
  );
}

function deviationsOfServer(address: string, own: readonly Place[], places: readonly Place[]): readonly Message[] {
  const masters = own.filter((place) => place.own.role === 'master');
  if (own.length !== 2) return [message('adopt.nodesOnServer', { address, count: own.length })];
  if (masters.length !== 1) return [message('adopt.mastersOnServer', { address, count: masters.length })];
  return own.flatMap((place) => {
    const master = places.find((one) => one.own.redisId === place.own.masterRedisId);
    if (place.own.role === 'replica' && master?.node.address === address) return [message('adopt.notCrossed', { address })];
    return [];
  });
}

function deviationsOfMaster({ node, own }: Place, places: readonly Place[]): readonly Message[] {
  const copies = places.filter((one) => one.own.masterRedisId === own.redisId).length;
  const slots = own.slots.map(({ first, last }) => `${first}-${last}`).join(', ');
  return [
    ...(copies === 1 ? [] : [message('adopt.replicas', { node: named(node), count: copies })]),
    ...(own.slots.length === 1 && own.openSlots === 0
      ? []
      : [message('adopt.slots', { node: named(node), slots: slots === '' ? '-' : slots })]),
  ];
}

function deviationsOf(places: readonly Place[], byServer: ReadonlyMap<string, readonly Place[]>): readonly Message[] {
  const portsOf = (own: readonly Place[]): string =>
    own
      .map(({ node }) => node.port)
      .toSorted((a, b) => a - b)
      .join(', ');
  const ports = [...byServer].map(([address, own]) => ({ address, ports: portsOf(own) }));
  const versions = [...new Set(places.map(({ node }) => `${node.engine} ${node.view.version}`))];
  const masters = places.filter(({ own }) => own.role === 'master');
  const covered = masters.flatMap(({ own }) => own.slots).reduce((sum, { first, last }) => sum + last - first + 1, 0);
  return [
    ...disagreements(places),
    ...(byServer.size === SERVERS ? [] : [message('adopt.servers', { count: byServer.size, addresses: [...byServer.keys()].join(', ') })]),
    ...[...byServer].flatMap(([address, own]) => deviationsOfServer(address, own, places)),
    ...masters.flatMap((place) => deviationsOfMaster(place, places)),
    ...(covered === SLOTS ? [] : [message('adopt.uncovered', { covered })]),
    ...(new Set(ports.map((one) => one.ports)).size === 1
      ? []
      : [message('adopt.ports', { list: ports.map((one) => `${one.address}: ${one.ports}`).join('; ') })]),
    ...places
      .filter(({ own }) => own.busPort !== own.dataPort + BUS_PORT_OFFSET)
      .map(({ node, own }) => message('adopt.busPort', { node: named(node), port: own.busPort })),
    ...(versions.length === 1 ? [] : [message('adopt.versions', { versions: versions.join(', ') })]),
  ];
}

function persistenceOf(settings: FoundNode['settings']): ClusterSpec['redis']['persistence'] {
  if (settings.get('appendonly') === 'yes') return 'aof';
  return (settings.get('save') ?? '') === '' ? 'none' : 'rdb';
}

/** Where no limit is set, half of the server for each of its two nodes is what there is to use. */
function memoryOf({ settings, memoryBytes }: FoundNode): string {
  const limit = Number(settings.get('maxmemory') ?? 0);
  const mebibyte = 1024 ** 2;
  return formatMemory(limit > 0 ? limit : Math.max(16 * mebibyte, Math.floor(memoryBytes / 2 / mebibyte) * mebibyte));
}

/** What builds of Redis for Windows say of the system below them: of msys2, of Cygwin, of Microsoft's port and those made from it. */
const WINDOWS = /^(?:msys|mingw|cygwin|windows)/iu;

/** Whether a node surely runs on Windows; where it does not say so, the login tells later. */
function isOnWindows({ system, settings }: FoundNode): boolean {
  return WINDOWS.test(system) || isSurelyOfWindows(settings.get('dir') ?? '');
}

function absolute(file: string, folder: string): string | undefined {
  if (file === '') return undefined;
  return file.startsWith('/') || isWindowsPath(file.replaceAll('/', '\\')) ? file : childOf(folder, file);
}

/**
 * What a found cluster is: the specification that describes it, its servers in the order of their masters' slots, or everything in which it deviates from three
 * servers with a master and a crossed replica each. Pure.
 */
export function adoptionOf(nodes: readonly FoundNode[], wish: AdoptionWish): Adoption {
  const places = nodes.flatMap((node): Place[] => {
    const own = node.view.peers.find(({ isMyself }) => isMyself);
    return own === undefined ? [] : [{ node, own }];
  });
  if (places.length !== NODES || nodes.length !== NODES)
    return { ok: false, deviations: [message('adopt.count', { count: nodes.length, nodes: nodes.map(named).join(', ') })] };
  const byServer = new Map<string, Place[]>();
  for (const place of places) byServer.set(place.node.address, [...(byServer.get(place.node.address) ?? []), place]);
  const deviations = deviationsOf(places, byServer);
  if (deviations.length > 0) return { ok: false, deviations };

  const masters = places
    .filter(({ own }) => own.role === 'master')
    .toSorted((one, other) => (one.own.slots[0]?.first ?? 0) - (other.own.slots[0]?.first ?? 0));
  const names = new Map(masters.map(({ node }, index) => [node.address, `server-${index + 1}`]));
  const [first] = masters;
  if (first === undefined) return { ok: false, deviations: [message('adopt.uncovered', { covered: 0 })] };
  const ports = [...new Set(places.map(({ node }) => node.port))];
  const { node } = first;
  const timeout = Number(node.settings.get('cluster-node-timeout') ?? 15_000);
  const input = {
    schemaVersion: 1,
    name: wish.name,
    servers: masters.map((master) => ({
      name: names.get(master.node.address),
      address: master.node.address,
      ...(isOnWindows(master.node) ? { platform: 'windows' } : {}),
      ssh: { user: wish.sshUser, auth: { agent: true } },
    })),
    redis: {
      engine: node.engine,
      version: node.view.version,
      masterPort: node.port,
      replicaPort: ports.find((port) => port !== node.port),
      ...(wish.passwordEnv === undefined ? {} : { passwordEnv: wish.passwordEnv }),
      nodeTimeoutMs: timeout,
      maxMemory: memoryOf(node),
      persistence: persistenceOf(node.settings),
    },
    adopted: {
      nodes: masters.flatMap(({ node: { address } }) =>
        (byServer.get(address) ?? []).toSorted(masterFirst).map((place) => nodeInput(place, places, names)),
      ),
    },
  };
  return { ok: true, input };
}

function masterFirst(one: Place, other: Place): number {
  return one.own.role === other.own.role ? 0 : one.own.role === 'master' ? -1 : 1;
}

function nodeInput({ node, own }: Place, places: readonly Place[], names: ReadonlyMap<string, string>): Readonly<Record<string, unknown>> {
  const placeOf = (path: string): string => (isOnWindows(node) ? foundWindowsPath(path) : path);
  const dataFolder = placeOf(node.settings.get('dir') ?? '/');
  const logFile = absolute(placeOf(node.settings.get('logfile') ?? ''), dataFolder);
  // One that Redis was given by a name alone lies in a folder that nobody knows.
  const configFile = placeOf(node.configFile);
  const master = places.find((one) => one.own.redisId === own.masterRedisId);
  const [slots] = own.slots;
  return {
    server: names.get(node.address),
    port: node.port,
    ...(own.role === 'master' && slots !== undefined ? { slots: [slots.first, slots.last] } : {}),
    ...(master === undefined ? {} : { replicaOf: names.get(master.node.address) }),
    dataFolder,
    ...(logFile === undefined ? {} : { logFile }),
    ...(configFile.startsWith('/') || isWindowsPath(configFile) ? { configFile } : {}),
  };
}
