import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isWindowsPath } from '../shared/domain/serverPath.ts';

const Path = z.string().refine((path) => path.startsWith('/') || isWindowsPath(path));

/**
 * What Triad installed on a server for one cluster, as it stands there in `manifest.json`: only what is listed may be changed or removed.
 * It follows from the plan alone (no time, no secret, no hash of a secret), so that a second install changes nothing.
 */
export const InstallManifest = z.object({
  schemaVersion: z.literal(1),
  installedBy: z.literal('Triad'),
  triadVersion: z.string(),
  cluster: z.string(),
  server: z.string(),
  /** SHA-256 of the plan, to tell whether two servers were installed from the same one. */
  planSha256: z.string(),
  serviceUser: z.string(),
  /** Parents before children. `roots` may be shared with other clusters. */
  folders: z.object({
    roots: z.array(Path),
    programs: z.array(Path),
    configuration: z.array(Path),
    data: z.array(Path),
    logs: z.array(Path),
  }),
  binaries: z.array(z.object({ path: Path, sha256: z.string() })),
  files: z.array(z.object({ path: Path, sha256: z.string().nullable() })),
  services: z.array(z.string()),
  passiveUnits: z.array(z.string()),
  kernel: z.array(z.object({ setting: z.string(), path: Path, value: z.string() })),
  firewall: z.object({
    tag: z.string(),
    rules: z.array(z.object({ id: z.string(), source: z.string(), destination: z.string(), ports: z.array(z.number()) })),
    /** Only there where no firewall front end keeps the rules. */
    keeper: z.object({ unit: z.string(), unitPath: Path, scriptPath: Path }).optional(),
  }),
  /** Folders that Microsoft Defender was asked to leave alone; missing where nobody wanted that. */
  exclusions: z.array(Path).optional(),
  beforePath: Path,
});
export type InstallManifest = z.infer<typeof InstallManifest>;

/** SHA-256 of a text, hexadecimal. */
export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A manifest as it stands on a server. */
export function renderManifest(manifest: InstallManifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Reads a manifest found on a server; null when it is none, so that nothing is removed on the word of a damaged file. */
export function parseManifest(text: string): InstallManifest | null {
  try {
    return InstallManifest.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
