import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { streams as table, type AppCommand } from '../../shared/contract/streams.ts';
import { createFakeContract } from '../testing/fakeContract.ts';
import { createFakeLog, type FakeLog } from '../testing/fakeLog.ts';
import type { ContractApi } from './contractApi.ts';
import { createRefusalLog } from './refusal.ts';
import { createStreamServer, type Push, type StreamServer } from './streamServer.ts';

const DOCUMENT = '0'.repeat(36);
const FRAME_MS = 16;

interface Bench {
  readonly server: StreamServer;
  readonly sent: Push[];
  readonly log: FakeLog;
  /** Feeds every open stream. */
  readonly feed: (values: readonly unknown[]) => void;
  readonly openCount: () => number;
}

function bench(streams?: Partial<ContractApi['streams']>): Bench {
  const log = createFakeLog();
  const sent: Push[] = [];
  const open = new Set<(values: readonly unknown[]) => void>();
  const follow: ContractApi['streams']['practice.progress'] = (_, push) => {
    open.add(push);
    return () => open.delete(push);
  };
  const api = createFakeContract({ streams: { 'practice.progress': follow, 'app.commands': follow, ...streams } });
  const server = createStreamServer({
    api: () => Promise.resolve(api),
    log,
    refuse: createRefusalLog(log, () => 0),
    send: (push) => sent.push(push),
  });
  const feed = (values: readonly unknown[]): void => {
    for (const push of open) push(values);
  };
  return { server, sent, log, feed, openCount: () => open.size };
}

const id = (number: number, document = DOCUMENT): string => `${document}:${number}`;
const lines = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `line ${index + 1}`);

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());
const opened = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

describe('a subscription', () => {
  it('gets what comes in one batch a frame, in order', async () => {
    const { server, sent, feed } = bench();
    server.subscribe(id(1), 'practice.progress', undefined);
    await opened();
    feed(['a']);
    feed(['b', 'c']);
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(FRAME_MS);
    server.received(id(1));
    feed(['d']);
    vi.advanceTimersByTime(FRAME_MS);
    expect(sent).toEqual([
      { id: id(1), values: ['a', 'b', 'c'] },
      { id: id(1), values: ['d'] },
    ]);
  });

  it('gets what its stream had at once', async () => {
    const { server, sent } = bench({
      'practice.progress': (_, push) => {
        push(['already there']);
        return () => undefined;
      },
    });
    server.subscribe(id(1), 'practice.progress', undefined);
    await vi.advanceTimersByTimeAsync(FRAME_MS);
    expect(sent.map(({ values }) => values)).toEqual([['already there']]);
  });

  it('is fed no faster than the window works, in whole and in order', async () => {
    const { server, sent, feed } = bench();
    server.subscribe(id(1), 'practice.progress', undefined);
    await opened();
    feed(lines(20_000));
    vi.advanceTimersByTime(1000);
    expect(sent).toHaveLength(2);
    expect(Math.max(...sent.map(({ values }) => values.length))).toBeLessThanOrEqual(125);
    for (let received = 0; received < sent.length; received += 1) server.received(id(1));
    expect(sent.flatMap(({ values }) => values)).toEqual(lines(20_000));
  });

  it('ends with its unsubscription, whatever was still under way', async () => {
    const { server, sent, feed, openCount } = bench();
    server.subscribe(id(1), 'practice.progress', undefined);
    server.subscribe(id(2), 'practice.progress', undefined);
    await opened();
    feed(['a']);
    server.unsubscribe(id(1));
    vi.advanceTimersByTime(FRAME_MS);
    expect(sent.map((push) => push.id)).toEqual([id(2)]);
    expect([openCount(), server.count()]).toEqual([1, 1]);
  });

  it('ends before its stream was ever opened', async () => {
    const { server, openCount } = bench();
    server.subscribe(id(1), 'practice.progress', undefined);
    server.unsubscribe(id(1));
    await opened();
    expect(openCount()).toBe(0);
  });

  it('ends with the document that made it', async () => {
    const { server, feed, sent, openCount } = bench();
    server.subscribe(id(1), 'practice.progress', undefined);
    server.subscribe(id(2), 'app.commands', undefined);
    await opened();
    server.endAll();
    feed(['late']);
    vi.advanceTimersByTime(FRAME_MS);
    expect([sent, openCount(), server.count()]).toEqual([[], 0, 0]);
  });

  it('ends, too, when the document after it is the first to say so', async () => {
    const { server, openCount } = bench();
    server.subscribe(id(1), 'practice.progress', undefined);
    await opened();
    server.subscribe(id(1, '1'.repeat(36)), 'practice.progress', undefined);
    await opened();
    expect([openCount(), server.count()]).toEqual([1, 1]);
  });

  it('leaves out a wrong value, tells the log where it was wrong, and goes on', async () => {
    const { server, sent, feed, log } = bench();
    server.subscribe(id(1), 'app.commands', undefined);
    await opened();
    feed(['home', 'hunter2', 'help'] satisfies readonly (AppCommand | 'hunter2')[]);
    vi.advanceTimersByTime(FRAME_MS);
    expect(sent).toEqual([{ id: id(1), values: ['home', 'help'] }]);
    expect(log.lines).toHaveLength(1);
    expect(log.lines[0]).toContain('error contract.valueWrong');
    expect(log.lines[0]).not.toContain('hunter2');
  });

  it('that cannot be opened is told to the log and counts for nothing', async () => {
    const { server, log } = bench({
      'practice.progress': () => {
        throw new Error('no such stream today');
      },
    });
    server.subscribe(id(1), 'practice.progress', undefined);
    await opened();
    expect(log.lines[0]).toContain('no such stream today');
    expect(server.count()).toBe(0);
  });
});

