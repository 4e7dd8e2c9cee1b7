import type { ClientImpact, ShardImpact } from '../../shared/domain/clientImpact.ts';
import type { ClusterPlan } from '../../shared/domain/plan.ts';
import { message } from '../../shared/messages/message.ts';

/** What clients noticed when the roles of the first shard went back; `lost` acknowledged writes of it are missing. */
export function sampleImpact(plan: ClusterPlan, lost = 0): ClientImpact {
  const master = plan.nodes.find(({ slots }) => slots !== null);
  const replica = plan.nodes.find(({ replicaOf }) => replicaOf === master?.id);
  const server = plan.servers[0]?.name ?? null;
  const shards = plan.servers.map((_, index): ShardImpact => ({
    shard: index + 1,
    switchovers: index === 0 ? [{ from: replica?.id ?? '', to: master?.id ?? '', durationMs: 260 }] : [],
    attempted: 330,
    acknowledged: 330,
    refused: 0,
    timedOut: 0,
    lost: index === 0 ? lost : 0,
    longestGapMs: index === 0 ? 34 : 12,
  }));
  return {
    moment: 'maintenanceEnd',
    server,
    startedAt: '2026-03-14T22:05:31.000Z',
    durationMs: 1_650,
    route: 'direct',
    ratePerSecond: 200,
    shards,
    verdict: lost > 0 ? 'fail' : 'pass',
    reasons: [
      message('impact.reason.gap', { gap: 34 }),
      lost > 0 ? message('impact.reason.lost', { lost, acknowledged: 990 }) : message('impact.reason.noneLost', { acknowledged: 990 }),
    ],
  };
}
