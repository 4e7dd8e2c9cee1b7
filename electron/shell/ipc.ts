import { setTimeout as pause } from 'node:timers/promises';
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

/** What a closing page sends in its last moment is under way this long, after its window is gone already. */
const LAST_WORDS_MS = 200;
/** A call that hangs must not keep a program open that nobody sees any more. */
const LONGEST_CALL_MS = 3000;

/** The contract on its channels. */
export interface ServedIpc {
  /** Resolves when what a page has asked for at its very end was done: the draft that it saves, the secret that it hands over. */
  readonly lastWords: () => Promise<void>;
}

/** Puts the servers of the contract on their channels. Only the main frame of our own window, showing our own page, is heard. */
export function serveIpc({ page, services }: IpcOptions): ServedIpc {
  const underWay = new Set<Promise<unknown>>();
  const isHeard = (event: IpcMainEvent | IpcMainInvokeEvent): boolean => {
    const own = page();
    if (own !== null && event.sender === own && isOwnMainFrame(event, own)) return true;
    void services().then(({ refuse }) => refuse('foreign', {}));
    return false;
  };
  ipcMain.handle(CHANNEL.call, async (event, name: unknown, input: unknown) => {
    // Asked at once: later the frame may be another.
    const isOwn = isHeard(event);
    const work = services().then(async ({ call, foreign }) => (isOwn ? call(name, input) : foreign()));
    underWay.add(work);
    return work.finally(() => underWay.delete(work));
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
  return {
    lastWords: async () => {
      await pause(LAST_WORDS_MS);
      await Promise.race([Promise.allSettled(underWay), pause(LONGEST_CALL_MS, null, { ref: false })]);
    },
  };
}

function isOwnMainFrame(event: IpcMainEvent | IpcMainInvokeEvent, own: WebContents): boolean {
  try {
    const { senderFrame } = event;
    return senderFrame !== null && senderFrame === own.mainFrame && senderFrame.origin === APP_ORIGIN;
  } catch {
    // The frame was gone before its message arrived.
    return false;
  }
}
