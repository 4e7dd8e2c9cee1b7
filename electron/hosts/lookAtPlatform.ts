import { connect } from 'node:net';
import type { Platform } from '../shared/domain/platform.ts';
import { platformOfIdent } from './platformOfIdent.ts';

/** The line is at most 255 bytes long (RFC 4253); before it a server may say a little else. */
const MOST_BYTES = 4096;

/**
 * What a server runs on, by the first line of its sshd, without logging in; null where none came within `deadlineMs` or before the signal. Nothing is sent,
 * and no host key is asked for: the answer is only good enough to plan with, and is proved at the login.
 */
export async function lookAtPlatform(
  endpoint: { readonly address: string; readonly port: number },
  deadlineMs: number,
  signal?: AbortSignal,
): Promise<Platform | null> {
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect({ host: endpoint.address, port: endpoint.port });
    const finish = (platform: Platform | null): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
      socket.destroy();
      resolve(platform);
    };
    const giveUp = (): void => finish(null);
    const timer = setTimeout(giveUp, deadlineMs);
    if (signal?.aborted === true) giveUp();
    signal?.addEventListener('abort', giveUp, { once: true });
    socket.on('data', (piece) => {
      heard += piece.toString('latin1');
      const ident = /^SSH-[^\n]*(?=\n)/mu.exec(heard)?.[0];
      if (ident !== undefined) finish(platformOfIdent(ident.trim()));
      else if (heard.length > MOST_BYTES) giveUp();
    });
    socket.on('error', giveUp);
    socket.on('close', giveUp);
  });
}
