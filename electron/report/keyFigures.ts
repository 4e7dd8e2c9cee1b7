import { GAP_TARGET_MS, impactTotals } from '../shared/domain/clientImpact.ts';
import { summariseMatrix } from '../shared/domain/matrixSummary.ts';
import { isToBeOpened } from '../shared/domain/openings.ts';
import type { ReportKeyFigure, ReportMatrix, Tolerance, VerdictCounts } from '../shared/domain/report.ts';
import { formatCount, formatDuration, formatDurationRange } from '../shared/domain/reportFormat.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import { worstVerdict, type Verdict } from '../shared/domain/verdict.ts';
import { text } from '../shared/figures/text.ts';
import { countLost } from '../shared/domain/countLost.ts';
import { countVerdicts, needsAttention } from '../shared/domain/checkGroups.ts';
import { countServers, listNames } from '../shared/figures/reportWords.ts';
import { serversWith } from '../shared/figures/story.ts';
import { overallTolerance, type ToleranceByServer } from '../shared/domain/provedTolerance.ts';

/** The at most four figures that a reader wants first, in the order of interest; which they are depends on what the run did. */
export function keyFiguresOf(record: RunRecord, byServer: ToleranceByServer, isObserved: boolean): ReportKeyFigure[] {
  const figures = [
    ...trialFigures(record),
    ...impactFigures(record),
    ...(isObserved ? [toleranceFigure(byServer)] : []),
    ...checksFigure(record),
    ...waysFigure(record.matrices.at(-1), record.checks),
    ...changesFigure(record),
    durationFigure(record),
  ];
  return figures.slice(0, 4);
}

function trialFigures(record: RunRecord): ReportKeyFigure[] {
  const { trials } = record;
  const [first] = trials;
  if (first === undefined) return [];
  const outages = trials.flatMap((trial) => (trial.outageMs === null ? [] : [trial.outageMs]));
  const longest = outages.length === 0 ? null : Math.max(...outages);
  const lost = countLost(trials);
  const acknowledged = formatCount(trials.reduce((sum, trial) => sum + trial.acknowledgedWrites, 0));
  // The figure is that of one trial, and what was expected of it stands beside it.
  const { outageFromMs, outageToMs } = (trials.find(({ outageMs }) => outageMs === longest) ?? first).predicted;
  const isSlower = trials.some(({ outageMs, predicted }) => outageMs !== null && outageMs > predicted.outageToMs);
  return [
    {
      id: 'outage',
      label: text('report.figure.outage'),
      value: formatDuration(longest),
      detail: text('report.figure.outage.detail', { range: formatDurationRange(outageFromMs, outageToMs) }),
      verdict: longest === null ? 'unknown' : isSlower ? 'warn' : 'pass',
    },
    {
      id: 'lostWrites',
      label: text('report.figure.lostWrites'),
      value: formatCount(lost),
      detail: text('report.figure.lostWrites.detail', {
        acknowledged,
        trials:
          trials.length === 1
            ? text('report.figure.lostWrites.trialOne')
            : text('report.figure.lostWrites.trials', { count: trials.length }),
      }),
      verdict: longest === null || lost === null ? 'unknown' : lost > 0 ? 'warn' : 'pass',
    },
  ];
}

function impactFigures({ clientImpacts, trials }: RunRecord): ReportKeyFigure[] {
  if (clientImpacts.length === 0 || trials.length > 0) return [];
  const { longestGapMs, acknowledged, lost } = impactTotals(clientImpacts.flatMap(({ shards }) => shards));
  return [
    {
      id: 'gap',
      label: text('report.figure.gap'),
      value: formatDuration(longestGapMs),
      detail: text('report.figure.gap.detail', { target: formatDuration(GAP_TARGET_MS) }),
      verdict: longestGapMs > GAP_TARGET_MS ? 'warn' : 'pass',
    },
    {
      id: 'lostWrites',
      label: text('report.figure.lostWrites'),
      value: formatCount(lost),
      detail: text('report.figure.lostWrites.meanwhile', { acknowledged: formatCount(acknowledged) }),
      verdict: lost === null ? 'unknown' : lost > 0 ? 'fail' : 'pass',
    },
  ];
}

