import { distributionOn, platformOf, type ClusterPlan, type NodeSpec } from '../shared/domain/plan.ts';
import { nameOf } from '../shared/domain/serverPath.ts';
import type { Persistence } from '../shared/domain/spec.ts';
import { ownFolderOf } from './windows/ownService.ts';

const MEBIBYTE = 1024 ** 2;

/** One line of a node's configuration. */
export interface NodeSetting {
  readonly name: string;
  /** As `CONFIG GET` answers it; several arguments are parted by one blank. */
  readonly value: string;
  /**
   * `runtime`: a running node takes it by `CONFIG SET`. `restart`: only a restart brings it. `internal`: not to be compared, because
   * Redis spells or guards it in its own way.
   */
  readonly takesEffect: 'runtime' | 'restart' | 'internal';
}

/** Settings that belong together, with the reason for them. */
export interface NodeSettingGroup {
  readonly reasons: readonly string[];
  readonly settings: readonly NodeSetting[];
}

function group(
  takesEffect: NodeSetting['takesEffect'],
  settings: Readonly<Record<string, string | number>>,
  ...reasons: string[]
): NodeSettingGroup {
  return { reasons, settings: Object.entries(settings).map(([name, value]) => ({ name, value: String(value), takesEffect })) };
}

const PERSISTENCE: Readonly<Record<Persistence, NodeSettingGroup>> = {
  aof: group(
    'runtime',
    { appendonly: 'yes', appendfsync: 'everysec', save: '' },
    'Every write goes to an append-only file, flushed to disk once a second: after a crash about one second of writes is missing at most.',
    'A master that came back empty would make its replica empty too.',
  ),
  rdb: group(
    'runtime',
    { appendonly: 'no', save: '300 1 60 10000' },
    'Snapshots only: after a crash the writes since the last one are missing (5 minutes, or 1 minute under heavy load).',
  ),
  none: group(
    'runtime',
    { appendonly: 'no', save: '' },
    'Nothing is kept on disk. A master that comes back empty makes its replica empty too: after a crash its service therefore waits until',
    'the replica has taken over. Never restart a master by hand; switch the roles first.',
  ),
};

/**
 * Memory for the replication backlog, bytes: a server that was away for a short while catches up from it without a full copy.
 * A sixteenth of the data, between Redis' default of 1 MiB and 64 MiB.
 */
function backlogBytes(maxMemoryBytes: number): number {
  return Math.min(64 * MEBIBYTE, Math.max(MEBIBYTE, Math.floor(maxMemoryBytes / 16)));
}

/** The address and loopback in its family; IPv6's may be switched off, hence its dash: Redis then starts without it. */
function boundAddresses(address: string): string {
  return address.includes(':') ? `${address} -::1 127.0.0.1` : `${address} 127.0.0.1`;
}

/** What follows from the system that a node runs on. */
interface SystemSettings {
  readonly backlog: NodeSettingGroup;
  /** Where data and log lie. On Windows a node is started in its folder, and everything is said from there: the runtime below Redis reads drives in its own way. */
  readonly folder: string;
  readonly logFile: string;
  readonly persistence: Readonly<Record<Persistence, readonly NodeSettingGroup[]>>;
  readonly process: readonly NodeSettingGroup[];
}

const ON_LINUX: Omit<SystemSettings, 'folder' | 'logFile'> = {
  backlog: group('restart', { 'tcp-backlog': 511 }, 'The kernel caps this at net.core.somaxconn.'),
  persistence: { aof: [], rdb: [], none: [] },
  process: [
    group('restart', { 'disable-thp': 'yes' }, 'For kernels whose huge pages could not be switched off.'),
    group('restart', { daemonize: 'no', supervised: 'no' }, 'systemd keeps the process; a static program cannot report to it.'),
  ],
};

const ON_WINDOWS: Omit<SystemSettings, 'folder' | 'logFile'> = {
  backlog: group('restart', { 'tcp-backlog': 200 }, 'Windows lets about 200 new connections wait.'),
  persistence: { aof: [], rdb: [], none: [] },
  process: [group('restart', { daemonize: 'no', supervised: 'no' }, 'The service keeps the process.')],
};