describe('a hostile subscription', () => {
  it.each([
    ['an unknown stream', id(1), 'nope', undefined],
    ['a name of the language', id(1), 'constructor', undefined],
    ['no name', id(1), undefined, undefined],
    ['a wrong input', id(1), 'runs.events', { runId: '../x', after: 0 }],
    ['more input than asked for', id(1), 'runs.events', { runId: 'x', after: 0, file: '/etc/passwd' }],
    ['a negative position', id(1), 'runs.events', { runId: 'x', after: -1 }],
    ['a huge input', id(1), 'practice.progress', 'x'.repeat(2_000_000)],
    ['a wrong id', 'x', 'practice.progress', undefined],
    ['no id', undefined, 'practice.progress', undefined],
    ['an id that is no text', { toString: () => id(1) }, 'practice.progress', undefined],
  ])('with %s opens nothing', async (_, subscription, name, input) => {
    const { server, openCount, log } = bench();
    server.subscribe(subscription, name, input);
    await opened();
    expect([openCount(), server.count()]).toEqual([0, 0]);
    expect(log.lines[0]).toContain('contract.refused');
  });

  it.each([
    ['tooLarge', 'x'.repeat(2_000_000)],
    ['malformed', new Map([['runId', 'x']])],
  ])('is %s before its schema is asked', async (refusal, input) => {
    const parse = vi.spyOn(table['practice.progress'].input, 'safeParse');
    onTestFinished(() => parse.mockRestore());
    const { server, log } = bench();
    server.subscribe(id(1), 'practice.progress', input);
    await opened();
    expect(parse).not.toHaveBeenCalled();
    expect(log.lines[0]).toContain(refusal);
  });

  it('in thousands opens 64', async () => {
    const { server, openCount } = bench();
    for (let number = 1; number <= 5000; number += 1) server.subscribe(id(number), 'practice.progress', undefined);
    await opened();
    expect(openCount()).toBe(64);
  });

  it('twice under one id opens it once', async () => {
    const { server, openCount } = bench();
    server.subscribe(id(1), 'practice.progress', undefined);
    server.subscribe(id(1), 'practice.progress', undefined);
    await opened();
    expect(openCount()).toBe(1);
  });

  it('cannot draw more by receipts for what was never sent', async () => {
    const { server, sent, feed } = bench();
    server.subscribe(id(1), 'practice.progress', undefined);
    await opened();
    for (let count = 0; count < 100; count += 1) server.received(id(1));
    server.received(undefined);
    server.unsubscribe({});
    feed(lines(20_000));
    vi.advanceTimersByTime(FRAME_MS);
    expect(sent).toHaveLength(2);
  });
});
