import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { formCluster } from '../../redis/formCluster.ts';
import { startFor } from '../../redis/testing/startFor.ts';
import { testRedisServer } from '../../redis/testing/testCluster.ts';
import { connectionString } from './connectionStrings.ts';

const run = promisify(execFile);
const checkout = fileURLToPath(new URL('../../..', import.meta.url));

it('connects ioredis and redis-cli to a real cluster, with a password full of marks', async (test) => {
  const cluster = await startFor(test, { password: String.raw`'it"s' \ $HOME é 😀, #1` });
  await formCluster(await cluster.connectAll(), cluster.plan, { deadlineMs: 20_000 });

  const snippet = connectionString('ioredis', cluster.plan, cluster.password);
  // Keys of all three shards, so that the client must have found every master.
  const use = `
    const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const key of keys) await cluster.set(key, 'of ' + key);
    console.log((await Promise.all(keys.map((key) => cluster.get(key)))).join(','));
    cluster.disconnect();`;
  const byNode = await run(process.execPath, ['--input-type=module', '--eval', snippet + use], { cwd: checkout });
  expect(byNode.stdout.trim()).toBe('of a,of b,of c,of d,of e,of f');

  const line = connectionString('redisCli', cluster.plan, cluster.password);
  const programs = dirname(testRedisServer());
  const byShell = await run('sh', ['-c', `for key in a b c d e f; do ${line} get $key; done`], {
    env: { ...process.env, PATH: `${programs}:${process.env['PATH'] ?? ''}` },
  });
  expect(byShell.stdout.trim().split('\n')).toEqual(['of a', 'of b', 'of c', 'of d', 'of e', 'of f']);
  expect(byShell.stderr).toBe('');
});
