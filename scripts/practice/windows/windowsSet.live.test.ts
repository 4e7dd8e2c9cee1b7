import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PracticeSet } from '../practiceSet.ts';
import { runCommand } from '../runCommand.ts';
import { findServerProcesses } from '../serverProcesses.ts';
import { serverAt, serverNumbers } from '../setPlace.ts';
import { listenOn, reach } from '../testing/probe.ts';
import { tracesOf } from '../testing/traces.ts';
import { practiceSetForTest } from '../testSet.ts';
import { connectWindows } from './testing/windowsClient.ts';

const practice = practiceSetForTest();
const windows = (): Promise<PracticeSet> =>
  practice.up({ windows: true, login: 'keyWithPassphrase', sshPort: 2222, password: 'pass "word" ü' });

test('three Windows servers are one set, which stays as it is until it is reset', async () => {
  const set = await windows();
  expect(set.status()).toMatchObject({ state: 'up', servers: [{ power: 'on' }, { power: 'on' }, { power: 'on' }] });
  const hosts = await Promise.all(serverNumbers.map(async (number) => (await connectWindows(set, number)).run('hostname')));
  expect(hosts.map(({ stdout }) => stdout.trim())).toEqual(set.servers.map(({ name }) => name.toUpperCase()));
  for (const number of serverNumbers) writeFileSync(join(set.rootFolder(number), 'mark'), '');
  expect(await set.up({ windows: true, login: 'keyWithPassphrase', sshPort: 2222 })).toBe('alreadyUp');
  const kept = set.fingerprintOf(1);

  await set.reset({ only: [1] });
  expect(set.fingerprintOf(1)).toBe(kept);
  expect([existsSync(join(set.rootFolder(1), 'mark')), existsSync(join(set.rootFolder(2), 'mark'))]).toEqual([false, true]);
  expect((await (await connectWindows(set, 1)).run('dir C:\\')).stdout).toContain('windows');
  await set.reset({ only: [2], windows: true, login: 'password', sshPort: 22 });
  expect((await (await connectWindows(set, 2)).run('echo in')).stdout).toBe('in\r\n');
  expect(
    await runCommand('ssh', ['-F', set.place.sshConfigFile, '-o', 'BatchMode=yes', serverAt(set.place, 2).name, 'echo']),
  ).toMatchObject({ code: 255 });
});

test('obstacles between servers stop what the gate would let through', async () => {
  const set = await practice.up({ servers: { 1: { windows: { windowsFirewall: 'off' } }, 2: { windows: true } } });
  expect(await reach(set, 3, 1, 7000)).toBe('refused');
  await set.block(3, 1, 7000);
  expect(await reach(set, 3, 1, 7000)).toBe('silence');
  expect(await reach(set, 2, 1, 7000)).toBe('refused');
  await set.powerCut(1);
  await set.powerOn(1);
  expect(await reach(set, 3, 1, 7000)).toBe('silence');
  await set.unblock();
  expect(await reach(set, 3, 1, 7000)).toBe('refused');
  // A Windows server reaches what a Linux server has; what comes back is no business of its gate.
  await listenOn(set, 3, 7000);
  expect(await reach(set, 2, 3, 7000)).toBe('open');
});

test('where a group policy says so, rules made on the server open nothing', async () => {
  const set = await practice.up({ servers: { 1: { windows: { windowsFirewall: 'policyOnly' } } } });
  const client = await connectWindows(set, 1);
  await listenOn(set, 1, 7000);
  expect(await client.run('netsh.exe advfirewall firewall add rule name=x dir=in action=allow')).toMatchObject({ code: 0 });
  expect(await reach(set, 3, 1, 7000)).toBe('silence');
  const policy = await client.run('reg query HKLM\\Software\\Policies\\Microsoft\\WindowsFirewall\\PublicProfile /v AllowLocalPolicyMerge');
  expect(policy.stdout).toMatch(/REG_DWORD\s+0x0/u);
});

test('a command ends with its connection, and the server goes on', async () => {
  const set = await practice.up({ servers: { 1: { windows: { windowsFirewall: 'off' } }, 2: { windows: true } } });
  const endless = 'echo on> C:\\on.txt & for /L %i in (0,0,1) do @rem';
  const client = await connectWindows(set, 1);
  const ended = client.run(endless);
  await expect.poll(() => existsSync(join(set.rootFolder(1), 'on.txt')), { timeout: 30_000 }).toBe(true);
  const running = async (): Promise<string> => (await set.run(1, 'ps -eo args | grep -c "[r]em"')).stdout.trim();
  expect(await running()).not.toBe('0');
  client.close();
  await ended;
  await expect.poll(running, { timeout: 20_000 }).toBe('0');
  expect((await (await connectWindows(set, 1)).run('echo still here')).stdout).toBe('still here\r\n');
});

test('whatever of a set is killed, taking it down leaves nothing', async () => {
  const set = await practice.another();
  await set.up({ windows: true });
  const first = findServerProcesses(serverAt(set.place, 1));
  const second = findServerProcesses(serverAt(set.place, 2));
  // The keeper alone, the first process alone, and nothing: all are met by killed runs.
  for (const pid of [...first.keepers, second.init ?? 0]) process.kill(pid, 'SIGKILL');
  await set.down();
  expect(await tracesOf(set.place)).toEqual([]);
  const wine = readdirSync('/proc').filter((pid) => /^\d+$/u.test(pid) && environmentOf(pid).includes(`${set.place.folder}/`));
  expect(wine).toEqual([]);
});

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}
