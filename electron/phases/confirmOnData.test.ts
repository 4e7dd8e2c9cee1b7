import { describe, expect, it } from 'vitest';
import { samplePlan } from '../artifacts/testing/samplePlan.ts';
import { confirmOnData } from './confirmOnData.ts';
import type { RunContext } from './runContext.ts';

const plan = samplePlan();

/** Runs the phase on masters that hold these keys; `typed` is what the admin answers. Returns the outcome, or the failure, and what was asked. */
async function confirm(keys: readonly string[], options: { readonly named?: string; readonly typed?: string } = {}): Promise<unknown> {
  const asked: unknown[] = [];
  const pages = (words: readonly (string | number)[]): unknown => {
    if (words[0] === 'DBSIZE') return keys.length;
    const from = Number(words[1]);
    const next = from + 2 >= keys.length ? 0 : from + 2;
    return [String(next), keys.slice(from, from + 2)];
  };
  const master = plan.nodes.find(({ role }) => role === 'master');
  const nodes = new Map([[master?.id ?? '', { call: (words: readonly (string | number)[]) => Promise.resolve(pages(words)) }]]);
  const askName = (question: { readonly values: unknown }): Promise<string> => {
    asked.push(question.values);
    return Promise.resolve(options.typed ?? '');
  };
  const context = { plan, nodes, signal: new AbortController().signal, ways: { askName } } as unknown as RunContext;
  try {
    return [await confirmOnData(options.named).run(context, null as never), asked];
  } catch (error) {
    return [(error as { failure: { code: string; values: unknown } }).failure, asked];
  }
}

describe('confirmOnData', () => {
  it('lets a test of an empty cluster go on', async () => {
    expect(await confirm([])).toEqual(['alreadyDone', []]);
  });

  it('takes probe keys of an earlier test for none', async () => {
    expect(await confirm(['triad:probe:a:1', 'triad:probe:a:2', 'triad:probe:b:1'])).toEqual(['alreadyDone', []]);
  });

  it('finds a key of somebody else behind them, and asks for the name', async () => {
    const keys = ['triad:probe:a:1', 'triad:probe:a:2', 'triad:probe:b:1', 'session:7'];
    expect(await confirm(keys, { typed: plan.cluster })).toEqual(['observed', [{ cluster: plan.cluster, keys: 4 }]]);
    for (const typed of ['', 'yes', plan.cluster.toUpperCase()])
      expect(await confirm(keys, { typed })).toEqual([
        expect.objectContaining({ code: 'failover.holdsKeys', values: { cluster: plan.cluster, keys: 4 } }),
        [{ cluster: plan.cluster, keys: 4 }],
      ]);
  });

  it('asks nothing where the name was given in advance, and refuses another', async () => {
    expect(await confirm(['session:7'], { named: plan.cluster })).toEqual(['observed', []]);
    expect(await confirm(['session:7'], { named: 'another' })).toEqual([expect.objectContaining({ code: 'failover.holdsKeys' }), []]);
  });
});
