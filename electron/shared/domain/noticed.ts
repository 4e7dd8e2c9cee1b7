import { z } from 'zod';
import { Percentiles } from './percentiles.ts';

/** What a trial measures beside its own probe writes: through an application's client, from the replicas, and with WAIT. */
export const MEASURES = ['application', 'readers', 'wait'] as const;
export const Measure = z.enum(MEASURES);
export type Measure = z.infer<typeof Measure>;

/** What an application noticed in one shard. All times are milliseconds after the fault, all lengths milliseconds. */
export const ApplicationShard = z.object({
  shard: z.number(),
  isVictims: z.boolean(),
  /** Longest stretch between two acknowledged writes around the fault. */
  gapMs: z.number(),
  gapFromMs: z.number(),
  gapToMs: z.number(),
  /** The same as the trial's own probe writer saw it over its own connections. */
  probeGapMs: z.number(),
  attempted: z.number(),
  acknowledged: z.number(),
  /** Writes that the client gave up with an error. */
  failed: z.number(),
  /** Writes that had neither an answer nor an error when the trial ended. */
  unanswered: z.number(),
  /** Acknowledged writes that the client held back for `delayedFromMs` or longer, and the longest of them; null where there were none. */
  delayed: z.number(),
  longestDelayMs: z.number().nullable(),
});
export type ApplicationShard = z.infer<typeof ApplicationShard>;

/** What an application noticed that uses a client library as it comes. */
export const ApplicationView = z.object({
  client: z.string(),
  /** Writes begun each second and shard. */
  ratePerSecond: z.number(),
  /** Gaps are known to this, milliseconds: the pace of the writes. */
  resolutionMs: z.number(),
  /** A client is said to have added something to a gap from this difference on, milliseconds: below it the test's own writers may have been the slower ones. */
  addedFromMs: z.number(),
  /** From here on an acknowledged write counts as delayed, milliseconds. */
  delayedFromMs: z.number(),
  shards: z.array(ApplicationShard),
  /** What the client said of the writes that it gave up, the most frequent first. */
  errors: z.array(z.object({ error: z.string(), count: z.number() })),
});
export type ApplicationView = z.infer<typeof ApplicationView>;

/** Reads in one stretch of a trial; staleness is how much older, in milliseconds, the value read was than the last one acknowledged before the read was sent. */
export const ReadStretch = z.object({
  reads: z.number(),
  /** Reads that missed a write which had been acknowledged before they were sent. */
  stale: z.number(),
  /** Reads that were refused or had no answer. */
  failed: z.number(),
  /** Over all reads that were answered, 0 for those that were not stale; null where none was. */
  p95Ms: z.number().nullable(),
  maxMs: z.number().nullable(),
});
export type ReadStretch = z.infer<typeof ReadStretch>;

const stretches = z.object({ before: ReadStretch, during: ReadStretch, after: ReadStretch });

/** What clients noticed that read from replicas. */
export const ReplicaReads = z.object({
  /** Reads begun each second and node. */
  ratePerSecond: z.number(),
  /** Staleness is known to this, milliseconds: the pace of the writes that are read. */
  resolutionMs: z.number(),
  replicas: stretches,
  /** Answers of the victim's former master that took itself for the master when another one was; null where there were none. */
  formerMaster: stretches.nullable(),
});
export type ReplicaReads = z.infer<typeof ReplicaReads>;

/** Writes each followed by `WAIT 1`: how many a replica had confirmed, and which of them were lost. */
export const WaitedWrites = z.object({
  /** Writes begun each second and shard, and the longest that WAIT waits, milliseconds. */
  ratePerSecond: z.number(),
  timeoutMs: z.number(),
  acknowledged: z.number(),
  /** Acknowledged by the master and, within the time, by a replica. */
  confirmed: z.number(),
  /** Acknowledged and gone when all was read back, and those of them that a replica had confirmed; null when it could not be read back. */
  lost: z.number().nullable(),
  lostConfirmed: z.number().nullable(),
  /** Before the fault: of these writes, and of the probe writer's own, which wait for nobody. */
  latency: z.object({ withWait: Percentiles, without: Percentiles }),
});
export type WaitedWrites = z.infer<typeof WaitedWrites>;

/** What was measured beside the trial's own writes; each is missing where it was not asked for, or could not be measured. */
export const Noticed = z.object({
  application: ApplicationView.optional(),
  readers: ReplicaReads.optional(),
  wait: WaitedWrites.optional(),
});
export type Noticed = z.infer<typeof Noticed>;
