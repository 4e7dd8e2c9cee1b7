import { z } from 'zod';
import { HostAddress, IpAddress, Network, Port, BUS_PORT_OFFSET } from './address.ts';
import { Platform } from './platform.ts';
import { FailoverScenario, SCENARIOS } from './scenario.ts';
import { ADMIN_MACHINE } from './subject.ts';
import { ExperimentalDistribution } from './windowsDistribution.ts';
import { isDeviceName, WindowsFolder } from './windowsFolder.ts';

/** A secret by reference: the value itself is never part of a specification. */
export type SecretRef = { readonly kind: 'env'; readonly name: string } | { readonly kind: 'file'; readonly path: string };

/** The secret in an environment variable of the process that runs Triad. */
function envSecret(name: string): SecretRef {
  return { kind: 'env', name };
}

const ENV_NAME = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/u, 'spec.envName');
const FILE_PATH = z.string().min(1, 'spec.empty');

/** How the admin's machine proves who it is to a server's sshd. */
export type ServerLogin =
  | { readonly kind: 'key'; readonly privateKeyFile: string; readonly passphrase: SecretRef | null }
  | { readonly kind: 'password'; readonly password: SecretRef }
  | { readonly kind: 'agent' };

const LoginSpec = z
  .strictObject({
    privateKeyFile: FILE_PATH.optional(),
    passphraseEnv: ENV_NAME.optional(),
    passwordEnv: ENV_NAME.optional(),
    agent: z.literal(true).optional(),
  })
  .transform((auth, ctx): ServerLogin => {
    const ways = [auth.privateKeyFile, auth.passwordEnv, auth.agent].filter((way) => way !== undefined).length;
    if (ways !== 1) {
      ctx.addIssue({ code: 'custom', message: 'spec.oneLogin' });
      return z.NEVER;
    }
    if (auth.passphraseEnv !== undefined && auth.privateKeyFile === undefined) {
      ctx.addIssue({ code: 'custom', message: 'spec.passphraseWithoutKey', path: ['passphraseEnv'] });
      return z.NEVER;
    }
    if (auth.privateKeyFile !== undefined) {
      const passphrase = auth.passphraseEnv === undefined ? null : envSecret(auth.passphraseEnv);
      return { kind: 'key', privateKeyFile: auth.privateKeyFile, passphrase };
    }
    if (auth.passwordEnv !== undefined) return { kind: 'password', password: envSecret(auth.passwordEnv) };
    return { kind: 'agent' };
  });

/** A server's name as it appears in every output; also used in file names. */
const ServerName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/u, 'spec.serverName')
  .refine((name) => name !== ADMIN_MACHINE && name !== 'cluster' && name !== 'all', 'spec.serverNameReserved');

/** `SHA256:` and 43 characters of unpadded base64, as `ssh-keygen -l` prints it. */
const HostKeyFingerprint = z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/u, 'spec.fingerprint');

const USER = /^[^\s:@/\\]{1,64}$/u;
/** On Windows also a user of a domain: `DOMAIN\user` or `user@domain` */
const WINDOWS_USER = /^(?:[^\s:@/\\]{1,15}\\)?[^\s:@/\\]{1,64}(?:@[A-Za-z0-9.-]{1,60})?$/u;

/** Where nobody has said yet what a server runs on: what stands behind an @ is rather its address, which belongs elsewhere. */
const USER_ANYWHERE = /^(?:[^\s:@/\\]{1,15}\\)?[^\s:@/\\]{1,64}$/u;
const USERS = { linux: USER, windows: WINDOWS_USER } as const;

const ServerSpec = z
  .strictObject({
    name: ServerName,
    address: IpAddress,
    /** What the server runs on; found out before planning where nothing is said. */
    platform: Platform.optional(),
    ssh: z.strictObject({
      host: HostAddress.optional(),
      port: Port.default(() => Port.parse(22)),
      user: z.string().regex(/^[^\s:/]{1,128}$/u, 'spec.user'),
      auth: LoginSpec,
      sudo: z.strictObject({ passwordEnv: ENV_NAME }).optional(),
      hostKey: HostKeyFingerprint.optional(),
    }),
  })
  .superRefine(({ platform, ssh }, ctx) => {
    const form = platform === undefined ? USER_ANYWHERE : USERS[platform];
    if (!form.test(ssh.user)) ctx.addIssue({ code: 'custom', message: 'spec.user', path: ['ssh', 'user'] });
  })
  .transform(({ name, address, platform, ssh }) => ({
    name,
    address,
    ...(platform === undefined ? {} : { platform }),
    ssh: {
      host: ssh.host ?? HostAddress.parse(address),
      port: ssh.port,
      user: ssh.user,
      login: ssh.auth,
      sudoPassword: ssh.sudo === undefined ? null : envSecret(ssh.sudo.passwordEnv),
      hostKey: ssh.hostKey ?? null,
    },
  }));

