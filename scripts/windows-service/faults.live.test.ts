import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { sha256Of } from './helperBuild.ts';
import { windowsMachineForTest, type VerbResult } from './testing/testMachine.ts';

const windows = windowsMachineForTest();
const patience = { timeout: 40_000, interval: 300 };
const name = 'triad-sessions-7000';
const folder = 'Triad/nodes of test/7000';
/** Waits longer than any test. */
const standing = 'triad-undo-0';

afterEach(async () => {
  await windows.verb(['undo', 'cancel', standing]);
  await windows.verb(['stop', name, '60000']);
  windows.writeNode(name, 7000);
});

beforeAll(async () => {
  await windows.verb(['install', windows.writeNode(name, 7000)]);
});

async function stateOf(service: string): Promise<Readonly<Record<string, unknown>>> {
  const { answer } = await windows.verb(['status', service]);
  return (answer['services'] as readonly Readonly<Record<string, unknown>>[])[0] ?? {};
}

/** Does it with an undo that waits. */
async function fault(verb: 'kill' | 'crash' | 'freeze'): Promise<VerbResult> {
  await windows.verb(['undo', 'install', '600', standing, name]);
  return windows.verb([verb, standing, name]);
}

it('kill: all at once, held until it is started; undo brings it back and removes itself', async () => {
  const undo = 'triad-undo-1';
  await windows.verb(['start', name, '60000']);
  expect(await windows.verb(['undo', 'install', '600', undo, name])).toMatchObject({ code: 0, answer: { name: undo } });
  expect(await stateOf(undo)).toMatchObject({ state: 'running', startType: 'auto', account: 'LocalSystem' });
  expect(await windows.verb(['kill', undo, name])).toMatchObject({
    code: 0,
    answer: { services: [{ name, killed: expect.any(Number) as number, error: 0 }] },
  });
  expect(await windows.redis(7000, 'ping')).toContain('refused');
  expect(await stateOf(name)).toMatchObject({ state: 'paused', exitCode: 0 });
  expect(windows.read(`${folder}/service.log`)).toContain('held: Redis is not started');

  expect(await windows.verb(['undo', 'now', undo])).toMatchObject({ code: 0, answer: { services: [{ name, error: 0 }], ended: true } });
  expect(await windows.redis(7000, 'ping')).toBe('PONG');
  expect(await stateOf(undo)).toMatchObject({ state: 'missing' });
  expect(existsSync(windows.file(`${folder}/hold`))).toBe(false);
});

/** Lets the hold of the node end `seconds` from now. */
function holdFor(seconds: number): void {
  writeFileSync(windows.file(`${folder}/hold`), `${Math.floor(Date.now() / 1000) + seconds}\r\n`);
}

it.each([
  ['is over', 2],
  ['is longer than it can be, since the clock was set back', 30 * 86_400],
])('kill: Redis comes back by itself when the hold %s', async (_, seconds) => {
  await windows.verb(['start', name, '60000']);
  expect(await fault('kill')).toMatchObject({ code: 0 });
  holdFor(seconds);
  await vi.waitFor(async () => expect(await windows.redis(7000, 'ping')).toBe('PONG'), patience);
  await vi.waitFor(async () => expect(await stateOf(name)).toMatchObject({ state: 'running' }), patience);
  expect(windows.read(`${folder}/service.log`)).toContain('the hold is over');
});

it('kill: a held service can be stopped, is held after a reboot, and start ends the hold', async () => {
  await windows.verb(['start', name, '60000']);
  await fault('kill');
  expect(await windows.verb(['stop', name, '60000'])).toMatchObject({ code: 0, answer: { state: 'stopped' } });
  await windows.machine.switchOff();
  await windows.on();
  await vi.waitFor(async () => expect(await stateOf(name)).toMatchObject({ state: 'paused' }), patience);
  expect(await windows.verb(['start', name, '60000'])).toMatchObject({ code: 0, answer: { state: 'running', changed: true } });
  expect(await windows.redis(7000, 'ping')).toBe('PONG');
});

