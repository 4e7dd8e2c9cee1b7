import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { CHANNEL } from '../shared/contract/channels.ts';
import { foreignReply, type CallServer } from './contract/callServer.ts';
import type { createRefusalLog } from './contract/refusal.ts';
import type { Push, StreamServer } from './contract/streamServer.ts';
import { APP_ORIGIN } from './ownAddress.ts';

/** The servers of the contract, and whom they may hear. */
export interface IpcOptions {
  /** The page of our window; null before there is one. */
  readonly page: () => WebContents | null;
  readonly call: CallServer;
  readonly streams: StreamServer;
  readonly refuse: ReturnType<typeof createRefusalLog>;
}

/** Puts the servers of the contract on their channels. Only the main frame of our own window, showing our own page, is heard. */
export function serveIpc({ page, call, streams, refuse }: IpcOptions): void {
  const isHeard = (event: IpcMainEvent | IpcMainInvokeEvent): boolean => {
    const own = page();
    if (own !== null && event.sender === own && isOwnMainFrame(event, own)) return true;
    refuse('foreign', {});
    return false;
  };
  ipcMain.handle(CHANNEL.call, (event, name: unknown, input: unknown) => (isHeard(event) ? call(name, input) : foreignReply()));
  ipcMain.on(CHANNEL.subscribe, (event, id: unknown, name: unknown, input: unknown) => {
    if (isHeard(event)) streams.subscribe(id, name, input);
  });
  ipcMain.on(CHANNEL.unsubscribe, (event, id: unknown) => {
    if (isHeard(event)) streams.unsubscribe(id);
  });
  ipcMain.on(CHANNEL.received, (event, id: unknown) => {
    if (isHeard(event)) streams.received(id);
  });
}

function isOwnMainFrame({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent, own: WebContents): boolean {
  try {
    return senderFrame !== null && senderFrame === own.mainFrame && senderFrame.origin === APP_ORIGIN;
  } catch {
    // The frame was gone before its message arrived.
    return false;
  }
}

/** Sends a batch to the page of our window, if it is still there. */
export function sendPush(page: WebContents | null, push: Push): void {
  if (page !== null && !page.isDestroyed()) page.send(CHANNEL.push, push);
}
