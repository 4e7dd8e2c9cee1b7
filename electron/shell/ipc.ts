import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { CHANNEL } from '../shared/contract/channels.ts';
import { APP_ORIGIN } from './ownAddress.ts';
import type { Services } from './services.ts';

/** The servers of the contract, and whom they may hear. */
export interface IpcOptions {
  /** The page of our window; null before there is one. */
  readonly page: () => WebContents | null;
  /** They may still be loading: messages wait for them and keep their order. */
  readonly services: () => Promise<Pick<Services, 'call' | 'foreign' | 'streams' | 'refuse'>>;
}

/** Puts the servers of the contract on their channels. Only the main frame of our own window, showing our own page, is heard. */
export function serveIpc({ page, services }: IpcOptions): void {
  const isHeard = (event: IpcMainEvent | IpcMainInvokeEvent): boolean => {
    const own = page();
    if (own !== null && event.sender === own && isOwnMainFrame(event, own)) return true;
    void services().then(({ refuse }) => refuse('foreign', {}));
    return false;
  };
  ipcMain.handle(CHANNEL.call, async (event, name: unknown, input: unknown) => {
    // Asked at once: later the frame may be another.
    const isOwn = isHeard(event);
    const { call, foreign } = await services();
    return isOwn ? call(name, input) : foreign();
  });
  ipcMain.on(CHANNEL.subscribe, (event, id: unknown, name: unknown, input: unknown) => {
    if (isHeard(event)) void services().then(({ streams }) => streams.subscribe(id, name, input));
  });
  ipcMain.on(CHANNEL.unsubscribe, (event, id: unknown) => {
    if (isHeard(event)) void services().then(({ streams }) => streams.unsubscribe(id));
  });
  ipcMain.on(CHANNEL.received, (event, id: unknown) => {
    if (isHeard(event)) void services().then(({ streams }) => streams.received(id));
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
