import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerChannel } from 'ssh2';
import { afterAll, afterEach, expect, test } from 'vitest';
import { connectHost } from '../connectHost.ts';
import type { LinuxHost } from './linuxHost.ts';
import { asLinux } from './testing/asLinux.ts';
import { failureFrom } from './testing/failureFrom.ts';
import { observeNothing } from './testing/samples.ts';
import { makeKey, startFakeServer, type FakeServer, type FakeServerOptions } from '../ssh/testing/fakeSshServer.ts';

const key = makeKey();
const folder = mkdtempSync(join(tmpdir(), 'triad-shell-'));
afterAll(() => rmSync(folder, { recursive: true }));

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

async function connect(options?: FakeServerOptions): Promise<{ readonly host: LinuxHost; readonly server: FakeServer }> {
  const server = await startFakeServer(options);
  opened.push(() => server.stop());
  const connected = await connectHost({
    server: 'server-1',
    endpoint: { address: '127.0.0.1', port: server.port },
    login: { kind: 'key', user: 'root', privateKey: key.private, privateKeyFile: 'id', passphrase: null },
    sudoPassword: null,
    hostKey: { expected: null, acceptsNew: true },
  });
  const host = asLinux(connected);
  opened.push(() => host.close());
  return { host, server };
}

/** Waits until a condition holds; the test's own time limit is the deadline. */
async function until(isIt: () => boolean): Promise<void> {
  while (!isIt()) await new Promise((resolve) => setTimeout(resolve, 10));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\tZ/mu.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** A script that notes the process ids of itself and of a child, and then sleeps; it ignores the end of its input. */
function sleeper(name: string): { readonly script: string; readonly pids: () => number[] } {
  const file = join(folder, name);
  return {
    script: `sleep 600 & echo "$$ $!" >'${file}.tmp'; mv '${file}.tmp' '${file}'; wait`,
    pids: () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ').map(Number) : []),
  };
}

test('a script gets its input and gives code and both outputs', async () => {
  const { host } = await connect();
  const input = [Buffer.from([0, 255, 10, 13]), Buffer.alloc(300_000, 7)];
  const result = await host.shell.run({ name: 'x', script: 'wc -c; echo "zwölf €"; echo oops >&2', input });
  expect(result).toEqual({ code: 0, stdout: '300004\nzwölf €\n', stderr: 'oops\n' });
  expect([host.roundTrips, host.privilege]).toEqual([{ connects: 1, sessions: 1, forwards: 0 }, 'root']);
});

test('a character that arrives in two pieces stays whole', async () => {
  const { host } = await connect();
  const { stdout } = await host.shell.run({ name: 'x', script: "printf '\\342'; sleep 0.05; printf '\\202\\254'" });
  expect(stdout).toBe('€');
});

test('an exit code other than 0 is a failure with the last lines, unless it is an answer', async () => {
  const { host } = await connect();
  const script = { name: 'countSheep', script: 'seq 1 100 >&2; echo out; exit 3' };
  const failure = await failureFrom(host.shell.run(script));
  expect(failure).toMatchObject({
    code: 'host.commandFailed',
    values: { step: 'countSheep', server: 'server-1', code: 3 },
    retryable: false,
  });
  expect(failure.evidence.split('\n')).toHaveLength(40);
  expect(failure.evidence).toMatch(/\n100$/u);
  expect(await host.shell.run(script, { answers: [2, 3] })).toMatchObject({ code: 3, stdout: 'out\n' });
});

test('a script that a signal ends is a failure that names it', async () => {
  const { host } = await connect();
  // The shell itself; `timeout` passes the end on as its own.
  const failure = await failureFrom(host.shell.run({ name: 'x', script: 'kill -KILL $$' }));
  expect(failure).toMatchObject({ code: 'host.commandFailed', values: { code: 137 } });
});

test('a script can name its failure', async () => {
  const { host } = await connect();
  const failure = await failureFrom(host.shell.run({ name: 'x', script: 'echo "TRIAD-FAIL diskFull /data" >&2; exit 9' }));
  expect(failure).toMatchObject({ code: 'host.diskFull', values: { path: '/data' } });
});

const greeting = (command: string, channel: ServerChannel): void => {
  const child = spawn('/bin/sh', [
    '-c',
    `echo "Welcome; triad-begin 1 2"; printf 'no line end' >&2; printf 'last: '; umask 077; LC_ALL=de_DE.UTF-8; ${command}`,
  ]);
  channel.pipe(child.stdin);
  child.stdout.pipe(channel, { end: false });
  child.stderr.pipe(channel.stderr, { end: false });
  child.on('close', (code) => {
    channel.exit(code ?? 1);
    channel.end();
  });
};

test('what a login shell prints, sets and masks does not matter', async () => {
  const { host } = await connect({ onExec: greeting });
  const result = await host.shell.run({
    name: 'x',
    script: 'umask; pwd; echo "$LC_ALL"; cat; echo mine >&2',
    input: [Buffer.from('payload')],
  });
  expect(result).toEqual({ code: 0, stdout: '0022\n/\nC\npayload', stderr: 'mine\n' });
});

test('the clock is bracketed by the output of the script itself, not by a begin mark that arrives late', async () => {
  // The mark on standard output comes at once, that on standard error 50 ms later, the output of the script 250 ms later.
  const slow = (command: string, channel: ServerChannel): void => {
    const child = spawn('/bin/sh', ['-c', command]);
    channel.pipe(child.stdin);
    child.stdout.once('data', (mark: Buffer) => {
      channel.write(mark);
      child.stdout.on('data', (piece: Buffer) => setTimeout(() => channel.write(piece), 250));
    });
    child.stderr.on('data', (piece: Buffer) => setTimeout(() => channel.stderr.write(piece), 50));
    child.on('close', (code) => setTimeout(() => (channel.exit(code ?? 1), channel.end()), 300));
  };
  const { host } = await connect({ onExec: slow });
  const { clock } = await host.observe(observeNothing);
  expect(clock.uncertaintyMs).toBeGreaterThanOrEqual(100);
});

test('an abort ends everything on the server, even what ignores a gentle end, and tells the caller', async () => {
  const { host } = await connect();
  const { script, pids } = sleeper('abort');
  const abort = new AbortController();
  const running = host.shell.run({ name: 'x', script: `trap '' TERM HUP INT; ${script}` }, { signal: abort.signal });
  running.catch(() => undefined);
  await until(() => pids().length === 2);
  abort.abort();
  expect(await failureFrom(running)).toMatchObject({ code: 'run.aborted' });
  await until(() => !pids().some(isAlive));
});

test('a script that is not done at its deadline is ended and told so', async () => {
  const { host } = await connect();
  const { script, pids } = sleeper('deadline');
  const failure = await failureFrom(host.shell.run({ name: 'sleepLong', script: `echo so far; ${script}` }, { deadlineMs: 400 }));
  expect(failure).toMatchObject({
    code: 'host.commandTimedOut',
    values: { step: 'sleepLong', seconds: 1 },
    evidence: 'so far',
    retryable: true,
  });
  await until(() => !pids().some(isAlive));
});

test('a call that is aborted before it begins starts nothing', async () => {
  const { host, server } = await connect();
  expect(await failureFrom(host.shell.run({ name: 'x', script: 'true' }, { signal: AbortSignal.abort() }))).toMatchObject({
    code: 'run.aborted',
  });
  expect(server.commands).toEqual([]);
});

test('too much output is a failure, and its source is ended', async () => {
  const { host } = await connect();
  const failure = await failureFrom(host.shell.run({ name: 'x', script: `echo $$ >'${folder}/loud'; yes` }));
  expect(failure).toMatchObject({ code: 'host.commandFailed', values: { code: '> 8388608 B' } });
  const pid = Number(readFileSync(join(folder, 'loud'), 'utf8'));
  await until(() => !isAlive(pid));
});

test('a lost connection ends all calls at once, and is told', async () => {
  const { host, server } = await connect();
  const { script, pids } = sleeper('lost');
  const calls = [host.shell.run({ name: 'a', script }), host.shell.run({ name: 'b', script: 'sleep 600' })].map(failureFrom);
  await until(() => pids().length === 2);
  server.cut();
  for (const failure of await Promise.all(calls))
    expect(failure).toMatchObject({ code: 'ssh.connectionLost', values: { server: 'server-1' }, retryable: true });
  expect(await host.lost).toMatchObject({ failure: { code: 'ssh.connectionLost' } });
  expect(await failureFrom(host.shell.run({ name: 'later', script: 'true' }))).toMatchObject({ code: 'ssh.connectionLost' });
  expect(await failureFrom(host.forward('127.0.0.1', 1))).toMatchObject({ code: 'ssh.connectionLost' });
  for (const pid of pids()) process.kill(pid, 'SIGKILL');
});

test('closing is no loss', async () => {
  const { host } = await connect();
  let isLost = false;
  void host.lost.then(() => {
    isLost = true;
  });
  await host.close();
  await host.close();
  expect(isLost).toBe(false);
});

test('a connection that breaks during an upload is told as lost, and nothing of the script was done', async () => {
  const { host } = await connect({ cutAfterBytes: 400_000 });
  const mark = join(folder, 'cut');
  const input = [Buffer.alloc(2_000_000, 1)];
  const failure = await failureFrom(
    host.shell.run({ name: 'x', script: `head -c 2000000 | wc -c | grep -q '^2000000$' && touch '${mark}'`, input }),
  );
  expect(failure.code).toBe('ssh.connectionLost');
  expect(existsSync(mark)).toBe(false);
});

test('a login that runs no commands is not supported, with its own words', async () => {
  const { host } = await connect({
    onExec: (_, channel) => {
      channel.write('This account is currently not available.\n');
      channel.exit(1);
      channel.end();
    },
  });
  const failure = await failureFrom(host.shell.run({ name: 'x', script: 'true' }));
  expect(failure).toMatchObject({ code: 'host.unsupported', values: { reason: 'This account is currently not available.' } });
});

test('a login shell that never comes to the point is given up at the deadline', async () => {
  const { host } = await connect({ onExec: () => undefined });
  expect(await failureFrom(host.shell.run({ name: 'x', script: 'true' }, { deadlineMs: 200 }))).toMatchObject({
    code: 'host.commandTimedOut',
  });
});

test('many calls at once share few connections', async () => {
  const { host, server } = await connect();
  const results = await Promise.all(Array.from({ length: 20 }, (_, index) => host.shell.run({ name: 'x', script: `echo ${index}` })));
  expect(results.map(({ stdout }) => stdout)).toEqual(Array.from({ length: 20 }, (_, index) => `${index}\n`));
  // A server frees the place of an ended session a little after its client has seen the end: a call in between may widen the connection once.
  expect(server.connections).toBeLessThanOrEqual(2);
});

test('where a connection has room for one session, further ones go over further connections', async () => {
  const { host, server } = await connect({ maxSessions: 1 });
  const lock = await host.shell.start({ name: 'lock', script: 'cat >/dev/null' });
  const results = await Promise.all(['a', 'b'].map((word) => host.shell.run({ name: 'x', script: `echo ${word}` })));
  expect(results.map(({ stdout }) => stdout)).toEqual(['a\n', 'b\n']);
  expect(host.roundTrips.connects).toBe(server.connections);
  expect(server.connections).toBeGreaterThan(1);
  await lock.end();
});

test('a session that is refused because the one before has just ended is tried again', async () => {
  const { host, server } = await connect({ maxSessions: 1, freeAfterMs: 100 });
  for (const word of ['a', 'b', 'c']) expect((await host.shell.run({ name: 'x', script: `echo ${word}` })).stdout).toBe(`${word}\n`);
  expect(server.connections).toBe(1);
});

test('a server that opens no session at all is not supported', async () => {
  const { host } = await connect({ maxSessions: 0 });
  expect(await failureFrom(host.shell.run({ name: 'x', script: 'true' }))).toMatchObject({ code: 'host.unsupported' });
});

test('a script that goes on: its lines are waited for, and its input ends it', async () => {
  const { host } = await connect();
  const running = await host.shell.start(
    {
      name: 'x',
      script: 'read -r word; echo "got $word"; read -r word; echo "$word"; cat >/dev/null; echo ended',
      input: [Buffer.from('it\n')],
    },
    { deadlineMs: 5000 },
  );
  running.write('ready\n');
  expect(await running.waitForLine((line) => line === 'ready')).toBe('ready');
  expect(await running.waitForLine((line) => line.startsWith('got'))).toBe('got it');
  expect(await failureFrom(running.waitForLine(() => false, { deadlineMs: 50 }))).toMatchObject({ code: 'host.commandTimedOut' });
  expect(await running.end()).toEqual({ code: 0, stdout: 'got it\nready\nended\n', stderr: '' });
});

test('a script that goes on outlives the bounds of its start', async () => {
  const { host } = await connect();
  const abort = new AbortController();
  const running = await host.shell.start(
    { name: 'x', script: 'sleep 1.1; echo late; cat >/dev/null; echo ended' },
    { deadlineMs: 1000, signal: abort.signal },
  );
  abort.abort();
  expect(await running.waitForLine((line) => line === 'late')).toBe('late');
  expect((await running.end()).stdout).toBe('late\nended\n');
});

test('waiting for a line ends with the script', async () => {
  const { host } = await connect();
  const failing = await host.shell.start({ name: 'x', script: 'echo no; exit 4' });
  expect(await failureFrom(failing.waitForLine((line) => line === 'yes'))).toMatchObject({
    code: 'host.commandFailed',
    values: { code: 4 },
  });
  const silent = await host.shell.start({ name: 'x', script: 'printf half' });
  expect(await failureFrom(silent.waitForLine((line) => line === 'half'))).toMatchObject({
    code: 'host.commandFailed',
    values: { code: 0 },
  });
});

test('a script that ignores the end of its input is ended by force', async () => {
  const { host } = await connect();
  const { script, pids } = sleeper('stubborn');
  const running = await host.shell.start({ name: 'x', script });
  await until(() => pids().length === 2);
  expect(await failureFrom(running.end({ deadlineMs: 200 }))).toMatchObject({ code: 'host.commandTimedOut' });
  await until(() => !pids().some(isAlive));
});

test('a script that goes on ends by itself at the end of its life', async () => {
  const { host } = await connect();
  const { script, pids } = sleeper('lifetime');
  await host.shell.start({ name: 'x', script }, { lifetimeMs: 1000 });
  await until(() => pids().length === 2);
  expect(pids().every(isAlive)).toBe(true);
  await until(() => !pids().some(isAlive));
});

test('a stream to an address that the server reaches; ioredis finds what it calls on it', async () => {
  const { host } = await connect();
  const echo = createServer((socket) => socket.pipe(socket));
  await new Promise<void>((resolve) => {
    echo.listen(0, '127.0.0.1', resolve);
  });
  const stream = await host.forward('127.0.0.1', (echo.address() as AddressInfo).port);
  for (const name of ['setNoDelay', 'setKeepAlive', 'setTimeout']) expect(Reflect.get(stream, name)).toBeTypeOf('function');
  const answer = new Promise((resolve) => {
    stream.once('data', (piece: Buffer) => resolve(piece.toString()));
  });
  stream.write('hello');
  expect(await answer).toBe('hello');
  expect(host.roundTrips).toEqual({ connects: 1, sessions: 0, forwards: 1 });
  stream.destroy();
  await new Promise((resolve) => echo.close(resolve));
});

test('a port that the server cannot reach', async () => {
  const { host } = await connect({ forwarding: 'refused' });
  const failure = await failureFrom(host.forward('10.0.0.1', 7000));
  expect(failure).toMatchObject({ code: 'redis.unreachable', values: { node: 'server-1:7000' }, subject: { kind: 'node', port: 7000 } });
});

test('forwarding that gets no answer is given up at the deadline', async () => {
  const { host } = await connect({ forwarding: 'silent' });
  const failure = await failureFrom(host.forward('10.0.0.1', 7000, { deadlineMs: 100 }));
  expect(failure).toMatchObject({ code: 'redis.unreachable', values: { node: 'server-1:7000' }, retryable: true });
  expect(await failureFrom(host.forward('10.0.0.1', 7000, { signal: AbortSignal.abort() }))).toMatchObject({ code: 'run.aborted' });
});
