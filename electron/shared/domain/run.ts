import { z } from 'zod';
import { Change, ChangeOutcome } from './change.ts';
import { CheckResult } from './check.ts';
import { ClientImpact } from './clientImpact.ts';
import { PhaseOutcome, WorkflowId, type RunEvent } from './events.ts';
import { Failure } from './failure.ts';
import { FailoverTrial } from './failover.ts';
import { PortMatrix } from './matrix.ts';
import { Message } from './message.ts';
import { ClusterPlan } from './plan.ts';
import { ServerFacts } from './server.ts';
import { formatSubject } from './subject.ts';
import { Verdict, worstVerdict } from './verdict.ts';
import { ClusterView } from './view.ts';

/** One phase on one server (or on the cluster, `server: null`). */
export const PhaseRecord = z.object({
  phase: z.string(),
  server: z.string().nullable(),
  startedMs: z.number(),
  durationMs: z.number().nullable(),
  outcome: PhaseOutcome.nullable(),
  failure: Failure.nullable(),
});
export type PhaseRecord = z.infer<typeof PhaseRecord>;

/** What is known of a run: the fold of its events, and all that a report is made from. */
export const RunRecord = z.object({
  runId: z.string(),
  workflow: WorkflowId,
  cluster: z.string(),
  triadVersion: z.string(),
  operator: z.string(),
  adminMachine: z.string(),
  specSha256: z.string().nullable(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  durationMs: z.number(),
  plan: ClusterPlan,
  phases: z.array(PhaseRecord),
  facts: z.array(ServerFacts),
  /** What stood between plan and servers when it was looked at, per server. */
  plannedChanges: z.array(z.object({ server: z.string(), changes: z.array(Change) })),
  /** What was really done, in order. */
  appliedChanges: z.array(z.object({ server: z.string(), phase: z.string(), change: Change, outcome: ChangeOutcome })),
  clusterCommands: z.array(z.object({ node: z.string(), command: z.string(), atMs: z.number() })),
  checks: z.array(CheckResult),
  /** The check from which results were kept, where only a part was looked at again. */
  keptFrom: z.string().optional(),
  matrices: z.array(PortMatrix),
  views: z.object({ before: ClusterView.nullable(), after: ClusterView.nullable() }),
  measurements: z.array(
    z.object({ name: z.string(), server: z.string().nullable(), value: z.number(), unit: z.enum(['ms', 'count', 'bytes']) }),
  ),
  trials: z.array(FailoverTrial),
  clientImpacts: z.array(ClientImpact),
  notes: z.array(z.object({ level: z.enum(['info', 'warn', 'error']), server: z.string().nullable(), message: Message, atMs: z.number() })),
  verdict: Verdict.nullable(),
  failure: Failure.nullable(),
  wasAborted: z.boolean(),
});
export type RunRecord = z.infer<typeof RunRecord>;

/** Adds one event to what is known of a run; the first must be `runStarted`. The same function serves screen, journal and report. */
export function applyEvent(record: RunRecord | null, event: RunEvent): RunRecord {
  if (event.type === 'runStarted') {
    return {
      runId: event.runId,
      workflow: event.workflow,
      cluster: event.cluster,
      triadVersion: event.triadVersion,
      operator: event.operator,
      adminMachine: event.adminMachine,
      specSha256: event.specSha256,
      startedAt: event.at,
      finishedAt: null,
      durationMs: event.sinceStartMs,
      plan: event.plan,
      phases: [],
      facts: [],
      plannedChanges: [],
      appliedChanges: [],
      clusterCommands: [],
      checks: [],
      matrices: [],
      views: { before: null, after: null },
      measurements: [],
      trials: [],
      clientImpacts: [],
      notes: [],
      verdict: null,
      failure: null,
      wasAborted: false,
    };
  }
  if (record === null) throw new Error(`a run begins with runStarted, not with ${event.type}`);
  const known = { ...record, durationMs: event.sinceStartMs };
  switch (event.type) {
    case 'phaseStarted':
      return {
        ...known,
        phases: [
          ...known.phases,
          { phase: event.phase, server: event.server, startedMs: event.sinceStartMs, durationMs: null, outcome: null, failure: null },
        ],
      };
    case 'phaseFinished': {
      const at = known.phases.findLastIndex((one) => one.phase === event.phase && one.server === event.server && one.outcome === null);
      return {
        ...known,
        phases: known.phases.map((one, index) =>
          index === at ? { ...one, durationMs: event.durationMs, outcome: event.outcome, failure: event.failure } : one,
        ),
      };
    }
    case 'phaseProgress':
    case 'trialStarted':
    case 'trialMark':
    case 'trialProgress':
    case 'trialRoles':
      return known;
    case 'factsGathered':
      return { ...known, facts: [...known.facts.filter((one) => one.server !== event.facts.server), event.facts] };
    case 'changesPlanned':
      return {
        ...known,
        plannedChanges: [
          ...known.plannedChanges.filter((one) => one.server !== event.server),
          { server: event.server, changes: event.changes },
        ],
      };
    case 'changesApplied':
      return {
        ...known,
        appliedChanges: [
          ...known.appliedChanges,
          ...event.outcomes.flatMap((outcome) => {
            const change = event.changes.find((one) => one.id === outcome.id);
            return change === undefined ? [] : [{ server: event.server, phase: event.phase, change, outcome }];
          }),
        ],
      };
    case 'clusterCommand':
      return {
        ...known,
        clusterCommands: [...known.clusterCommands, { node: event.node, command: event.command, atMs: event.sinceStartMs }],
      };
    case 'checkFinished': {
      const isSame = (one: CheckResult): boolean =>
        one.id === event.result.id && formatSubject(one.subject) === formatSubject(event.result.subject);
      return { ...known, checks: [...known.checks.filter((one) => !isSame(one)), { ...event.result, seenAt: event.at }] };
    }
    case 'findingsKept': {
      const { runId, checks, facts, plannedChanges, matrix } = event.kept;
      return {
        ...known,
        keptFrom: runId,
        checks: checks.map((check) => ({ ...check, isKept: true })),
        facts,
        plannedChanges,
        matrices: matrix === null ? [] : [matrix],
      };
    }
    case 'matrixMeasured':
      // One that was measured again in part holds all ways of the kept one.
      return { ...known, matrices: known.keptFrom === undefined ? [...known.matrices, event.matrix] : [event.matrix] };
    case 'clusterObserved':
      return { ...known, views: { ...known.views, [event.moment]: event.view } };
    case 'measured':
      return {
        ...known,
        measurements: [...known.measurements, { name: event.name, server: event.server, value: event.value, unit: event.unit }],
      };
    case 'trialFinished':
      return { ...known, trials: [...known.trials, event.trial] };
    case 'trialUndone': {
      const { undoneAtMs, by: undoneBy } = event;
      const at = known.trials.findLastIndex(({ server, scenario }) => server === event.server && scenario === event.scenario);
      const undone = (action: FailoverTrial['actions'][number]): FailoverTrial['actions'][number] =>
        action.undoneAtMs === null ? { ...action, undoneAtMs, undoneBy } : action;
      return { ...known, trials: known.trials.map((one, index) => (index === at ? { ...one, actions: one.actions.map(undone) } : one)) };
    }
    case 'clientImpact':
      return { ...known, clientImpacts: [...known.clientImpacts, event.impact] };
    case 'note':
      return {
        ...known,
        notes: [...known.notes, { level: event.level, server: event.server, message: event.message, atMs: event.sinceStartMs }],
      };
    case 'runFinished':
      return { ...known, finishedAt: event.at, verdict: event.verdict, failure: event.failure, wasAborted: event.wasAborted };
  }
}

/**
 * The verdict of a run. A warning is counted and shown, but does not lower it: what was asked for was done and proved. A run that failed or was
 * interrupted never passes, whatever its checks say. Nor does one that had to leave checks unmade: where nothing was found it is `unknown`, else what was found.
 */
export function runVerdictOf(record: RunRecord, failure: Failure | null): Verdict {
  if (failure !== null) return 'fail';
  const made = record.checks.filter(({ unmade }) => unmade === undefined);
  const worst = worstVerdict([
    ...made.map((one) => one.verdict),
    ...record.trials.map((one) => one.verdict),
    ...record.clientImpacts.map((one) => one.verdict),
  ]);
  const isWell = worst === 'pass' || worst === 'warn' || worst === 'skipped';
  if (!isWell) return worst;
  return made.length < record.checks.length ? 'unknown' : 'pass';
}
