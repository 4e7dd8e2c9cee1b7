import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ShardCounts } from '../redis/probeWriter.ts';
import type { RunEventBody } from '../shared/domain/events.ts';
import type { LayoutNode } from '../shared/domain/reportLayout.ts';
import { tellProgress, type PicturedTrial } from './trialProgress.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

const master: LayoutNode = {
  id: 'server-1:7000',
  server: 'server-1',
  port: 7000,
  shard: 1,
  role: 'master',
  state: 'up',
  slots: [],
  replicaOf: null,
  isLinkUp: null,
  tookOver: false,
};

interface Bench {
  readonly events: RunEventBody[];
  readonly trial: { -readonly [Key in keyof PicturedTrial]: PicturedTrial[Key] };
  readonly progress: ReturnType<typeof tellProgress>;
  counts: readonly ShardCounts[];
  nodes: readonly LayoutNode[];
}

function start(): Bench {
  const events: RunEventBody[] = [];
  const trial: Bench['trial'] = { server: 'server-1', faultAtMs: 0, probes: null, watch: null };
  const progress = tellProgress({ emit: (event) => void events.push(event), now: () => Date.now() + 1000 }, trial);
  const bench: Bench = { events, trial, progress, counts: [], nodes: [] };
  trial.probes = { counts: () => bench.counts };
  return bench;
}

const counted = (
  acknowledged: number,
  failed: number,
  lastAcknowledgedAtMs: number,
  lastSilence: ShardCounts['lastSilence'] = null,
): readonly ShardCounts[] => [{ shard: 1, acknowledged, failed, lastAcknowledgedAtMs, lastSilence }];

it('tells four times a second what was written since the last time, and how long nothing was', () => {
  const bench = start();
  bench.counts = counted(50, 0, 1240);
  vi.advanceTimersByTime(250);
  bench.counts = counted(70, 25, 1350);
  bench.trial.faultAtMs = 1300;
  vi.advanceTimersByTime(250);
  bench.progress.stop();
  vi.advanceTimersByTime(1000);
  expect(bench.events).toEqual([
    {
      type: 'trialProgress',
      server: 'server-1',
      overMs: 250,
      sinceFaultMs: null,
      shards: [{ shard: 1, acknowledged: 50, failed: 0, silentMs: 10 }],
    },
    {
      type: 'trialProgress',
      server: 'server-1',
      overMs: 250,
      sinceFaultMs: 200,
      shards: [{ shard: 1, acknowledged: 20, failed: 25, silentMs: 150 }],
    },
  ]);
});

it('tells once how long a shard was silent that is served again, and when that was, to the last digit', () => {
  const bench = start();
  const lastSilence = { lengthMs: 8123.456, endedAtMs: 1200.5 };
  bench.counts = counted(10, 0, 1240, lastSilence);
  vi.advanceTimersByTime(250);
  bench.counts = counted(60, 0, 1490, lastSilence);
  vi.advanceTimersByTime(250);
  bench.progress.stop();
  expect(bench.events.flatMap((event) => (event.type === 'trialProgress' ? event.shards.map(({ ended }) => ended) : []))).toEqual([
    { silentMs: 8123.456, agoMs: 49.5 },
    undefined,
  ]);
});

it('tells the roles only when they have changed, and at once when asked', () => {
  const bench = start();
  bench.trial.probes = null;
  bench.nodes = [master];
  bench.trial.watch = { nodes: () => bench.nodes };
  vi.advanceTimersByTime(1000);
  expect(bench.events).toEqual([{ type: 'trialRoles', server: 'server-1', nodes: [master] }]);
  bench.nodes = [{ ...master, state: 'lost' }];
  bench.progress.tellRoles();
  bench.progress.tellRoles();
  expect(bench.events.slice(1)).toEqual([{ type: 'trialRoles', server: 'server-1', nodes: [{ ...master, state: 'lost' }] }]);
  bench.progress.stop();
});

it('tells the roles that were proved last, and no look after them', () => {
  const bench = start();
  bench.trial.watch = { nodes: () => bench.nodes };
  bench.nodes = [{ ...master, state: 'lost' }];
  vi.advanceTimersByTime(250);
  bench.progress.tellProved([master]);
  bench.progress.tellRoles();
  vi.advanceTimersByTime(1000);
  bench.progress.stop();
  const told = bench.events.flatMap((event) => (event.type === 'trialRoles' ? event.nodes.map(({ state }) => state) : []));
  expect(told).toEqual(['lost', 'up']);
});
