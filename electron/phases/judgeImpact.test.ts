import { expect, test } from 'vitest';
import type { ClientImpact, ShardImpact } from '../shared/domain/clientImpact.ts';
import { say } from '../shared/messages/message.ts';
import { judgeImpact } from './judgeImpact.ts';

const shard: ShardImpact = {
  shard: 1,
  switchovers: [{ from: 'a', to: 'b', durationMs: 300 }],
  attempted: 400,
  acknowledged: 400,
  refused: 0,
  timedOut: 0,
  lost: 0,
  longestGapMs: 40,
};

function judged(differences: Partial<ShardImpact>, notReadBack: string | null = null): ClientImpact {
  const shards = [
    { ...shard, ...differences },
    { ...shard, shard: 2, switchovers: [], longestGapMs: 900 },
  ];
  return judgeImpact(
    { moment: 'restoreRoles', server: null, startedAt: '', durationMs: 1, route: 'direct', ratePerSecond: 200, shards },
    notReadBack,
  );
}

test.each<[string, Partial<ShardImpact>, ClientImpact['verdict'], string]>([
  ['a short pause, nothing lost', {}, 'pass', 'No shard waited longer than 40 ms'],
  [
    'a pause above the target',
    { longestGapMs: 140 },
    'warn',
    'A shard waited 140 ms for a write during its switchover, longer than the 100 ms',
  ],
  ['a lost write', { lost: 2 }, 'fail', '2 of 800 acknowledged writes were lost'],
  ['writes that were not read back', { lost: null }, 'unknown', 'could not be read back'],
])('%s', (_name, differences, verdict, words) => {
  const impact = judged(differences, 'why');
  expect(impact.verdict).toBe(verdict);
  expect(impact.reasons.map((reason) => say(reason)).join('\n')).toContain(words);
});

test('a long pause that other shards had too is told to be none of the switchover alone', () => {
  expect(
    judged({ longestGapMs: 140 })
      .reasons.map((reason) => say(reason))
      .join(),
  ).toContain('Shards without a switchover waited 900 ms too');
});

test('a shard that had no switchover is told, and not judged', () => {
  expect(
    judged({})
      .reasons.map((reason) => say(reason))
      .join(),
  ).not.toContain('900');
});