/** A server as the admin describes it: its cluster address and the way in. */
export type Server = z.output<typeof ServerSpec>;

const MEMORY = /^(\d{1,6})\s*(b|kb?|mb?|gb?)?$/iu;
const UNIT_BYTES: Readonly<Record<string, number>> = { '': 1, b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
/** Below this a Redis Cluster node has no room for its own buffers. */
const LEAST_MEMORY_BYTES = 16 * 1024 ** 2;

/** An amount of memory as redis.conf writes it (`256mb`, `4gb`; 1024-based); the output is in bytes. */
const MemorySize = z.string().transform((text, ctx) => {
  const found = MEMORY.exec(text.trim());
  const unit = UNIT_BYTES[(found?.[2] ?? '').toLowerCase().charAt(0)];
  const bytes = found === null || unit === undefined ? Number.NaN : Number(found[1]) * unit;
  if (Number.isNaN(bytes)) ctx.addIssue({ code: 'custom', message: 'spec.memoryForm' });
  else if (bytes < LEAST_MEMORY_BYTES || bytes > 1024 ** 4) ctx.addIssue({ code: 'custom', message: 'spec.memoryRange' });
  return bytes;
});

/** What happens to data at a restart. `none` means that a restarted master comes back empty. */
export const Persistence = z.enum(['aof', 'rdb', 'none']);
export type Persistence = z.infer<typeof Persistence>;

export const Engine = z.enum(['redis', 'valkey']);
export type Engine = z.infer<typeof Engine>;

/** The archive with Redis for Windows servers: `sha256` as the release page gives it, or the beginning of the file's own where nobody else vouches for it. */
const WindowsArchiveSpec = z
  .strictObject({
    file: FILE_PATH,
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/u, 'spec.sha256')
      .optional(),
    useAnyway: z
      .string()
      .regex(/^[0-9a-f]{8}$/u, 'spec.useAnyway')
      .optional(),
    /** A distribution that Triad was never tried with is used all the same, on this word. */
    experimental: ExperimentalDistribution.optional(),
  })
  .superRefine(({ sha256, useAnyway }, ctx) => {
    if (sha256 !== undefined && useAnyway !== undefined) ctx.addIssue({ code: 'custom', message: 'spec.oneWord', path: ['useAnyway'] });
  });

const DataPort = Port.refine((port) => port >= 1024, 'port.privileged').refine(
  (port) => port + BUS_PORT_OFFSET <= 65_535,
  'port.noRoomForBus',
);

const RedisSpec = z
  .strictObject({
    engine: Engine.default('redis'),
    version: z
      .string()
      .regex(/^\d+\.\d+\.\d+$/u, 'spec.version')
      .optional(),
    archive: z.strictObject({ file: FILE_PATH, sha256: z.string().regex(/^[0-9a-f]{64}$/u, 'spec.sha256') }).optional(),
    windowsArchive: WindowsArchiveSpec.optional(),
    masterPort: DataPort.default(() => Port.parse(7000)),
    replicaPort: DataPort.default(() => Port.parse(7001)),
    passwordEnv: ENV_NAME.optional(),
    passwordFile: FILE_PATH.optional(),
    nodeTimeoutMs: z
      .number({ error: 'spec.nodeTimeout' })
      .int('spec.nodeTimeout')
      .min(500, 'spec.nodeTimeout')
      .max(120_000, 'spec.nodeTimeout')
      .default(5000),
    maxMemory: MemorySize.default(256 * 1024 ** 2),
    persistence: Persistence.default('aof'),
  })
  .superRefine((redis, ctx) => {
    if (redis.passwordEnv !== undefined && redis.passwordFile !== undefined)
      ctx.addIssue({ code: 'custom', message: 'spec.onePassword', path: ['passwordFile'] });
    if (redis.windowsArchive !== undefined && redis.engine !== 'redis')
      ctx.addIssue({ code: 'custom', message: 'spec.windowsEngine', path: ['windowsArchive'] });
    const { masterPort, replicaPort } = redis;
    if ([0, BUS_PORT_OFFSET, -BUS_PORT_OFFSET].includes(replicaPort - masterPort))
      ctx.addIssue({ code: 'custom', message: 'spec.portsMeet', path: ['replicaPort'] });
  });

