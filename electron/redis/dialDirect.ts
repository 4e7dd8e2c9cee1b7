import { createConnection } from 'node:net';
import type { Duplex } from 'node:stream';

/** Opens one byte stream to a node. The signal fires when the caller has given up; a stream opened later is destroyed by the caller. */
export type OpenStream = (signal: AbortSignal) => Promise<Duplex>;

/** Dials a node without SSH, for where its data port is open to this machine. Rejects with the system's own error. */
export function dialDirect(target: { readonly host: string; readonly port: number }): OpenStream {
  return (signal) =>
    new Promise((resolve, reject) => {
      const socket = createConnection({ host: target.host, port: target.port, noDelay: true });
      const onAbort = (): void => void socket.destroy(new Error('given up'));
      const settled = (): void => signal.removeEventListener('abort', onAbort);
      socket.once('connect', () => {
        settled();
        socket.removeListener('error', reject);
        resolve(socket);
      });
      socket.once('error', (error) => {
        settled();
        reject(error);
      });
      if (signal.aborted) onAbort();
      else signal.addEventListener('abort', onAbort, { once: true });
    });
}
