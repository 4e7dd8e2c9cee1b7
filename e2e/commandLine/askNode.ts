import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import type { ServerNumber } from '../../scripts/practice/setPlace.ts';
import { linuxBundle } from './foreignRedis.ts';

const run = promisify(execFile);

/** Asks a node from this machine, as a client does, whatever its server runs on. Throws when it cannot be reached. */
export async function askNode(
  set: PracticeSet,
  server: ServerNumber,
  port: number,
  password: string,
  ...words: readonly string[]
): Promise<string> {
  const address = set.servers[server - 1]?.address ?? '';
  const { stdout } = await run(join(linuxBundle, 'redis-cli'), ['-c', '-h', address, '-p', String(port), ...words], {
    env: { ...process.env, REDISCLI_AUTH: password },
  });
  return stdout.trim();
}

/** Who is master of whom, a line for each replica: `1:7001 of 3:7000`. Sorted. */
export async function replicas(set: PracticeSet, password: string, from: ServerNumber = 1): Promise<readonly string[]> {
  const lines = (await askNode(set, from, 7000, password, 'cluster', 'nodes')).split('\n').map((line) => line.split(' '));
  const named = (at = ''): string => {
    const [address, port] = (at.split('@')[0] ?? '').split(':');
    return `${set.servers.findIndex((server) => server.address === address) + 1}:${port}`;
  };
  const byId = new Map(lines.map((line) => [line[0], named(line[1])]));
  return lines
    .filter((line) => line[2]?.includes('slave') === true)
    .map((line) => `${named(line[1])} of ${byId.get(line[3])}`)
    .toSorted();
}

/** What {@link replicas} says of a cluster that is as planned. */
export const CROSSED = ['1:7001 of 3:7000', '2:7001 of 1:7000', '3:7001 of 2:7000'];