/** Folders that Triad may put its own below; anything shorter or elsewhere in the system's tree is refused. */
const ServerFolder = z
  .string()
  .regex(/^\/[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/u, 'spec.folderForm')
  .refine((path) => !path.split('/').includes('..') && !path.split('/').includes('.'), 'spec.folderForm')
  .refine((path) => !/^\/(bin|boot|dev|etc|lib|lib64|proc|root|run|sbin|sys|tmp|usr)(\/|$)/u.test(path), 'spec.folderSystem')
  .refine((path) => !['/var', '/opt', '/srv', '/home', '/mnt', '/var/lib', '/var/log'].includes(path), 'spec.folderTooHigh');

const PathsSpec = z
  .strictObject({
    install: ServerFolder.default('/opt/triad'),
    data: ServerFolder.default('/var/lib/triad'),
    logs: ServerFolder.default('/var/log/triad'),
    /** Everything of Triad on Windows servers lies below this one folder. */
    windows: WindowsFolder.optional(),
  })
  .superRefine(({ install, data, logs }, ctx) => {
    const all = Object.entries({ install, data, logs });
    for (const [key, path] of all)
      for (const [other, parent] of all)
        if (key !== other && (path === parent || path.startsWith(`${parent}/`)))
          ctx.addIssue({ code: 'custom', message: 'spec.foldersOverlap', path: [key] });
  });

/** A folder or file as Redis names it, on Windows with a drive; nothing in it that a shell would read. */
const FoundPlace = z.string().regex(/^(?:\/[^\p{Cc}'"`$\\]*|[A-Za-z]:[\\/][^\p{Cc}'"`$<>|?*:%]*)$/u, 'spec.folderForm');
const SLOT = z.number().int().min(0).max(16_383);

/** One node of a cluster that Triad did not install, as it was found: a master with its slots, or the replica of a server's master. */
const AdoptedNode = z.strictObject({
  server: z.string(),
  port: DataPort,
  slots: z.tuple([SLOT, SLOT]).optional(),
  replicaOf: z.string().optional(),
  dataFolder: FoundPlace,
  /** Missing where the node logs into no file. */
  logFile: FoundPlace.optional(),
  configFile: FoundPlace.optional(),
  /** The systemd unit, or the service of Windows, that runs it; missing where nobody has said. */
  unit: z
    .string()
    .regex(/^[A-Za-z0-9:_.@-]{1,200}$/u, 'spec.adopted')
    .optional(),
});

/** A cluster that Triad did not install, as it was found. */
export const AdoptedSpec = z.strictObject({ nodes: z.array(AdoptedNode).length(6, 'spec.adopted') });
export type AdoptedSpec = z.output<typeof AdoptedSpec>;

/** Whether six nodes are a master and a replica on each of these servers, on two ports that are the same everywhere, each replica on another server. */
function isCrossed(nodes: AdoptedSpec['nodes'], servers: readonly string[], ports: readonly number[]): boolean {
  const copied = nodes.flatMap(({ replicaOf }) => replicaOf ?? []);
  return (
    new Set(copied).size === servers.length &&
    servers.every((server) => {
      const own = nodes.filter((node) => node.server === server);
      const masters = own.filter((node) => node.slots !== undefined && node.replicaOf === undefined);
      const replicas = own.filter(({ slots, replicaOf }) => slots === undefined && replicaOf !== undefined && replicaOf !== server);
      return (
        own.length === 2 &&
        masters.length === 1 &&
        replicas.length === 1 &&
        replicas.every(({ replicaOf = '' }) => servers.includes(replicaOf)) &&
        ports.every((port) => own.some((node) => node.port === port))
      );
    })
  );
}

/** What becomes of Triad's folders in Microsoft Defender on Windows servers: nothing, or they are excluded from its scans. */
export const DefenderExclusions = z.enum(['none', 'add']);
export type DefenderExclusions = z.infer<typeof DefenderExclusions>;

/**
 * What Windows starts as the service of a node: Triad's own program, which starts Redis and looks after it, or the server program itself. Only Memurai is one that can be
 * a service, and a policy that blocks unsigned programs can let it run.
 */
export const WindowsService = z.enum(['triad', 'own']);

/** What is wanted of Windows servers alone. */
const WindowsSpec = z.strictObject({ defenderExclusions: DefenderExclusions.default('none'), service: WindowsService.optional() });

/** More than a night's worth of trials is a slip of the finger. */
export const MOST_ROUNDS = 100;
/** A trial takes some ten seconds, and none a whole hour. */
export const TRIAL_DEADLINE_SECONDS = { least: 10, most: 3600 } as const;

const areDistinct = (names: readonly string[]): boolean => new Set(names).size === names.length;

/** What a failover test does where nobody says otherwise: the preset of the command line and of the wizard. What is missing is as if nothing stood there. */
export const FailoverTestSpec = z.strictObject({
  scenarios: z
    .preprocess((given) => (given === 'all' ? [...SCENARIOS] : given), z.array(FailoverScenario))
    .refine((names) => names.length > 0 && areDistinct(names), 'spec.scenarios')
    .optional(),
  /** Names of servers, each once; all three where nothing is said. */
  servers: z
    .array(z.string())
    .refine((names) => names.length > 0 && areDistinct(names), 'spec.victims')
    .optional(),
  rounds: z.number({ error: 'spec.rounds' }).int('spec.rounds').min(1, 'spec.rounds').max(MOST_ROUNDS, 'spec.rounds').optional(),
  /** When a single trial is given up and healed, seconds after its beginning. */
  deadlineSeconds: z
    .number({ error: 'spec.deadline' })
    .int('spec.deadline')
    .min(TRIAL_DEADLINE_SECONDS.least, 'spec.deadline')
    .max(TRIAL_DEADLINE_SECONDS.most, 'spec.deadline')
    .optional(),
});
export type FailoverTestSpec = z.output<typeof FailoverTestSpec>;

/** What the admin wants: the versioned specification, version 1. Parsing normalises addresses and fills in defaults. */
export const ClusterSpec = z
  .strictObject({
    schemaVersion: z.literal(1, 'spec.schemaVersion'),
    name: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,30}$/u, 'spec.name')
      // The programs of all clusters lie in `bin` beside the clusters' own folders.
      .refine((name) => name !== 'bin', 'spec.nameReserved'),
    servers: z.array(ServerSpec).length(3, 'spec.threeServers'),
    redis: RedisSpec.prefault({}),
    paths: PathsSpec.prefault({}),
    failoverTest: FailoverTestSpec.optional(),
    /** Only of a cluster that Triad did not install: how it was found. Triad looks at such a one and changes nothing on it. */
    adopted: AdoptedSpec.optional(),
    firewall: z.strictObject({ manage: z.boolean(), clients: z.array(Network).default([]) }).default({ manage: false, clients: [] }),
    windows: WindowsSpec.optional(),
  })
  .superRefine((spec, ctx) => {
    const seen = { name: new Map<string, number>(), address: new Map<string, number>(), ssh: new Map<string, number>() };
    spec.servers.forEach((server, index) => {
      const marks = [
        ['name', server.name.toLowerCase(), 'spec.sameName', ['servers', index, 'name']],
        ['address', server.address, 'spec.sameAddress', ['servers', index, 'address']],
        ['ssh', `${server.ssh.host} ${server.ssh.port}`, 'spec.sameSsh', ['servers', index, 'ssh', 'host']],
      ] as const;
      for (const [kind, key, message, path] of marks) {
        const first = seen[kind].get(key);
        if (first === undefined) seen[kind].set(key, index);
        else ctx.addIssue({ code: 'custom', message, path: [...path], params: { first: `servers[${first}]`, value: key } });
      }
    });
    if (isDeviceName(spec.name) && spec.servers.some(({ platform }) => platform === 'windows'))
      ctx.addIssue({ code: 'custom', message: 'spec.windowsDeviceName', path: ['name'] });
    const { masterPort, replicaPort } = spec.redis;
    const names = spec.servers.map(({ name }) => name);
    spec.failoverTest?.servers?.forEach((name, index) => {
      if (names.includes(name)) return;
      ctx.addIssue({
        code: 'custom',
        message: 'spec.victim',
        path: ['failoverTest', 'servers', index],
        params: { known: names.join(', ') },
      });
    });
    if (spec.adopted !== undefined && !isCrossed(spec.adopted.nodes, names, [masterPort, replicaPort]))
      ctx.addIssue({ code: 'custom', message: 'spec.adopted', path: ['adopted', 'nodes'] });
  });

/** The parsed specification. */
export type ClusterSpec = z.output<typeof ClusterSpec>;
