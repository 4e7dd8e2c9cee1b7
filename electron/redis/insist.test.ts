import { expect, it } from 'vitest';
import { fail } from '../shared/domain/failure.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import { insist } from './insist.ts';
import type { PipelineReply } from './redisStream.ts';
import { failureIn } from './testing/failureIn.ts';

/** Routes whose owner says one thing after the other, and the last one for ever; a second passes with each. */
function routesThat(...says: (PipelineReply | Error)[]): {
  readonly routes: Parameters<typeof insist>[0];
  readonly now: () => number;
  readonly asked: () => number;
} {
  let asked = 0;
  const send = async (): Promise<readonly PipelineReply[]> => {
    const said = says[Math.min(asked, says.length - 1)];
    asked += 1;
    if (said === undefined || said instanceof Error) throw said ?? new Error('nothing to say');
    return Promise.resolve([said]);
  };
  return { routes: { send, refresh: async () => Promise.resolve() }, now: () => asked * 1000, asked: () => asked };
}

it('asks again while nobody does it, and returns what was said then', async () => {
  const { routes, now, asked } = routesThat({ ok: false, error: 'CLUSTERDOWN' }, new Error('broken'), { ok: true, value: 7 });
  expect(await insist(routes, 1, ['UNLINK', 'a'], { endsAtMs: 9000, now })).toBe(7);
  expect(asked()).toBe(3);
});

it('gives up after its time with what was said last', async () => {
  const { routes, now } = routesThat({ ok: false, error: 'CLUSTERDOWN' }, { ok: false, error: 'NOPERM' });
  const refused = await failureIn(insist(routes, 1, ['UNLINK', 'a'], { endsAtMs: 1500, now }));
  expect(refused).toMatchObject({ code: 'cluster.notReady', values: { reason: 'NOPERM' } });
  const silent = routesThat(fail('redis.unreachable', clusterSubject));
  expect(await failureIn(insist(silent.routes, 1, ['UNLINK', 'a'], { endsAtMs: 500, now: silent.now }))).toMatchObject({
    code: 'redis.unreachable',
  });
});
