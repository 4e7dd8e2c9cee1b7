import { lookAtPlatform } from '../hosts/lookAtPlatform.ts';
import type { Platform } from '../shared/domain/platform.ts';
import type { ClusterSpec, Server } from '../shared/domain/spec.ts';

/** A server that is there says its line at once; one that is not must not hold up a run that goes on without it. */
const LOOK_DEADLINE_MS = 2000;

/** A look at what a server runs on; null where it does not answer. */
export type LookAtPlatform = typeof lookAtPlatform;

/**
 * The specification with the platform of every server: as it says, else by a look at those that it says nothing about, all at once. One that does not answer
 * is taken for what all others are known to be, else for Linux; at the login it must turn out to be that.
 */
export async function withPlatforms(spec: ClusterSpec, signal: AbortSignal, look: LookAtPlatform = lookAtPlatform): Promise<ClusterSpec> {
  if (spec.servers.every(({ platform }) => platform !== undefined)) return spec;
  const found = await Promise.all(
    spec.servers.map(
      async ({ platform, ssh }) => platform ?? (await look({ address: ssh.host, port: ssh.port }, LOOK_DEADLINE_MS, signal)),
    ),
  );
  const known = new Set(found.filter((platform) => platform !== null));
  const presumed: Platform = known.size === 1 && known.has('windows') ? 'windows' : 'linux';
  return { ...spec, servers: spec.servers.map((server, index): Server => ({ ...server, platform: found[index] ?? presumed })) };
}