it('kill: also between two starts', async () => {
  windows.writeNode(name, 7000, { restartPausesMs: '60000,60000,60000,60000,60000' });
  await windows.verb(['start', name, '60000']);
  await windows.redis(7000, 'shutdown', 'nosave');
  await vi.waitFor(() => expect(windows.read(`${folder}/service.log`)).toContain('starting it again in 60000 ms'), patience);
  expect(await fault('kill')).toMatchObject({ code: 0, answer: { services: [{ killed: 0, error: 0 }] } });
  expect(await stateOf(name)).toMatchObject({ state: 'paused' });
  expect(await windows.verb(['start', name, '60000'])).toMatchObject({ code: 0 });
});

/** Which process of Redis it was that answered. */
function runOf(info: string): string | undefined {
  return /run_id:(?<id>\w+)/u.exec(info)?.groups?.['id'];
}

it('crash: Redis dies and the wrapper starts it again by itself', async () => {
  windows.writeNode(name, 7000, { restartPausesMs: '300,60000,60000,60000,60000' });
  await windows.verb(['start', name, '60000']);
  const before = await windows.redis(7000, 'info', 'server');
  expect(await fault('crash')).toMatchObject({
    code: 0,
    answer: { services: [{ name, killed: expect.any(Number) as number, error: 0 }] },
  });
  await vi.waitFor(async () => expect(await windows.redis(7000, 'ping')).toBe('PONG'), patience);
  expect(runOf(await windows.redis(7000, 'info', 'server'))).not.toBe(runOf(before));
  expect(windows.read(`${folder}/service.log`)).toContain('starting it again in 300 ms');
  expect(await stateOf(name)).toMatchObject({ state: 'running' });
  // Between two starts there is nothing that could crash or stand still.
  await fault('crash');
  await vi.waitFor(() => expect(windows.read(`${folder}/service.log`)).toContain('starting it again in 60000 ms'), patience);
  for (const verb of ['crash', 'freeze'] as const) expect(await fault(verb)).toMatchObject({ code: 1062 });
});

/** A Redis that is a program of Wine's own, so that it stands still when its threads are suspended; what it hears is in a file. */
async function frozenOne(): Promise<() => string> {
  windows.writeNode(name, 7000, {
    program: await windows.addProgram('windowsRedis'),
    programSha256: sha256Of(windows.file('Triad/bin/windowsRedis.exe')),
    arguments: '7000 good',
  });
  expect(await windows.verb(['start', name, '60000'])).toMatchObject({ code: 0 });
  // A busy machine may take longer than a second for the first answer.
  await vi.waitFor(async () => expect(await heardBack()).toBe('+PONG'), patience);
  expect(await fault('freeze')).toMatchObject({
    code: 0,
    answer: { services: [{ name, frozen: expect.any(Number) as number, error: 0 }] },
  });
  return () => windows.read('heard.7000');
}

/** What comes back within a second when the port is asked; `nothing` where it takes the connection and says no word. */
async function heardBack(): Promise<string> {
  const ask = 'exec 3<>/dev/tcp/127.0.0.1/7000 || exit; printf "PING\\r\\n" >&3; read -r -t 1 -u 3 line; echo "${line:-nothing}"';
  return (await windows.machine.runLinux('bash', ['-c', ask], { timeoutMs: 10_000 })).stdout.trim();
}

it('freeze: it listens and says nothing, is frozen once however often that is asked for, and start lets it go on', async () => {
  await frozenOne();
  const { pid } = await stateOf(name);
  expect(await fault('freeze')).toMatchObject({ code: 0, answer: { services: [{ name, frozen: 0, error: 0 }] } });
  expect(await heardBack()).toBe('nothing');
  expect(await stateOf(name)).toMatchObject({ state: 'running', pid });
  expect(await windows.verb(['start', name, '20000'])).toMatchObject({ code: 0, answer: { state: 'running', changed: false } });
  expect(await windows.redis(7000, 'ping')).toBe('PONG');
  expect(await stateOf(name)).toMatchObject({ state: 'running', pid });
});

