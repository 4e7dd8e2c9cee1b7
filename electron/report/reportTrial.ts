import type { FailoverTrial } from '../shared/domain/failover.ts';
import { markWords } from '../shared/domain/markMessage.ts';
import type { ClusterPlan } from '../shared/domain/plan.ts';
import type { ReportTrial } from '../shared/domain/report.ts';
import { formatCount, formatDuration } from '../shared/domain/reportFormat.ts';
import { layoutOf } from '../shared/domain/reportLayout.ts';
import { text } from '../shared/figures/text.ts';
import { say } from '../shared/messages/message.ts';
import { noticedStory } from './noticedWords.ts';

/** A trial as readers get it: every figure as it is, every message in words, the views as layouts. */
export function reportTrial(trial: FailoverTrial, plan: ClusterPlan): ReportTrial {
  const { before, during, after } = trial.layouts;
  return {
    server: trial.server,
    scenario: trial.scenario,
    scenarioTitle: text(`scenario.${trial.scenario}`),
    startedAt: trial.startedAt,
    verdict: trial.verdict,
    story: storyOf(trial),
    outageMs: trial.outageMs,
    detectedMs: trial.detectedMs,
    promotedMs: trial.promotedMs,
    restoredMs: trial.restoredMs,
    attemptedWrites: trial.attemptedWrites,
    acknowledgedWrites: trial.acknowledgedWrites,
    refusedWrites: trial.refusedWrites,
    timedOutWrites: trial.timedOutWrites,
    lostWrites: trial.lostWrites,
    predicted: trial.predicted,
    marks: trial.marks
      .map((mark) => ({
        ...mark,
        label: say(markWords(trial.scenario, mark.name).label),
        explanation: say(markWords(trial.scenario, mark.name).explanation),
      }))
      .toSorted((one, other) => one.atMs - other.atMs),
    shards: trial.shards,
    route: trial.route,
    layouts: [
      layoutOf(plan, before, 'before'),
      ...(during === null ? [] : [layoutOf(plan, during, 'during')]),
      ...(after === null ? [] : [layoutOf(plan, after, 'after')]),
    ],
    actions: trial.actions.map(({ undoneBy, ...action }) => ({
      ...action,
      done: say(action.done),
      ...(undoneBy === undefined ? {} : { undoneBy: text(`report.trial.undoneBy.${undoneBy}`) }),
    })),
    ...(trial.clocks === undefined ? {} : { clocks: trial.clocks }),
    ...(trial.logMarks === undefined ? {} : { logMarks: trial.logMarks }),
    ...(trial.logs === undefined ? {} : { logs: trial.logs }),
    reasons: trial.reasons.map((reason) => say(reason)),
    ...(trial.noticed === undefined ? {} : { noticed: trial.noticed, noticedStory: [...noticedStory(trial.noticed)] }),
  };
}

function storyOf(trial: FailoverTrial): string {
  const scenario = text(`scenario.${trial.scenario}`);
  if (trial.outageMs === null) return text('report.story.trialNoFigures', { server: trial.server, scenario });
  const loss = lossOf(trial);
  return text('report.story.trial', { server: trial.server, scenario, outage: formatDuration(trial.outageMs), loss });
}

function lossOf({ lostWrites, acknowledgedWrites }: FailoverTrial): string {
  if (lostWrites === null) return text('report.story.trialLossUnknown');
  if (lostWrites === 0) return text('report.story.trialNoLoss');
  return text('report.story.trialLoss', { lost: formatCount(lostWrites), acknowledged: formatCount(acknowledgedWrites) });
}
