import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { connectHost, type ConnectRequest, type HostLogin } from './connectHost.ts';
import type { Host } from './host.ts';
import { fingerprintOf, hostKeyOf } from './ssh/hostKeys.ts';
import { failureFrom } from './linux/testing/failureFrom.ts';
import { makeKey, startFakeServer, type FakeServer, type FakeServerOptions } from './ssh/testing/fakeSshServer.ts';

const keys = { ed25519: makeKey('ed25519'), ecdsa: makeKey('ecdsa'), rsa: makeKey('rsa') };
const userKey = makeKey();
const blobOf = (publicKey: string): Buffer => Buffer.from(publicKey.split(' ')[1] ?? '', 'base64');
const login: HostLogin = { kind: 'key', user: 'root', privateKey: userKey.private, privateKeyFile: '/keys/id', passphrase: null };

const opened: (() => Promise<void>)[] = [];
const closeAll = async (): Promise<void> => {
  for (const close of opened.splice(0).toReversed()) await close();
};
afterEach(closeAll);

async function fake(options?: FakeServerOptions): Promise<FakeServer> {
  const server = await startFakeServer(options);
  opened.push(() => server.stop());
  return server;
}

async function connectTo(port: number, more: Partial<ConnectRequest> = {}): Promise<Host> {
  const endpoint = { address: '127.0.0.1', port };
  const host = await connectHost({
    server: 'server-1',
    endpoint,
    login,
    sudoPassword: null,
    hostKey: { expected: null, acceptsNew: true },
    ...more,
  });
  opened.push(() => host.close());
  return host;
}

test('the host key is told by type and fingerprint, as ssh-keygen prints it', () => {
  const key = hostKeyOf(blobOf(keys.rsa.public));
  expect(key).toEqual({ type: 'ssh-rsa', fingerprint: fingerprintOf(blobOf(keys.rsa.public)) });
  expect(key.fingerprint).toMatch(/^SHA256:[\w+/]{43}$/u);
});

test('an unknown host key is refused with what it is, or accepted and told', async () => {
  const server = await fake({ hostKeys: [keys.ed25519.private] });
  const fingerprint = fingerprintOf(blobOf(keys.ed25519.public));
  const refused = await failureFrom(connectTo(server.port, { hostKey: { expected: null, acceptsNew: false } }));
  expect(refused).toMatchObject({
    code: 'ssh.hostKeyUnknown',
    values: { endpoint: `127.0.0.1:${server.port}`, type: 'ssh-ed25519', fingerprint },
  });
  expect(server.attempts).toEqual([]);

  const told: unknown[] = [];
  const host = await connectTo(server.port, { hostKey: { expected: null, acceptsNew: true, onNew: (key) => told.push(key) } });
  expect([told, host.hostKey]).toEqual([[{ type: 'ssh-ed25519', fingerprint }], { type: 'ssh-ed25519', fingerprint }]);
});

test('a known key is found among several of one server, by its type or by its fingerprint alone', async () => {
  const server = await fake({ hostKeys: [keys.ed25519.private, keys.ecdsa.private, keys.rsa.private] });
  for (const [type, key] of [
    ['ssh-rsa', keys.rsa],
    ['ecdsa-sha2-nistp256', keys.ecdsa],
    ['ssh-ed25519', keys.ed25519],
  ] as const) {
    const fingerprint = fingerprintOf(blobOf(key.public));
    const told: unknown[] = [];
    const policy = { acceptsNew: true, onNew: (seen: unknown) => told.push(seen) };
    const before = server.connections;
    const byType = await connectTo(server.port, { hostKey: { expected: { type, fingerprint }, ...policy } });
    expect([byType.hostKey, server.connections - before]).toEqual([{ type, fingerprint }, 1]);
    const byFingerprint = await connectTo(server.port, { hostKey: { expected: { type: null, fingerprint }, ...policy } });
    expect([byFingerprint.hostKey, told]).toEqual([{ type, fingerprint }, []]);
  }
});

test('a changed key is refused with both fingerprints, also where the type has gone, and nothing is said of the login', async () => {
  const server = await fake({ hostKeys: [keys.ecdsa.private] });
  const offered = fingerprintOf(blobOf(keys.ecdsa.public));
  const expected = fingerprintOf(blobOf(keys.ed25519.public));
  for (const type of ['ecdsa-sha2-nistp256', 'ssh-ed25519', null]) {
    const failure = await failureFrom(connectTo(server.port, { hostKey: { expected: { type, fingerprint: expected }, acceptsNew: true } }));
    expect(failure).toMatchObject({ code: 'ssh.hostKeyChanged', values: { expected, fingerprint: offered }, retryable: false });
  }
  expect(server.attempts).toEqual([]);
});

test('a key is offered once, and its rejection is told', async () => {
  const server = await fake({ authenticate: () => false });
  const failure = await failureFrom(connectTo(server.port));
  expect(failure).toMatchObject({ code: 'ssh.authRejected', values: { user: 'root', method: 'key' } });
  expect(server.attempts).toEqual(['publickey:ssh-ed25519']);
});

const PASSWORD = `it's "$HOME" \`#\\ ü€`;
const password: HostLogin = { kind: 'password', user: 'root', password: PASSWORD };

