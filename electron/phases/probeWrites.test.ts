import { expect, test } from 'vitest';
import type { ProbeWrite } from '../redis/ledger.ts';
import { awaitWrites } from './probeWrites.ts';

const write = (n: number, outcome: ProbeWrite['outcome'], reason = ''): ProbeWrite => ({
  n,
  startedAtMs: n * 10,
  endedAtMs: n * 10 + 1,
  outcome,
  reason,
});
const writes = [write(0, 'acknowledged'), write(1, 'acknowledged'), write(2, 'refused', 'CLUSTERDOWN the cluster is down')];
const probes = { journals: () => [{ shard: 1, startedAtMs: 0, endedAtMs: 30, writes }] };
const { signal } = new AbortController();

test('waits for acknowledged writes since a moment, and says at the deadline that there were none', async () => {
  await awaitWrites(probes, { count: 2, sinceMs: 0 }, { deadlineMs: 60_000, signal });
  await expect(awaitWrites(probes, { count: 2, sinceMs: 10 }, { deadlineMs: 1000, signal })).rejects.toMatchObject({
    failure: {
      code: 'cluster.notReady',
      values: { reason: 'writes are not acknowledged within 1 s' },
      evidence: 'CLUSTERDOWN the cluster is down',
    },
  });
});