const TOLERANCE_VERDICT: Readonly<Record<Tolerance, Verdict>> = {
  proved: 'pass',
  expected: 'skipped',
  no: 'passWithoutTolerance',
  unknown: 'unknown',
};

function toleranceFigure(byServer: ToleranceByServer): ReportKeyFigure {
  const tolerance = overallTolerance(byServer);
  return {
    id: 'tolerance',
    label: text('report.figure.tolerance'),
    value: text(`report.tolerance.${tolerance}`),
    detail:
      tolerance === 'proved'
        ? text('report.tolerance.proved.detail')
        : text(`report.tolerance.${tolerance}.detail`, { servers: listNames(serversWith(byServer, tolerance)) }),
    verdict: TOLERANCE_VERDICT[tolerance],
  };
}

function checksFigure(record: RunRecord): ReportKeyFigure[] {
  const judged = record.checks.map((check) => check.verdict).filter((verdict) => verdict !== 'skipped');
  if (judged.length === 0) return [];
  const counts = countVerdicts(judged);
  return [
    {
      id: 'checks',
      label: text('report.figure.checks'),
      value: text('report.figure.checks.value', { passed: formatCount(counts.pass), total: formatCount(judged.length) }),
      detail: attentionWords(counts),
      verdict: worstVerdict(judged),
    },
  ];
}

/** What needs attention, by verdict: `1 failed, 2 to look at`. */
export function attentionWords(counts: VerdictCounts): string {
  const parts = (['fail', 'unknown', 'passWithoutTolerance', 'warn'] as const).flatMap((verdict) =>
    counts[verdict] === 0 || !needsAttention(verdict) ? [] : [text(`report.counted.${verdict}`, { count: counts[verdict] })],
  );
  return parts.length === 0 ? text('report.figure.checks.all') : parts.join(', ');
}

function waysFigure(matrix: RunRecord['matrices'][number] | undefined, checks: RunRecord['checks']): ReportKeyFigure[] {
  if (matrix === undefined) return [];
  const words = summariseMatrix(matrix);
  if (words.ways === 0) return [];
  return [
    {
      id: 'ways',
      label: text('report.figure.ways'),
      value: text('report.figure.checks.value', { passed: words.openWays, total: words.ways }),
      detail: text(`report.matrix.title.${matrix.measuredOn}` satisfies `report.matrix.title.${ReportMatrix['measuredOn']}`),
      // What the plan opens is no fault, and no proof either.
      verdict:
        words.openWays === words.ways ? 'pass' : words.openWays + checks.filter(isToBeOpened).length === words.ways ? 'warn' : 'fail',
    },
  ];
}

function changesFigure(record: RunRecord): ReportKeyFigure[] {
  const isPlan = record.workflow === 'plan';
  if (record.workflow !== 'install' && record.workflow !== 'remove' && !isPlan) return [];
  const touched = isPlan
    ? record.plannedChanges.flatMap((one) => one.changes.map(() => one.server))
    : record.appliedChanges.map((one) => one.server);
  const count = isPlan ? 0 : record.appliedChanges.filter((one) => one.outcome.outcome === 'refused').length;
  const servers = countServers(new Set(touched).size);
  const detailOf = (): string => {
    if (touched.length === 0) return text('report.figure.changes.none');
    if (isPlan) return text('report.figure.changes.planned', { servers });
    return count === 0 ? text('report.figure.changes.done', { servers }) : text('report.figure.changes.refused', { servers, count });
  };
  return [
    {
      id: 'changes',
      label: text('report.figure.changes'),
      value: formatCount(touched.length),
      detail: detailOf(),
      verdict: count > 0 ? 'warn' : 'skipped',
    },
  ];
}

function durationFigure(record: RunRecord): ReportKeyFigure {
  return {
    id: 'duration',
    label: text('report.figure.duration'),
    value: formatDuration(record.durationMs),
    detail: text('report.figure.duration.detail'),
    verdict: 'skipped',
  };
}
