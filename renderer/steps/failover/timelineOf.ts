import { predictOutage, type FailoverTrial, type Mark } from '../../../electron/shared/domain/failover.ts';
import { trialSoFar, type LiveTrial } from '../../../electron/shared/domain/liveTrial.ts';
import type { ClusterPlan } from '../../../electron/shared/domain/plan.ts';
import type { TimelineTrial } from '../../../electron/shared/figures/timelineGeometry.ts';
import { textOf } from '../../widgets/useText.ts';

function inWords(marks: readonly Mark[]): TimelineTrial['marks'] {
  return marks
    .map((mark) => ({ ...mark, label: textOf(`report.mark.${mark.name}`), explanation: textOf(`report.mark.${mark.name}.what`) }))
    .toSorted((one, other) => one.atMs - other.atMs);
}

/** A trial that goes on, as the timeline draws it. */
export function liveTimeline(trial: LiveTrial, plan: ClusterPlan): TimelineTrial {
  const { nowMs, shards } = trialSoFar(trial, plan);
  return { server: trial.server, nowMs, shards, predicted: predictOutage(plan.settings.nodeTimeoutMs), marks: inWords(trial.marks) };
}

/** A trial that is over, with the exact figures of its ledgers. */
export function finishedTimeline({ server, shards, predicted, marks }: FailoverTrial): TimelineTrial {
  return { server, shards, predicted, marks: inWords(marks) };
}
