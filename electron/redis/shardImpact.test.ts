import { expect, test } from 'vitest';
import type { ProbeWrite, ShardJournal } from './ledger.ts';
import { shardImpactOf } from './shardImpact.ts';

/** Writes that end at these moments; those in `failed` are refused. */
function journal(endedAtMs: readonly number[], failed: readonly number[] = []): ShardJournal {
  const writes = [...endedAtMs, ...failed].map((at, n): ProbeWrite => ({
    n,
    startedAtMs: at - 1,
    endedAtMs: at,
    outcome: failed.includes(at) ? 'refused' : 'acknowledged',
    reason: '',
  }));
  return { shard: 1, startedAtMs: 0, endedAtMs: 1000, writes };
}
const moved = { shard: 1, from: 'a', to: 'b', startedAtMs: 400, durationMs: 200 };

test('the gap that touches the switchover counts, and not a longer one elsewhere', () => {
  const impact = shardImpactOf(journal([5, 10, 250, 395, 420, 480, 610, 900, 995]), [moved], []);
  // 480 to 610 reaches over its end; 10 to 250 was before it, 610 to 900 after.
  expect(impact).toMatchObject({ longestGapMs: 130, acknowledged: 9, lost: 0, switchovers: [{ from: 'a', to: 'b', durationMs: 200 }] });
});

test('a shard that never acknowledges again has a gap to the end', () => {
  expect(shardImpactOf(journal([5, 395], [450, 500]), [moved], [])).toMatchObject({ longestGapMs: 605, refused: 2 });
});

test('of a shard without a switchover the longest of all gaps counts, from the start to the end of writing', () => {
  expect(shardImpactOf(journal([100, 500, 600]), [{ ...moved, shard: 2 }], [])).toMatchObject({ longestGapMs: 400, switchovers: [] });
});

test('what could not be read back is not known, never none', () => {
  expect(shardImpactOf(journal([5]), [], null).lost).toBeNull();
  expect(shardImpactOf(journal([5]), [], [{ n: 1, key: 'k', acknowledgedAtMs: 5 }]).lost).toBe(1);
});
