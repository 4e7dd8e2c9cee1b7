import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, expect, it, vi } from 'vitest';
import { windowsMachineForTest } from './testing/testMachine.ts';

const windows = windowsMachineForTest();
const patience = { timeout: 40_000, interval: 300 };
const name = 'triad-sessions-7000';
const folder = 'Triad/nodes of test/7000';

afterEach(async () => {
  await windows.verb(['stop', name, '60000']);
  windows.writeNode(name, 7000);
});

async function stateOf(service: string): Promise<Readonly<Record<string, unknown>>> {
  const { answer } = await windows.verb(['status', service]);
  return (answer['services'] as readonly Readonly<Record<string, unknown>>[])[0] ?? {};
}

/** The pid that Windows knows Redis by. */
async function redisPids(): Promise<readonly number[]> {
  const { answer } = await windows.verb(['observe']);
  return (answer['redisProcesses'] as readonly Readonly<Record<string, unknown>>[])
    .filter((one) => one['service'] === name)
    .map((one) => Number(one['pid']));
}

it('install: creates the service, and changes nothing the second time', async () => {
  const ini = windows.writeNode(name, 7000);
  const made = await windows.verb(['install', ini]);
  expect(made).toMatchObject({ code: 0, answer: { name, created: true, changed: true } });
  expect(await windows.verb(['install', ini])).toMatchObject({ code: 0, answer: { name, created: false, changed: false } });
  expect(await stateOf(name)).toMatchObject({
    state: 'stopped',
    startType: 'auto',
    account: `NT SERVICE\\${name}`,
    imagePath: `"C:\\Triad\\bin\\triad-service.exe" service "${ini}"`,
    pid: null,
  });
  windows.writeNode(name, 7000, { display: 'Redis 7000', start: 'demand' });
  expect(await windows.verb(['install', ini])).toMatchObject({ code: 0, answer: { created: false, changed: true } });
  expect(await stateOf(name)).toMatchObject({ startType: 'demand', displayName: 'Redis 7000' });
  windows.writeNode(name, 7000);
  await windows.verb(['install', ini]);
});

it('install: names the line or the key that is wrong', async () => {
  const bad = (text: string): void => writeFileSync(windows.file('bad.ini'), text);
  bad('[service]\nname=x\ncolour=red\n');
  expect(await windows.verb(['install', 'C:\\bad.ini'])).toMatchObject({ code: 13, answer: { at: 'ini', detail: 'line 3' } });
  bad('[service]\nname=x\nprogram=C:\\r.exe\nfolder=C:\\x\nport=7000\n');
  expect(await windows.verb(['install', 'C:\\bad.ini'])).toMatchObject({ code: 13, answer: { detail: 'programSha256' } });
  const hash = 'a'.repeat(64);
  bad(`[service]\nname=x\nprogram=C:\\r.exe\nfolder=C:\\x\nport=7000\nprogramSha256=${hash}\nrestartPausesMs=1,2\n`);
  expect(await windows.verb(['install', 'C:\\bad.ini'])).toMatchObject({ code: 13, answer: { detail: 'restartPausesMs' } });
  bad('[service]\nport=70000\n');
  expect(await windows.verb(['install', 'C:\\bad.ini'])).toMatchObject({ code: 13, answer: { detail: 'line 2' } });
  bad(`[service]\nname=${'x'.repeat(40_000)}\n`);
  expect(await windows.verb(['install', 'C:\\bad.ini'])).toMatchObject({ code: 223 });
  expect(await windows.verb(['install', 'C:\\none.ini'])).toMatchObject({ code: 2, answer: { detail: 'C:\\none.ini' } });
});

it('start: running means that Redis answers; stop: by SHUTDOWN; both may be said twice', async () => {
  expect(await windows.verb(['start', name, '60000'])).toMatchObject({ code: 0, answer: { name, state: 'running', changed: true } });
  expect(await windows.redis(7000, 'ping')).toBe('PONG');
  expect(await windows.verb(['start', name, '60000'])).toMatchObject({ code: 0, answer: { changed: false } });
  expect(await stateOf(name)).toMatchObject({ state: 'running', pid: expect.any(Number) as number });
  expect(await redisPids()).toHaveLength(1);

  expect(await windows.verb(['stop', name, '60000'])).toMatchObject({ code: 0, answer: { state: 'stopped', changed: true } });
  expect(await windows.redis(7000, 'ping')).toContain('refused');
  expect(await windows.verb(['stop', name, '60000'])).toMatchObject({ code: 0, answer: { changed: false } });
  expect(await redisPids()).toHaveLength(0);
  expect(windows.read(`${folder}/redis.log`)).toContain('User requested shutdown');
  expect(windows.read(`${folder}/service.log`)).toMatch(/ready: \+PONG\r\n[^]*SHUTDOWN: heard[^]*ended with code 0\r\n/u);
});

