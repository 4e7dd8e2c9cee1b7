import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { examplePlan } from '../checks/testing/exampleFacts.ts';
import type { Host } from '../hosts/host.ts';
import type { RedisNode } from '../redis/redisNode.ts';
import type { CommandWords, PipelineReply } from '../redis/redisStream.ts';
import type { RunEventBody } from '../shared/domain/events.ts';
import { createNoticing, type Noticing } from './noticing.ts';
import type { RunContext, Ways } from './runContext.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1000 }));
afterEach(() => void vi.useRealTimers());

const plan = examplePlan();

interface Bench {
  readonly noticing: Noticing;
  readonly events: readonly RunEventBody[];
  /** The first word of all that the nodes were asked, in order. */
  readonly asked: readonly string[];
  readonly closed: () => number;
}

/** Readers of six nodes to which a connection takes a second; the nodes `refuse` a command. */
function prepare(refuse = ''): Bench {
  const events: RunEventBody[] = [];
  const asked: string[] = [];
  let closed = 0;
  const answer = (words: CommandWords): PipelineReply => {
    asked.push(words[0]);
    return words[0] === 'CLUSTER' || words[0] === refuse ? { ok: false, error: 'NOPERM' } : { ok: true, value: '0' };
  };
  const connectProbe: Ways['connectProbe'] = async ({ id }) => {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const connection: Partial<RedisNode> = {
      node: id,
      lost: new Promise(() => undefined),
      pipeline: async (commands) => Promise.resolve(commands.map(answer)),
      close: () => void (closed += 1),
    };
    return connection as RedisNode;
  };
  const context: Partial<RunContext> = {
    plan,
    now: () => Date.now(),
    emit: (event) => void events.push(event),
    ways: { connectProbe } as Partial<Ways> as Ways,
    hosts: new Map(plan.servers.map(({ name }) => [name, {} as Host])),
    lost: new Map(),
  };
  const noticing = createNoticing(context as RunContext, ['readers'], { prefix: 'triad:probe:test:', expiryMs: 60_000 });
  return { noticing, events, asked, closed: () => closed };
}

it('what starts after the trial is over is ended, and its keys deleted', async () => {
  const { noticing, events, asked, closed } = prepare();
  const starting = noticing.start();
  const ending = noticing.stop().then(async () => {
    await noticing.cleanUp();
    noticing.close();
  });
  await vi.advanceTimersByTimeAsync(2000);
  await Promise.all([starting, ending]);
  expect(asked).toContain('SET');
  expect(asked.filter((word) => word === 'UNLINK')).toHaveLength(3);
  expect(closed()).toBe(6);
  expect(vi.getTimerCount()).toBe(0);
  expect(events).toEqual([]);
});

it('closed without having been stopped, it ends by itself as soon as it has started', async () => {
  const { noticing, closed } = prepare();
  const starting = noticing.start();
  noticing.close();
  await vi.advanceTimersByTimeAsync(2000);
  await starting;
  expect([closed(), vi.getTimerCount()]).toEqual([6, 0]);
});

it('what cannot start is told, and its keys are deleted', async () => {
  const { noticing, events, asked, closed } = prepare('SET');
  const starting = noticing.start();
  await vi.advanceTimersByTimeAsync(17_000);
  await starting;
  await noticing.cleanUp();
  expect(events).toMatchObject([{ type: 'note', level: 'warn', message: { code: 'failover.notMeasured.readers' } }]);
  expect(asked.filter((word) => word === 'UNLINK')).toHaveLength(3);
  expect([closed(), vi.getTimerCount()]).toEqual([6, 0]);
});
