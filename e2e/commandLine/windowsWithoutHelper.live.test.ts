import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { ensureHelper } from '../../scripts/windows-service/helperBuild.ts';
import { CROSSED, replicas } from './askNode.ts';
import { runVerdict, passedRun } from './runVerdict.ts';
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

const run = (...args: readonly string[]): Promise<FinishedCommand> => triad.run([...args, '--spec', spec, '--yes', '--json'], { env });
const helperChecks = ({ result }: FinishedCommand): readonly string[] =>
  result.checks.filter(({ id }) => id === 'server.windowsHelper').map(({ verdict }) => verdict);

test('where a policy blocks the helper, Redis that needs it is refused before anything is done', async () => {
  const blocked = { helper: 'blocked' } as const;
  // On the third one it may run: a service of its own is handled by it like any other.
  set = await servers.up({
    servers: { 1: { windows: blocked }, 2: { windows: { ...blocked, shell: 'powershell' } }, 3: { windows: {} } },
  });
  bare = await windowsSnapshots(set);
  spec = triad.spec(set, ({ redis }) => void (redis['passwordEnv'] = 'REDIS_PASSWORD'));
  const refused = await run('install');
  expect([refused.code, helperChecks(refused)]).toEqual([1, ['fail', 'fail', 'pass']]);
  expect(await windowsSnapshots(set)).toEqual(bare);
});

test("Memurai as a service of its own is installed by Windows' own programs", async () => {
  const archive = await set.memuraiArchive();
  spec = triad.spec(set, (one) => {
    one.redis['windowsArchive'] = { ...archive, experimental: 'memurai' };
    one.redis['passwordEnv'] = 'REDIS_PASSWORD';
    one.redis['nodeTimeoutMs'] = 1000;
    one.windows = { service: 'own' };
  });
  const installed = await run('install');
  expect(runVerdict(installed)).toEqual(passedRun);
  expect(helperChecks(installed)).toEqual(['warn', 'warn', 'pass']);
  expect(await replicas(set, password)).toEqual(CROSSED);
  const { driveC } = set.windows(1);
  const [folder = ''] = readdirSync(join(driveC, 'Triad/bin'));
  expect(readdirSync(join(driveC, 'Triad/bin', folder)).some((name) => name.startsWith('triad-service'))).toBe(false);
});

test('a second install changes nothing, validate proves it, and a planned switchover works where faults are refused', async () => {
  const before = withoutData(await windowsSnapshots(set));
  const again = await run('install');
  expect(runVerdict(again)).toEqual(passedRun);
  expect(again.events.filter((event) => event.type === 'phaseFinished' && event.outcome === 'changed')).toEqual([]);
  expect(runVerdict(await triad.run(['validate', '--spec', spec, '--json'], { env }))).toEqual(passedRun);
  expect(withoutData(await windowsSnapshots(set))).toEqual(before);
  const name = set.servers[1]?.name ?? '';
  const refused = await run('failover-test', '--server', name);
  expect(refused.result.failure?.code).toBe('failover.ownService');
  expect(runVerdict(await run('failover-test', '--server', name, '--scenario', 'switchover'))).toEqual(passedRun);
});

test('the roles are restored, a server goes into maintenance and back, and the bundle has no batch file that could not work', async () => {
  const name = set.servers[0]?.name ?? '';
  expect(runVerdict(await run('restore-roles'))).toEqual(passedRun);
  expect(runVerdict(await run('maintenance', 'begin', '--server', name))).toEqual(passedRun);
  expect(runVerdict(await run('maintenance', 'end', '--server', name))).toEqual(passedRun);
  expect(await replicas(set, password)).toEqual(CROSSED);
  const bundle = join(triad.home, 'bundle.zip');
  expect((await triad.run(['bundle', 'export', '--spec', spec, '--out', bundle, '--json'], { env })).code).toBe(0);
  const shown = await triad.run(['bundle', 'inspect', bundle]);
  expect(shown.stdout).toContain('manifest.json');
  expect(shown.stdout).not.toContain('install.cmd');
});

test('remove leaves nothing', async () => {
  expect(runVerdict(await run('remove', '--delete-data'))).toEqual(passedRun);
  expect(await windowsSnapshots(set)).toEqual(bare);
});
