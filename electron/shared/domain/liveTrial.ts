import type { RunEvent } from './events.ts';
import type { Mark, ShardLedger } from './failover.ts';
import { layoutOfNodes, type ClusterLayout, type LayoutNode } from './reportLayout.ts';
import type { ClusterPlan } from './plan.ts';
import type { FailoverScenario } from './scenario.ts';

/** What the probe writers did in one stretch, on the run's clock. */
export interface WriteSample {
  readonly fromMs: number;
  readonly toMs: number;
  readonly shards: readonly {
    readonly shard: number;
    readonly acknowledged: number;
    readonly failed: number;
    /** The longest silence of the stretch, which may have begun before it, and when that ended or was told last. */
    readonly silentMs: number;
    readonly silentToMs: number;
  }[];
}

/** A failover trial that goes on: what the record holds only once it has ended. All moments are milliseconds since the run began. */
export interface LiveTrial {
  readonly server: string;
  readonly scenario: FailoverScenario;
  readonly startedMs: number;
  /** Milliseconds that it takes at the most. */
  readonly atMostMs: number;
  /** Milliseconds after the fault, as everywhere. */
  readonly marks: readonly Mark[];
  /** Since when the fault is in; null before it. */
  readonly faultMs: number | null;
  readonly samples: readonly WriteSample[];
  /** The six nodes as they stand; empty before the first look. */
  readonly nodes: readonly LayoutNode[];
}

/** Above this, neighbours are joined: a trial of five minutes is still told by quarters of a second, and none fills the memory. */
const MOST_SAMPLES = 1200;

/** Adds an event to the trial that goes on; null when none does. Events of other kinds leave it as it is. Pure. */
export function foldLiveTrial(trial: LiveTrial | null, event: RunEvent): LiveTrial | null {
  switch (event.type) {
    case 'trialStarted':
      return {
        server: event.server,
        scenario: event.scenario,
        startedMs: event.sinceStartMs,
        atMostMs: event.atMost,
        marks: [],
        faultMs: null,
        samples: [],
        nodes: [],
      };
    case 'trialMark': {
      if (trial === null) return null;
      const faultMs = trial.faultMs ?? (event.mark.name === 'faultInjected' ? event.sinceStartMs : null);
      return { ...trial, marks: [...trial.marks, event.mark], faultMs };
    }
    case 'trialProgress': {
      if (trial === null) return null;
      const toMs = event.sinceStartMs;
      const shards = event.shards.map(({ ended, ...shard }) =>
        ended !== undefined && ended.silentMs > shard.silentMs
          ? { ...shard, silentMs: ended.silentMs, silentToMs: toMs - ended.agoMs }
          : { ...shard, silentToMs: toMs },
      );
      const sample = { fromMs: toMs - event.overMs, toMs, shards };
      // The mark of the fault is told when the command that injected it has come back; this is the moment itself.
      const faultMs = event.sinceFaultMs === null ? trial.faultMs : event.sinceStartMs - event.sinceFaultMs;
      return { ...trial, faultMs, samples: fewer([...trial.samples, sample]) };
    }
    case 'trialRoles':
      return trial === null ? null : { ...trial, nodes: event.nodes };
    case 'trialFinished':
    case 'runFinished':
      return null;
    case 'trialUndone':
    case 'runStarted':
    case 'phaseStarted':
    case 'phaseProgress':
    case 'phaseFinished':
    case 'factsGathered':
    case 'changesPlanned':
    case 'changesApplied':
    case 'clusterCommand':
    case 'checkFinished':
    case 'findingsKept':
    case 'matrixMeasured':
    case 'clusterObserved':
    case 'measured':
    case 'clientImpact':
    case 'note':
      return trial;
  }
}

function fewer(samples: readonly WriteSample[]): readonly WriteSample[] {
  if (samples.length <= MOST_SAMPLES) return samples;
  return samples.flatMap((sample, index) => {
    const next = samples[index + 1];
    if (index % 2 === 1) return [];
    return next === undefined ? [sample] : [joined(sample, next)];
  });
}

function joined(one: WriteSample, next: WriteSample): WriteSample {
  return {
    fromMs: one.fromMs,
    toMs: next.toMs,
    shards: next.shards.map((shard) => {
      const before = one.shards.find((other) => other.shard === shard.shard);
      // An outage that was over within the second stretch is told by the first alone.
      const { silentMs, silentToMs } = before !== undefined && before.silentMs > shard.silentMs ? before : shard;
      return {
        shard: shard.shard,
        acknowledged: shard.acknowledged + (before?.acknowledged ?? 0),
        failed: shard.failed + (before?.failed ?? 0),
        silentMs,
        silentToMs,
      };
    }),
  };
}

/** Whether the server is down on purpose: from the fault until its nodes answer again. */
export function isFaultIn(trial: LiveTrial): boolean {
  return trial.faultMs !== null && !trial.marks.some((mark) => mark.name === 'serverStarted');
}

