import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import type { ServerNumber } from '../../scripts/practice/setPlace.ts';

const bundle = fileURLToPath(new URL('../../resources/redis/redis-7.0.15/linux-x64', import.meta.url));
const ALL: readonly ServerNumber[] = [1, 2, 3];
const PORTS = [6379, 6380] as const;
const FOLDER = '/srv/hand';

/** A cluster on practice servers that somebody has built by hand: other folders, units, ports and settings than Triad's. */
export interface ForeignCluster {
  /** Asks one node, as its owner would; words as the shell takes them. */
  ask(server: ServerNumber, port: number, command: string): Promise<string>;
  /** Process ids, files with their hashes, configuration, keys, and what the nodes know of each other: equal as long as nobody changed anything. */
  state(): Promise<readonly string[]>;
}

/** Builds it with `redis-server`, units of its own and `redis-cli --cluster create`, and waits until all replicas follow. */
export async function buildForeignCluster(set: PracticeSet, password: string): Promise<ForeignCluster> {
  const addressOf = (server: ServerNumber): string => set.servers[server - 1]?.address ?? '';
  const run = async (server: ServerNumber, script: string): Promise<string> => {
    const { code, stdout, stderr } = await set.run(server, script);
    if (code !== 0) throw new Error(`server ${server}: ${stdout}${stderr}`);
    return stdout.trim();
  };
  const cli = (server: ServerNumber, port: number): string =>
    `REDISCLI_AUTH='${password}' ${FOLDER}/redis-cli -h ${addressOf(server)} -p ${port}`;
  const ask = async (server: ServerNumber, port: number, command: string): Promise<string> =>
    run(server, `${cli(server, port)} ${command}`);

  for (const server of ALL) {
    const here = join(set.rootFolder(server), FOLDER);
    mkdirSync(here, { recursive: true });
    for (const program of ['redis-server', 'redis-cli']) copyFileSync(join(bundle, program), join(here, program));
    await run(
      server,
      `cd ${FOLDER} && chmod +x redis-server redis-cli
cat >/etc/systemd/system/hand-redis@.service <<'UNIT'
[Service]
ExecStart=${FOLDER}/redis-server ${FOLDER}/%i.conf
Restart=on-failure
[Install]
WantedBy=multi-user.target
UNIT
for port in ${PORTS.join(' ')}; do
  mkdir -p ${FOLDER}/$port
  cat >${FOLDER}/$port.conf <<CONF
port $port
bind ${addressOf(server)}
dir ${FOLDER}/$port
logfile redis.log
cluster-enabled yes
cluster-node-timeout 4000
appendonly yes
maxmemory 64mb
requirepass "${password}"
masterauth "${password}"
CONF
done
systemctl daemon-reload
systemctl enable --quiet --now hand-redis@${PORTS[0]} hand-redis@${PORTS[1]} 2>/dev/null
for port in ${PORTS.join(' ')}; do timeout 10 sh -c "until REDISCLI_AUTH='${password}' ${FOLDER}/redis-cli -h ${addressOf(server)} -p $port ping | grep -q PONG; do sleep 0.05; done"; done`,
    );
  }
  // Redis' own program joins them; it places each replica on another server than its master.
  const nodes = PORTS.flatMap((port) => ALL.map((server) => `${addressOf(server)}:${port}`));
  await run(1, `REDISCLI_AUTH='${password}' ${FOLDER}/redis-cli --cluster create ${nodes.join(' ')} --cluster-replicas 1 --cluster-yes`);
  for (const server of ALL)
    for (const port of PORTS)
      await run(
        server,
        `timeout 30 sh -c "until ${cli(server, port)} ROLE | grep -qE '^(master|connected)$'; do sleep 0.1; done; until ${cli(server, port)} CLUSTER INFO | grep -q cluster_state:ok; do sleep 0.1; done"`,
      );
  return {
    ask,
    state: async () =>
      Promise.all(
        ALL.flatMap((server) =>
          PORTS.map(async (port) => {
            // Sorted: Redis answers in the order of a hash table, which is another one while it saves.
            const said = await Promise.all(
              ["CONFIG GET '*' | paste - - | sort", "KEYS '*' | sort", "CLUSTER NODES | cut -d' ' -f1-4,7,9- | sort"].map(async (words) =>
                ask(server, port, words),
              ),
            );
            const outside = await run(
              server,
              `systemctl show -p MainPID hand-redis@${port}; systemctl is-enabled hand-redis@${port}; cd ${FOLDER} && find . -type f ! -name redis.log -print0 | sort -z | xargs -0 sha256sum`,
            );
            return [`${server}:${port}`, ...said, outside].join('\n');
          }),
        ),
      ),
  };
}
