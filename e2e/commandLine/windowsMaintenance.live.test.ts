import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { ensureHelper } from '../../scripts/windows-service/helperBuild.ts';
import { askNode, CROSSED, replicas } from './askNode.ts';
import { expectTold, flat } from './findings.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { triadForTest, type FinishedCommand } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();
beforeAll(async () => void (await ensureHelper(() => undefined)));

const password = 'the-same-in-every-run';
const env = { REDIS_PASSWORD: password };

let set: PracticeSet;
let spec: string;
let names: readonly string[];

const run = async (...args: readonly string[]): Promise<FinishedCommand> => triad.run([...args, '--spec', spec], { env });

/** The servers that hold a mark. */
function marks(): readonly number[] {
  return ([1, 2, 3] as const).filter((server) =>
    existsSync(join(set.windows(server).driveC, 'Triad/nodes', set.place.prefix, 'maintenance.json')),
  );
}

async function expectAsPlanned(): Promise<void> {
  expect(runVerdict(await run('validate', '--json'))).toEqual(passedRun);
  expect(await replicas(set, password)).toEqual(CROSSED);
  expect(marks()).toEqual([]);
}

test('an installed cluster', async () => {
  set = await servers.up({
    servers: { 1: { windows: {} }, 2: { windows: { shell: 'powershell' } }, 3: { windows: { openssh: '7.7' } } },
  });
  names = set.servers.map(({ name }) => name);
  spec = triad.spec(set, ({ redis }) => {
    redis['passwordEnv'] = 'REDIS_PASSWORD';
    redis['nodeTimeoutMs'] = 2000;
  });
  expectTold(await run('install', '--yes'), 0, ['is installed on three servers']);
});

describe('begin, reboot, end', () => {
  test('begin moves the master away and marks the server; nothing else may be taken away then', async () => {
    const begun = await run('maintenance', 'begin', '--server', names[0] ?? '', '--yes', '--json');
    expect(runVerdict(begun)).toEqual(passedRun);
    const impact = begun.events.flatMap((event) => (event.type === 'clientImpact' ? [event.impact] : []))[0];
    expect(impact?.shards.map(({ lost }) => lost)).toEqual([0, 0, 0]);
    expect((await askNode(set, 1, 7000, password, 'role')).split('\n')[0]).toBe('slave');
    expect(marks()).toEqual([1, 2, 3]);
    expectTold(await run('failover-test', '--server', names[1] ?? '', '--yes'), 1, [`${names[0]} is in maintenance since`]);
    expectTold(await run('maintenance', 'begin', '--server', names[1] ?? '', '--yes'), 1, [`${names[0]} is in maintenance since`]);
  });

  test('end waits for the server, which starts its nodes by itself, and gives the roles back', async () => {
    await set.powerOff(1);
    const status = await run('maintenance', 'status');
    expectTold(status, 0, [`${names[0]} of`, 'is in maintenance since', 'and cannot be reached now']);
    const ending = triad.start(['maintenance', 'end', '--server', names[0] ?? '', '--wait', '3', '--spec', spec, '--json'], { env });
    await ending.waitForEvent((event) => event.type === 'phaseProgress' && event.message.code === 'maintenance.waiting');
    await set.powerOn(1);
    expect(runVerdict(await ending.finished)).toEqual(passedRun);
    await expectAsPlanned();
  }, 240_000);
});

test('rolling: one server after the other, each rebooted by itself', async () => {
  const rolling = triad.start(['maintenance', 'rolling', '--yes', '--spec', spec], { env, hasTerminal: true });
  for (const server of [1, 2, 3] as const) {
    await rolling.waitForText(`Patch and reboot ${names[server - 1]} now`);
    await set.reboot(server);
    rolling.type('\r');
  }
  const done = await rolling.finished;
  expect([done.code, flat(done.stdout)]).toEqual([0, expect.stringContaining('All servers have had their maintenance')]);
  for (const word of ['systemctl', 'journalctl', '/etc/']) expect(done.stdout).not.toContain(word);
  await expectAsPlanned();
}, 240_000);

test('a removal in the middle of a maintenance takes the marks too', async () => {
  expect(runVerdict(await run('maintenance', 'begin', '--server', names[2] ?? '', '--yes', '--json'))).toEqual(passedRun);
  expect(runVerdict(await run('remove', '--delete-data', '--yes', '--json'))).toEqual(passedRun);
  for (const server of [1, 2, 3] as const) expect(existsSync(join(set.windows(server).driveC, 'Triad'))).toBe(false);
});
