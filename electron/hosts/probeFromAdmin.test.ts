import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { ProbeTarget } from './host.ts';
import { failureFrom } from './linux/testing/failureFrom.ts';
import { probeFromAdmin } from './probeFromAdmin.ts';

const opened: (() => Promise<void>)[] = [];
const closeAll = async (): Promise<void> => {
  for (const close of opened.splice(0)) await close();
};
afterEach(closeAll);

async function listenWith(onSocket: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
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

const target = (port: number, nonce: string | null): ProbeTarget => ({ to: 'server-1', address: '127.0.0.1', port, nonce });

test('a word, whole or in pieces, proves a listener; another word, silence and a closed line do not', async () => {
  const ports = [
    await listenWith((socket) => socket.end('word\n')),
    await listenWith((socket) => {
      socket.write('wo');
      setTimeout(() => socket.end('rd\r\nmore'), 20);
    }),
    await listenWith((socket) => socket.end('other\n')),
    await listenWith((socket) => socket.resume()),
    await listenWith((socket) => socket.destroy()),
  ];
  const cells = await probeFromAdmin(
    ports.map((port) => target(port, 'word')),
    200,
  );
  expect(cells.map(({ reach, evidence }) => [reach, evidence])).toEqual([
    ['open', 'word'],
    ['open', 'word'],
    ['intercepted', 'other'],
    ['intercepted', ''],
    ['intercepted', ''],
  ]);
  expect(cells[0]).toMatchObject({ from: 'admin', to: 'server-1', port: ports[0] });
});

test('a data port is asked, and a bus port is not', async () => {
  const heard: string[] = [];
  const data = await listenWith((socket) =>
    socket.on('data', (piece) => socket.end(piece.toString() === 'PING\r\n' ? '-NOAUTH x\r\n' : '')),
  );
  const web = await listenWith((socket) => socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n')));
  expect((await probeFromAdmin([target(data, null), target(web, null)], 1000)).map(({ reach }) => reach)).toEqual(['open', 'intercepted']);

  const bus = await listenWith((socket) => socket.on('data', (piece) => heard.push(piece.toString())));
  const [cell] = await probeFromAdmin([target(bus, null), target(bus - 10_000, null)], 1000);
  expect([cell?.reach, heard]).toEqual(['open', []]);
});

test('a closed port', async () => {
  const port = await listenWith(() => undefined);
  await closeAll();
  expect(await probeFromAdmin([target(port, 'word')], 1000)).toMatchObject([{ reach: 'refused', evidence: 'ECONNREFUSED' }]);
});

test('an abort ends all attempts', async () => {
  const port = await listenWith((socket) => {
    socket.resume();
    abort.abort();
  });
  const abort = new AbortController();
  expect(await failureFrom(probeFromAdmin([target(port, 'word')], 60_000, abort.signal))).toMatchObject({ code: 'run.aborted' });
  expect(await failureFrom(probeFromAdmin([target(port, 'word')], 60_000, AbortSignal.abort()))).toMatchObject({ code: 'run.aborted' });
});
