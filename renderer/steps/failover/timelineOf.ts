import { predictOutageOf, type FailoverTrial, type Mark } from '../../../electron/shared/domain/failover.ts';
import { trialSoFar, type LiveTrial } from '../../../electron/shared/domain/liveTrial.ts';
import { markWords } from '../../../electron/shared/domain/markMessage.ts';
import type { ClusterPlan } from '../../../electron/shared/domain/plan.ts';
import type { FailoverScenario } from '../../../electron/shared/domain/scenario.ts';
import type { TimelineTrial } from '../../../electron/shared/figures/timelineGeometry.ts';
import { say } from '../../../electron/shared/messages/message.ts';

function inWords(marks: readonly Mark[], scenario: FailoverScenario): TimelineTrial['marks'] {
  return marks
    .map((mark) => {
      const { label, explanation } = markWords(scenario, mark.name);
      return { ...mark, label: say(label), explanation: say(explanation) };
    })
    .toSorted((one, other) => one.atMs - other.atMs);
}

/** A trial that goes on, as the timeline draws it. */
export function liveTimeline(trial: LiveTrial, plan: ClusterPlan): TimelineTrial {
  const { nowMs, shards } = trialSoFar(trial, plan);
  return {
    server: trial.server,
    nowMs,
    shards,
    predicted: predictOutageOf(trial.scenario, plan.settings),
    marks: inWords(trial.marks, trial.scenario),
  };
}

/** A trial that is over, with the exact figures of its ledgers. */
export function finishedTimeline({ server, scenario, shards, predicted, marks }: FailoverTrial): TimelineTrial {
  return { server, shards, predicted, marks: inWords(marks, scenario) };
}
