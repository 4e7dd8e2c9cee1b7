import { z } from 'zod';

/** An SSH host key: its type (`ssh-ed25519`) and `SHA256:` fingerprint as `ssh-keygen -l` prints it. */
export const HostKey = z.object({ type: z.string(), fingerprint: z.string() });
export type HostKey = z.infer<typeof HostKey>;

/** How commands become root on a server; on Windows the login is an administrator with all rights (an elevated token). */
export const Privilege = z.enum(['root', 'sudo', 'sudoWithPassword', 'administrator']);
export type Privilege = z.infer<typeof Privilege>;

/** A firewall front end that rules are given to. `none`: nothing filters; `nftables`, `iptables`: bare rules without a front end; `windows`: Windows' own. */
export const FirewallKind = z.enum(['none', 'ufw', 'firewalld', 'nftables', 'iptables', 'windows']);
export type FirewallKind = z.infer<typeof FirewallKind>;

/** A listening TCP socket. `pid` and `program` are known only for ports that were asked for. */
export const ListeningPort = z.object({
  address: z.string(),
  port: z.number(),
  pid: z.number().nullable(),
  program: z.string().nullable(),
  /** The systemd unit that owns the process, from its control group. */
  unit: z.string().nullable(),
});
export type ListeningPort = z.infer<typeof ListeningPort>;

/** A path that was asked for. `content` is there only where it was asked for and small. */
export const FoundPath = z.object({
  path: z.string(),
  kind: z.enum(['absent', 'file', 'folder', 'other']),
  /** Permission bits, such as 0o640. */
  mode: z.number(),
  owner: z.string(),
  group: z.string(),
  sizeBytes: z.number(),
  sha256: z.string().nullable(),
  content: z.string().nullable(),
});
export type FoundPath = z.infer<typeof FoundPath>;

/** A systemd unit or a Windows service that was asked for; `load` is `not-found` when there is none, and `foreign` for a Windows service that Triad has not made. */
export const FoundUnit = z.object({
  unit: z.string(),
  load: z.string(),
  active: z.string(),
  sub: z.string(),
  /** `enabled`, `disabled`, `static`, `masked`, ... or empty. */
  enabled: z.string(),
  mainPid: z.number(),
  /** systemd has read an older version of the unit file than the one on disk. */
  needsReload: z.boolean(),
  /** How often systemd has started a service again by itself since its last start by hand or at boot; null for other kinds of units. */
  restarts: z.number().nullable(),
  /** What Windows runs for it, with its words; only of a service there, and where it is told. */
  imagePath: z.string().optional(),
  /** What runs for a service of Triad's on Windows was started before that, or the file that says what it is, was changed; only where it runs. */
  runsEarlier: z.boolean().optional(),
});
export type FoundUnit = z.infer<typeof FoundUnit>;

/** The file system below a path: the nearest existing parent was asked. */
export const FoundDisk = z.object({
  path: z.string(),
  mountPoint: z.string(),
  fileSystem: z.string(),
  freeBytes: z.number(),
  sizeBytes: z.number(),
  options: z.array(z.string()),
});
export type FoundDisk = z.infer<typeof FoundDisk>;

/** Whether the service user may write to a folder that was asked for. `denied` also where the file system is mounted read-only. */
export const FoundAccess = z.object({ path: z.string(), access: z.enum(['writable', 'denied', 'absent', 'unknown']) });
export type FoundAccess = z.infer<typeof FoundAccess>;

/** A node's log that was asked for: what it says of trouble since a moment or the last start of the process, as far as its end was read. */
export const FoundLog = z.object({
  path: z.string(),
  state: z.enum(['absent', 'read', 'unread']),
  /** The moment since when lines count, UTC on this machine's clock; without one since the last start in the log. */
  since: z.string().optional(),
  /** How many lines tell of trouble. */
  troubles: z.number(),
  /** The newest of them, in their order. */
  lines: z.array(z.string()),
});
export type FoundLog = z.infer<typeof FoundLog>;

