import { describe, expect, it } from 'vitest';
import { testPlan } from '../../redis/testing/testCluster.ts';
import type { RunEvent, RunEventBody } from './events.ts';
import type { MarkName } from './failover.ts';
import { foldLiveTrial, isFaultIn, liveLayout, trialSoFar, type LiveTrial } from './liveTrial.ts';
import { plannedLayout } from './reportLayout.ts';

const plan = testPlan();
let seq = 0;

function at(sinceStartMs: number, body: RunEventBody): RunEvent {
  seq += 1;
  return { seq, at: '2026-03-14T22:00:00.000Z', sinceStartMs, ...body };
}

const started = at(10_000, { type: 'trialStarted', server: 'server-1', scenario: 'serverLost', atMost: 90_000 });

function mark(sinceStartMs: number, name: MarkName, atMs: number): RunEvent {
  return at(sinceStartMs, { type: 'trialMark', server: 'server-1', mark: { name, atMs, uncertaintyMs: 10, evidence: '' } });
}

/** 50 writes of each shard in 250 ms, but none of shard 1 where it is silent. */
function progress(sinceStartMs: number, sinceFaultMs: number | null, silentMs = 5): RunEvent {
  return at(sinceStartMs, {
    type: 'trialProgress',
    server: 'server-1',
    overMs: 250,
    sinceFaultMs,
    shards: [1, 2, 3].map((shard) =>
      shard === 1 && silentMs > 250
        ? { shard, acknowledged: 0, failed: 50, silentMs }
        : { shard, acknowledged: 50, failed: 0, silentMs: 5 },
    ),
  });
}

function fold(events: readonly RunEvent[], from: LiveTrial | null = null): LiveTrial {
  const trial = events.reduce(foldLiveTrial, from);
  if (trial === null) throw new Error('no trial goes on');
  return trial;
}

describe('a trial that goes on', () => {
  it('knows the moment of the fault exactly although its mark comes late', () => {
    const trial = fold([started, mark(12_120, 'faultInjected', 0), progress(12_250, 200)]);
    expect(trial).toMatchObject({ server: 'server-1', startedMs: 10_000, atMostMs: 90_000, faultMs: 12_050 });
    expect(fold([started, mark(12_120, 'faultInjected', 0)]).faultMs).toBe(12_120);
  });

  it('has its fault in until the nodes answer again', () => {
    const before = fold([started, progress(11_000, null)]);
    const during = fold([mark(12_100, 'faultInjected', 0), mark(20_000, 'promoted', 7900)], before);
    const after = fold([mark(24_000, 'serverStarted', 11_900)], during);
    expect([before, during, after].map((trial) => isFaultIn(trial))).toEqual([false, true, false]);
    expect(after.marks.map(({ name }) => name)).toEqual(['faultInjected', 'promoted', 'serverStarted']);
  });

  it('shows the nodes as they were seen last', () => {
    const nodes = plannedLayout(plan).nodes.map((node) => ({ ...node, state: node.server === 'server-1' ? 'lost' : 'up' }) as const);
    const trial = fold([started, at(12_000, { type: 'trialRoles', server: 'server-1', nodes })]);
    expect(liveLayout(fold([started]), plan)).toBeNull();
    expect(liveLayout(trial, plan)?.servers.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'server-1 lost',
      'server-2 up',
      'server-3 up',
    ]);
  });

  it('is over when it or the run ends, and nothing belongs to no trial', () => {
    const trial = fold([started]);
    const end = at(30_000, { type: 'runFinished', verdict: 'fail', failure: null, wasAborted: true });
    expect(foldLiveTrial(trial, end)).toBeNull();
    expect(foldLiveTrial(null, progress(1000, null))).toBeNull();
    expect(foldLiveTrial(null, mark(1000, 'promoted', 1))).toBeNull();
    expect(foldLiveTrial(trial, at(1, { type: 'clusterCommand', node: 'server-1:7000', command: 'PING' }))).toBe(trial);
  });

  it('does not grow without bound, and loses no write of the picture', () => {
    let trial = fold([started]);
    for (let n = 1; n <= 5000; n += 1) trial = fold([progress(10_000 + n * 250, null)], trial);
    expect(trial.samples.length).toBeLessThanOrEqual(1201);
    const sum = trial.samples.reduce((total, { shards }) => total + (shards[1]?.acknowledged ?? 0), 0);
    expect(sum).toBe(5000 * 50);
    expect(trial.samples.at(0)?.fromMs).toBe(10_000);
    expect(trial.samples.at(-1)?.toMs).toBe(10_000 + 5000 * 250);
  });
});