it('services that are not there have the code of Windows', async () => {
  expect(await windows.verb(['start', 'none', '100'])).toMatchObject({ code: 1060, answer: { error: 1060, at: 'StartServiceW' } });
  expect(await windows.verb(['stop', 'none', '100'])).toMatchObject({ code: 1060 });
  expect(await windows.verb(['remove', 'none'])).toMatchObject({ code: 0, answer: { changed: false } });
  expect(await windows.verb(['service', 'C:\\none.ini'])).toMatchObject({ code: 2 });
  expect(await windows.verb(['service', `C:\\${folder.replaceAll('/', '\\')}\\service.ini`])).toMatchObject({ code: 1063 });
});

it('starts Redis again when it ends by itself', async () => {
  await windows.verb(['start', name, '60000']);
  const [before] = await redisPids();
  expect(await windows.redis(7000, 'shutdown', 'nosave')).toBe('');
  await vi.waitFor(async () => expect(await windows.redis(7000, 'ping')).toBe('PONG'), patience);
  const [after] = await redisPids();
  expect(after).not.toBe(before);
  expect(await stateOf(name)).toMatchObject({ state: 'running' });
  expect(windows.read(`${folder}/service.log`)).toContain('starting it again in 1000 ms');
});

it('gives up after five restarts in ten minutes, and says why', async () => {
  windows.writeNode(name, 7000, { restartPausesMs: '100,100,100,100,100' });
  await windows.verb(['start', name, '60000']);
  for (const left of [5, 4, 3, 2, 1, 0]) {
    const [before] = await redisPids();
    await windows.redis(7000, 'shutdown', 'nosave');
    if (left === 0) break;
    await vi.waitFor(async () => {
      expect(await windows.redis(7000, 'ping')).toBe('PONG');
      expect(await redisPids()).not.toContain(before);
    }, patience);
  }
  await vi.waitFor(async () => expect(await stateOf(name)).toMatchObject({ state: 'stopped', exitCode: 1066, ownExitCode: 1 }), patience);
  expect(windows.read(`${folder}/service.log`)).toContain('ended 6 times in ten minutes: giving up');
});

it('kill: all at once, held until it is started; undo brings it back and removes itself', async () => {
  const undo = 'triad-undo-1';
  await windows.verb(['start', name, '60000']);
  expect(await windows.verb(['undo', 'install', '600', undo, name])).toMatchObject({ code: 0, answer: { name: undo } });
  expect(await stateOf(undo)).toMatchObject({ state: 'running', startType: 'auto', account: 'LocalSystem' });
  expect(await windows.verb(['kill', name])).toMatchObject({
    code: 0,
    answer: { services: [{ name, killed: expect.any(Number) as number, error: 0 }] },
  });
  expect(await windows.redis(7000, 'ping')).toContain('refused');
  expect(await stateOf(name)).toMatchObject({ state: 'stopped', exitCode: 0 });
  // What the manager's failure action would do.
  await windows.machine.run(['net', 'start', name], { timeoutMs: 60_000 });
  expect(await stateOf(name)).toMatchObject({ state: 'stopped', exitCode: 0 });
  expect(windows.read(`${folder}/service.log`)).toContain('held: Redis is not started');

  expect(await windows.verb(['undo', 'now', undo])).toMatchObject({ code: 0, answer: { services: [{ name, error: 0 }], ended: true } });
  expect(await windows.redis(7000, 'ping')).toBe('PONG');
  expect(await stateOf(undo)).toMatchObject({ state: 'missing' });
  expect(existsSync(windows.file(`${folder}/hold`))).toBe(false);
  expect(await windows.verb(['kill', 'none'])).toMatchObject({ code: 1060 });
});

it('undo: by itself when its time has come', async () => {
  const undo = 'triad-undo-2';
  await windows.verb(['start', name, '60000']);
  await windows.verb(['kill', name]);
  expect(await windows.verb(['undo', 'install', '2', undo, name])).toMatchObject({ code: 0 });
  await vi.waitFor(async () => expect(await windows.redis(7000, 'ping')).toBe('PONG'), patience);
  await vi.waitFor(async () => expect(await stateOf(undo)).toMatchObject({ state: 'missing' }), patience);
});

it('undo: cancel leaves everything as it is; wrong words are refused', async () => {
  expect(await windows.verb(['undo', 'install', '600', 'triad-undo-3', name])).toMatchObject({ code: 0 });
  expect(await windows.verb(['undo', 'cancel', 'triad-undo-3'])).toMatchObject({ code: 0, answer: { ended: true } });
  expect(await stateOf('triad-undo-3')).toMatchObject({ state: 'missing' });
  expect(await windows.verb(['undo', 'install', '600', 'bad name'])).toMatchObject({ code: 160 });
  for (const word of ['now', 'cancel']) expect(await windows.verb(['undo', word, name])).toMatchObject({ code: 1052 });
  expect((await stateOf(name))['state']).not.toBe('missing');
  expect(await windows.verb(['undo', 'cancel', 'triad-undo-3'])).toMatchObject({ code: 0, answer: { ended: true } });
});

