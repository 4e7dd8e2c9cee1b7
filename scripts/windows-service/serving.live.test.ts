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
    program: null,
    begunMs: null,
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
  const askedAtMs = Date.now();
  expect(await windows.verb(['start', name, '60000'])).toMatchObject({ code: 0, answer: { name, state: 'running', changed: true } });
  expect(await windows.redis(7000, 'ping')).toBe('PONG');
  expect(await windows.verb(['start', name, '60000'])).toMatchObject({ code: 0, answer: { changed: false } });
  const { begunMs, ...running } = await stateOf(name);
  expect(running).toMatchObject({ state: 'running', pid: expect.any(Number) as number, program: 'C:\\Triad\\bin\\triad-service.exe' });
  expect(begunMs).toBeGreaterThanOrEqual(askedAtMs - 1);
  expect(begunMs).toBeLessThanOrEqual(Date.now());
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

it('start: a service that runs while its Redis is down is waited for, too', async () => {
  windows.writeNode(name, 7000, { restartPausesMs: '5000,5000,5000,5000,5000' });
  await windows.verb(['start', name, '60000']);
  await windows.redis(7000, 'shutdown', 'nosave');
  await vi.waitFor(() => expect(windows.read(`${folder}/service.log`)).toContain('starting it again in 5000 ms'), patience);
  expect(await stateOf(name)).toMatchObject({ state: 'running' });
  expect(await windows.verb(['start', name, '100'])).toMatchObject({ code: 1460 });
  expect(await windows.verb(['start', name, '60000'])).toMatchObject({ code: 0, answer: { state: 'running', changed: false } });
  expect(await windows.redis(7000, 'ping')).toBe('PONG');
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

it('goes on writing a log that somebody holds, loses none of the older ones, and moves it later', async () => {
  const holder = await windows.addProgram('holdFile');
  windows.writeNode(name, 7000, { logMaxBytes: '1000', logKeep: '2' });
  const log = (end: string): string => windows.file(`${folder}/redis.log${end}`);
  await windows.verb(['start', name, '60000']);
  await windows.verb(['stop', name, '60000']);
  writeFileSync(log('.1'), 'one');
  writeFileSync(log('.2'), 'two');
  const held = windows.start([`C:\\${folder.replaceAll('/', '\\')}\\redis.log`], holder);
  expect(await held.line(0)).toEqual({ held: true });
  for (const ignored of [1, 2]) {
    void ignored;
    expect(await windows.verb(['start', name, '60000'])).toMatchObject({ code: 0 });
    expect(await windows.verb(['stop', name, '60000'])).toMatchObject({ code: 0 });
  }
  expect([readFileSync(log('.1'), 'utf8'), readFileSync(log('.2'), 'utf8')]).toEqual(['one', 'two']);
  expect(readFileSync(log(''), 'utf8').match(/Ready to accept connections/gu)?.length).toBeGreaterThan(2);
  held.process.stdin?.end();
  await held.ended;
  await windows.verb(['start', name, '60000']);
  expect(readFileSync(log('.2'), 'utf8')).toBe('one');
  expect(readFileSync(log('.1'), 'utf8')).toContain('Ready to accept connections');
  expect(existsSync(log('.0'))).toBe(false);
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

it('start: what is still stopping is started when it has stopped', async () => {
  windows.writeNode(name, 7000, { stopMs: '3000' });
  await windows.verb(['start', name, '60000']);
  writeFileSync(windows.file(`${folder}/auth.txt`), 'falsch\r\n');
  expect(await windows.verb(['stop', name, '0'])).toMatchObject({ code: 1460 });
  expect(await stateOf(name)).toMatchObject({ state: 'stopPending' });
  writeFileSync(
    windows.file(`${folder}/redis.conf`),
    readFileSync(windows.file(`${folder}/redis.conf`), 'utf8').replace('geheim', 'falsch'),
  );
  expect(await windows.verb(['start', name, '60000'])).toMatchObject({ code: 0, answer: { state: 'running', changed: true } });
});

it('remove: only what is stopped, and it is gone', async () => {
  windows.writeNode(name, 7000);
  await windows.verb(['start', name, '60000']);
  expect(await windows.verb(['remove', name])).toMatchObject({ code: 1056 });
  await windows.verb(['stop', name, '60000']);
  expect(await windows.verb(['remove', name])).toMatchObject({ code: 0, answer: { name, state: 'missing', changed: true } });
  expect(await stateOf(name)).toMatchObject({ state: 'missing' });
});