describe('a trial so far', () => {
  it('lies before this moment as long as there is no fault', () => {
    const { nowMs, shards } = trialSoFar(fold([started, progress(10_250, null), progress(10_500, null)]), plan);
    expect(nowMs).toBe(0);
    expect(shards.map(({ shard, isVictims, outageMs, isOut }) => ({ shard, isVictims, outageMs, isOut }))).toEqual([
      { shard: 1, isVictims: true, outageMs: 0, isOut: false },
      { shard: 2, isVictims: false, outageMs: 0, isOut: false },
      { shard: 3, isVictims: false, outageMs: 0, isOut: false },
    ]);
    expect(shards[0]?.rate).toEqual({ bucketMs: 250, fromMs: -500, acknowledged: [50, 50], failed: [0, 0] });
  });

  it('has an outage that grows until the shard is served again, and stays then', () => {
    const fault = [started, progress(11_000, null), progress(11_250, 125)];
    const growing = fold([progress(11_500, 375, 400), progress(11_750, 625, 650)], fold(fault));
    const victimOf = (trial: LiveTrial): unknown => {
      const { outageMs, outageFromMs, outageToMs, isOut } = trialSoFar(trial, plan).shards[0] ?? {};
      return { outageMs, outageFromMs, outageToMs, isOut };
    };
    expect(victimOf(fold(fault))).toEqual({ outageMs: 0, outageFromMs: 0, outageToMs: 0, isOut: false });
    expect(victimOf(growing)).toEqual({ outageMs: 650, outageFromMs: -25, outageToMs: 625, isOut: true });
    expect(victimOf(fold([progress(12_000, 875)], growing))).toEqual({ outageMs: 650, outageFromMs: -25, outageToMs: 625, isOut: false });
  });

  it('has the outage of the ledger when the shard is served again, not what the last look before it saw', () => {
    const growing = fold([started, progress(11_000, null), progress(11_250, 125), progress(11_500, 375, 400)]);
    const served = progress(11_750, 625);
    const exact =
      served.type === 'trialProgress'
        ? {
            ...served,
            shards: served.shards.map((shard) => (shard.shard === 1 ? { ...shard, ended: { silentMs: 520.4, agoMs: 130 } } : shard)),
          }
        : served;
    const after = fold([exact, progress(12_000, 875)], growing);
    expect(trialSoFar(after, plan).shards[0]).toMatchObject({ outageMs: 520.4, outageToMs: 495, isOut: false });
  });

  it('keeps the length of an outage when its pictures are joined, wherever its end falls among them', () => {
    for (const offset of [0, 1]) {
      let trial = fold([started, progress(11_000, null)]);
      const tell = (n: number, silentMs?: number): void => {
        trial = fold([progress(11_000 + n * 250, n * 250, silentMs)], trial);
      };
      for (let n = 1; n <= 10 + offset; n += 1) tell(n, n * 250 + 50);
      for (let n = 11 + offset; n <= 2500; n += 1) tell(n);
      expect(trial.samples.length).toBeLessThanOrEqual(1201);
      const outageToMs = (10 + offset) * 250;
      expect(trialSoFar(trial, plan).shards[0]).toMatchObject({ outageMs: outageToMs + 50, outageFromMs: -50, outageToMs, isOut: false });
    }
  });

  it('has buckets that begin at the fault, and loses no write on the way', () => {
    // Samples that lie askew to the fault by 125 ms.
    const trial = fold([started, progress(11_000, null), progress(11_250, 125), progress(11_500, 375, 400), progress(11_740, 615)]);
    const rate = trialSoFar(trial, plan).shards[0]?.rate;
    expect(rate).toMatchObject({ bucketMs: 250, fromMs: -500 });
    expect(rate?.acknowledged.slice(0, 3)).toEqual([25, 50, 25]);
    // The last bucket is not full: its rate is told, not its count.
    expect(rate?.failed[2]).toBeGreaterThan(20);
    expect((rate?.acknowledged.at(-1) ?? 0) / 50).toBeGreaterThan(0.9);
  });
});