it('undo: removes the firewall rules of faults, and stays while that fails', async () => {
  const rules = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules';
  for (const [id, rule] of [
    ['{1}', 'triad-fault:cut 10.0.0.2'],
    ['{2}', 'triad-fault:cut 10.0.0.2'],
    ['{3}', 'triad:sessions:7000'],
  ])
    await windows.machine.run(['reg', 'add', rules, '/v', id ?? '', '/d', `v2.30|Action=Block|Dir=In|Name=${rule ?? ''}|`, '/f']);
  await windows.verb(['undo', 'install', '600', 'triad-undo-5']);
  writeFileSync(windows.file('netsh.code'), '1');
  expect(await windows.verb(['undo', 'now', 'triad-undo-5'])).toMatchObject({ code: 1, answer: { rules: 1, rulesError: 1, ended: false } });
  expect(await stateOf('triad-undo-5')).toMatchObject({ state: 'running' });
  writeFileSync(windows.file('netsh.code'), '0');
  expect(await windows.verb(['undo', 'now', 'triad-undo-5'])).toMatchObject({ code: 0, answer: { rules: 1, rulesError: 0, ended: true } });
  const calls = windows.read('netsh.calls').trim().split(/\r?\n/u);
  expect(calls).toHaveLength(2);
  expect(calls[1]).toBe('"C:\\windows\\system32\\netsh.exe" advfirewall firewall delete rule name="triad-fault:cut 10.0.0.2"');
});

it('a reboot: nodes and undo are back by themselves', async () => {
  const undo = 'triad-undo-4';
  await windows.verb(['undo', 'install', '4', undo, name]);
  await windows.verb(['start', name, '60000']);
  await windows.verb(['kill', name]);
  await windows.machine.switchOff();
  await windows.on();
  await vi.waitFor(async () => expect(await windows.redis(7000, 'ping')).toBe('PONG'), patience);
  await vi.waitFor(async () => expect(await stateOf(undo)).toMatchObject({ state: 'missing' }), patience);
  expect(await stateOf(name)).toMatchObject({ state: 'running' });
});

it('rotates the logs that have grown, and keeps as many as the ini says', async () => {
  windows.writeNode(name, 7000, { logMaxBytes: '1000', logKeep: '2' });
  for (const ignored of [1, 2, 3]) {
    void ignored;
    expect(await windows.verb(['stop', name, '60000'])).toMatchObject({ code: 0 });
    expect(await windows.verb(['start', name, '60000'])).toMatchObject({ code: 0 });
  }
  expect(statSync(windows.file(`${folder}/redis.log.2`)).size).toBeGreaterThan(1000);
  expect(existsSync(windows.file(`${folder}/redis.log.3`))).toBe(false);
  expect(existsSync(windows.file(`${folder}/service.log.1`))).toBe(true);
});

it('does not start a program that is not the one in the ini', async () => {
  windows.writeNode(name, 7000, { programSha256: 'a'.repeat(64) });
  expect(await windows.verb(['start', name, '60000'])).toMatchObject({ code: 577, answer: { error: 577, at: 'StartServiceW' } });
  expect(windows.read(`${folder}/service.log`)).toContain(`the ini wants ${'a'.repeat(64)}`);
  expect(await windows.redis(7000, 'ping')).toContain('refused');
});

it('tells at once when Redis refuses its configuration, with its last words in the log', async () => {
  windows.writeNode(name, 7000);
  const conf = windows.file(`${folder}/redis.conf`);
  const good = readFileSync(conf, 'utf8');
  writeFileSync(conf, `${good}no-such-setting yes\n`);
  expect(await windows.verb(['start', name, '60000'])).toMatchObject({
    code: 1066,
    answer: { detail: expect.stringContaining('own code 1') as string },
  });
  expect(windows.read(`${folder}/service.log`)).toContain('no-such-setting');
  writeFileSync(conf, good);
});

it('is not ready with a password that Redis does not take', async () => {
  windows.writeNode(name, 7000, { readyMs: '2000' });
  writeFileSync(windows.file(`${folder}/auth.txt`), 'falsch\r\n');
  expect(await windows.verb(['start', name, '60000'])).toMatchObject({ code: 1066 });
  expect(windows.read(`${folder}/service.log`)).toContain('not ready: -WRONGPASS');
  expect(await windows.redis(7000, 'ping')).toContain('refused');
  windows.writeNode(name, 7000);
});

it('kills Redis when it does not end in time', async () => {
  windows.writeNode(name, 7000, { stopMs: '2000' });
  await windows.verb(['start', name, '60000']);
  writeFileSync(windows.file(`${folder}/auth.txt`), 'falsch\r\n');
  expect(await windows.verb(['stop', name, '60000'])).toMatchObject({ code: 0 });
  expect(windows.read(`${folder}/service.log`)).toMatch(/not heard[^\n]*WRONGPASS[^]*did not end in 2000 ms and is killed/u);
  expect(await windows.redis(7000, 'ping')).toContain('refused');
});

it('remove: only what is stopped, and it is gone', async () => {
  windows.writeNode(name, 7000);
  await windows.verb(['start', name, '60000']);
  expect(await windows.verb(['remove', name])).toMatchObject({ code: 1056 });
  await windows.verb(['stop', name, '60000']);
  expect(await windows.verb(['remove', name])).toMatchObject({ code: 0, answer: { name, state: 'missing', changed: true } });
  expect(await stateOf(name)).toMatchObject({ state: 'missing' });
});
