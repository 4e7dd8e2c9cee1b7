import { StepId, type Draft, type DraftReading } from '../../electron/shared/domain/draft.ts';
import type { Message } from '../../electron/shared/domain/message.ts';
import { triedVerdict, type TriedServer } from '../../electron/shared/domain/triedServers.ts';
import { worstVerdict, type Verdict } from '../../electron/shared/domain/verdict.ts';
import { message, say } from '../../electron/shared/messages/message.ts';
import type { RunStanding } from '../state/runs.ts';

/** The runs of a draft, as far as they are known; null: none. */
export type RunStandings = Readonly<Record<keyof Draft['runs'], RunStanding | null>>;

/**
 * What the rail shows beside a step. `done`: everything is filled in, nothing proved. `unproved`: nothing forbids to go on, but not everything was proved.
 * `partial`: what was tried passed, but not everything was tried.
 */
export type StepMark = 'none' | 'done' | 'incomplete' | 'active' | 'interrupted' | 'unproved' | 'partial' | Verdict;

/** A step as the rail shows it. */
export interface StepState {
  readonly step: StepId;
  readonly mark: StepMark;
  /** Why the step cannot be opened now; null when it can. */
  readonly blocked: Message | null;
}

const order = (step: StepId): number => StepId.options.indexOf(step);

/** Which step holds the field at a path of the specification. */
export function stepOfPath(path: string): 'servers' | 'redis' {
  return path === 'name' || path.startsWith('servers') ? 'servers' : 'redis';
}

function stepName(step: StepId): string {
  return say(message(`window.step.${step}`));
}

function inputMark(step: 'servers' | 'redis', draft: Draft, reading: DraftReading): StepMark {
  if (order(draft.reached) <= order(step)) return 'none';
  return !reading.ok && reading.issues.some(({ path }) => stepOfPath(path) === step) ? 'incomplete' : 'done';
}

function runMark(standing: RunStanding | null): StepMark {
  if (standing === null) return 'none';
  return standing.kind === 'ended' ? standing.verdict : standing.kind;
}

/**
 * What was proved of each server adds up over all tests since the installation: a mark of its own as long as one of them was never lost, and nothing
 * where the last test belongs to an earlier installation.
 */
function failoverMark(standing: RunStanding | null, tried: readonly TriedServer[]): StepMark {
  if (standing?.kind === 'active' || standing?.kind === 'interrupted') return standing.kind;
  const all = triedVerdict(tried);
  const last = standing === null ? [] : [standing.verdict];
  if (all === null) return last.some((verdict) => verdict === 'pass' || verdict === 'warn') ? 'none' : runMark(standing);
  const verdict = worstVerdict([all.verdict, ...last]);
  return !all.isWhole && (verdict === 'pass' || verdict === 'warn') ? 'partial' : verdict;
}

/** The verdict that the report's first sentence tells: of the newest kind of run that judged the cluster as it runs. */
function reportMark(runs: RunStandings): StepMark {
  if (runs.validate?.kind === 'active') return 'active';
  const judged = [runs.validate, runs.failoverTest, runs.install].find((standing) => standing?.kind === 'ended');
  return runMark(judged ?? null);
}

function markOf(step: StepId, draft: Draft, reading: DraftReading, runs: RunStandings, tried: readonly TriedServer[]): StepMark {
  switch (step) {
    case 'servers':
    case 'redis':
      return inputMark(step, draft, reading);
    case 'placement':
      return reading.ok && order(draft.reached) > order(step) ? 'done' : 'none';
    case 'reachability':
      // Ways that a firewall closes until the plan opens it are no fault, and no proof either.
      return runs.check?.kind === 'ended' && runs.check.verdict === 'pass' && runs.check.isUnproved === true
        ? 'unproved'
        : runMark(runs.check);
    case 'review':
      // That it was reviewed says only who has confirmed it.
      if (runs.plan?.kind !== 'ended' || runs.plan.verdict !== 'pass') return runMark(runs.plan);
      return runs.install === null ? 'none' : 'done';
    case 'install':
      return runMark(runs.install);
    case 'failover':
      return failoverMark(runs.failoverTest, tried);
    case 'report':
      return reportMark(runs);
  }
}

function blockedBy(step: StepId, draft: Draft, reading: DraftReading): Message | null {
  const notYet = (): Message => message('window.rail.notYet', { step: stepName(draft.reached) });
  const { runs } = draft;
  switch (step) {
    case 'servers':
      return null;
    case 'redis':
      return order(draft.reached) < order(step) ? notYet() : null;
    case 'placement':
    case 'reachability':
    case 'review': {
      if (order(draft.reached) < order(step)) return notYet();
      if (reading.ok) return null;
      return message('window.rail.incomplete', { step: stepName(stepOfPath(reading.issues[0]?.path ?? 'servers')) });
    }
    case 'install':
      return runs.plan === null && runs.install === null
        ? message('window.rail.noPlan')
        : order(draft.reached) < order(step)
          ? notYet()
          : null;
    case 'failover':
      return runs.install === null && runs.validate === null && runs.failoverTest === null ? message('window.rail.noCluster') : null;
    case 'report':
      return runs.install === null && runs.validate === null && runs.failoverTest === null ? message('window.rail.noReport') : null;
  }
}

/** All steps with their marks, and why those that cannot be opened cannot. Pure. */
export function stepStates(draft: Draft, reading: DraftReading, runs: RunStandings, tried: readonly TriedServer[]): readonly StepState[] {
  return StepId.options.map((step) => ({
    step,
    mark: markOf(step, draft, reading, runs, tried),
    blocked: blockedBy(step, draft, reading),
  }));
}
