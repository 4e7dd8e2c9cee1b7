import { z } from 'zod';
import { HostKey } from './server.ts';
import { NodeRole } from './plan.ts';

/** The version of the config bundle's layout that this Triad writes. */
export const CONFIG_BUNDLE_SCHEMA = 1;

/** What stands in every manifest, so that a zip of something else is told from a bundle. */
export const CONFIG_BUNDLE_FORMAT = 'triad-config-bundle';

/** The parts of a bundle that have a fixed place. */
export const BUNDLE_PATHS = {
  manifest: 'manifest.json',
  readme: 'README.md',
  spec: 'spec.yaml',
  plan: 'plan.json',
  knownHosts: 'known-hosts.json',
  nodes: 'nodes.json',
  programs: 'programs.json',
  sealed: 'secrets.sealed.json',
} as const;

/** The admin's own archive of server programs, where a bundle brings it. */
export const BUNDLED_ARCHIVE = 'redis/archive.tar.gz';

/** The archive with Redis for Windows servers, where a bundle brings it. */
export const BUNDLED_WINDOWS_ARCHIVE = 'redis/windows-archive.zip';

/** Triad's own program for Windows servers, where a bundle brings one: the services of the nodes are this program, also where they are made by hand. */
export const BUNDLED_SERVICE_PROGRAM = 'redis/triad-service.exe';

/** The batch file that joins the nodes of a cluster on Windows servers alone. */
export const BUNDLED_JOIN_SCRIPT = 'join.cmd';

/** The batch file that makes one Windows server what the plan says. */
export function bundledInstallScript(server: string): string {
  return `servers/${server}/install.cmd`;
}

/** Where a run's journal lies in a bundle. */
export function bundledJournalPath(runId: string): string {
  return `runs/${runId}/events.ndjson`;
}

/** The id of the run whose journal lies there, or null for another part. */
export function runOfJournalPath(path: string): string | null {
  return /^runs\/(\d{8}T\d{9}Z-[A-Za-z]{1,40})\/events\.ndjson$/u.exec(path)?.[1] ?? null;
}

/** One part of a bundle: its place with slashes, and its content. */
export interface BundlePart {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The largest that anything in a bundle may be; checked before and while unpacking, so that a hostile file cannot fill memory or disk. */
export const BUNDLE_LIMITS = {
  archiveBytes: 128 * 1024 ** 2,
  parts: 1000,
  partBytes: 64 * 1024 ** 2,
  totalBytes: 256 * 1024 ** 2,
  /** Unpacked to packed, of a part above `ratioFromBytes`. Journals of long failover tests reach 30. */
  ratio: 200,
  ratioFromBytes: 1024 ** 2,
  pathLength: 240,
} as const;

const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9._+~-]*$/u;

/** Whether a name may stand in a bundle: relative, plain letters, no `..`, no backslash, no drive, no device. */
export function isBundlePath(path: string): boolean {
  if (path.length === 0 || path.length > BUNDLE_LIMITS.pathLength) return false;
  return path.split('/').every((segment) => SEGMENT.test(segment) && !segment.endsWith('.'));
}

/** The list of everything else in a bundle. `madeAt` is the end of the newest run in it: the same content gives the same bytes whenever it is written. */
export const ConfigBundleManifest = z.strictObject({
  format: z.literal(CONFIG_BUNDLE_FORMAT),
  schemaVersion: z.literal(CONFIG_BUNDLE_SCHEMA),
  cluster: z.string().max(40),
  triadVersion: z.string().max(40),
  madeAt: z.iso.datetime(),
  parts: z
    .array(
      z.strictObject({
        path: z.string().max(BUNDLE_LIMITS.pathLength),
        sizeBytes: z.int().min(0).max(BUNDLE_LIMITS.partBytes),
        sha256: z.string().regex(/^[0-9a-f]{64}$/u),
      }),
    )
    .max(BUNDLE_LIMITS.parts),
});
export type ConfigBundleManifest = z.infer<typeof ConfigBundleManifest>;

/** The SSH host keys that the servers showed, by endpoint. */
export const BundledHostKeys = z.strictObject({ hosts: z.record(z.string().max(300), HostKey) });
export type BundledHostKeys = z.infer<typeof BundledHostKeys>;

/** The six nodes as the newest look at the cluster saw them; `at` is null and the list empty where none did. */
export const BundledNodes = z.strictObject({
  at: z.string().nullable(),
  nodes: z.array(z.strictObject({ node: z.string(), endpoint: z.string(), redisId: z.string(), role: NodeRole, version: z.string() })),
});
export type BundledNodes = z.infer<typeof BundledNodes>;

/** Which secrets a bundle may carry, sealed. Logins are the administrator's own and never among them. */
export const BundledSecrets = z.strictObject({ redisPassword: z.string().min(1).max(1024) });
export type BundledSecrets = z.infer<typeof BundledSecrets>;

/** How two bundles differ in one part. `diff` is a unified diff, empty for what is no text or stands on one side alone. */
export interface PartDifference {
  readonly path: string;
  readonly kind: 'onlyInFirst' | 'onlyInSecond' | 'differs';
  readonly diff: string;
}
