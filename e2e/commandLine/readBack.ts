import type { ShardJournal } from '../../electron/redis/ledger.ts';
import { mustRun } from '../../scripts/practice/runCommand.ts';
import { linuxBundle } from './foreignRedis.ts';

/** Where a shard is read, and how. */
interface Master {
  readonly address: string;
  readonly port: number;
  readonly password: string;
}

/** Redis' own client, which knows nothing of Triad, nor Triad of it. */
async function ask({ address, port, password }: Master, args: readonly string[], input = ''): Promise<readonly string[]> {
  const client = ['-h', address, '-p', String(port), ...args];
  const answers = await mustRun('read the keys back', `${linuxBundle}/redis-cli`, client, { input, env: { REDISCLI_AUTH: password } });
  return answers.split('\n').slice(0, -1);
}

/**
 * The keys of a writer's acknowledged writes that a master has not, or with another value: each is asked for with a GET of its own.
 * @param prefix with which the writer's keys begin.
 */
export async function missingKeys(master: Master, prefix: string, { shard, writes }: ShardJournal): Promise<readonly string[]> {
  const [known = ''] = await ask(master, ['--scan', '--pattern', `${prefix}*`]);
  const keyStart = known.slice(0, known.lastIndexOf(':') + 1);
  const asked = writes
    .filter(({ outcome }) => outcome === 'acknowledged')
    .map(({ n }) => ({ key: `${keyStart}${n}`, value: `${shard}:${n}` }));
  const values = await ask(master, [], asked.map(({ key }) => `GET ${key}\n`).join(''));
  if (keyStart === '' || values.length !== asked.length) throw new Error(`${values.length} answers to ${asked.length} questions`);
  return asked.filter(({ value }, index) => values[index] !== value).map(({ key }) => key);
}
