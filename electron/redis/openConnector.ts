import type { Duplex } from 'node:stream';
import { AbstractConnector } from 'ioredis';
import { asSocket } from './redisStream.ts';

/** Opens a stream to the address that a client of a cluster was told of. The signal fires when nobody wants it any more. */
export type OpenAddress = (address: string, port: number, signal: AbortSignal) => Promise<Duplex>;

/** A connector for ioredis, made for each of its connections, by which they go another way than straight to the address. */
export function connectorThrough(open: OpenAddress): new (options: unknown) => AbstractConnector {
  return class extends AbstractConnector {
    readonly #target: { readonly host?: unknown; readonly port?: unknown };
    readonly #unwanted = new AbortController();

    constructor(options: unknown) {
      super(0);
      this.#target = typeof options === 'object' && options !== null ? options : {};
    }

    override async connect(): Promise<ReturnType<typeof asSocket>> {
      const stream = await open(String(this.#target.host), Number(this.#target.port), this.#unwanted.signal);
      // Stays for life: without it a second error on a broken stream would end the process.
      stream.on('error', () => undefined);
      stream.once('end', () => stream.destroy());
      if (this.#unwanted.signal.aborted) stream.destroy();
      this.#unwanted.signal.addEventListener('abort', () => void stream.destroy(), { once: true });
      return asSocket(stream);
    }

    override disconnect(): void {
      this.#unwanted.abort();
    }
  };
}
