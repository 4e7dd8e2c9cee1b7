import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import type { ServerNumber } from '../../scripts/practice/setPlace.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { ensureHelper } from '../../scripts/windows-service/helperBuild.ts';
import { askNode } from './askNode.ts';
import { expectTold, stoppingChecks, toldCodes } from './findings.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { triadForTest, type FinishedCommand } from './triadCommand.ts';
import { windowsSnapshots } from './windowsSnapshots.ts';

const servers = practiceSetForTest();
const triad = triadForTest();
beforeAll(async () => void (await ensureHelper(() => undefined)));

let set: PracticeSet;
let spec: string;

async function run(...args: readonly string[]): Promise<FinishedCommand> {
  return triad.run([...args, '--spec', spec, '--yes', '--json']);
}

const nameOf = (server: ServerNumber): string => set.servers[server - 1]?.name ?? '';

/** A Redis for Windows that somebody has unpacked and started by hand, and that serves their data. */
async function startTheirRedis(server: ServerNumber, port: number): Promise<void> {
  const folder = join(set.windows(server).driveC, 'their-redis');
  mkdirSync(folder, { recursive: true });
  for (const [path, bytes] of Object.entries(unzipSync(readFileSync(set.windowsArchive().file))))
    if (!path.endsWith('/')) writeFileSync(join(folder, path.split('/').at(-1) ?? ''), bytes);
  const address = set.servers[server - 1]?.address ?? '';
  const words = `--port ${port} --bind ${address} --protected-mode no --save ''`;
  expect((await set.run(server, `cd their-redis && setsid "$WINE" redis-server.exe ${words} >out.txt 2>&1 </dev/null &`)).code).toBe(0);
  onTestFinished(async () => {
    await set.run(server, 'pkill -x redis-server; true');
    await expect.poll(async () => (await set.run(server, 'pgrep -fc [r]edis-server.exe')).stdout.trim(), { timeout: 10_000 }).toBe('0');
    rmSync(folder, { recursive: true, force: true });
  });
  await set.run(server, `timeout 20 sh -c 'until ss -Hltn | grep -q ${address}:${port}; do sleep 0.05; done'`);
}

test('three Windows servers', async () => {
  set = await servers.up({ windows: {} });
  spec = triad.spec(set);
  expect(runVerdict(await triad.run(['check', '--spec', spec, '--json']))).toEqual(passedRun);
});

