import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { ensureHelper } from '../../scripts/windows-service/helperBuild.ts';
import { CROSSED, replicas } from './askNode.ts';
import { expectTold } from './findings.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { triadForTest, type FinishedCommand } from './triadCommand.ts';
import { windowsSnapshot, windowsSnapshots, withoutData } from './windowsSnapshots.ts';

const servers = practiceSetForTest();
const triad = triadForTest();
beforeAll(async () => void (await ensureHelper(() => undefined)));

const password = 'the-same-in-every-run';
const env = { REDIS_PASSWORD: password };
const WINDOWS = 2;

let set: PracticeSet;
let spec: string;
let bare: string;

async function run(...args: readonly string[]): Promise<FinishedCommand> {
  return triad.run([...args, '--spec', spec, '--yes', '--json'], { env });
}

/** What stands on a Linux server, as names: units and the folder of the programs. */
async function onLinux(server: 1 | 3): Promise<string> {
  return (
    await set.run(server, `systemctl list-unit-files --no-legend 'triad-*' | cut -d' ' -f1; ls /opt/triad/bin/* 2>/dev/null; true`)
  ).stdout.trim();
}

test('one Windows server beside two Linux servers: each gets its own Redis, and the administrator is warned', async () => {
  set = await servers.up({ servers: { [WINDOWS]: { windows: {} } } });
  spec = triad.spec(set, ({ redis }) => {
    redis['passwordEnv'] = 'REDIS_PASSWORD';
    redis['nodeTimeoutMs'] = 2000;
  });
  bare = await windowsSnapshot(set, WINDOWS);
  const told = await triad.run(['install', '--spec', spec, '--yes'], { env });
  expectTold(told, 0, ['is installed on three servers', 'Redis on Windows', `${set.servers[WINDOWS - 1]?.name}`]);
  expect(await replicas(set, password)).toEqual(CROSSED);

  const { driveC } = set.windows(WINDOWS);
  const [folder = ''] = readdirSync(join(driveC, 'Triad/bin'));
  const programs = readdirSync(join(driveC, 'Triad/bin', folder)).map((name) => name.replace(/-[0-9a-f]{8}\.exe$/u, '.exe'));
  expect(programs).toEqual(expect.arrayContaining(['msys-2.0.dll', 'redis-cli.exe', 'redis-server.exe', 'triad-service.exe']));
  const { prefix } = set.place;
  for (const server of [1, 3] as const) {
    const lines = (await onLinux(server)).split('\n');
    expect(lines.filter((line) => line.includes('redis-') || line.includes('.exe'))).toEqual(['redis-cli', 'redis-server']);
    expect(lines).toEqual(expect.arrayContaining([`triad-${prefix}-7000.service`, `triad-${prefix}-7001.service`]));
  }
});

test('a second install changes nothing, and validate proves it', async () => {
  const before = withoutData(await windowsSnapshots(set, [WINDOWS]));
  const again = await run('install');
  expect(runVerdict(again)).toEqual(passedRun);
  expect(again.events.filter((event) => event.type === 'phaseFinished' && event.outcome === 'changed')).toEqual([]);
  const validated = await triad.run(['validate', '--spec', spec, '--json'], { env });
  expect(runVerdict(validated)).toEqual(passedRun);
  expect(validated.result.checks.filter(({ verdict }) => verdict === 'warn').map(({ id }) => id)).toContain('server.windows');
  expect(withoutData(await windowsSnapshots(set, [WINDOWS]))).toEqual(before);
});

test('the Windows server may be lost, and a Linux server too', async () => {
  for (const server of [WINDOWS, 3]) {
    const name = set.servers[server - 1]?.name ?? '';
    const finished = await run('failover-test', '--server', name);
    expect(runVerdict(finished)).toEqual(passedRun);
    expect(finished.result.failover.trials).toMatchObject([{ server: name, scenario: 'serverLost', lostWrites: 0 }]);
  }
  expect(await replicas(set, password)).toEqual(CROSSED);
}, 180_000);

test('a maintenance of the Windows server: begin, reboot, end', async () => {
  const name = set.servers[WINDOWS - 1]?.name ?? '';
  expect(runVerdict(await run('maintenance', 'begin', '--server', name))).toEqual(passedRun);
  await set.reboot(WINDOWS);
  const ended = await triad.run(['maintenance', 'end', '--server', name, '--wait', '3', '--spec', spec, '--json'], { env });
  expect(runVerdict(ended)).toEqual(passedRun);
  expect(await replicas(set, password)).toEqual(CROSSED);
});

test('remove takes away everything from both kinds', async () => {
  expect(runVerdict(await run('remove', '--delete-data'))).toEqual(passedRun);
  expect(await windowsSnapshot(set, WINDOWS)).toEqual(bare);
  for (const server of [1, 3] as const) expect(await onLinux(server)).toBe('');
});
