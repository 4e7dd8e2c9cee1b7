import { predictOutage, type FailoverTrial, type Mark, type ShardLedger } from '../../shared/domain/failover.ts';
import type { ClusterPlan } from '../../shared/domain/plan.ts';
import { message } from '../../shared/messages/message.ts';
import { sampleLogs } from './sampleLogs.ts';
import { sampleNoticed } from './sampleNoticed.ts';
import { sampleView } from './sampleView.ts';

/** Numbers that look like measurements and are the same in every run (a linear congruence). */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const BUCKET_MS = 250;
const FROM_MS = -5000;

function ledger(shard: number, victimShard: number, seed: number, lost: number): ShardLedger {
  const isVictims = shard === victimShard;
  const random = noise(seed * 31 + shard);
  const outageMs = isVictims ? 7900 + Math.round(random() * 300) : Math.round(40 + random() * 60) + (shard === 1 ? 700 : 0);
  const outageFromMs = isVictims ? -12 : 6900;
  const outageToMs = outageFromMs + outageMs;
  const buckets = Array.from({ length: 120 }, (_, index) => FROM_MS + index * BUCKET_MS);
  const isOut = (at: number): boolean => at + BUCKET_MS > outageFromMs + 60 && at < outageToMs - 60 && outageMs > BUCKET_MS;
  const acknowledged = buckets.map((at) => (isOut(at) ? 0 : 46 + Math.round(random() * 6)));
  const failed = buckets.map((at) => (isOut(at) ? 2 + Math.round(random() * 3) : 0));
  const sum = (counts: readonly number[]): number => counts.reduce((total, one) => total + one, 0);
  const refused = Math.round(sum(failed) * 0.8);
  return {
    shard,
    isVictims,
    attempted: sum(acknowledged) + sum(failed),
    acknowledged: sum(acknowledged),
    refused,
    timedOut: sum(failed) - refused,
    lost: isVictims ? lost : 0,
    lostKeys: isVictims
      ? Array.from({ length: lost }, (_, at) => ({ key: `triad:probe:${shard}:${1840 + at}`, acknowledgedAtMs: -14 + at }))
      : [],
    outageMs,
    outageFromMs,
    outageToMs,
    outageUncertaintyMs: 12,
    latency: {
      before: { p50: 0.6, p95: 1.4, p99: 2.1, max: 4.8 },
      during: isVictims ? { p50: null, p95: null, p99: null, max: null } : { p50: 0.7, p95: 2.2, p99: 8.9, max: 41 },
      after: { p50: 0.6, p95: 1.5, p99: 2.4, max: 12.4 },
    },
    rate: { bucketMs: BUCKET_MS, fromMs: FROM_MS, acknowledged, failed },
  };
}

function sampleMarks(outageToMs: number): Mark[] {
  const mark = (name: Mark['name'], atMs: number, uncertaintyMs = 5): Mark => ({
    name,
    atMs,
    uncertaintyMs,
    evidence: `seen at ${atMs} ms`,
  });
  return [
    mark('baselineStarted', -5000, 0),
    mark('faultInjected', 0, 12),
    mark('firstFailedWrite', 4, 1),
    mark('suspected', 5420, 50),
    mark('failAgreed', 6870, 50),
    mark('promoted', 7690, 25),
    mark('slotsCovered', 7740, 25),
    mark('firstGoodWrite', outageToMs, 1),
    mark('serverStarted', 12_030, 20),
    mark('replicaLinkUp', 13_410, 50),
    mark('inSync', 13_610, 50),
    mark('layoutRestored', 15_220, 50),
  ];
}

/** The trial of losing one server of a plan; `lost` acknowledged writes are missing at the end. */
export function sampleTrial(plan: ClusterPlan, server: string, lost = 0): FailoverTrial {
  const index = plan.servers.findIndex((one) => one.name === server);
  const shards = [1, 2, 3].map((shard) => ledger(shard, index + 1, index + 1, lost));
  const victim = shards[index];
  const sum = (pick: (one: ShardLedger) => number): number => shards.reduce((total, one) => total + pick(one), 0);
  const minute = String(10 + index).padStart(2, '0');
  return {
    server,
    scenario: 'serverLost',
    startedAt: `2026-03-14T22:${minute}:05.000Z`,
    outageMs: victim?.outageMs ?? null,
    detectedMs: 6870,
    promotedMs: 7690,
    restoredMs: 15_220,
    attemptedWrites: sum((one) => one.attempted),
    acknowledgedWrites: sum((one) => one.acknowledged),
    refusedWrites: sum((one) => one.refused),
    timedOutWrites: sum((one) => one.timedOut),
    lostWrites: sum((one) => one.lost ?? 0),
    predicted: predictOutage(plan.settings.nodeTimeoutMs),
    marks: sampleMarks(victim?.outageToMs ?? 8000),
    shards,
    noticed: sampleNoticed(shards, lost),
    route: 'ssh',
    layouts: {
      before: sampleView(plan, { at: `2026-03-14T22:${minute}:04.000Z` }),
      during: sampleView(plan, { at: `2026-03-14T22:${minute}:14.000Z`, lost: server }),
      after: sampleView(plan, { at: `2026-03-14T22:${minute}:21.000Z` }),
    },
    actions: plan.nodes
      .filter((node) => node.server === server)
      .map((node, at) => ({
        atMs: at * 3,
        server,
        // Any text of the catalogue will do: the failover room's own come with it.
        done: message('report.change.disableService', { unit: node.unit }),
        undoneAtMs: 12_030 + at * 4,
      })),
    ...sampleLogs(plan, server),
    verdict: lost > 0 ? 'warn' : 'pass',
    reasons: lost > 0 ? [message('report.story.trialLoss', { lost, acknowledged: sum((one) => one.acknowledged) })] : [],
  };
}
