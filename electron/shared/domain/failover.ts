import { z } from 'zod';
import { Message } from './message.ts';
import { Noticed } from './noticed.ts';
import { Percentiles } from './percentiles.ts';
import { restartDelaySeconds, type RestartSettings } from './restartDelay.ts';
import { FailoverScenario } from './scenario.ts';
import { LogMark, TrialClock, TrialLog } from './trialLogs.ts';
import { ClusterView } from './view.ts';
import { Verdict } from './verdict.ts';

/** Moments of a trial, in the order in which they are expected. */
export const MARKS = [
  'baselineStarted',
  'faultInjected',
  'firstFailedWrite',
  'suspected',
  'failAgreed',
  'promoted',
  'slotsCovered',
  'firstGoodWrite',
  'serverStarted',
  'replicaLinkUp',
  'inSync',
  'layoutRestored',
] as const;
export const MarkName = z.enum(MARKS);
export type MarkName = z.infer<typeof MarkName>;

/** A moment on the trial's one clock: milliseconds after the fault was injected (negative before it), and how far it may be off. */
export const Mark = z.object({ name: MarkName, atMs: z.number(), uncertaintyMs: z.number(), evidence: z.string() });
export type Mark = z.infer<typeof Mark>;

/** What the probe writer of one shard saw. All counts are writes, all times milliseconds on the trial's clock. */
export const ShardLedger = z.object({
  shard: z.number(),
  isVictims: z.boolean(),
  attempted: z.number(),
  acknowledged: z.number(),
  refused: z.number(),
  timedOut: z.number(),
  /** Due by the writer's rate and not begun, because too many had no answer yet or Triad paused for long; missing in records of versions that did not count them. */
  notBegun: z.number().optional(),
  /** Acknowledged, but missing or wrong when everything was read back at the end; null when it could not be read back. */
  lost: z.number().nullable(),
  lostKeys: z.array(z.object({ key: z.string(), acknowledgedAtMs: z.number() })),
  /** Longest stretch between two acknowledged writes around the fault: last good before, first good after. */
  outageMs: z.number(),
  outageFromMs: z.number(),
  outageToMs: z.number(),
  /** How far the outage may be off. Not in older records. */
  outageUncertaintyMs: z.number().optional(),
  latency: z.object({ before: Percentiles, during: Percentiles, after: Percentiles }),
  /** Acknowledged and failed writes per bucket, for the timeline. */
  rate: z.object({ bucketMs: z.number(), fromMs: z.number(), acknowledged: z.array(z.number()), failed: z.array(z.number()) }),
});
export type ShardLedger = z.infer<typeof ShardLedger>;

/** What took back what a trial had done to the servers, where its own healing failed: the undo of its phase, or giving the masters their planned nodes back. */
export const LateUndo = z.enum(['undo', 'roles']);
export type LateUndo = z.infer<typeof LateUndo>;

/** One injected fault and everything measured about it. */
export const FailoverTrial = z.object({
  server: z.string(),
  scenario: FailoverScenario,
  startedAt: z.string(),
  /** Outage of the victim's shard; the others are in `shards`. */
  outageMs: z.number().nullable(),
  /** A majority agreed that the master failed (FAIL). */
  detectedMs: z.number().nullable(),
  promotedMs: z.number().nullable(),
  /** Everything as planned again, in sync and verified. */
  restoredMs: z.number().nullable(),
  attemptedWrites: z.number(),
  acknowledgedWrites: z.number(),
  refusedWrites: z.number(),
  timedOutWrites: z.number(),
  /** Null when the writes could not be read back: nobody knows. */
  lostWrites: z.number().nullable(),
  predicted: z.object({ outageFromMs: z.number(), outageToMs: z.number() }),
  marks: z.array(Mark),
  shards: z.array(ShardLedger),
  /** What was measured beside these writes; missing in records of versions that did not. */
  noticed: Noticed.optional(),
  /** How the writers reached the nodes. */
  route: z.enum(['direct', 'ssh']),
  layouts: z.object({ before: ClusterView, during: ClusterView.nullable(), after: ClusterView.nullable() }),
  /** Everything done to the servers for the trial, and when it was taken back; `undoneBy` where that was after the trial, by something else. */
  actions: z.array(
    z.object({ atMs: z.number(), server: z.string(), done: Message, undoneAtMs: z.number().nullable(), undoneBy: LateUndo.optional() }),
  ),
  /** The clocks of the servers, and what the logs of the nodes say. Not in older records. */
  clocks: z.array(TrialClock).optional(),
  logMarks: z.array(LogMark).optional(),
  logs: z.array(TrialLog).optional(),
  verdict: Verdict,
  reasons: z.array(Message),
});
export type FailoverTrial = z.infer<typeof FailoverTrial>;

/** Election starts 500 ms after FAIL plus up to 500 ms at random (Redis `clusterHandleSlaveFailover`). */
const ELECTION_DELAY_MS = { least: 500, most: 1000 } as const;

/** A planned switchover takes some 25 ms; clients follow it at their next write, and a replica that lags is waited for first. */
const SWITCHOVER_MOST_MS = 1000;
/** A master refuses writes for the first 2 s after its start (Redis `CLUSTER_WRITABLE_DELAY`), until it knows whether it was deposed. */
const WRITABLE_DELAY_MS = 2000;
/** For the service manager, for loading the data, and for the client's next attempt. */
const RESTART_GRACE_MS = 3000;

/** The outage that a configuration predicts, milliseconds. */
export interface PredictedOutage {
  readonly outageFromMs: number;
  readonly outageToMs: number;
}

/**
 * The outage to expect when a master is lost, in milliseconds. PFAIL comes after `nodeTimeoutMs` without a pong, counted from a ping that is
 * sent at most `nodeTimeoutMs / 2` later; FAIL when gossip has told a majority; then the election delay. Two seconds are allowed for gossip,
 * the vote and the client's next attempt (measured: 7.9 to 8.1 s at 5000 ms).
 */
export function predictOutage(nodeTimeoutMs: number): PredictedOutage {
  return {
    outageFromMs: nodeTimeoutMs + ELECTION_DELAY_MS.least,
    outageToMs: Math.round(nodeTimeoutMs * 1.5) + ELECTION_DELAY_MS.most + 2000,
  };
}

/**
 * The outage to expect of a scenario, in milliseconds, as {@link predictOutage} for a lost master. A master that is cut off goes on serving the clients that
 * still reach it until it has heard of no majority for the node timeout: their outage may be as short as the rest of the failover.
 */
export function predictOutageOf(scenario: FailoverScenario, settings: RestartSettings): PredictedOutage {
  const lost = predictOutage(settings.nodeTimeoutMs);
  switch (scenario) {
    case 'switchover':
      return { outageFromMs: 0, outageToMs: SWITCHOVER_MOST_MS };
    case 'processRestarted': {
      const backMs = restartDelaySeconds(settings) * 1000 + WRITABLE_DELAY_MS + RESTART_GRACE_MS;
      return {
        outageFromMs: Math.min(restartDelaySeconds(settings) * 1000, lost.outageFromMs),
        outageToMs: Math.max(backMs, lost.outageToMs),
      };
    }
    case 'networkCut':
    case 'networkCutIn':
    case 'networkCutOut':
      return { outageFromMs: 0, outageToMs: lost.outageToMs };
    case 'processKilled':
    case 'processFrozen':
    case 'serverLost':
    case 'powerLost':
      return lost;
  }
}
