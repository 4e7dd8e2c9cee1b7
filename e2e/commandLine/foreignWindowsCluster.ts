import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import type { ServerNumber } from '../../scripts/practice/setPlace.ts';

const run = promisify(execFile);
const client = fileURLToPath(new URL('../../resources/redis/redis-7.0.15/linux-x64/redis-cli', import.meta.url));
const wrapper = fileURLToPath(new URL('../../resources/windows-service/build/triad-service.exe', import.meta.url));
const ALL: readonly ServerNumber[] = [1, 2, 3];
const PORTS = [6379, 6380] as const;

/** A cluster that somebody has built by hand on practice Windows servers. */
export interface ForeignWindowsCluster {
  /** Asks one node from this machine. */
  ask(server: ServerNumber, port: number, ...words: readonly string[]): Promise<string>;
  /** Process ids, settings, files that do not change by themselves, services and rules: equal as long as nobody changed anything. */
  state(): Promise<readonly string[]>;
}

/**
 * The settings by name. Redis answers in the order of a hash table, which changes while a process of its own saves or feeds a replica: the table is then not
 * enlarged (`dict_can_resize`).
 */
function sortedPairs(said: string): string {
  const lines = said.split('\n');
  const pairs = lines.flatMap((name, index) => (index % 2 === 0 ? [`${name} ${lines[index + 1] ?? ''}`] : []));
  return pairs.toSorted().join('\n');
}

const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/**
 * Builds it in folders, with ports, services and rules of its own. What runs Redis as a service there is some wrapper, as administrators use them: the listening
 * process is a child of the service.
 */
export async function buildForeignWindowsCluster(set: PracticeSet, password: string): Promise<ForeignWindowsCluster> {
  const addressOf = (server: ServerNumber): string => set.servers[server - 1]?.address ?? '';
  const onServer = async (server: ServerNumber, line: string): Promise<string> => {
    const { code, stdout, stderr } = await set.ssh(server, line, { timeoutMs: 120_000 });
    if (code !== 0) throw new Error(`server ${server}: ${line}: ${code} ${stdout}${stderr}`);
    return stdout;
  };
  const redis = async (...words: readonly string[]): Promise<string> =>
    (await run(client, words, { env: { ...process.env, REDISCLI_AUTH: password } })).stdout.trim();
  const ask = async (server: ServerNumber, port: number, ...words: readonly string[]): Promise<string> =>
    redis('-h', addressOf(server), '-p', String(port), ...words);

  const unpacked = mkdtempSync(join(tmpdir(), 'triad-foreign-windows-'));
  await run('python3', ['-m', 'zipfile', '-e', set.windowsArchive().file, unpacked]);
  const [top = ''] = readdirSync(unpacked);
  for (const server of ALL) {
    const folder = join(set.windows(server).driveC, 'Redis');
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(join(unpacked, top)).filter((one) => /\.(?:exe|dll)$/u.test(one)))
      copyFileSync(join(unpacked, top, name), join(folder, name));
    copyFileSync(wrapper, join(folder, 'wrapper.exe'));
    for (const port of PORTS) {
      const own = join(folder, String(port));
      mkdirSync(own);
      const conf = [
        `port ${port}`,
        `bind ${addressOf(server)} 127.0.0.1`,
        'logfile redis.log',
        'cluster-enabled yes',
        'cluster-node-timeout 4000',
        'appendonly yes',
        'maxmemory 64mb',
        `requirepass ${password}`,
        `masterauth ${password}`,
      ];
      writeFileSync(join(own, 'redis.conf'), conf.map((line) => `${line}\n`).join(''));
      writeFileSync(join(own, 'password.txt'), `${password}\n`);
      const ini = [
        '[service]',
        `name=redis-${port}`,
        `account=NT SERVICE\\redis-${port}`,
        'program=C:\\Redis\\redis-server.exe',
        `programSha256=${sha256(join(folder, 'redis-server.exe'))}`,
        'arguments=redis.conf',
        `folder=C:\\Redis\\${port}`,
        `port=${port}`,
        'passwordFile=password.txt',
      ];
      writeFileSync(join(own, 'service.ini'), ini.map((line) => `${line}\n`).join(''));
    }
    await onServer(
      server,
      'netsh.exe advfirewall firewall add rule name=redis dir=in action=allow protocol=TCP localport=6379,6380,16379,16380',
    );
    for (const port of PORTS) {
      await onServer(server, `C:\\Redis\\wrapper.exe install C:\\Redis\\${port}\\service.ini`);
      await onServer(server, `C:\\Redis\\wrapper.exe start redis-${port} 75000`);
    }
  }
  rmSync(unpacked, { recursive: true });
  const nodes = PORTS.flatMap((port) => ALL.map((server) => `${addressOf(server)}:${port}`));
  await redis('--cluster', 'create', ...nodes, '--cluster-replicas', '1', '--cluster-yes');
  const isWhole = async (): Promise<boolean> => {
    const said = await Promise.all(
      ALL.flatMap((server) =>
        PORTS.map(async (port) => `${await ask(server, port, 'ROLE')}\n${await ask(server, port, 'CLUSTER', 'INFO')}`),
      ),
    );
    return said.every((one) => /^(?:master|connected)$/mu.test(one) && one.includes('cluster_state:ok'));
  };
  await expect.poll(isWhole, { timeout: 60_000 }).toBe(true);

  const files = (server: ServerNumber): readonly string[] => {
    const folder = join(set.windows(server).driveC, 'Redis');
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(?:exe|dll|conf|ini|txt)$/u.test(name));
    return names.toSorted().map((name) => `${name} ${sha256(join(folder, name))}`);
  };
  return {
    ask,
    state: async () =>
      Promise.all(
        ALL.flatMap((server) =>
          PORTS.map(async (port) => {
            const said = await Promise.all([
              ask(server, port, 'CONFIG', 'GET', '*').then(sortedPairs),
              ask(server, port, 'CLUSTER', 'MYID'),
              ask(server, port, 'DBSIZE'),
              onServer(server, `sc.exe queryex redis-${port}`),
            ]);
            return [`${server}:${port}`, ...said, ...files(server)].join('\n');
          }),
        ),
      ),
  };
}