describe('what is in the way is told with names and left alone', () => {
  test('a Redis of somebody else on our ports', async () => {
    await startTheirRedis(2, 7000);
    await set.run(2, `"$WINE" netsh.exe advfirewall firewall add rule name=theirs dir=in action=allow protocol=TCP localport=7000`);
    onTestFinished(async () => void (await set.run(2, `"$WINE" netsh.exe advfirewall firewall delete rule name=theirs`)));
    expect(await askNode(set, 2, 7000, '', 'set', 'their', 'data')).toBe('OK');
    const before = await windowsSnapshots(set);
    const finished = await run('install');
    expect([finished.code, finished.result.failure?.code]).toEqual([1, 'check.failed']);
    expect(stoppingChecks(finished)).toEqual([
      expect.stringMatching(
        `^server\\.foreignRedis ${nameOf(2)}: Holds the ports of this cluster: C:\\\\their-redis\\\\redis-server\\.exe \\(pid \\d+\\)$`,
      ),
      expect.stringMatching(`^server\\.ports ${nameOf(2)}: Taken by something else: 7000 redis-server\\.exe \\(pid \\d+\\)$`),
    ]);
    expect(await askNode(set, 2, 7000, '', 'get', 'their')).toBe('data');
    expect(await windowsSnapshots(set)).toEqual(before);
  });

  test('a service of somebody else with the name of one of ours', async () => {
    const name = `triad-${set.place.prefix}-7001`;
    const theirs = String.raw`C:\windows\system32\notepad.exe`;
    expect((await set.run(1, `"$WINE" sc.exe create ${name} binPath= '${theirs}' start= demand`)).code).toBe(0);
    onTestFinished(async () => void (await set.run(1, `"$WINE" sc.exe delete ${name}`)));
    const before = await windowsSnapshots(set);
    const finished = await run('install');
    expect([finished.code, finished.result.failure?.code]).toEqual([1, 'check.failed']);
    expect(stoppingChecks(finished)).toEqual([`server.ownFiles ${nameOf(1)}: Services of these names, and not Triad's: ${name}`]);
    // Nor is it taken for Triad's by a removal.
    expect(runVerdict(await run('remove', '--delete-data'))).toEqual(passedRun);
    expect(await windowsSnapshots(set)).toEqual(before);
  });

  test('a file where a folder is needed', async () => {
    const root = join(set.windows(3).driveC, 'Triad');
    writeFileSync(root, 'theirs');
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const before = await windowsSnapshots(set);
    const finished = await run('install');
    expect([finished.code, finished.result.failure?.code]).toEqual([1, 'check.failed']);
    expect(stoppingChecks(finished)).toEqual([
      String.raw`server.ownFiles ${nameOf(3)}: A file where a folder is needed, or a folder where a file is: C:\Triad`,
    ]);
    expect(await windowsSnapshots(set)).toEqual(before);
  });

  test('a folder of somebody else where a node is to be: refused, and every file stays', async () => {
    const folder = join(set.windows(1).driveC, 'Triad/nodes', set.place.prefix);
    mkdirSync(join(folder, '7000'), { recursive: true });
    onTestFinished(() => rmSync(join(set.windows(1).driveC, 'Triad'), { recursive: true, force: true }));
    for (const name of ['7000/redis.conf', '7000/dump.rdb', '7000/notes.txt', 'README.txt'])
      writeFileSync(join(folder, name), `their ${name}`);
    const before = await windowsSnapshots(set);
    const finished = await run('install');
    const at = `C:\\Triad\\nodes\\${set.place.prefix}`;
    expect([finished.code, finished.result.failure?.code]).toEqual([1, 'check.failed']);
    expect(stoppingChecks(finished)).toContain(
      `server.ownFiles ${nameOf(1)}: Folders of another account: ${at} (foreign), ${at}\\7000 (foreign)`,
    );
    // Nor are they taken for Triad's by a removal.
    expect(runVerdict(await run('remove', '--delete-data'))).toEqual(passedRun);
    expect(await windowsSnapshots(set)).toEqual(before);
  });
});

test('somebody else at work: a second Triad is told who, and the first one ends well', async () => {
  const first = triad.start(['install', '--yes', '--spec', spec, '--json']);
  await first.waitForEvent((event) => event.type === 'phaseStarted' && event.phase === 'gatherFacts');
  // Held still, so that the second meets it for certain; shorter than the reservation waits for a sign of life.
  first.kill('SIGSTOP');
  const second = await triad.run(['install', '--yes', '--spec', spec]);
  first.kill('SIGCONT');
  expectTold(second, 1, [`✗ Somebody else is working on ${nameOf(1)} with Triad: root@`, 'Wait until that run has ended.']);
  expect(toldCodes(second)).toEqual(['host.lockHeld']);
  expect(runVerdict(await first.finished)).toEqual(passedRun);
  const other = await triad.run(['install', '--yes', '--spec', triad.spec(set, ({ redis }) => (redis['passwordEnv'] = 'REDIS_PASSWORD'))], {
    env: { REDIS_PASSWORD: 'another one, with "quotes" and spaces' },
  });
  expectTold(other, 1, [`✗ The password differs from the one that ${nameOf(1)} was installed with`, String.raw`C:\Triad\nodes`]);
  expect(toldCodes(other)).toEqual(['redis.passwordDiffers']);
}, 240_000);