it('freeze: undo ends it at its time, and a service that is stopped hears its SHUTDOWN all the same', async () => {
  const undo = 'triad-undo-11';
  const heard = await frozenOne();
  expect(await windows.verb(['undo', 'install', '2', undo, name])).toMatchObject({ code: 0 });
  await vi.waitFor(async () => expect(await stateOf(undo)).toMatchObject({ state: 'missing' }), patience);
  expect(await windows.redis(7000, 'ping')).toBe('PONG');
  expect(await fault('freeze')).toMatchObject({ code: 0 });
  expect(await windows.verb(['stop', name, '60000'])).toMatchObject({ code: 0, answer: { state: 'stopped' } });
  expect(heard()).toContain('SHUTDOWN');
});

/** The codes with which each kind of fault ends, or was refused, under an undo. */
async function codesUnder(undo: string): Promise<readonly unknown[]> {
  const codes: unknown[] = [];
  for (const verb of ['kill', 'crash', 'freeze']) {
    const { code, answer } = await windows.verb([verb, undo, name]);
    codes.push([verb, code, answer['at']]);
  }
  return codes;
}

const allRefused = (code: number): readonly unknown[] => ['kill', 'crash', 'freeze'].map((verb) => [verb, code, 'undo']);

it('kill, crash and freeze that were held up: not made when their undo has come and gone, is another service or does not know the node', async () => {
  const undo = 'triad-undo-12';
  await windows.verb(['start', name, '60000']);
  const before = await windows.redis(7000, 'info', 'server');
  // 1062, not active: on a busy machine it has come and gone before its installation is told.
  expect([0, 1062]).toContain((await windows.verb(['undo', 'install', '1', undo, name])).code);
  await vi.waitFor(async () => expect(await stateOf(undo)).toMatchObject({ state: 'missing' }), patience);
  expect(await codesUnder(undo)).toEqual(allRefused(1060));
  expect(await codesUnder(name)).toEqual(allRefused(1052));
  expect(await windows.verb(['undo', 'install', '600', undo, 'another'])).toMatchObject({ code: 0 });
  expect(await codesUnder(undo)).toEqual(allRefused(1168));
  expect(await windows.verb(['undo', 'cancel', undo])).toMatchObject({ code: 0 });
  expect(existsSync(windows.file(`${folder}/hold`))).toBe(false);
  // The same process, and it answers.
  expect(runOf(await windows.redis(7000, 'info', 'server'))).toBe(runOf(before));
});

it('kill, crash and freeze that meet the undo at its work are not made, and the undo waits for a fault that is being made', async () => {
  const undo = 'triad-undo-13';
  await windows.verb(['stop', name, '60000']);
  const holder = windows.start([`Global\\triad-undo:${undo}`], await windows.addProgram('holdLock'));
  expect(await holder.line(0)).toEqual({ held: true });
  const { answer } = await windows.verb(['undo', 'install', '1', undo, name]);
  expect(await codesUnder(undo)).toEqual(allRefused(170));
  await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(Number(answer['dueMs']) + 1500), patience);
  expect([await stateOf(undo), await stateOf(name)]).toMatchObject([{ state: 'running' }, { state: 'stopped' }]);
  holder.process.stdin?.end();
  await holder.ended;
  await vi.waitFor(async () => expect(await stateOf(undo)).toMatchObject({ state: 'missing' }), patience);
  expect(await windows.redis(7000, 'ping')).toBe('PONG');
});

it('undo: by itself when its time has come', async () => {
  const undo = 'triad-undo-2';
  await windows.verb(['start', name, '60000']);
  await fault('kill');
  expect(await windows.verb(['undo', 'install', '2', undo, name])).toMatchObject({ code: 0 });
  await vi.waitFor(async () => expect(await windows.redis(7000, 'ping')).toBe('PONG'), patience);
  await vi.waitFor(async () => expect(await stateOf(undo)).toMatchObject({ state: 'missing' }), patience);
});

it('undo: installed again it has the new time and all services, and is the same process', async () => {
  const undo = 'triad-undo-6';
  await windows.verb(['start', name, '60000']);
  await fault('kill');
  await windows.verb(['undo', 'install', '600', undo, name]);
  const { pid } = await stateOf(undo);
  expect(await windows.verb(['undo', 'install', '5', undo, 'removed-since'])).toMatchObject({ code: 0, answer: { name: undo } });
  expect(await stateOf(undo)).toMatchObject({ pid, imagePath: expect.stringMatching(/ 5 removed-since triad-sessions-7000$/u) as string });
  await vi.waitFor(async () => expect(await windows.redis(7000, 'ping')).toBe('PONG'), patience);
  await vi.waitFor(async () => expect(await stateOf(undo)).toMatchObject({ state: 'missing' }), patience);
});

