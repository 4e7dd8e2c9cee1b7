import { formatDuration, formatDurationRange, NO_FIGURE } from '../shared/domain/reportFormat.ts';
import { worstVerdict, type Verdict } from '../shared/domain/verdict.ts';
import type { NamedTrial } from './namedTrials.ts';
import type { TrendRun } from './trendOf.ts';

/** One run as far as it tried a scenario. */
export interface ScenarioRun {
  readonly run: TrendRun;
  readonly trials: readonly NamedTrial[];
  /** The worst of these trials. */
  readonly verdict: Verdict;
}

/** One scenario over the runs that tried it: their trials can be compared, those of another cannot. */
export interface ScenarioTrend {
  readonly title: string;
  /** In the order in which they appear. */
  readonly servers: readonly string[];
  /** Oldest first. */
  readonly runs: readonly ScenarioRun[];
}

/** The scenarios of some runs, in the order in which they appear, each with the runs that tried it. */
export function trendScenarios(runs: readonly TrendRun[]): readonly ScenarioTrend[] {
  const titles = [...new Set(runs.flatMap(({ trials }) => trials.map(({ trial }) => trial.scenarioTitle)))];
  return titles.map((title) => {
    const tried = runs.flatMap((run) => {
      const trials = run.trials.filter(({ trial }) => trial.scenarioTitle === title);
      return trials.length === 0 ? [] : [{ run, trials, verdict: worstVerdict(trials.map(({ trial }) => trial.verdict)) }];
    });
    const servers = [...new Set(tried.flatMap(({ trials }) => trials.map(({ trial }) => trial.server)))];
    return { title, servers, runs: tried };
  });
}

/** So many rounds are told one by one; of more the shortest, the longest and their number. */
const MOST_ROUNDS_TOLD = 3;

/** The outages of one server in a run, round by round; nothing where it was not tried. */
export function outagesOf({ trials }: Pick<ScenarioRun, 'trials'>, server: string): string {
  const outages = trials.filter(({ trial }) => trial.server === server).map(({ trial }) => trial.outageMs);
  if (outages.length <= MOST_ROUNDS_TOLD) return outages.map((ms) => formatDuration(ms)).join(', ');
  const known = outages.filter((ms) => ms !== null);
  const range = known.length === 0 ? NO_FIGURE : formatDurationRange(Math.min(...known), Math.max(...known));
  return `${range} (${outages.length})`;
}

/** What the settings of a run let expect of these trials. */
export function expectedOf({ trials }: Pick<ScenarioRun, 'trials'>): string {
  const predicted = trials.map(({ trial }) => trial.predicted);
  return formatDurationRange(
    Math.min(...predicted.map(({ outageFromMs }) => outageFromMs)),
    Math.max(...predicted.map(({ outageToMs }) => outageToMs)),
  );
}
