import { planCluster, type ClusterPlan } from '../shared/domain/plan.ts';
import type { Platform } from '../shared/domain/platform.ts';
import type { ClusterSpec } from '../shared/domain/spec.ts';
import type { ServerBundle } from '../storage/serverBundle.ts';
import type { WindowsBundle } from '../storage/windowsArchive/windowsBundle.ts';
import { findBundle } from './findBundle.ts';
import { findWindowsBundle } from './findWindowsBundle.ts';

/** The programs of a cluster, for each kind of server that it has; null for the other. */
export interface ClusterPrograms {
  readonly linux: ServerBundle | null;
  readonly windows: WindowsBundle | null;
}

/**
 * The programs for the servers of a specification. Where there are Linux and Windows servers, those for Windows must be of the same version: six nodes of two
 * versions are a state to pass through, not to install. Throws what {@link findBundle} and {@link findWindowsBundle} throw.
 * @param platforms what each of the servers runs on
 */
export async function findPrograms(
  spec: ClusterSpec,
  platforms: readonly Platform[],
  bundles: string,
  home: string,
): Promise<ClusterPrograms> {
  const linux = platforms.includes('linux') ? await findBundle(spec, bundles, home) : null;
  const windows = platforms.includes('windows') ? await findWindowsBundle(spec, bundles, linux?.version) : null;
  return { linux, windows };
}

/** The plan of a cluster with its programs. There are some for at least one kind of server. */
export function planWith(spec: ClusterSpec, { linux, windows }: ClusterPrograms): ClusterPlan {
  const first = linux ?? windows;
  if (first === null) throw new Error('a cluster without programs');
  return planCluster(spec, first, windows ?? first);
}

/** What is sent of each program, by its name: those for Windows end in .exe or .dll. */
export function sentPrograms({ linux, windows }: ClusterPrograms): ReadonlyMap<string, Uint8Array> {
  return new Map([...(linux?.files ?? []), ...(windows?.files ?? [])].map(({ name, gzip }) => [name, gzip]));
}
