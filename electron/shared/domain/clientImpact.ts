import { z } from 'zod';
import { Message } from './message.ts';
import { Verdict } from './verdict.ts';

/** The planned work during which clients were watched. */
export const ImpactMoment = z.enum(['restoreRoles', 'maintenanceBegin', 'maintenanceEnd']);
export type ImpactMoment = z.infer<typeof ImpactMoment>;

/** What the probe writer of one shard noticed of planned switchovers. All counts are writes. */
export const ShardImpact = z.object({
  shard: z.number(),
  /** The switchovers of this shard, by planned node ids; empty for a shard that was only watched. */
  switchovers: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      /** From the command until six views agreed and the former master was in sync as a replica, milliseconds. */
      durationMs: z.number(),
    }),
  ),
  attempted: z.number(),
  acknowledged: z.number(),
  refused: z.number(),
  timedOut: z.number(),
  /** Acknowledged, but missing or wrong when everything was read back; null when it could not be read back. */
  lost: z.number().nullable(),
  /** Longest stretch between two acknowledged writes that touches a switchover of the shard; of all its writes where there was none. */
  longestGapMs: z.number(),
});
export type ShardImpact = z.infer<typeof ShardImpact>;

/** What clients noticed of planned work: writers as applications are wrote to all shards throughout. */
export const ClientImpact = z.object({
  moment: ImpactMoment,
  /** The server in maintenance; null for work on the cluster as a whole. */
  server: z.string().nullable(),
  startedAt: z.string(),
  durationMs: z.number(),
  /** How the writers reached the nodes. */
  route: z.enum(['direct', 'ssh']),
  ratePerSecond: z.number(),
  shards: z.array(ShardImpact),
  verdict: Verdict,
  reasons: z.array(Message),
});
export type ClientImpact = z.infer<typeof ClientImpact>;

/** A planned switchover should hold the writes of its shard back for no longer than this, milliseconds. */
export const GAP_TARGET_MS = 100;

/** The longest of the gaps, and all writes together; `lost` is null when one shard could not be read back. */
export function impactTotals(shards: readonly ShardImpact[]): {
  readonly longestGapMs: number;
  readonly acknowledged: number;
  readonly refused: number;
  readonly timedOut: number;
  readonly lost: number | null;
} {
  const sum = (count: (shard: ShardImpact) => number): number => shards.reduce((total, shard) => total + count(shard), 0);
  return {
    longestGapMs: Math.max(0, ...shards.filter((one) => one.switchovers.length > 0).map((one) => one.longestGapMs)),
    acknowledged: sum((one) => one.acknowledged),
    refused: sum((one) => one.refused),
    timedOut: sum((one) => one.timedOut),
    lost: shards.some((one) => one.lost === null) ? null : sum((one) => one.lost ?? 0),
  };
}
