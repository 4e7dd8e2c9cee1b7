import { lookAtPlatform } from '../hosts/lookAtPlatform.ts';
import type { ClusterPlan } from '../shared/domain/plan.ts';
import { withPlatformsOfPlan } from '../shared/domain/platformsOfPlan.ts';
import type { Platform } from '../shared/domain/platform.ts';
import type { ClusterSpec, Server } from '../shared/domain/spec.ts';

/** A server that is there says its line at once; one that is not must not hold up a run that goes on without it. */
const LOOK_DEADLINE_MS = 2000;

/** A look at what a server runs on; null where it does not answer. */
export type LookAtPlatform = typeof lookAtPlatform;

/** Where platforms are learnt that a specification does not say. */
export interface PlatformSources {
  /** The plan of the newest run that has seen these servers; null where none has. */
  readonly seen?: Pick<ClusterPlan, 'servers'> | null;
  readonly look?: LookAtPlatform;
}

/**
 * The specification with the platform of every server: as it says, else by a look at those that it says nothing about, all at once. One that does not answer
 * is what it was when it was last seen, else it is taken for what all others are known to be, else for Linux; at the login it must turn out to be that.
 */
export async function withPlatforms(
  spec: ClusterSpec,
  signal: AbortSignal,
  { seen = null, look = lookAtPlatform }: PlatformSources = {},
): Promise<ClusterSpec> {
  if (spec.servers.every(({ platform }) => platform !== undefined)) return spec;
  const found = await Promise.all(
    spec.servers.map(
      async ({ name, address, platform, ssh }) =>
        platform ??
        (await look({ address: ssh.host, port: ssh.port }, LOOK_DEADLINE_MS, signal)) ??
        seen?.servers.find((one) => one.name === name && one.address === address)?.platform ??
        null,
    ),
  );
  const known = new Set(found.filter((platform) => platform !== null));
  const presumed: Platform = known.size === 1 && known.has('windows') ? 'windows' : 'linux';
  return { ...spec, servers: spec.servers.map((server, index): Server => ({ ...server, platform: found[index] ?? presumed })) };
}

/**
 * The same without a way to the servers: what a run has seen, and where none has, what the programs are for that the specification names. Nothing is done on a
 * server then, but versions are judged by the programs.
 */
export function withPresumedPlatforms(spec: ClusterSpec, seen: Pick<ClusterPlan, 'servers'> | null): ClusterSpec {
  const known = withPlatformsOfPlan(spec, seen);
  const { archive, windowsArchive } = spec.redis;
  if (windowsArchive === undefined || archive !== undefined || known.servers.some(({ platform }) => platform !== undefined)) return known;
  return { ...known, servers: known.servers.map((server): Server => ({ ...server, platform: 'windows' })) };
}
