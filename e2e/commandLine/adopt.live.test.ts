import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { apiForTest } from '../../electron/handlers/window/testing/apiForTest.ts';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { buildForeignCluster, type ForeignCluster } from './foreignCluster.ts';
import { serverSnapshots } from './serverSnapshots.ts';
import { triadForTest, type FinishedCommand } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();

const env = { THEIR_PASSWORD: 'a password of somebody' };

let set: PracticeSet;
let cluster: ForeignCluster;
let before: { readonly outside: readonly string[]; readonly inside: readonly string[] };
let spec: string;

interface Written {
  name: string;
  servers: { name: string; address: string; ssh: Record<string, unknown> }[];
  redis: Record<string, unknown>;
  adopted: {
    nodes: { server: string; port: number; slots?: number[]; replicaOf?: string; unit?: string; dataFolder: string; logFile?: string }[];
  };
}

const read = (file: string): Written => parse(readFileSync(file, 'utf8')) as Written;
const seen = async (): Promise<typeof before> => ({ outside: await serverSnapshots(set), inside: await cluster.state() });
/** Logs and the append-only files grow by themselves; nothing else may differ. */
const unchanged = async (): Promise<void> => expect(await seen()).toEqual(before);

async function adopt(...more: readonly string[]): Promise<FinishedCommand> {
  const address = `${set.servers[1]?.address ?? ''}:6380`;
  return triad.run(['adopt', '--address', address, '--name', 'theirs', '--password-env', 'THEIR_PASSWORD', ...more], { env });
}

const findings = ({ result }: FinishedCommand, isMade = true): readonly string[] =>
  result.checks
    .filter(({ verdict, unmade }) => (unmade === undefined) === isMade && !['pass', 'skipped'].includes(verdict))
    .map(({ id, subject, verdict, observed }) => `${verdict} ${id} ${subject}: ${observed}`);

test('somebody builds a cluster by hand, with data in it', async () => {
  set = await servers.up();
  cluster = await buildForeignCluster(set, env.THEIR_PASSWORD);
  for (let number = 0; number < 20; number += 1) expect(await cluster.ask(1, 6379, `-c SET key-${number} theirs`)).toBe('OK');
  before = await seen();
}, 120_000);

test('from one address its specification is found and written once; nothing on it is changed', async () => {
  spec = join(triad.home, 'theirs.yaml');
  // Nobody to ask, and nobody has said yes.
  const unasked = await adopt('--out', spec, '--json');
  expect([unasked.code, unasked.result.failure?.code, existsSync(spec)]).toEqual([2, 'usage.confirmationNeeded', false]);
  const told = await adopt('--out', spec, '--yes');
  expect([told.code, told.stderr]).toEqual([0, '']);
  expect(told.stdout).toContain('adopted:');
  expect(told.stdout).not.toContain(env.THEIR_PASSWORD);
  const written = read(spec);
  expect(written.servers.map(({ address }) => address).toSorted()).toEqual(set.servers.map(({ address }) => address).toSorted());
  expect(written.redis).toMatchObject({
    version: '7.0.15',
    masterPort: 6379,
    replicaPort: 6380,
    nodeTimeoutMs: 4000,
    maxMemory: '64mb',
    persistence: 'aof',
    passwordEnv: 'THEIR_PASSWORD',
  });
  expect(written.adopted.nodes.flatMap(({ slots }) => (slots === undefined ? [] : [slots]))).toEqual([
    [0, 5460],
    [5461, 10_922],
    [10_923, 16_383],
  ]);
  expect(written.adopted.nodes[0]).toMatchObject({ dataFolder: '/srv/hand/6379', logFile: '/srv/hand/6379/redis.log' });
  const again = await adopt('--out', spec, '--yes', '--json');
  expect([again.code, again.result.failure?.code]).toEqual([2, 'storage.unwritable']);
  await unchanged();
});

test('the window finds it, too, keeps it where its user says, and validates it by its nodes alone', async () => {
  const { api, platform, home } = await apiForTest();
  const { procedures } = api;
  const address = `${set.servers[2]?.address ?? ''}:6379`;
  const found = await procedures['adoption.find']({ address, name: 'theirs', password: env.THEIR_PASSWORD });
  if (found.kind !== 'found') throw new Error(JSON.stringify(found));
  platform.answers.push(join(home, 'theirs.yaml'));
  const draft = (await procedures['adoption.keep'](found.id))?.id ?? '';
  expect(read(join(home, 'theirs.yaml')).adopted).toEqual(read(spec).adopted);
  const wish = { draft, servers: [], reviewed: null, deleteData: false };
  await expect(procedures['runs.start']({ ...wish, workflow: 'install' })).rejects.toMatchObject({
    failure: { code: 'spec.notInstalledByTriad' },
  });
  const { runId } = await procedures['runs.start']({ ...wish, workflow: 'validate', redisOnly: true });
  await expect
    .poll(async () => (await procedures['runs.list'](draft)).find((run) => run.runId === runId)?.verdict, { timeout: 60_000 })
    .toBe('unknown');
  const said = await api.reportHtml(runId);
  expect(said).toContain(address);
  await api.shutdown();
  await unchanged();
});