/** What the runtime below Redis is short of, besides. */
const ON_MSYS2: typeof ON_WINDOWS = {
  ...ON_WINDOWS,
  persistence: {
    ...ON_WINDOWS.persistence,
    aof: [
      group(
        'runtime',
        { 'auto-aof-rewrite-min-size': 256 * MEBIBYTE },
        'To write the file anew, Windows copies the memory of the whole process while clients wait: small files are left as they are.',
      ),
    ],
  },
  process: [
    group('runtime', { maxclients: 3000 }, 'Builds for Windows can have about 3200 connections and files open at once.'),
    ...ON_WINDOWS.process,
  ],
};

function systemSettings(plan: ClusterPlan, node: NodeSpec): SystemSettings {
  if (platformOf(plan, node.server) === 'linux') return { ...ON_LINUX, folder: node.dataFolder, logFile: node.logFile };
  const { runtime } = distributionOn(plan, node.server);
  const folder = plan.windowsService === 'own' ? ownFolderOf(node) : '.';
  return { ...(runtime === 'msys2' ? ON_MSYS2 : ON_WINDOWS), folder, logFile: nameOf(node.logFile) };
}

/**
 * Every setting of one node, in the order of its file. Only options that Redis 7.0 to 8.x and Valkey 8 and 9 all know, because an unknown one
 * stops the start.
 */
export function nodeSettings(node: NodeSpec, plan: ClusterPlan): readonly NodeSettingGroup[] {
  const { nodeTimeoutMs, maxMemoryBytes, persistence } = plan.settings;
  const system = systemSettings(plan, node);
  return [
    group(
      'restart',
      { bind: boundAddresses(node.address), 'bind-source-addr': node.address, port: node.dataPort },
      'Explicit addresses: with several network cards a node does not know its own, and joining would hang.',
      'The source address makes what this node opens match the firewall rules of its peers.',
    ),
    group('runtime', { 'protected-mode': 'yes', timeout: 0 }),
    system.backlog,
    group(
      'runtime',
      { 'tcp-keepalive': 60 },
      'Finds clients that vanished with their server, and keeps quiet connections alive through firewalls.',
    ),
    group('restart', { 'cluster-enabled': 'yes' }),
    group('restart', { 'cluster-config-file': 'nodes.conf' }, 'Kept by Redis itself, in the data folder.'),
    group(
      'runtime',
      { 'cluster-node-timeout': nodeTimeoutMs },
      'A node that is silent for this long (milliseconds) is suspected; its replica takes over one to three seconds later.',
    ),
    group('runtime', {
      'cluster-announce-ip': node.address,
      'cluster-announce-port': node.dataPort,
      'cluster-announce-bus-port': node.busPort,
    }),
    group(
      'runtime',
      { 'cluster-require-full-coverage': 'no' },
      'While one shard has no master, the other two go on serving their slots: a failover is felt by a third of the keys only.',
    ),
    group(
      'runtime',
      { 'cluster-allow-replica-migration': 'no' },
      'A replica must not move to another master by itself: it could land beside it, on the same server.',
    ),
    group(
      'runtime',
      { 'repl-diskless-sync': 'yes', 'repl-diskless-sync-delay': 0 },
      'A replica gets its copy at once and over the network: no waiting for further replicas (there is one), no file in between.',
    ),
    group('runtime', { 'repl-backlog-size': backlogBytes(maxMemoryBytes) }),
    group(
      'runtime',
      { 'min-replicas-to-write': 0 },
      'Writes go on while a replica is away. With 1 they would stop, and fewer could be lost in a failover.',
    ),
    group('internal', { dir: system.folder }),
    PERSISTENCE[persistence],
    ...system.persistence[persistence],
    group('runtime', { maxmemory: maxMemoryBytes }),
    group(
      'runtime',
      { 'maxmemory-policy': 'noeviction' },
      'Full memory is reported to the writer. Any other policy would drop data (log users out) without anybody being told.',
    ),
    ...system.process,
    group('runtime', { 'shutdown-timeout': 10 }, 'At a stop, the replica gets this many seconds to catch up.'),
    group('internal', { logfile: system.logFile }),
    group('runtime', {
      loglevel: 'notice',
      'slowlog-log-slower-than': 10_000,
      'slowlog-max-len': 256,
      'latency-monitor-threshold': 100,
    }),
    group(
      'restart',
      { 'enable-debug-command': 'no', 'enable-module-command': 'no', 'enable-protected-configs': 'no' },
      'Ways to stop the node, load modules or move files through a client connection stay closed, even with the password.',
    ),
  ];
}
