import { createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { lookAtPlatform } from './lookAtPlatform.ts';
import { platformOfIdent } from './platformOfIdent.ts';

/** A server that does this with whoever connects, and how many bytes it was sent. */
async function serve(
  greet: (socket: Socket) => void,
): Promise<{ readonly address: string; readonly port: number; readonly heard: () => number }> {
  let bytes = 0;
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('data', (piece) => (bytes += piece.length));
    socket.on('error', () => undefined);
    greet(socket);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: '127.0.0.1', port: (server.address() as AddressInfo).port, heard: () => bytes };
}

test.each([
  ['SSH-2.0-OpenSSH_for_Windows_8.1', 'windows'],
  ['OpenSSH_for_Windows_9.5', 'windows'],
  ['SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3', 'linux'],
  ['OpenSSH_8.7', 'linux'],
  ['SSH-2.0-dropbear_2022.83', 'linux'],
  ['SSH-2.0-MyOpenSSH_for_Windows', 'linux'],
])('%s is %s', (ident, platform) => {
  expect(platformOfIdent(ident)).toBe(platform);
});

test('one line is enough, in pieces and after words of welcome, and nothing is sent', async () => {
  const windows = await serve((socket) => {
    socket.write('Authorised use only\r\nSSH-2.0-OpenSSH_for_');
    setImmediate(() => socket.write('Windows_9.5\r\n'));
  });
  const linux = await serve((socket) => socket.write('SSH-2.0-OpenSSH_9.2p1\r\n'));
  expect(await Promise.all([windows, linux].map((endpoint) => lookAtPlatform(endpoint, 5000)))).toEqual(['windows', 'linux']);
  expect([windows.heard(), linux.heard()]).toEqual([0, 0]);
});

test.each<[string, (socket: Socket) => void]>([
  ['hangs up', (socket) => socket.end()],
  ['speaks another language without end', (socket) => socket.write('x'.repeat(5000))],
  ['ends in the middle of its line', (socket) => socket.end('SSH-2.0-OpenSSH_for_Windows')],
])('a server that %s tells nothing', async (_name, greet) => {
  expect(await lookAtPlatform(await serve(greet), 60_000)).toBeNull();
});

test('nobody waits for one that is silent, nor for one that is not there, nor after an interruption', async () => {
  const silent = await serve(() => undefined);
  expect(await lookAtPlatform(silent, 20)).toBeNull();
  expect(await lookAtPlatform({ address: '127.0.0.1', port: 1 }, 60_000)).toBeNull();
  expect(await lookAtPlatform(silent, 60_000, AbortSignal.abort())).toBeNull();
  const stop = new AbortController();
  const looking = lookAtPlatform(silent, 60_000, stop.signal);
  stop.abort();
  expect(await looking).toBeNull();
});
