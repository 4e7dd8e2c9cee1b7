// Publishes the contract as `window.triad`. Runs sandboxed before the page: knows the names of the contract and nothing else of it.
import { contextBridge, ipcRenderer } from 'electron';
import type { TriadBridge } from './shared/contract/bridge.ts';
import { CHANNEL, PROCEDURE_NAMES, STREAM_NAMES } from './shared/contract/channels.ts';

interface Push {
  readonly id: string;
  readonly values: readonly unknown[];
}

const procedures: ReadonlySet<string> = new Set(PROCEDURE_NAMES);
const streams: ReadonlySet<string> = new Set(STREAM_NAMES);
const listeners = new Map<string, (values: readonly unknown[]) => void>();
// A reloaded document never gets what was meant for the one before it. Not `randomUUID`, which an empty page on its way out does not have.
const documentId = [...crypto.getRandomValues(new Uint8Array(18))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
let subscriptions = 0;

const bridge: TriadBridge = {
  call: async (name, input) => {
    if (!procedures.has(name)) throw new Error(`There is no procedure ${name}`);
    const reply: unknown = await ipcRenderer.invoke(CHANNEL.call, name, input);
    return reply;
  },
  subscribe: (name, input, listener) => {
    if (!streams.has(name)) throw new Error(`There is no stream ${name}`);
    subscriptions += 1;
    const id = `${documentId}:${subscriptions}`;
    listeners.set(id, listener);
    ipcRenderer.send(CHANNEL.subscribe, id, name, input);
    return () => {
      if (listeners.delete(id)) ipcRenderer.send(CHANNEL.unsubscribe, id);
    };
  },
};

ipcRenderer.on(CHANNEL.push, (_, { id, values }: Push) => {
  try {
    listeners.get(id)?.(values);
  } finally {
    ipcRenderer.send(CHANNEL.received, id);
  }
});

contextBridge.exposeInMainWorld('triad', bridge);