/** What a Windows server has and a Linux server has not. Null where it could not be read. */
export const WindowsFacts = z.object({
  /** Whether Triad's own program may run there, with its hash where it may not: PowerShell told these facts then. Not in older journals. */
  helper: z.object({ state: z.enum(['runs', 'blocked', 'quarantined']), sha256: z.string().nullable() }).optional(),
  /** Such as 20348. */
  build: z.number(),
  /** 1: a client, 2: a domain controller, 3: a server. */
  productType: z.number(),
  /** How much memory all processes together may have reserved, page files included, and how much of that is left. */
  commitLimitBytes: z.number(),
  commitAvailableBytes: z.number(),
  isElevated: z.boolean(),
  /** Of PowerShell: `FullLanguage`, or `ConstrainedLanguage` where a policy limits it. */
  languageMode: z.string().nullable(),
  /** First and last port of outgoing connections. */
  dynamicPorts: z.tuple([z.number(), z.number()]).nullable(),
  /** Ranges that Windows keeps for others; nobody else can listen there. */
  excludedPorts: z.array(z.tuple([z.number(), z.number()])).nullable(),
  /** Those of the ports that were asked for on which Windows lets nobody listen. */
  reservedPorts: z.array(z.number()),
  firewallProfiles: z.array(
    z.object({
      profile: z.enum(['domain', 'private', 'public']),
      isEnabled: z.boolean(),
      /** False where a group policy has local rules ignored, Triad's among them. */
      takesLocalRules: z.boolean(),
    }),
  ),
  /** Names of the firewall rules with which a failover test cuts a server off, of whatever cluster; records of earlier versions have none. */
  faultRules: z.array(z.string()).default([]),
  /** Those of them that are switched on: a cut that goes on. Records of earlier versions have none. */
  activeFaultRules: z.array(z.string()).default([]),
  /** Microsoft Defender; null where it is not there or says nothing. */
  defender: z
    .object({
      isRunning: z.boolean(),
      isRealTime: z.boolean(),
      isTamperProtected: z.boolean(),
      exclusions: z.array(z.string()),
      /** False where a group policy has exclusions made on the server ignored. Not in older journals. */
      takesLocalExclusions: z.boolean().optional(),
    })
    .nullable(),
});
export type WindowsFacts = z.infer<typeof WindowsFacts>;

/** What was found on a server at one moment; no secret in it. */
export const ServerFacts = z.object({
  server: z.string(),
  at: z.string(),
  hostKey: HostKey,
  privilege: Privilege,
  loginUser: z.string(),
  /** Stable identity of the installation (/etc/machine-id), and of the hardware where it tells (SMBIOS UUID), else null. */
  machineId: z.string(),
  hardwareId: z.string().nullable(),
  bootId: z.string(),
  hostName: z.string(),
  os: z.object({
    id: z.string(),
    versionId: z.string(),
    prettyName: z.string(),
    kernel: z.string(),
    /** As `uname -m` says: `x86_64`, `aarch64`. */
    architecture: z.string(),
  }),
  /** Major version of systemd when it runs as init, else null. */
  systemdVersion: z.number().nullable(),
  cpuCount: z.number(),
  memoryBytes: z.number(),
  memoryAvailableBytes: z.number(),
  swapBytes: z.number(),
  /** Server's clock minus the admin's, and half the round trip as its uncertainty; milliseconds. */
  clock: z.object({ offsetMs: z.number(), uncertaintyMs: z.number(), isSynchronised: z.boolean().nullable() }),
  addresses: z.array(z.object({ ip: z.string(), device: z.string(), isDynamic: z.boolean() })),
  listening: z.array(ListeningPort),
  kernel: z.object({
    overcommitMemory: z.number().nullable(),
    somaxconn: z.number().nullable(),
    /** The word in brackets of /sys/kernel/mm/transparent_hugepage/enabled. */
    transparentHugePages: z.string().nullable(),
    localPortRange: z.tuple([z.number(), z.number()]).nullable(),
    /** As the kernel prints it, such as `7000-7001,17000`. */
    reservedPorts: z.string(),
    maxOpenFiles: z.number().nullable(),
  }),
  selinux: z.enum(['absent', 'disabled', 'permissive', 'enforcing']),
  firewall: z.object({
    kind: FirewallKind,
    isActive: z.boolean(),
    /** Identities of Triad's own rules for this cluster that are in force now, as the firewall artifact names them. */
    ownRules: z.array(z.string()),
    /** The same, as kept for the next boot. */
    persistedRules: z.array(z.string()),
    /** What the tools said, for the report. */
    evidence: z.string(),
  }),
  disks: z.array(FoundDisk),
  paths: z.array(FoundPath),
  units: z.array(FoundUnit),
  serviceUser: z.object({ exists: z.boolean(), uid: z.number().nullable() }),
  serviceFolders: z.array(FoundAccess),
  logs: z.array(FoundLog),
  /** Redis or Valkey server processes that run here. */
  redisProcesses: z.array(z.object({ pid: z.number(), executable: z.string(), commandLine: z.string(), unit: z.string().nullable() })),
  /** Programs that were looked for, with the path where found. */
  programs: z.record(z.string(), z.string().nullable()),
  /** Only of a Windows server. */
  windows: WindowsFacts.nullable().optional(),
});
export type ServerFacts = z.infer<typeof ServerFacts>;
