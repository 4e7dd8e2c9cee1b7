import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GuardedPower } from '../../phases/powerSwitch.ts';
import type { PowerCommands } from '../../shared/domain/powerCommands.ts';
import { createPowerSwitch, type KeeperProgram } from './powerSwitch.ts';
import { runPowerCommand } from './runPowerCommand.ts';

const program: KeeperProgram = {
  file: process.execPath,
  args: [fileURLToPath(new URL('../../cli.ts', import.meta.url)), 'power-keeper'],
};
const order = { server: 'server-2', address: '192.0.2.12', onAfterSeconds: 600 };
/** A keeper is a program that starts, on a machine that may be busy. */
const PATIENCE = { timeout: 30_000, interval: 50 } as const;
const never = new AbortController().signal;

let folder: string;
let commands: PowerCommands;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'triad-power-'));
  const say = (what: string): string => `echo ${what} $TRIAD_SERVER $TRIAD_ADDRESS >>'${folder}/done'`;
  commands = { off: `echo $PPID >'${folder}/keeper'; ${say('off')}`, on: say('on') };
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function read(name: string): string {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch {
    return '';
  }
}
const done = (): readonly string[] => read('done').trim().split('\n');
const OFF = 'off server-2 192.0.2.12';
const ON = 'on server-2 192.0.2.12';

const guard = async (changed: Partial<PowerCommands> = {}, afterSeconds = 600): Promise<GuardedPower> =>
  createPowerSwitch({ ...commands, ...changed }, program).guard({ ...order, onAfterSeconds: afterSeconds }, never);

/** A Triad of its own, to be killed. */
function triadThatCuts(changed: Partial<PowerCommands>, keeper = program, then = ''): ChildProcess {
  const script = `import { createPowerSwitch } from ${JSON.stringify(new URL('./powerSwitch.ts', import.meta.url).href)};
const power = await createPowerSwitch(${JSON.stringify({ ...commands, ...changed })}, ${JSON.stringify(keeper)})
  .guard(${JSON.stringify(order)}, new AbortController().signal);
setInterval(() => undefined, 1000);
await power.off(new AbortController().signal);
${then}`;
  return spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit' });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const failing = (code: string, reason: string, evidence: string): unknown =>
  expect.objectContaining({ failure: expect.objectContaining({ code, evidence, values: { server: 'server-2', reason } }) as unknown });

describe('a keeper of a power', { timeout: 60_000 }, () => {
  test('runs both commands with the server in their environment, in order, and ends when it is told', async () => {
    const power = await guard();
    await power.off(never);
    expect(done()).toEqual([OFF]);
    await power.on();
    await power.on();
    power.end();
    await expect.poll(() => isRunning(Number(read('keeper'))), PATIENCE).toBe(false);
    expect(done()).toEqual([OFF, ON, ON]);
  });

  test('switches the server on when its time has come, and cuts no power any more', async () => {
    const power = await guard({}, 2);
    await power.off(never);
    await expect.poll(done, PATIENCE).toEqual([OFF, ON]);
    await expect(power.off(never)).rejects.toEqual(
      failing('failover.powerOffFailed', 'the time at which the server is switched on again had come before, so it was not run', ''),
    );
    power.end();
    expect(done()).toEqual([OFF, ON]);
  });

  test('switches the server on when Triad is killed, also in the middle of the command that cuts the power', async () => {
    const triad = triadThatCuts({ off: `${commands.off}; sleep 0.5; echo cut >>'${folder}/done'` });
    await expect.poll(done, PATIENCE).toEqual([OFF]);
    triad.kill('SIGKILL');
    await expect.poll(done, PATIENCE).toEqual([OFF, 'cut', ON]);
    await expect.poll(() => isRunning(Number(read('keeper'))), PATIENCE).toBe(false);
  });

  test('switches the server on again when Triad is killed before it saw it back', async () => {
    const triad = triadThatCuts({}, program, 'await power.on();');
    await expect.poll(done, PATIENCE).toEqual([OFF, ON]);
    triad.kill('SIGKILL');
    await expect.poll(done, PATIENCE).toEqual([OFF, ON, ON]);
    await expect.poll(() => isRunning(Number(read('keeper'))), PATIENCE).toBe(false);
  });

  test('ends when Triad is killed before it can listen', async () => {
    const late = `import { existsSync, writeFileSync } from 'node:fs';
writeFileSync('${folder}/keeper', String(process.pid));
while (!existsSync('${folder}/go')) await new Promise((resolve) => setTimeout(resolve, 20));`;
    const triad = triadThatCuts({}, { ...program, args: [`--import=data:text/javascript,${encodeURIComponent(late)}`, ...program.args] });
    await expect.poll(() => read('keeper'), PATIENCE).not.toBe('');
    triad.kill('SIGKILL');
    await once(triad, 'exit');
    writeFileSync(join(folder, 'go'), '');
    await expect.poll(() => isRunning(Number(read('keeper'))), PATIENCE).toBe(false);
    expect(read('done')).toBe('');
  });

  test('tells what a command said that failed; the other one is run all the same', async () => {
    const power = await guard({ off: 'echo no such machine >&2; exit 3' });
    await expect(power.off(never)).rejects.toEqual(failing('failover.powerOffFailed', 'it ended with 3', 'no such machine'));
    await power.on();
    power.end();
    expect(done()).toEqual([ON]);
  });

  test('is not needed to switch the server on', async () => {
    const power = await guard();
    await power.off(never);
    process.kill(Number(read('keeper')), 'SIGKILL');
    await power.on();
    expect(done()).toEqual([OFF, ON]);
    await expect(power.off(never)).rejects.toEqual(failing('failover.powerOffFailed', 'the process that runs it has ended', ''));
  });

  test('an interruption waits for no command, and the next order for the one that goes on', async () => {
    const power = await guard({ off: `${commands.off}; sleep 0.5; echo cut >>'${folder}/done'` });
    const stop = new AbortController();
    const off = power.off(stop.signal);
    await expect.poll(done, PATIENCE).toEqual([OFF]);
    stop.abort(new Error('interrupted'));
    await expect(off).rejects.toThrow('interrupted');
    await power.on();
    power.end();
    expect(done()).toEqual([OFF, 'cut', ON]);
  });
});

test('a keeper that cannot be started is told before any power is cut', async () => {
  const nothing = createPowerSwitch(commands, { file: join(folder, 'nothing'), args: [] });
  await expect(nothing.guard(order, never)).rejects.toMatchObject({ failure: { code: 'failover.keeperFailed' } });
});

test('a command that takes too long is killed with all that it has started', async () => {
  const end = await runPowerCommand(`sleep 600 & echo $! >'${folder}/sleep'; wait`, {}, 300);
  expect(end.why).toEqual({ code: 'failover.power.tooLate', values: { seconds: 0 } });
  await expect.poll(() => isRunning(Number(read('sleep'))), PATIENCE).toBe(false);
});

test('knows the addresses of this computer', () => {
  const power = createPowerSwitch(commands, program);
  const own = Object.values(networkInterfaces()).flat()[0]?.address ?? '';
  expect([power.isHere(own), power.isHere(order.address)]).toEqual([true, false]);
});