/** The layout at this moment; null before the first look. */
export function liveLayout(trial: LiveTrial, plan: ClusterPlan): ClusterLayout | null {
  return trial.nodes.length === 0 ? null : layoutOfNodes(plan, 'during', null, [...trial.nodes]);
}

/** What a shard's writes look like so far: as in the ledger at the end, but with an outage that may still grow. */
export type LiveShard = Pick<ShardLedger, 'shard' | 'isVictims' | 'outageMs' | 'outageFromMs' | 'outageToMs' | 'rate'> & {
  /** The shard acknowledges nothing at this moment; the outage is longer with every look. */
  readonly isOut: boolean;
};

/** A trial so far, on its own clock: milliseconds after the fault. As long as there is none, now is 0 and everything lies before it. */
export interface TrialSoFar {
  readonly nowMs: number;
  readonly shards: readonly LiveShard[];
}

const BUCKET_MS = 250;
/** A stretch without an acknowledgement that is shorter is the ordinary gap between two writes. */
const LEAST_GAP_MS = 250;

/** The writes of a trial so far, in buckets that begin at the fault like those of the ledger. */
export function trialSoFar(trial: LiveTrial, plan: ClusterPlan): TrialSoFar {
  const zeroMs = trial.faultMs ?? trial.samples.at(-1)?.toMs ?? trial.startedMs;
  const nowMs = Math.max(0, (trial.samples.at(-1)?.toMs ?? zeroMs) - zeroMs);
  const victims = plan.nodes.find((node) => node.server === trial.server && node.role === 'master')?.shard;
  const shards = plan.nodes
    .filter((node) => node.role === 'master')
    .map(({ shard }): LiveShard => ({
      shard,
      isVictims: shard === victims,
      ...longestGap(trial, shard, zeroMs),
      rate: rateOf(trial.samples, shard, zeroMs),
    }));
  return { nowMs, shards };
}

/** The longest silence that reaches beyond the fault. The silence told with each sample is exact, the length of the sample does not matter. */
function longestGap(
  { samples, faultMs }: LiveTrial,
  shard: number,
  zeroMs: number,
): Pick<LiveShard, 'outageMs' | 'outageFromMs' | 'outageToMs' | 'isOut'> {
  let longest = { outageMs: 0, outageFromMs: 0, outageToMs: 0, isOut: false };
  if (faultMs === null) return longest;
  const endMs = samples.at(-1)?.toMs;
  for (const sample of samples) {
    const { silentMs, silentToMs } = sample.shards.find((one) => one.shard === shard) ?? { silentMs: 0, silentToMs: sample.toMs };
    const toMs = silentToMs - zeroMs;
    if (toMs <= 0 || silentMs < LEAST_GAP_MS || silentMs < longest.outageMs) continue;
    longest = { outageMs: silentMs, outageFromMs: toMs - silentMs, outageToMs: toMs, isOut: silentToMs === endMs };
  }
  return longest;
}

/** Samples come a little early or late; each is spread over the buckets that it touches. */
function rateOf(samples: readonly WriteSample[], shard: number, zeroMs: number): ShardLedger['rate'] {
  const firstMs = (samples[0]?.fromMs ?? zeroMs) - zeroMs;
  const lastMs = (samples.at(-1)?.toMs ?? zeroMs) - zeroMs;
  const first = Math.floor(firstMs / BUCKET_MS);
  const count = Math.max(0, Math.ceil(lastMs / BUCKET_MS) - first);
  const acknowledged = Array.from({ length: count }, () => 0);
  const failed = acknowledged.map(() => 0);
  for (const sample of samples) {
    const counts = sample.shards.find((one) => one.shard === shard);
    const lengthMs = sample.toMs - sample.fromMs;
    if (counts === undefined || lengthMs <= 0) continue;
    const fromMs = sample.fromMs - zeroMs;
    const toMs = sample.toMs - zeroMs;
    for (let bucket = Math.floor(fromMs / BUCKET_MS); bucket * BUCKET_MS < toMs; bucket += 1) {
      const share = (Math.min(toMs, (bucket + 1) * BUCKET_MS) - Math.max(fromMs, bucket * BUCKET_MS)) / lengthMs;
      const at = bucket - first;
      acknowledged[at] = (acknowledged[at] ?? 0) + counts.acknowledged * share;
      failed[at] = (failed[at] ?? 0) + counts.failed * share;
    }
  }
  // The last bucket is not full yet: as it stands it would look like an outage.
  const filled = (lastMs - (first + count - 1) * BUCKET_MS) / BUCKET_MS;
  if (count > 0 && filled < 1)
    for (const counts of [acknowledged, failed]) counts[count - 1] = (counts[count - 1] ?? 0) / Math.max(filled, 0.01);
  return { bucketMs: BUCKET_MS, fromMs: first * BUCKET_MS, acknowledged, failed };
}
