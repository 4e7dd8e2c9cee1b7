import type { ReportTrial } from '../shared/domain/report.ts';
import { text } from '../shared/figures/text.ts';

/** A trial with a name of its own in its run, which the same trial of another run has too. */
export interface NamedTrial {
  readonly name: string;
  /** Counted from 1 among the trials of its run that did the same to the same server. */
  readonly round: number;
  readonly trial: ReportTrial;
}

/**
 * Names trials by server, scenario and round. The loss of a whole server is what a failover test does unless it is told otherwise, and the first round is
 * what most have: neither is named.
 */
export function namedTrials(trials: readonly ReportTrial[]): readonly NamedTrial[] {
  const rounds = new Map<string, number>();
  return trials.map((trial) => {
    const { server, scenario, scenarioTitle } = trial;
    const key = `${scenario} ${server}`;
    const round = (rounds.get(key) ?? 0) + 1;
    rounds.set(key, round);
    const what = scenario === 'serverLost' ? server : `${server}, ${scenarioTitle}`;
    return { name: inRound(what, round), round, trial };
  });
}

/** Words for a trial with its round, where that is not the first. */
export function inRound(words: string, round: number): string {
  return round === 1 ? words : text('report.trial.round', { trial: words, round });
}

/** What tells the trials of a run apart in few words: their servers where each had one trial, else their names. */
export function trialLabels(trials: readonly ReportTrial[]): readonly string[] {
  const servers = trials.map(({ server }) => server);
  return new Set(servers).size === servers.length ? servers : namedTrials(trials).map(({ name }) => name);
}