it('undo: installed again while it ends, there is one all the same', async () => {
  const undo = 'triad-undo-7';
  for (const ignored of [1, 2, 3]) {
    void ignored;
    // Time enough for a busy machine to see it run.
    expect(await windows.verb(['undo', 'install', '3', undo])).toMatchObject({ code: 0 });
    await vi.waitFor(async () => expect(await stateOf(undo)).not.toMatchObject({ state: 'running' }), { ...patience, interval: 10 });
    expect(await windows.verb(['undo', 'install', '600', undo])).toMatchObject({ code: 0 });
    expect(await stateOf(undo)).toMatchObject({ state: 'running', imagePath: expect.stringMatching(/ 600$/u) as string });
  }
  expect(await windows.verb(['undo', 'cancel', undo])).toMatchObject({ code: 0 });
});

it('undo: starts all of them before it waits for one', async () => {
  const undo = 'triad-undo-8';
  const slow = 'triad-sessions-7001';
  await windows.verb(['install', windows.writeNode(slow, 7001, { readyMs: '15000', stopMs: '1000' })]);
  writeFileSync(windows.file('Triad/nodes of test/7001/auth.txt'), 'falsch\r\n');
  await windows.verb(['stop', name, '60000']);
  expect(await windows.verb(['undo', 'install', '1', undo, slow, name])).toMatchObject({ code: 0 });
  await vi.waitFor(async () => expect(await windows.redis(7000, 'ping')).toBe('PONG'), patience);
  expect(await stateOf(slow)).toMatchObject({ state: 'startPending' });
  expect(await windows.verb(['undo', 'cancel', undo])).toMatchObject({ code: 0 });
  await windows.verb(['stop', slow, '60000']);
  await windows.verb(['remove', slow]);
});

it('undo: cancel leaves everything as it is; wrong words are refused', async () => {
  expect(await windows.verb(['undo', 'install', '600', 'triad-undo-3', name])).toMatchObject({ code: 0 });
  expect(await windows.verb(['undo', 'cancel', 'triad-undo-3'])).toMatchObject({ code: 0, answer: { ended: true } });
  expect(await stateOf('triad-undo-3')).toMatchObject({ state: 'missing' });
  expect(await windows.verb(['undo', 'install', '600', 'bad name'])).toMatchObject({ code: 160 });
  for (const word of ['now', 'cancel']) expect(await windows.verb(['undo', word, name])).toMatchObject({ code: 1052 });
  expect((await stateOf(name))['state']).not.toBe('missing');
  expect(await windows.verb(['undo', 'cancel', 'triad-undo-3'])).toMatchObject({ code: 0, answer: { ended: true } });
  expect(await windows.verb(['undo', 'now', 'triad-undo-3'])).toMatchObject({ code: 0, answer: { services: [], ended: true } });
});

it('undo: a service of somebody else is neither replaced nor deleted, whatever words it has', async () => {
  const image = '"C:\\other\\program.exe" undo-service foreign 9 9';
  expect(await windows.machine.run(['sc', 'create', 'foreign', 'binpath=', image])).toMatchObject({ code: 0 });
  for (const words of [
    ['now', 'foreign'],
    ['cancel', 'foreign'],
    ['install', '600', 'foreign', name],
    ['install', '600', name],
  ])
    expect(await windows.verb(['undo', ...words])).toMatchObject({ code: 1052, answer: { at: 'QueryServiceConfigW' } });
  expect(await stateOf('foreign')).toMatchObject({ state: 'stopped', imagePath: image });
});

