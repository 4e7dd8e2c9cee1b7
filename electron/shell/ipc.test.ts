import type { WebContents } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CHANNEL } from '../shared/contract/channels.ts';
import { serveIpc } from './ipc.ts';

type Handler = (event: unknown, ...values: unknown[]) => unknown;
/** The channels in place of Electron's, so that messages can come from frames that no test could make on a real one. */
const channels = vi.hoisted(() => new Map<string, (event: unknown, ...values: unknown[]) => unknown>());
vi.mock('electron', () => ({
  ipcMain: {
    handle: (name: string, handler: Handler) => channels.set(name, handler),
    on: (name: string, handler: Handler) => channels.set(name, handler),
  },
}));

// Node's own pauses are not among the clocks that a test can turn.
vi.mock('node:timers/promises', () => ({
  setTimeout: async (delayMs: number, value?: unknown) =>
    new Promise((resolve) => {
      setTimeout(resolve, delayMs, value);
    }),
}));

const mainFrame = { origin: 'triad://app' };
const own = { mainFrame } as unknown as WebContents;
let heard: unknown[][] = [];
let refused: string[] = [];
let page: WebContents | null = own;
let answer: Promise<unknown> = Promise.resolve('answered');

beforeEach(() => {
  heard = [];
  refused = [];
  page = own;
  answer = Promise.resolve('answered');
});

function serve(): ReturnType<typeof serveIpc> {
  const note =
    (what: string) =>
    (...values: unknown[]): void => {
      heard.push([what, ...values]);
    };
  const services = {
    call: async (name: unknown, input: unknown) => {
      heard.push(['call', name, input]);
      return answer;
    },
    foreign: () => 'foreign',
    streams: { subscribe: note('subscribe'), unsubscribe: note('unsubscribe'), received: note('received'), endAll: () => undefined },
    refuse: (refusal: string) => refused.push(refusal),
  };
  return serveIpc({ page: () => page, services: () => Promise.resolve(services as never) });
}

const send = (channel: string, event: unknown, ...values: unknown[]): unknown => channels.get(channel)?.(event, ...values);
const rightly = { sender: own, senderFrame: mainFrame };

describe('the main frame of our own window, showing our own page', () => {
  it('is heard on every channel', async () => {
    serve();
    expect(await send(CHANNEL.call, rightly, 'home.list', undefined)).toBe('answered');
    send(CHANNEL.subscribe, rightly, 'id', 'runs.events', { runId: 'x' });
    send(CHANNEL.received, rightly, 'id');
    send(CHANNEL.unsubscribe, rightly, 'id');
    await vi.waitFor(() =>
      expect(heard).toEqual([
        ['call', 'home.list', undefined],
        ['subscribe', 'id', 'runs.events', { runId: 'x' }],
        ['received', 'id'],
        ['unsubscribe', 'id'],
      ]),
    );
    expect(refused).toEqual([]);
  });
});

describe('nobody else', () => {
  const gone = {
    sender: own,
    get senderFrame(): never {
      throw new Error('Render frame was disposed before it could be accessed');
    },
  };
  it.each([
    ['another window', { sender: { mainFrame }, senderFrame: mainFrame }],
    ['a frame in our page', { sender: own, senderFrame: { origin: 'triad://app' } }],
    ['a frame that nobody knows any more', { sender: own, senderFrame: null }],
    ['a frame that is gone', gone],
  ])('is heard: %s', async (_, event) => {
    serve();
    expect(await send(CHANNEL.call, event, 'home.list', undefined)).toBe('foreign');
    for (const channel of [CHANNEL.subscribe, CHANNEL.received, CHANNEL.unsubscribe]) send(channel, event, 'id', 'app.commands');
    await vi.waitFor(() => expect(refused).toEqual(['foreign', 'foreign', 'foreign', 'foreign']));
    expect(heard).toEqual([]);
  });

  it('is heard: our main frame on another origin', async () => {
    const elsewhere = { origin: 'https://example.invalid' };
    page = { mainFrame: elsewhere } as unknown as WebContents;
    serve();
    expect(await send(CHANNEL.call, { sender: page, senderFrame: elsewhere }, 'home.list', undefined)).toBe('foreign');
  });

  it('is heard before there is a window', async () => {
    page = null;
    serve();
    expect(await send(CHANNEL.call, rightly, 'home.list', undefined)).toBe('foreign');
  });
});

describe('at the very end', () => {
  it('what a page has asked for is done before the program ends', async () => {
    vi.useFakeTimers();
    let finish: (value: string) => void = () => undefined;
    answer = new Promise((resolve) => {
      finish = resolve;
    });
    const { lastWords } = serve();
    let isOver = false;
    const ending = lastWords().then(() => {
      isOver = true;
    });
    // A message that was under way when the window was gone already.
    send(CHANNEL.call, rightly, 'drafts.save', {});
    await vi.advanceTimersByTimeAsync(1000);
    expect(isOver).toBe(false);
    finish('saved');
    await vi.advanceTimersByTimeAsync(0);
    await ending;
    vi.useRealTimers();
    expect(isOver).toBe(true);
  });

  it('a call that hangs keeps nothing open', async () => {
    vi.useFakeTimers();
    answer = new Promise(() => undefined);
    const { lastWords } = serve();
    send(CHANNEL.call, rightly, 'drafts.save', {});
    const ending = lastWords();
    await vi.advanceTimersByTimeAsync(10_000);
    vi.useRealTimers();
    expect(await ending).toBeUndefined();
  });
});
