import { z } from 'zod';
import { streams, type StreamName } from '../../shared/contract/streams.ts';
import type { ShellLog } from '../log/logFile.ts';
import { MAX_INPUT_BYTES, placesOf } from './callServer.ts';
import type { ContractApi } from './contractApi.ts';
import { dataProblem } from './plainData.ts';
import type { Refusal, createRefusalLog } from './refusal.ts';

/** Names a subscription: which document made it (a reload makes a new one), and its number there. */
export const SubscriptionId = z.string().regex(/^[0-9a-f]{36}:\d{1,9}$/u);

/** A batch of values on its way to the window. */
export interface Push {
  readonly id: string;
  readonly values: readonly unknown[];
}

/** Values of a burst are gathered this long: one message a frame instead of one a value. */
const GATHER_MS = 16;
/** Measured with 20,000 events: 500 cost frames of up to 60 ms, 125 at most 26 ms, and all were there no later. */
const MAX_BATCH = 125;
/** Batches under way to the window: it works on one while the next arrives. The others wait here, so a busy window is never buried. */
const MAX_UNDER_WAY = 2;
const MAX_SUBSCRIPTIONS = 64;

/** What the server of streams needs. */
export interface StreamServerOptions {
  readonly api: () => Promise<ContractApi>;
  readonly log: ShellLog;
  readonly refuse: ReturnType<typeof createRefusalLog>;
  readonly send: (push: Push) => void;
}

/** Feeds the window's subscriptions. All arguments come from the window that was already found to be ours. */
export interface StreamServer {
  subscribe(id: unknown, name: unknown, input: unknown): void;
  unsubscribe(id: unknown): void;
  /** The window has handled one batch of a subscription. */
  received(id: unknown): void;
  /** Ends all: the document that followed is gone. */
  endAll(): void;
  /** How many subscriptions there are, for tests and the log. */
  count(): number;
}

interface Subscription {
  readonly name: StreamName;
  /** Values that were not sent yet. */
  waiting: unknown[];
  underWay: number;
  timer: NodeJS.Timeout | null;
  stop: (() => void) | null;
}

/** Makes the server of streams. */
export function createStreamServer({ api, log, refuse, send }: StreamServerOptions): StreamServer {
  const subscriptions = new Map<string, Subscription>();

  const isOpen = (id: string, subscription: Subscription): boolean => subscriptions.get(id) === subscription;

  const flush = (id: string, subscription: Subscription): void => {
    subscription.timer = null;
    while (isOpen(id, subscription) && subscription.waiting.length > 0 && subscription.underWay < MAX_UNDER_WAY) {
      const values = valid(subscription.name, subscription.waiting.slice(0, MAX_BATCH));
      subscription.waiting = subscription.waiting.slice(MAX_BATCH);
      if (values.length === 0) continue;
      subscription.underWay += 1;
      send({ id, values });
    }
  };

  /** A wrong value is a fault of the core: it is left out and told, and the rest goes on. */
  const valid = (name: StreamName, values: readonly unknown[]): readonly unknown[] =>
    values.flatMap((value) => {
      const parsed = streams[name].output.safeParse(value);
      if (parsed.success) return [parsed.data];
      log.error('contract.valueWrong', new Error(placesOf(parsed.error.issues)), { name });
      return [];
    });

  const end = (id: string): void => {
    const subscription = subscriptions.get(id);
    if (subscription === undefined) return;
    subscriptions.delete(id);
    if (subscription.timer !== null) clearTimeout(subscription.timer);
    stopSafely(subscription);
  };

  const stopSafely = (subscription: Subscription): void => {
    const { stop } = subscription;
    subscription.stop = null;
    try {
      stop?.();
    } catch (error) {
      log.error('contract.stopFailed', error, { name: subscription.name });
    }
  };

  const open = async (id: string, name: StreamName, input: unknown): Promise<void> => {
    const subscription: Subscription = { name, waiting: [], underWay: 0, timer: null, stop: null };
    subscriptions.set(id, subscription);
    try {
      const { streams: handlers } = await api();
      // The window may have turned away while the core was loading.
      if (!isOpen(id, subscription)) return;
      const stop = handlers[name](input, (values) => {
        if (!isOpen(id, subscription) || values.length === 0) return;
        for (const value of values) subscription.waiting.push(value);
        subscription.timer ??= setTimeout(() => flush(id, subscription), GATHER_MS);
      });
      subscription.stop = stop;
      // It may have turned away at the first value, too.
      if (!isOpen(id, subscription)) stopSafely(subscription);
    } catch (error) {
      if (isOpen(id, subscription)) subscriptions.delete(id);
      log.error('contract.streamFailed', error, { name });
    }
  };

  const problem = (id: unknown, name: unknown, input: unknown): Refusal | null => {
    if (!SubscriptionId.safeParse(id).success) return 'malformed';
    if (!isStreamName(name)) return 'unknown';
    const data = dataProblem(input, MAX_INPUT_BYTES);
    if (data !== null) return data === 'tooLarge' ? 'tooLarge' : 'malformed';
    if (!streams[name].input.safeParse(input).success) return 'malformed';
    return subscriptions.size >= MAX_SUBSCRIPTIONS ? 'tooMany' : null;
  };

  return {
    subscribe: (id, name, input) => {
      const refusal = problem(id, name, input);
      if (refusal !== null || typeof id !== 'string' || !isStreamName(name)) {
        refuse(refusal ?? 'malformed', { stream: isStreamName(name) ? name : '' });
        return;
      }
      // Messages of a document that is gone may arrive after the end of its streams was called.
      for (const other of subscriptions.keys()) if (documentOf(other) !== documentOf(id)) end(other);
      if (subscriptions.has(id)) return;
      void open(id, name, streams[name].input.parse(input));
    },
    unsubscribe: (id) => {
      if (typeof id === 'string') end(id);
    },
    received: (id) => {
      const subscription = typeof id === 'string' ? subscriptions.get(id) : undefined;
      if (typeof id !== 'string' || subscription === undefined || subscription.underWay === 0) return;
      subscription.underWay -= 1;
      if (subscription.timer === null) flush(id, subscription);
    },
    endAll: () => {
      for (const id of subscriptions.keys()) end(id);
    },
    count: () => subscriptions.size,
  };
}

function isStreamName(name: unknown): name is StreamName {
  return typeof name === 'string' && Object.hasOwn(streams, name);
}

function documentOf(id: string): string {
  return id.slice(0, id.indexOf(':'));
}
