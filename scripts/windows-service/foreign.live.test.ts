import { beforeAll, expect, it, vi } from 'vitest';
import { existsSync, rmSync } from 'node:fs';
import { sha256Of } from './helperBuild.ts';
import { windowsMachineForTest } from './testing/testMachine.ts';

const windows = windowsMachineForTest();
const patience = { timeout: 40_000, interval: 300 };
const name = 'triad-sessions-7000';
const log = 'Triad/nodes of test/7000/service.log';
let program = '';

beforeAll(async () => {
  program = await windows.addProgram('windowsRedis');
});

/** Installs the service with a Redis that is a program of Windows. */
async function install(manner: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
  const programSha256 = sha256Of(windows.file('Triad/bin/windowsRedis.exe'));
  const ini = windows.writeNode(name, 7000, { program, programSha256, arguments: `7000 ${manner}`, ...more });
  expect(await windows.verb(['install', ini])).toMatchObject({ code: 0 });
}

async function listenersOn(port: number): Promise<readonly unknown[]> {
  const { answer } = await windows.verb(['observe']);
  return (answer['listening'] as readonly Readonly<Record<string, unknown>>[]).filter((one) => one['port'] === port);
}

it('observe: a port belongs to the service whose child listens there', async () => {
  await install('good');
  expect(await windows.verb(['start', name, '60000'])).toMatchObject({ code: 0 });
  expect(windows.read('heard.7000')).toContain('geheim');
  expect(await listenersOn(7000)).toMatchObject([{ address: '127.0.0.1', program, service: name }]);
  expect(await windows.verb(['stop', name, '60000'])).toMatchObject({ code: 0 });
  expect(windows.read(log)).toMatch(/SHUTDOWN: heard[^]*ended with code 0/u);
});

it('tells nobody else the password who has the port', async () => {
  rmSync(windows.file('heard.7000'));
  const foreign = windows.start(['7000', 'good'], program);
  await vi.waitFor(async () => expect(await listenersOn(7000)).toMatchObject([{ program, service: null }]), patience);
  expect(await windows.redis(7000, 'ping')).toBe('PONG');
  rmSync(windows.file('heard.7000'));
  await install('deaf', { readyMs: '3000' });
  expect(await windows.verb(['start', name, '60000'])).toMatchObject({ code: 1066 });
  expect(existsSync(windows.file('heard.7000'))).toBe(false);
  expect(windows.read(log).match(/not ready: port 7000 belongs to another program/gu)).toHaveLength(1);
  foreign.process.kill('SIGKILL');
  await foreign.ended;
});

it('all that is said to a Redis that does not want to end has stopMs together', async () => {
  await install('stubborn', { stopMs: '9000' });
  expect(await windows.verb(['start', name, '60000'])).toMatchObject({ code: 0 });
  expect(await windows.verb(['stop', name, '60000'])).toMatchObject({ code: 0 });
  const said =
    windows
      .read(log)
      .split(/service \S+ begins/u)
      .at(-1) ?? '';
  const at = (words: RegExp): number => Date.parse(words.exec(said)?.groups?.['at'] ?? '');
  // Five seconds of refusals, then silence: with the whole of stopMs for each question it would be fourteen.
  const tookMs = at(/(?<at>\S+) process \d+ did not end in 9000 ms and is killed/u) - at(/(?<at>\S+) asked to stop/u);
  expect(tookMs).toBeGreaterThan(8000);
  expect(tookMs).toBeLessThan(13_000);
});
