import { expect, onTestFinished, test } from 'vitest';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { brake, PREPARE_BRAKES } from './brakes.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { triadForTest } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();

const env = { REDIS_PASSWORD: 'a password of the admin' };
const MASTER_PORT = 7000;
const KEYS = Array.from({ length: 30 }, (_, number) => `key-${number}`);

async function redis(set: PracticeSet, server: 1 | 2 | 3, command: string): Promise<string> {
  const cli = `$(ls /opt/triad/bin/*/redis-cli) -c -h ${set.servers[server - 1]?.address ?? ''} -p ${MASTER_PORT}`;
  const { stdout, stderr, code } = await set.run(server, `REDISCLI_AUTH='${env.REDIS_PASSWORD}' ${cli} ${command}`);
  expect(`${code} ${stderr}`).toBe('0 ');
  return stdout.trim();
}

async function sizes(set: PracticeSet): Promise<number> {
  const all = await Promise.all(([1, 2, 3] as const).map(async (server) => Number(await redis(set, server, 'DBSIZE'))));
  return all.reduce((sum, one) => sum + one, 0);
}

test.each([
  ['aof', 'rdb'],
  ['rdb', 'aof'],
] as const)(
  'from %s to %s: where the run breaks off with the files written, and the power with it, nothing is lost',
  async (from, to) => {
    const set = await servers.up({ prepare: PREPARE_BRAKES, fresh: true });
    const specFor = (persistence: string): string =>
      triad.spec(set, (spec) => (spec.redis = { persistence, passwordEnv: 'REDIS_PASSWORD' }));
    expect(runVerdict(await triad.run(['install', '--spec', specFor(from), '--yes', '--json'], { env }))).toEqual(passedRun);
    for (const key of KEYS) expect(await redis(set, 1, `SET ${key} kept`)).toBe('OK');
    expect(await sizes(set)).toBe(KEYS.length);

    const changed = specFor(to);
    const folder = `/opt/triad/${set.place.prefix}`;
    // The folder itself is synced once the files are in their places.
    const held = ([1, 2, 3] as const).map((server) => brake(set, server, 'sync', `${folder} `));
    onTestFinished(() => held.forEach((one) => one.release()));
    const running = triad.start(['install', '--spec', changed, '--yes', '--json'], { env });
    await Promise.all(held.map(async (one) => one.reached(running)));
    running.kill('SIGKILL');
    await running.finished;
    const { stdout } = await set.run(1, `grep -h ^appendonly ${folder}/*.conf`);
    expect(stdout).toBe(`appendonly ${to === 'aof' ? 'yes' : 'no'}\n`.repeat(2));
    await set.powerCut(1, 2, 3);
    for (const one of held) one.release();
    await set.powerOn(1, 2, 3);

    expect(runVerdict(await triad.run(['install', '--spec', changed, '--yes', '--json'], { env }))).toEqual(passedRun);
    expect(await sizes(set)).toBe(KEYS.length);
    expect(await redis(set, 1, 'CONFIG GET appendonly')).toBe(`appendonly\n${to === 'aof' ? 'yes' : 'no'}`);
    expect(runVerdict(await triad.run(['remove', '--delete-data', '--spec', changed, '--yes', '--json'], { env }))).toEqual(passedRun);
  },
  180_000,
);
