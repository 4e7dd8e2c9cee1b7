import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { ensureHelper } from '../../scripts/windows-service/helperBuild.ts';
import { askNode, CROSSED, replicas } from './askNode.ts';
import { expectTold } from './findings.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { triadForTest, type FinishedCommand } from './triadCommand.ts';
import { windowsSnapshots, withoutData } from './windowsSnapshots.ts';

const servers = practiceSetForTest();
const triad = triadForTest();
beforeAll(async () => void (await ensureHelper(() => undefined)));

const password = 'the-same-in-every-run';
const env = { REDIS_PASSWORD: password };

let set: PracticeSet;
let spec: string;
let bare: readonly string[];

async function run(...args: readonly string[]): Promise<FinishedCommand> {
  return triad.run([...args, '--spec', spec, '--yes', '--json'], { env });
}

/** A specification with the archive of the stand-in for Memurai, and these words about it. */
async function specWith(words: Readonly<Record<string, string>>): Promise<string> {
  const archive = await set.memuraiArchive();
  return triad.spec(set, ({ redis }) => {
    redis['windowsArchive'] = { ...archive, ...words };
    redis['passwordEnv'] = 'REDIS_PASSWORD';
    redis['nodeTimeoutMs'] = 1000;
  });
}

test('Memurai is refused until somebody says yes to it by name', async () => {
  set = await servers.up({ servers: { 1: { windows: {} }, 2: { windows: { shell: 'powershell' } }, 3: { windows: {} } } });
  bare = await windowsSnapshots(set);
  const unsaid = await triad.run(['install', '--spec', await specWith({}), '--yes', '--json'], { env });
  expect([unsaid.code, unsaid.result.failure?.code]).toEqual([2, 'bundle.windows.experimental']);
  expect(await windowsSnapshots(set)).toEqual(bare);
});

test('with that word it is planned as an experiment and installed under its own names', async () => {
  spec = await specWith({ experimental: 'memurai' });
  const plan = await triad.run(['plan', '--spec', spec], { env });
  expectTold(plan, 0, ['memurai.exe', 'license.lic', 'Experimental: Triad was never tried with the real Memurai']);
  expect(plan.stdout).not.toMatch(/redis-(?:server|cli)|maxclients/u);
  const installed = await run('install');
  expect(runVerdict(installed)).toEqual(passedRun);
  expect(installed.result.checks.filter(({ id }) => id === 'server.experimentalRedis')).toMatchObject([{ verdict: 'warn' }]);
  expect(await replicas(set, password)).toEqual(CROSSED);
  for (const server of [1, 2, 3] as const) {
    const { driveC } = set.windows(server);
    const [folder = ''] = readdirSync(join(driveC, 'Triad/bin'));
    const programs = readdirSync(join(driveC, 'Triad/bin', folder)).map((name) => name.replace(/-[0-9a-f]{8}\.exe$/u, '.exe'));
    expect(programs.toSorted()).toEqual(['license.lic', 'memurai-cli.exe', 'memurai-core.dll', 'memurai.exe', 'triad-service.exe']);
    const ini = readFileSync(join(driveC, `Triad/nodes/${set.place.prefix}/settings/7000/service.ini`), 'utf8');
    expect(ini).toContain(`program=C:\\Triad\\bin\\${folder}\\memurai.exe`);
  }
  expect(await askNode(set, 1, 7000, password, 'config', 'get', 'maxclients')).toBe('maxclients\n10000');
});

test('a second install changes nothing, validate proves it, and a lost server is survived', async () => {
  const before = withoutData(await windowsSnapshots(set));
  const again = await run('install');
  expect(runVerdict(again)).toEqual(passedRun);
  expect(again.events.filter((event) => event.type === 'phaseFinished' && event.outcome === 'changed')).toEqual([]);
  expect(runVerdict(await triad.run(['validate', '--spec', spec, '--json'], { env }))).toEqual(passedRun);
  expect(withoutData(await windowsSnapshots(set))).toEqual(before);
  const name = set.servers[1]?.name ?? '';
  const lost = await run('failover-test', '--server', name);
  expect(runVerdict(lost)).toEqual(passedRun);
  expect(lost.result.failover.trials).toMatchObject([{ server: name, scenario: 'serverLost', lostWrites: 0 }]);
});

test('remove leaves nothing', async () => {
  expect(runVerdict(await run('remove', '--delete-data'))).toEqual(passedRun);
  expect(await windowsSnapshots(set)).toEqual(bare);
});
