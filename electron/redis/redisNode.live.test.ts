import { createServer, type AddressInfo, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { fail } from '../shared/domain/failure.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import { dialDirect } from './dialDirect.ts';
import { connectRedisNode, type RedisNodeOptions } from './redisNode.ts';
import { failureIn } from './testing/failureIn.ts';
import { startFor } from './testing/startFor.ts';

const node = 'server-1:7000';
const cleanUps: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

/** Something that listens and is no Redis. */
async function startOther(serve: (socket: Socket) => void): Promise<RedisNodeOptions> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUps.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const open = dialDirect({ host: '127.0.0.1', port });
  return { node, server: 'server-1', port: 7000, password: 'x', open, connectDeadlineMs: 700, commandDeadlineMs: 300 };
}

describe('connectRedisNode', () => {
  it('reads a fresh node in one round trip and closes', async (test) => {
    const cluster = await startFor(test, { nodes: [node] });
    const connection = await cluster.connect(node);
    expect(connection.isPasswordUnused).toBe(false);
    expect(await connection.read()).toMatchObject({
      node,
      clusterEnabled: true,
      clusterState: 'fail',
      keys: 0,
      role: 'master',
      isLoading: false,
      persistence: { aofEnabled: true },
      peers: [{ isMyself: true, address: cluster.spec(node).address, dataPort: 7000, busPort: 17_000 }],
    });
    expect(await connection.configGet(['cluster-node-timeout', 'no-such-setting'])).toEqual(new Map([['cluster-node-timeout', '5000']]));
    connection.close();
    expect((await failureIn(connection.read())).code).toBe('redis.unreachable');
  });

  it('goes through a stream that is no socket, as SSH forwarding gives one', async (test) => {
    const cluster = await startFor(test, { nodes: [node] });
    const { address, dataPort } = cluster.spec(node);
    const connection = await cluster.connect(node, {
      open: async (signal) => {
        const socket = await dialDirect({ host: address, port: dataPort })(signal);
        return Duplex.from({ readable: socket, writable: socket });
      },
    });
    expect(await connection.call(['PING'])).toBe('PONG');
  });

  it('answers a pipeline command by command, and throws for a single one, without its arguments', async (test) => {
    const cluster = await startFor(test, { nodes: [node] });
    const connection = await cluster.connect(node);
    expect(await connection.pipeline([['PING'], ['NO-SUCH-COMMAND'], ['ECHO', 'ä€']])).toEqual([
      { ok: true, value: 'PONG' },
      { ok: false, error: expect.stringContaining('unknown command') as string },
      { ok: true, value: 'ä€' },
    ]);
    expect(await connection.pipeline([])).toEqual([]);
    const failure = await failureIn(connection.call(['CONFIG', 'SET', 'maxmemory', 'secret-word']));
    expect(failure).toMatchObject({
      code: 'redis.commandRefused',
      subject: { kind: 'node', server: 'server-1', port: 7000 },
      values: { node, command: 'CONFIG SET' },
    });
    expect(JSON.stringify({ ...failure, values: { ...failure.values, reason: '' }, evidence: '' })).not.toContain('secret-word');
  });

  it.for(['pass word', 'quo"te\\back', "it's $HOME `x` # ü€"])('logs in with %j', async (password, test) => {
    const cluster = await startFor(test, { nodes: [node], password });
    expect(await (await cluster.connect(node)).call(['PING'])).toBe('PONG');
  });

  it('tells a wrong password, a missing one and one that is not needed apart', async (test) => {
    const cluster = await startFor(test, { nodes: [node] });
    expect(await failureIn(cluster.connect(node, { password: 'wrong-secret' }))).toMatchObject({
      code: 'redis.authRejected',
      values: { node },
    });
    expect(await failureIn(cluster.connect(node, { password: null }))).toMatchObject({ code: 'redis.authRejected' });
    const open = await startFor(test, { nodes: [node], password: null });
    expect((await open.connect(node, { password: 'unneeded' })).isPasswordUnused).toBe(true);
    expect((await open.connect(node)).isPasswordUnused).toBe(false);
  });

  it('never lets the password into a failure', async (test) => {
    const cluster = await startFor(test, { nodes: [node] });
    const error: unknown = await cluster.connect(node, { password: 'wrong-secret' }).catch((reason: unknown) => reason);
    const seen = new Set<unknown>();
    const text = JSON.stringify(error, (_, value: unknown) => {
      if (value instanceof Error && !seen.has(value)) {
        seen.add(value);
        return { ...Object.fromEntries(Object.entries(value)), message: value.message, stack: value.stack, cause: value.cause };
      }
      return value;
    });
    expect(text).toContain('redis.authRejected');
    expect(text).not.toContain('wrong-secret');
  });

  it('says that nothing listens', async (test) => {
    const cluster = await startFor(test, { nodes: [node] });
    expect(await failureIn(cluster.connect('server-2:7000'))).toMatchObject({
      code: 'redis.unreachable',
      retryable: true,
      values: { node: 'server-2:7000', reason: expect.stringContaining('ECONNREFUSED') as string },
    });
  });

  it('passes on the failure of the way to the node', async (test) => {
    const cluster = await startFor(test, { nodes: [node] });
    const refused = fail('ssh.forwardingRefused', serverSubject('server-1'));
    expect(await failureIn(cluster.connect(node, { open: () => Promise.reject(refused) }))).toBe(refused.failure);
  });

  it('notices a Redis without cluster support', async (test) => {
    const cluster = await startFor(test, { nodes: [node], config: ['cluster-enabled no'] });
    expect(await (await cluster.connect(node)).read()).toMatchObject({ clusterEnabled: false, redisId: '', peers: [] });
  });

  it.each([
    ['an HTTP server', (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), 'redis.replyUnexpected'],
    ['an SSH server', (socket: Socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'), 'redis.replyUnexpected'],
    ['something that says OK to all', (socket: Socket) => socket.write('+OK ready\r\n+OK\r\n'), 'redis.replyUnexpected'],
    ['random bytes', (socket: Socket) => socket.write(Buffer.from([0x16, 0x03, 0x01, 0, 0xff])), 'redis.replyUnexpected'],
    ['something that hangs up', (socket: Socket) => socket.destroy(), 'redis.unreachable'],
    ['something that only ends', (socket: Socket) => socket.end(), 'redis.unreachable'],
    ['something silent', () => undefined, 'redis.unreachable'],
    ['an endless announcement', (socket: Socket) => socket.write('$999999999\r\nabc'), 'redis.unreachable'],
    ['a Redis in protected mode', (socket: Socket) => socket.end('-DENIED Redis is running in protected mode\r\n'), 'redis.commandRefused'],
  ])('is not fooled by %s', async (_, serve, code) => {
    const startedAt = performance.now();
    expect((await failureIn(connectRedisNode(await startOther(serve)))).code).toBe(code);
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });

  it('waits for a node that is loading, but not for ever', async (test) => {
    const cluster = await startFor(test, { nodes: [node], config: ['enable-debug-command yes'] });
    const writer = await cluster.connect(node, { commandDeadlineMs: 20_000 });
    await writer.call(['CLUSTER', 'ADDSLOTSRANGE', 0, 16_383]);
    while ((await writer.read()).clusterState !== 'ok') await new Promise((resolve) => setTimeout(resolve, 20));
    await writer.call(['DEBUG', 'POPULATE', 3000]);
    await writer.call(['BGREWRITEAOF']);
    const isRewriting = async (): Promise<boolean> =>
      /aof_rewrite_(?:in_progress|scheduled):1/u.test(String(await writer.call(['INFO', 'persistence'])));
    while (await isRewriting()) await new Promise((resolve) => setTimeout(resolve, 20));
    await cluster.kill(node);
    // 500 µs for each of 3000 keys: loading takes one and a half seconds, answering in between.
    await cluster.startNode(node, { config: ['key-load-delay 500', 'loading-process-events-interval-bytes 1024'] });
    const failure = await failureIn(cluster.connect(node, { connectDeadlineMs: 300 }));
    expect(failure).toMatchObject({ code: 'redis.unreachable', evidence: expect.stringContaining('LOADING') as string });
    const connection = await cluster.connect(node, { connectDeadlineMs: 20_000 });
    expect(await connection.read()).toMatchObject({ isLoading: false, keys: 3000 });
  });

  it('gives up on a frozen node in time, and works on when it thaws', async (test) => {
    const cluster = await startFor(test, { nodes: [node] });
    const connection = await cluster.connect(node);
    cluster.signal(node, 'SIGSTOP');
    const startedAt = performance.now();
    expect((await failureIn(connection.read({ deadlineMs: 200 }))).code).toBe('redis.unreachable');
    // The kernel accepts the connection for it; only its answer does not come.
    expect((await failureIn(cluster.connect(node, { connectDeadlineMs: 200 }))).code).toBe('redis.unreachable');
    expect(performance.now() - startedAt).toBeLessThan(3000);
    cluster.signal(node, 'SIGCONT');
    expect(await connection.call(['PING'])).toBe('PONG');
    expect(await connection.call(['ECHO', 'in step'])).toBe('in step');
  });

  it('tells when the connection is lost, and nothing when it is closed', async (test) => {
    const cluster = await startFor(test, { nodes: [node] });
    const connection = await cluster.connect(node);
    const other = await cluster.connect(node);
    const losses: string[] = [];
    void other.lost.then(() => losses.push('other'));
    other.close();
    await cluster.kill(node);
    expect((await connection.lost).failure).toMatchObject({ code: 'redis.unreachable', values: { node } });
    expect(losses).toEqual([]);
  });

  it('rejects what was under way when the process ends', async (test) => {
    const cluster = await startFor(test, { nodes: [node] });
    const connection = await cluster.connect(node);
    cluster.signal(node, 'SIGSTOP');
    const pending = failureIn(connection.call(['PING'], { deadlineMs: 5000 }));
    await cluster.kill(node);
    expect((await pending).code).toBe('redis.unreachable');
  });

  it('ends at once when aborted, connecting or later', async (test) => {
    const cluster = await startFor(test, { nodes: [node] });
    expect((await failureIn(cluster.connect(node, { signal: AbortSignal.abort() }))).code).toBe('run.aborted');
    const connection = await cluster.connect(node);
    cluster.signal(node, 'SIGSTOP');
    const abort = new AbortController();
    const connecting = failureIn(cluster.connect(node, { signal: abort.signal }));
    const reading = failureIn(connection.read({ signal: abort.signal }));
    abort.abort();
    expect((await connecting).code).toBe('run.aborted');
    expect((await reading).code).toBe('run.aborted');
  });

  it('destroys a stream that opens after it was given up', async () => {
    let openLate: (stream: Duplex) => void = () => undefined;
    const opening = new Promise<Duplex>((resolve) => {
      openLate = resolve;
    });
    const stream = new Duplex({ read: () => undefined });
    const destroyed = new Promise<void>((resolve) => stream.once('close', resolve));
    const options: RedisNodeOptions = { node, server: 'server-1', port: 7000, password: null, open: () => opening, connectDeadlineMs: 20 };
    expect((await failureIn(connectRedisNode(options))).code).toBe('redis.unreachable');
    openLate(stream);
    await destroyed;
    expect(stream.destroyed).toBe(true);
  });
});