it("undo: removes the firewall rules of its own cluster's faults alone, and stays while that fails", async () => {
  const undo = 'triad-heal-cut';
  const rules = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules';
  for (const [id, rule] of [
    ['{1}', 'triad-fault:cut'],
    // Windows takes it for the same name.
    ['{2}', 'Triad-Fault:Cut'],
    ['{3}', 'triad-fault:cut-2'],
    ['{4}', 'triad:cut:7000'],
  ])
    await windows.machine.run(['reg', 'add', rules, '/v', id ?? '', '/d', `v2.30|Action=Block|Dir=In|Name=${rule ?? ''}|`, '/f']);
  await windows.verb(['undo', 'install', '600', undo]);
  writeFileSync(windows.file('netsh.code'), '1');
  expect(await windows.verb(['undo', 'now', undo])).toMatchObject({ code: 1, answer: { rules: 2, rulesError: 1, ended: false } });
  expect(await stateOf(undo)).toMatchObject({ state: 'running' });
  // Somebody else has removed them meanwhile: netsh finds none, and says so as it says everything that fails.
  writeFileSync(windows.file('netsh.removes'), '{1}\n{2}\n');
  expect(await windows.verb(['undo', 'now', undo])).toMatchObject({ code: 0, answer: { rules: 2, rulesError: 0, ended: true } });
  expect(await windows.verb(['undo', 'now', undo])).toMatchObject({ code: 0, answer: { rules: 0, rulesError: 0, ended: true } });
  const call = '"C:\\windows\\system32\\netsh.exe" advfirewall firewall delete rule name="triad-fault:cut"';
  expect(windows.read('netsh.calls').trim().split(/\r?\n/u)).toEqual([call, call]);
  rmSync(windows.file('netsh.removes'));
});

it('undo: tries again and again, and goes only when all is undone', async () => {
  const undo = 'triad-heal-cut-2';
  writeFileSync(windows.file('netsh.code'), '1');
  writeFileSync(windows.file('netsh.calls'), '');
  await windows.verb(['undo', 'install', '1', undo]);
  const calls = (): readonly string[] => windows.read('netsh.calls').trim().split(/\r?\n/u);
  await vi.waitFor(() => expect(calls().length).toBeGreaterThan(2), { timeout: 60_000, interval: 500 });
  expect(new Set(calls())).toEqual(new Set([expect.stringContaining('delete rule name="triad-fault:cut-2"')]));
  expect(await stateOf(undo)).toMatchObject({ state: 'running' });
  // A fault of now would be nobody's: its time has come, or it is trying just now.
  for (const verb of ['kill', 'crash', 'freeze']) expect([1460, 170]).toContain((await windows.verb([verb, undo, name])).code);
  writeFileSync(windows.file('netsh.code'), '0');
  await vi.waitFor(async () => expect(await stateOf(undo)).toMatchObject({ state: 'missing' }), patience);
});

it('a reboot with a clock that was set back: the undo waits no longer than it was told to', async () => {
  const undo = 'triad-undo-10';
  await windows.verb(['undo', 'install', '600', undo, name]);
  await windows.verb(['start', name, '60000']);
  await fault('kill');
  const { imagePath } = await stateOf(undo);
  const image = String(imagePath).replace(/ \d+ 600 /u, ' 9999999999 3 ');
  const key = `HKLM\\SYSTEM\\CurrentControlSet\\Services\\${undo}`;
  await windows.machine.run(['reg', 'add', key, '/v', 'ImagePath', '/t', 'REG_EXPAND_SZ', '/d', image, '/f']);
  await windows.machine.switchOff();
  await windows.on();
  expect(await stateOf(undo)).toMatchObject({ state: 'running', imagePath: image });
  await vi.waitFor(async () => expect(await windows.redis(7000, 'ping')).toBe('PONG'), patience);
  await vi.waitFor(async () => expect(await stateOf(undo)).toMatchObject({ state: 'missing' }), patience);
});

it('a reboot: nodes and undo are back by themselves', async () => {
  const undo = 'triad-undo-4';
  await windows.verb(['start', name, '60000']);
  await fault('kill');
  // Not before the kill: on a busy machine it would be done by then.
  await windows.verb(['undo', 'install', '8', undo, name]);
  await windows.machine.switchOff();
  await windows.on();
  await vi.waitFor(async () => expect(await windows.redis(7000, 'ping')).toBe('PONG'), patience);
  await vi.waitFor(async () => expect(await stateOf(undo)).toMatchObject({ state: 'missing' }), patience);
  expect(await stateOf(name)).toMatchObject({ state: 'running' });
});
