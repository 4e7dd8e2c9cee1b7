import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { serverSnapshots } from './serverSnapshots.ts';
import { triadForTest, type FinishedCommand } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();

const env = { REDIS_PASSWORD: 'a password of the admin' };

let set: PracticeSet;
let spec: string;

/** A validation by Redis alone. No login works: the key that the specification names is nowhere. */
async function validate(...more: readonly string[]): Promise<FinishedCommand> {
  return triad.run(['validate', '--redis-only', '--spec', spec, '--json', ...more], { env });
}

function withoutLogins(): string {
  return triad.spec(set, (edited) => {
    edited.redis = { passwordEnv: 'REDIS_PASSWORD', maxMemory: '64mb' };
    for (const server of edited.servers) server.ssh['auth'] = { privateKeyFile: '/nowhere/key' };
  });
}

async function redis(server: 1 | 2 | 3, port: number, command: string): Promise<string> {
  const cli = `$(ls /opt/triad/bin/*/redis-cli) -h ${set.servers[server - 1]?.address ?? ''} -p ${port}`;
  const { stdout, stderr, code } = await set.run(server, `REDISCLI_AUTH='${env.REDIS_PASSWORD}' ${cli} ${command}`);
  expect(`${code} ${stderr}`).toBe('0 ');
  return stdout.trim();
}

const found = ({ result }: FinishedCommand): readonly string[] =>
  result.checks
    .filter(({ verdict, unmade }) => unmade === undefined && !['pass', 'skipped'].includes(verdict))
    .map(({ id, subject, verdict }) => `${verdict} ${id} ${subject}`)
    // On practice servers the bus ports are open to this machine, too.
    .filter((one) => !one.startsWith('warn pair.adminBusPort'));

test('a cluster is installed', async () => {
  set = await servers.up();
  spec = triad.spec(set, (edited) => (edited.redis = { passwordEnv: 'REDIS_PASSWORD', maxMemory: '64mb' }));
  expect(runVerdict(await triad.run(['install', '--spec', spec, '--json', '--yes'], { env }))).toEqual(passedRun);
  spec = withoutLogins();
}, 120_000);

test('without SSH everything that Redis tells is proved, and every check that was not made is named and no pass', async () => {
  const before = await serverSnapshots(set);
  const report = join(triad.home, 'report');
  const junit = join(triad.home, 'redis-only.xml');
  const run = await validate('--report', report, '--junit', junit);
  expect(await serverSnapshots(set)).toEqual(before);
  expect({ code: run.code, verdict: run.result.verdict, failure: run.result.failure, stderr: run.stderr }).toEqual({
    code: 4,
    verdict: 'unknown',
    failure: null,
    stderr: '',
  });
  expect(found(run)).toEqual([]);
  const idsOf = (isUnmade: boolean): readonly string[] => [
    ...new Set(run.result.checks.filter(({ unmade }) => (unmade !== undefined) === isUnmade).map(({ id }) => id)),
  ];
  expect(idsOf(false)).toEqual(
    expect.arrayContaining([
      'cluster.survivesLoss',
      'cluster.agreement',
      'cluster.roles',
      'node.settings',
      'node.persistence',
      'node.connections',
    ]),
  );
  expect(idsOf(true)).toEqual(expect.arrayContaining(['server.hostKey', 'server.drift', 'node.service', 'node.logErrors', 'pair.busPort']));
  expect(run.result.checks.filter(({ unmade, verdict }) => unmade !== undefined && verdict !== 'unknown')).toEqual([]);
  // No login was tried.
  expect(run.events.some((event) => event.type === 'phaseStarted' && event.phase === 'connect')).toBe(false);
  const json = JSON.parse(readFileSync(join(report, 'report.json'), 'utf8')) as { readonly checks: readonly { unmade?: string }[] };
  expect(json.checks.filter(({ unmade }) => unmade === 'ssh').length).toBeGreaterThan(100);
  expect(readFileSync(junit, 'utf8')).toContain('server.hostKey');
  expect(readFileSync(join(report, 'report.html'), 'utf8')).toContain('could not be made with Redis access alone');
  const told = await triad.run(['validate', '--redis-only', '--spec', spec], { env });
  expect([told.code, told.stdout]).toEqual([4, expect.stringContaining('could not be made with Redis access alone')]);
  expect(told.stdout).toContain('SSH host key');
});

test('a bundle is not made of it: it has not seen the servers', async () => {
  const exported = await triad.run(['bundle', 'export', '--from-last', '--spec', spec, '--out', join(triad.home, 'x.triad'), '--json'], {
    env,
  });
  expect(exported.result.failure?.code).toBe('configBundle.noValidation');
});

test('two masters on one server, another setting, and one that is not told', async () => {
  expect(await redis(2, 7001, 'CLUSTER FAILOVER')).toBe('OK');
  await expect.poll(async () => redis(2, 7001, 'ROLE | head -n 1'), { timeout: 10_000 }).toBe('master');
  await expect.poll(async () => (await validate()).result.verdict, { timeout: 20_000 }).toBe('passWithoutTolerance');
  const name = set.place.servers[1]?.name ?? '';
  const gathered = await validate();
  expect(gathered.code).toBe(1);
  expect(found(gathered)).toContain(`passWithoutTolerance cluster.survivesLoss ${name}`);
  expect(await redis(1, 7001, 'CONFIG SET maxmemory 32mb')).toBe('OK');
  const first = set.place.servers[0]?.name ?? '';
  expect(found(await validate())).toContain(`fail node.settings ${first}:7001`);
  expect(await redis(1, 7001, "ACL SETUSER default '-config'")).toBe('OK');
  const refused = (await validate()).result.checks.filter(({ id, subject }) => id === 'node.settings' && subject === `${first}:7001`);
  expect(refused.map(({ verdict, observed }) => `${verdict} ${observed}`)).toEqual([expect.stringMatching(/^unknown .*permission/u)]);
  expect(await redis(1, 7001, "ACL SETUSER default '+config'")).toBe('OK');
});

test('a wrong password ends it', async () => {
  const wrong = await triad.run(['validate', '--redis-only', '--spec', spec, '--json'], {
    env: { REDIS_PASSWORD: 'another one of the admin' },
  });
  expect([wrong.code, wrong.result.failure?.code]).toEqual([1, 'redis.authRejected']);
});
