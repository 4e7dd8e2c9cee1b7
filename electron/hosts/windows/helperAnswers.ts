import { z } from 'zod';

/** What the verbs of the helper answer; its README has the contract. Every number that Windows may not tell is nullable. */
const count = z.number().nonnegative();

/** Any verb that failed: the Win32 error and where it came from. */
export const HelperError = z.object({ error: count, at: z.string(), detail: z.string().nullish() });

export const HashAnswer = z.object({
  files: z.array(z.object({ path: z.string(), sha256: z.string().optional(), sizeBytes: count.optional(), error: count.optional() })),
});

export const AclAnswer = z.object({ paths: z.array(z.object({ path: z.string(), error: count })) });

/** What the program is. */
export const VersionAnswer = z.object({ version: z.string() });

/** One telling of the server's clock: unix ms. */
export const ClockAnswer = z.object({ answer: count, timeMs: count });
export type ClockAnswer = z.infer<typeof ClockAnswer>;

export const StageAnswer = z.object({ path: z.string() });

/** What became of each file: `placed` false without an error where another one failed before; `left` where a program that runs waits for its removal. */
export const PlaceAnswer = z.object({
  files: z.array(z.object({ path: z.string(), error: count, placed: z.boolean(), left: z.boolean() })),
});
export type PlaceAnswer = z.infer<typeof PlaceAnswer>;

export const TreeAnswer = z.object({ path: z.string(), removed: count, links: count });

/** A service; one that does not exist has the state `missing`, one that may not be looked at `unknown`. */
export const ServiceAnswer = z.object({
  name: z.string(),
  state: z.string(),
  pid: count.nullish(),
  exitCode: count.nullish(),
  ownExitCode: count.nullish(),
  startType: z.string().nullish(),
  delayed: z.boolean().nullish(),
  account: z.string().nullish(),
  imagePath: z.string().nullish(),
  /** Of the process that runs for it: its program, and when it began. */
  program: z.string().nullish(),
  begunMs: count.nullish(),
  failureActions: z.array(z.object({ type: z.string(), delayMs: count })).nullish(),
  failureFlag: z.boolean().nullish(),
  preshutdownMs: count.nullish(),
});
export type ServiceAnswer = z.infer<typeof ServiceAnswer>;

export const StatusAnswer = z.object({ services: z.array(ServiceAnswer) });
export const ChangedAnswer = z.object({ name: z.string(), changed: z.boolean() });

export const ListenReady = z.object({ ready: z.literal(true), refused: z.array(z.object({ port: count, error: count })) });

export const ConnectAnswer = z.object({
  targets: z.array(
    z.object({
      address: z.string(),
      port: count,
      outcome: z.enum(['open', 'refused', 'timeout', 'unreachable', 'error']),
      elapsedMs: count,
      answer: z.string().nullish(),
      error: count.nullish(),
    }),
  ),
});

export type ConnectAnswer = z.infer<typeof ConnectAnswer>;

export const LockAnswer = z.discriminatedUnion('locked', [
  z.object({ locked: z.literal(true) }),
  z.object({ locked: z.literal(false), holder: z.string() }),
]);

/** One path of `observe`; what is not there has the kind `missing`. */
export const PathAnswer = z.object({
  path: z.string(),
  kind: z.enum(['missing', 'file', 'folder', 'other', 'unknown']),
  sizeBytes: count.nullish(),
  modifiedMs: z.number().nullish(),
  sha256: z.string().nullish(),
  sddl: z.string().nullish(),
  content: z.string().nullish(),
  error: count.nullish(),
});
export type PathAnswer = z.infer<typeof PathAnswer>;

export const ObserveAnswer = z.object({
  os: z.object({
    build: count,
    revision: count.nullish(),
    version: z.string(),
    productType: z.enum(['workstation', 'domainController', 'server']),
    name: z.string().nullish(),
    edition: z.string().nullish(),
    installation: z.string().nullish(),
    architecture: z.string(),
  }),
  hostName: z.string().nullish(),
  machineGuid: z.string().nullish(),
  hardwareId: z.string().nullish(),
  timeMs: z.number(),
  bootTime: z.number().nullish(),
  cpuCount: count,
  memoryBytes: count,
  memoryAvailableBytes: count,
  commitLimitBytes: count,
  commitAvailableBytes: count,
  pageFileBytes: count,
  isElevated: z.boolean().nullish(),
  user: z.string().nullish(),
  addresses: z.array(z.object({ ip: z.string(), device: z.string(), isDynamic: z.boolean() })).nullish(),
  listening: z
    .array(z.object({ address: z.string(), port: count, pid: count, program: z.string().nullish(), service: z.string().nullish() }))
    .nullish(),
  redisProcesses: z.array(z.object({ pid: count, program: z.string(), service: z.string().nullish() })).nullish(),
  paths: z.array(PathAnswer),
  /** Of each port that was asked for, what listening on it says: 10048 somebody has it, 10013 Windows keeps it back. */
  ports: z.array(z.object({ port: count, bindError: count })),
  services: z.array(ServiceAnswer),
  disks: z.array(
    z.object({
      path: z.string(),
      root: z.string().nullish(),
      fileSystem: z.string().nullish(),
      freeBytes: count.nullish(),
      sizeBytes: count.nullish(),
      driveType: z.string().nullish(),
      error: count.nullish(),
    }),
  ),
  problems: z.array(z.object({ at: z.string(), error: count })).nullish(),
});
export type ObserveAnswer = z.infer<typeof ObserveAnswer>;

export const FirewallAnswer = z.object({
  rules: z.array(
    z.object({
      source: z.string().nullish(),
      name: z.string(),
      action: z.string().nullish(),
      active: z.string().nullish(),
      direction: z.string().nullish(),
      localPorts: z.array(z.string()).nullish(),
      remoteAddresses: z.array(z.string()).nullish(),
    }),
  ),
  profiles: z.array(
    z.object({
      name: z.enum(['domain', 'private', 'public']),
      enabled: z.boolean().nullish(),
      policyEnabled: z.boolean().nullish(),
      policyAllowsLocalRules: z.boolean().nullish(),
    }),
  ),
});
export type FirewallAnswer = z.infer<typeof FirewallAnswer>;