test('a password is sent as it is', async () => {
  const server = await fake({ authenticate: (attempt) => attempt.method === 'password' && attempt.password === PASSWORD });
  await connectTo(server.port, { login: password });
  expect(server.attempts).toEqual([`password:${PASSWORD}`]);
});

test('a wrong password is tried once only, and appears nowhere', async () => {
  const server = await fake({ authenticate: () => ['password', 'keyboard-interactive'] });
  const failure = await failureFrom(connectTo(server.port, { login: password }));
  expect(failure).toMatchObject({ code: 'ssh.authRejected', values: { method: 'password' } });
  expect(server.attempts).toHaveLength(1);
  expect(JSON.stringify(failure)).not.toContain('HOME');
});

test('where only keyboard-interactive is offered, its first hidden question gets the password', async () => {
  const answers: unknown[] = [];
  const server = await fake({
    authenticate: (attempt) => {
      if (attempt.method !== 'keyboard-interactive') return ['keyboard-interactive'];
      attempt.prompt(
        [
          { prompt: 'Login as: ', echo: true },
          { prompt: 'Kennwort: ', echo: false },
          { prompt: 'Code: ', echo: false },
        ],
        (given) => {
          answers.push(given);
          attempt.accept();
        },
      );
      return 'answered';
    },
  });
  await connectTo(server.port, { login: password });
  expect(answers).toEqual([['', PASSWORD, '']]);
});

test('an agent that is not there', async () => {
  const server = await fake();
  const failure = await failureFrom(connectTo(server.port, { login: { kind: 'agent', user: 'root', socket: '/nowhere/agent.sock' } }));
  expect(failure).toMatchObject({ code: 'ssh.agentUnavailable' });
});

test('keys that cannot be used are told before anything is dialled', async () => {
  const server = await fake();
  const unreadable = await failureFrom(connectTo(server.port, { login: { ...login, privateKey: 'nonsense' } }));
  expect(unreadable).toMatchObject({ code: 'ssh.keyUnreadable', values: { file: '/keys/id' } });
  expect(server.connections).toBe(0);
});

/** A listener that is no sshd. */
async function listenPlain(onSocket: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    // Unread, it would never notice that the other end has gone.
    socket.resume();
    onSocket(socket);
  });
  opened.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

test('nothing listens', async () => {
  const port = await listenPlain(() => undefined);
  await closeAll();
  expect(await failureFrom(connectTo(port))).toMatchObject({
    code: 'ssh.refused',
    values: { endpoint: `127.0.0.1:${port}` },
    retryable: true,
  });
});

test('something that is no sshd', async () => {
  const web = await listenPlain((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  expect(await failureFrom(connectTo(web))).toMatchObject({ code: 'ssh.notSsh' });
  const old = await listenPlain((socket) => socket.end('SSH-1.5-ancient\r\n'));
  expect(await failureFrom(connectTo(old))).toMatchObject({ code: 'ssh.notSsh' });
});

test('a server that hangs up at once is tried again', async () => {
  const server = await fake();
  let count = 0;
  const moody = await listenPlain((socket) => {
    count += 1;
    if (count < 3) socket.destroy();
    else socket.pipe(connect(server.port, '127.0.0.1')).pipe(socket);
  });
  const host = await connectTo(moody);
  expect([host.hostKey.type, count]).toEqual(['ssh-ed25519', 3]);
});

test('a connection to a server without power is closed all the same', async () => {
  const server = await fake();
  const ends: Socket[] = [];
  // It keeps half-open what it does not read: as a server without power, it never says that it has heard the farewell.
  const wire = createServer({ allowHalfOpen: true }, (socket) => {
    const to = connect(server.port, '127.0.0.1');
    to.on('error', () => undefined)
      .pipe(socket.on('error', () => undefined))
      .pipe(to);
    ends.push(socket, to);
  });
  opened.push(async () => {
    for (const end of ends) end.destroy();
    await new Promise((resolve) => wire.close(resolve));
  });
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', () => resolve()));
  const host = await connectTo((wire.address() as AddressInfo).port);
  for (const end of ends) end.unpipe().pause();
  await expect(host.close()).resolves.toBeUndefined();
});

test('something that accepts and says nothing is given up at the deadline', async () => {
  const port = await listenPlain(() => undefined);
  expect(await failureFrom(connectTo(port, { deadlineMs: 300 }))).toMatchObject({ code: 'ssh.timedOut', retryable: true });
});

test('connecting is given up at once when the caller aborts', async () => {
  const port = await listenPlain(() => abort.abort());
  const abort = new AbortController();
  expect(await failureFrom(connectTo(port, { signal: abort.signal }))).toMatchObject({ code: 'run.aborted' });
  expect(await failureFrom(connectTo(port, { signal: AbortSignal.abort() }))).toMatchObject({ code: 'run.aborted' });
});

test('a name that has no address', async () => {
  const endpoint = { address: 'no-such-host.invalid', port: 22 };
  const failure = await failureFrom(connectTo(1, { endpoint }));
  expect(failure).toMatchObject({ code: 'ssh.nameNotFound', values: { host: 'no-such-host.invalid' } });
});
