import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { ensureHelper } from '../../scripts/windows-service/helperBuild.ts';
import { buildForeignWindowsCluster, type ForeignWindowsCluster } from './foreignWindowsCluster.ts';
import { triadForTest, type FinishedCommand } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();
beforeAll(async () => void (await ensureHelper(() => undefined)));

const env = { THEIR_PASSWORD: 'aPasswordOfSomebody1' };

let set: PracticeSet;
let cluster: ForeignWindowsCluster;
let before: readonly string[];
let spec: string;

interface Written {
  servers: { address: string; platform?: string; ssh: Record<string, unknown> }[];
  adopted: { nodes: { port: number; unit?: string; dataFolder: string; logFile?: string }[] };
}

const read = (file: string): Written => parse(readFileSync(file, 'utf8')) as Written;

/** What a validation has found, but for the clocks: where all processors of this machine are busy, they cannot be compared closely enough. */
const findings = ({ result }: FinishedCommand): readonly string[] =>
  result.checks
    .filter(({ verdict, unmade, id }) => unmade === undefined && !['pass', 'skipped'].includes(verdict) && id !== 'server.clock')
    .map(({ id, subject, verdict, observed }) => `${verdict} ${id} ${subject}: ${observed}`);

test('somebody builds a cluster by hand on Windows servers, and its specification is found', async () => {
  set = await servers.up({ windows: true });
  cluster = await buildForeignWindowsCluster(set, env.THEIR_PASSWORD);
  before = await cluster.state();
  spec = join(triad.home, 'theirs.yaml');
  const address = `${set.servers[1]?.address ?? ''}:6380`;
  const words = ['adopt', '--address', address, '--name', 'theirs', '--password-env', 'THEIR_PASSWORD', '--out', spec, '--yes'];
  const told = await triad.run(words, { env });
  expect([told.code, told.stderr]).toEqual([0, '']);
  const { nodes } = read(spec).adopted;
  // As a program made with msys2 says it; the Linux program behind it does not say that it runs on Windows.
  expect(nodes[0]).toMatchObject({ dataFolder: '/c/Redis/6379', logFile: '/c/Redis/6379/redis.log' });
  expect(await cluster.state()).toEqual(before);
}, 400_000);

test('a validation with SSH finds out that its servers have Windows, and looks at folders, logs and services there', async () => {
  const { environment, yaml } = set.spec();
  const own = read(spec);
  for (const server of own.servers) {
    const known = (parse(yaml) as Written).servers.find(({ address }) => address === server.address);
    if (known !== undefined) server.ssh = known.ssh;
  }
  writeFileSync(spec, stringify(own));
  const settings = { env: { ...environment, ...env } };
  const run = await triad.run(['validate', '--spec', spec, '--json'], settings);
  expect([run.result.failure, findings(run).filter((one) => !one.startsWith('warn '))]).toEqual([null, []]);
  const about = (id: string): readonly string[] =>
    run.result.checks.filter((one) => one.id === id).map(({ verdict, observed }) => `${verdict} ${observed}`);
  expect(about('server.operatingSystem').every((one) => one.includes('Windows Server'))).toBe(true);
  expect(about('server.drift')).toEqual(Array.from({ length: 3 }, () => 'skipped Does not apply: Triad did not install this cluster'));
  expect(about('node.service').toSorted()).toEqual(
    [6379, 6379, 6379, 6380, 6380, 6380].map((port) => expect.stringContaining(`skipped redis-${port} runs it`) as unknown),
  );
  expect(about('node.logErrors').every((one) => one.startsWith('pass'))).toBe(true);
  expect(about('server.windowsDisk').every((one) => one.startsWith('pass'))).toBe(true);
  expect(run.result.checks.filter(({ remedy }) => /triad install|systemctl|journalctl/u.test(remedy ?? ''))).toEqual([]);

  for (const node of own.adopted.nodes) node.unit = `redis-${node.port}`;
  writeFileSync(spec, stringify(own));
  const named = await triad.run(['validate', '--spec', spec, '--json'], settings);
  expect(named.result.checks.filter(({ id, verdict }) => id === 'node.service' && verdict === 'pass')).toHaveLength(6);
  expect(await cluster.state()).toEqual(before);
}, 200_000);

test('a service that does not start with Windows is told in the words of Windows', async () => {
  expect((await set.ssh(2, 'sc.exe config redis-6379 start= demand')).code).toBe(0);
  const run = await triad.run(['validate', '--spec', spec, '--json'], { env: { ...set.spec().environment, ...env } });
  expect((await set.ssh(2, 'sc.exe config redis-6379 start= auto')).code).toBe(0);
  const [result, ...others] = run.result.checks.filter(({ id, verdict }) => id === 'node.service' && verdict !== 'pass');
  expect([result?.verdict, others]).toEqual(['warn', []]);
  // It names what Triad would do as well, which it does not do on a cluster of somebody else.
  expect(result?.remedy).toContain('Mend it the way it was installed');
}, 200_000);

test('Triad changes nothing on it', async () => {
  const settings = { env: { ...set.spec().environment, ...env } };
  for (const command of ['install', 'remove', 'failover-test', 'restore-roles']) {
    const run = await triad.run([command, '--spec', spec, '--json', '--yes'], settings);
    expect([command, run.code, run.result.failure?.code]).toEqual([command, 2, 'spec.notInstalledByTriad']);
  }
  // An installation of Triad's own over it is refused as well.
  const over = triad.spec(set, (edited) =>
    Object.assign(edited.redis, { masterPort: 6379, replicaPort: 6380, passwordEnv: 'THEIR_PASSWORD' }),
  );
  const installed = await triad.run(['install', '--yes', '--spec', over, '--json'], settings);
  expect([installed.code, installed.result.failure?.code]).toEqual([1, 'check.failed']);
  expect(await cluster.state()).toEqual(before);
}, 200_000);