test('typed: it is shown, asked for, and not written without a yes', async () => {
  const other = join(triad.home, 'typed.yaml');
  const address = `${set.servers[0]?.address ?? ''}:6379`;
  const running = triad.start(['adopt', '--address', address, '--name', 'typed', '--out', other], { hasTerminal: true });
  await running.waitForText('Redis password');
  running.type(`${env.THEIR_PASSWORD}\r`);
  await running.waitForText('[y/N]');
  running.type('n\r');
  const { code, stdout } = await running.finished;
  expect([code, existsSync(other)]).toEqual([2, false]);
  expect(stdout).not.toContain(env.THEIR_PASSWORD);
});

test('a validation with Redis alone proves what Redis tells of it', async () => {
  const run = await triad.run(['validate', '--redis-only', '--spec', spec, '--json'], { env });
  expect([run.result.failure, findings(run).filter((one) => !one.includes('pair.adminBusPort'))]).toEqual([null, []]);
  expect([run.code, run.result.verdict]).toEqual([4, 'unknown']);
  await unchanged();
});

test("a validation with SSH looks at the servers too, and says of Triad's own things that they do not apply", async () => {
  const { environment } = set.spec();
  const yaml = parse(set.spec().yaml) as Written;
  const own = read(spec);
  for (const server of own.servers) {
    const known = yaml.servers.find(({ address }) => address === server.address);
    if (known !== undefined) server.ssh = known.ssh;
  }
  writeFileSync(spec, stringify(own));
  const settings = { env: { ...environment, ...env } };
  const run = await triad.run(['validate', '--spec', spec, '--json'], settings);
  const serious = findings(run).filter((one) => !one.startsWith('warn '));
  expect([run.result.failure, serious, run.code]).toEqual([null, [], 0]);
  const about = (id: string): readonly string[] =>
    run.result.checks.filter((one) => one.id === id).map(({ verdict, observed }) => `${verdict} ${observed}`);
  expect(about('server.drift')).toEqual(Array.from({ length: 3 }, () => 'skipped Does not apply: Triad did not install this cluster'));
  expect(about('node.service')).toEqual(Array.from({ length: 6 }, () => expect.stringContaining('skipped hand-redis@') as unknown));
  expect(about('node.logErrors').every((one) => one.startsWith('pass'))).toBe(true);
  expect(run.result.checks.filter(({ id, verdict }) => id === 'pair.busPort' && verdict === 'pass')).toHaveLength(12);
  expect(run.result.checks.filter(({ remedy }) => remedy?.includes('triad install') === true)).toEqual([]);

  // Once the specification names the units they are looked at as well.
  for (const node of own.adopted.nodes) node.unit = `hand-redis@${node.port}.service`;
  writeFileSync(spec, stringify(own));
  const named = await triad.run(['validate', '--spec', spec, '--json'], settings);
  expect(named.result.checks.filter(({ id, verdict }) => id === 'node.service' && verdict === 'pass')).toHaveLength(6);
  await unchanged();
});

test('Triad changes nothing on it: neither by its own specification nor by another one', async () => {
  const { environment } = set.spec();
  for (const command of ['install', 'remove', 'failover-test', 'restore-roles', 'check', 'plan']) {
    const yes = ['check', 'plan'].includes(command) ? [] : ['--yes'];
    const run = await triad.run([command, '--spec', spec, '--json', ...yes], { env: { ...environment, ...env } });
    expect([command, run.code, run.result.failure?.code]).toEqual([command, 2, 'spec.notInstalledByTriad']);
  }
  const exported = await triad.run(['bundle', 'export', '--from-last', '--spec', spec, '--out', join(triad.home, 'x.triad'), '--json'], {
    env: { ...environment, ...env },
  });
  expect(exported.result.failure?.code).toBe('spec.notInstalledByTriad');
  const over = triad.spec(
    set,
    (edited) => (edited.redis = { masterPort: 6379, replicaPort: 6380, passwordEnv: 'THEIR_PASSWORD', maxMemory: '64mb' }),
  );
  const installed = await triad.run(['install', '--yes', '--spec', over, '--json'], { env });
  expect([installed.code, installed.result.failure?.code]).toEqual([1, 'check.failed']);
  const removed = await triad.run(['remove', '--yes', '--delete-data', '--spec', over, '--json'], { env });
  expect(removed.result.failure).toBe(null);
  await unchanged();
});

test('what deviates is named, and nothing is written', async () => {
  const replicaOn1 = (await cluster.ask(1, 6380, 'ROLE | head -n 1')).trim();
  expect(replicaOn1).toBe('slave');
  expect(await cluster.ask(1, 6380, 'CLUSTER FAILOVER')).toBe('OK');
  await expect.poll(async () => cluster.ask(1, 6380, 'ROLE | head -n 1'), { timeout: 10_000 }).toBe('master');
  const out = join(triad.home, 'deviating.yaml');
  const run = await adopt('--out', out, '--yes', '--json');
  expect([run.code, run.result.failure?.code, existsSync(out)]).toEqual([1, 'adopt.deviates', false]);
  expect(run.result.failure?.evidence).toContain('has 2 masters');
  const validate = async (): Promise<FinishedCommand> => triad.run(['validate', '--redis-only', '--spec', spec, '--json'], { env });
  await expect.poll(async () => (await validate()).result.verdict, { timeout: 20_000 }).toBe('passWithoutTolerance');
  expect((await validate()).result.checks.find(({ id }) => id === 'cluster.roles')?.remedy).toContain('CLUSTER FAILOVER');
});
