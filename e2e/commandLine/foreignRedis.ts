import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import type { ServerNumber } from '../../scripts/practice/setPlace.ts';

/** The programs of Redis that practice servers have, and this machine too. */
export const linuxBundle = fileURLToPath(new URL('../../resources/redis/redis-7.0.15/linux-x64', import.meta.url));

/** A Redis on a practice server that Triad has not installed: somebody's, with their data. */
export interface ForeignRedis {
  /** Asks it, as its owner would. */
  ask(...words: readonly string[]): Promise<string>;
  /** Its process id, and its files with their contents' hashes: equal as long as nobody touched it. */
  state(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a Redis of somebody else, as a service with a folder of its own, and waits until it answers. */
export async function startForeignRedis(set: PracticeSet, server: ServerNumber, port: number, settings = ''): Promise<ForeignRedis> {
  const folder = `/srv/other-redis-${port}`;
  const unit = `other-redis-${port}`;
  const here = join(set.rootFolder(server), folder);
  mkdirSync(here, { recursive: true });
  for (const program of ['redis-server', 'redis-cli']) copyFileSync(join(linuxBundle, program), join(here, program));
  const { address = '' } = set.servers[server - 1] ?? {};

  const run = async (script: string): Promise<string> => {
    const { code, stdout, stderr } = await set.run(server, script);
    if (code !== 0) throw new Error(`${unit} on server ${server}: ${stdout}${stderr}`);
    return stdout.trim();
  };
  const cli = `${folder}/redis-cli -h ${address} -p ${port}`;
  await run(`cd ${folder} && chmod +x redis-server redis-cli
systemd-run --quiet --unit=${unit} --working-directory=${folder} ${folder}/redis-server --port ${port} --bind ${address} --protected-mode no --save "" ${settings}
timeout 10 sh -c 'until ${cli} ping | grep -q PONG; do sleep 0.05; done'`);
  return {
    ask: async (...words) => run(`${cli} ${words.map((word) => `'${word}'`).join(' ')}`),
    state: async () => run(`systemctl show -p MainPID ${unit}; cd ${folder} && sha256sum *`),
    stop: async () => {
      await run(`systemctl stop ${unit}; rm -rf ${folder}`);
    },
  };
}
