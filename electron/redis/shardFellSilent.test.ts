import { expect, test } from 'vitest';
import type { ProbeWrite } from './ledger.ts';
import { shardFellSilent } from './shardFellSilent.ts';

/** A write every 5 ms from `fromMs` on: good ones take 2 ms, others half a second. */
function writes(fromMs: number, count: number, outcome: ProbeWrite['outcome']): readonly ProbeWrite[] {
  return Array.from({ length: count }, (_, index) => {
    const startedAtMs = fromMs + index * 5;
    return { n: index, startedAtMs, endedAtMs: startedAtMs + (outcome === 'acknowledged' ? 2 : 500), outcome, reason: '' };
  });
}
const good = writes(0, 200, 'acknowledged');
const command = { fromMs: 500, toMs: 6000 };

test('a node fell silent after its last good write, and before the next could reach it', () => {
  const journal = { writes: [...good, ...writes(1000, 400, 'timedOut')] };
  expect(shardFellSilent(journal, command)).toEqual({ fromMs: 995, toMs: 1002 });
});

test('also where a replica took over before the command had ended', () => {
  const journal = { writes: [...good, ...writes(1000, 400, 'timedOut'), ...writes(3000, 600, 'acknowledged')] };
  expect(shardFellSilent(journal, command)).toEqual({ fromMs: 995, toMs: 1002 });
});

test('a silence before the command was sent is another one', () => {
  const journal = { writes: [...good, ...writes(9000, 400, 'acknowledged'), ...writes(11_000, 200, 'timedOut')] };
  expect(shardFellSilent(journal, { fromMs: 10_000, toMs: 13_000 })).toEqual({ fromMs: 10_995, toMs: 11_002 });
});

test('nothing is told where it was never silent', () => {
  expect(shardFellSilent({ writes: good }, { fromMs: 500, toMs: 999 })).toBeNull();
  expect(shardFellSilent({ writes: [] }, command)).toBeNull();
});

test('a last good write that was answered late leaves open when within it the node went', () => {
  const slow: ProbeWrite = { n: 0, startedAtMs: 1000, endedAtMs: 1300, outcome: 'acknowledged', reason: '' };
  const { fromMs, toMs } = shardFellSilent({ writes: [...good, slow, ...writes(1005, 400, 'timedOut')] }, command) ?? {
    fromMs: 0,
    toMs: 0,
  };
  expect([fromMs, toMs]).toEqual([1000, 1305]);
});
