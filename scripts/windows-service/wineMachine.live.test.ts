import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createWinePrefix, linuxPath, prepareBasePrefix, removeWinePrefix, windowsPath, type WinePrefix } from './winePrefix.ts';
import { switchOn, type WineMachine } from './wineMachine.ts';

const silent = (): void => undefined;
const opened: { readonly machines: WineMachine[]; readonly prefixes: WinePrefix[] } = { machines: [], prefixes: [] };

afterAll(async () => {
  await Promise.all(opened.machines.map((machine) => machine.cutPower().catch(silent)));
  for (const prefix of opened.prefixes) removeWinePrefix(prefix);
});

async function newPrefix(): Promise<WinePrefix> {
  const prefix = await createWinePrefix(silent);
  opened.prefixes.push(prefix);
  return prefix;
}

async function on(prefix: WinePrefix): Promise<WineMachine> {
  const machine = await switchOn(prefix);
  opened.machines.push(machine);
  return machine;
}

it('runs programs, keeps the registry over a reboot and leaves the base as it was', async () => {
  const base = await prepareBasePrefix(silent);
  const before = readFileSync(join(base.folder, 'system.reg'), 'utf8');
  const prefix = await newPrefix();
  expect(statSync(join(prefix.driveC, 'windows', 'system32', 'cmd.exe')).nlink).toBeGreaterThan(1);

  const machine = await on(prefix);
  const said = await machine.run(['cmd', '/c', 'echo hello & exit 7']);
  expect(said).toMatchObject({ code: 7, stdout: 'hello \r\n' });
  expect((await machine.run(['cmd', '/c', 'more'], { input: 'given\r\n' })).stdout).toContain('given');
  await machine.run(['reg', 'add', 'HKLM\\Software\\Triad', '/v', 'Seen', '/d', 'yes']);
  await machine.switchOff();
  expect(existsSync(`/proc/${machine.pid}`)).toBe(false);

  const again = await on(prefix);
  expect((await again.run(['reg', 'query', 'HKLM\\Software\\Triad', '/v', 'Seen'])).stdout).toContain('yes');
  expect(readFileSync(join(base.folder, 'system.reg'), 'utf8')).toBe(before);
});

it('ends everything with the machine, also what a call that ran too long has started', async () => {
  const prefix = await newPrefix();
  const machine = await on(prefix);
  const cut = await machine.run(['cmd', '/c', 'for /L %i in (0,0,1) do @rem'], { timeoutMs: 2000 });
  expect(cut.code).toBe(137);
  const links = await machine.runLinux('ip', ['-o', 'link']);
  expect(links.stdout.trim().split('\n')).toHaveLength(1);
  await machine.cutPower();
  expect(existsSync(`/proc/${machine.pid}`)).toBe(false);
  expect(existsSync(prefix.folder)).toBe(true);
  removeWinePrefix(prefix);
  expect(existsSync(prefix.folder)).toBe(false);
});

it('names a file both ways', async () => {
  const prefix = await newPrefix();
  const file = join(prefix.driveC, 'Triad', 'nodes', 'redis.conf');
  expect(windowsPath(prefix, file)).toBe('C:\\Triad\\nodes\\redis.conf');
  expect(linuxPath(prefix, 'c:\\Triad/nodes\\redis.conf')).toBe(file);
  expect(() => linuxPath(prefix, 'D:\\x')).toThrow('not on drive C');
});
