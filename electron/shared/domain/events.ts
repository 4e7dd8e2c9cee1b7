import { z } from 'zod';
import { Change, ChangeOutcome } from './change.ts';
import { CheckResult } from './check.ts';
import { ClientImpact } from './clientImpact.ts';
import { Failure } from './failure.ts';
import { FailoverTrial, LateUndo, Mark } from './failover.ts';
import { Measure } from './noticed.ts';
import { KeptFindings } from './keptFindings.ts';
import { PortMatrix } from './matrix.ts';
import { Message } from './message.ts';
import { ClusterPlan } from './plan.ts';
import { LayoutNode } from './reportLayout.ts';
import { FailoverScenario } from './scenario.ts';
import { ServerFacts } from './server.ts';
import { Verdict } from './verdict.ts';
import { ClusterView } from './view.ts';

export const WorkflowId = z.enum([
  'check',
  'plan',
  'install',
  'validate',
  'failoverTest',
  'restoreRoles',
  'maintenanceBegin',
  'maintenanceEnd',
  'maintenanceStatus',
  'remove',
]);
export type WorkflowId = z.infer<typeof WorkflowId>;

/** The workflows that only look: they change nothing on a server, and what was seen before them is as true as it was. */
export const LOOKING_WORKFLOWS: readonly WorkflowId[] = ['check', 'plan', 'validate', 'maintenanceStatus'];

/** How a phase ended on one server, or on the cluster. */
export const PhaseOutcome = z.enum(['changed', 'alreadyDone', 'observed', 'failed', 'aborted']);
export type PhaseOutcome = z.infer<typeof PhaseOutcome>;

const server = z.string().nullable();

/** What can happen in a run. `server: null` means the cluster as a whole. Nothing here ever holds a secret. */
export const RunEventBody = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('runStarted'),
    runId: z.string(),
    workflow: WorkflowId,
    cluster: z.string(),
    triadVersion: z.string(),
    operator: z.string(),
    adminMachine: z.string(),
    /** SHA-256 of the specification file as it was read, or null when it came from elsewhere. */
    specSha256: z.string().nullable(),
    plan: ClusterPlan,
  }),
  z.object({ type: z.literal('phaseStarted'), phase: z.string(), server }),
  z.object({ type: z.literal('phaseProgress'), phase: z.string(), server, message: Message }),
  z.object({
    type: z.literal('phaseFinished'),
    phase: z.string(),
    server,
    outcome: PhaseOutcome,
    durationMs: z.number(),
    failure: Failure.nullable(),
  }),
  z.object({ type: z.literal('factsGathered'), facts: ServerFacts }),
  z.object({ type: z.literal('changesPlanned'), server: z.string(), changes: z.array(Change) }),
  z.object({
    type: z.literal('changesApplied'),
    server: z.string(),
    phase: z.string(),
    changes: z.array(Change),
    outcomes: z.array(ChangeOutcome),
  }),
  z.object({ type: z.literal('clusterCommand'), node: z.string(), command: z.string() }),
  z.object({ type: z.literal('checkFinished'), phase: z.string(), result: CheckResult }),
  z.object({ type: z.literal('matrixMeasured'), matrix: PortMatrix }),
  /** A check that looks at a part again begins with what an earlier one found; what it finds itself takes the place of that. */
  z.object({ type: z.literal('findingsKept'), kept: KeptFindings }),
  z.object({ type: z.literal('clusterObserved'), moment: z.enum(['before', 'after']), view: ClusterView }),
  /** Round trips over SSH and milliseconds from the first cluster command; for the benchmark and the report. */
  z.object({ type: z.literal('measured'), name: z.string(), server, value: z.number(), unit: z.enum(['ms', 'count', 'bytes']) }),
  /** `measures`: what is measured beside the probe writes; missing in journals of versions that could not. */
  z.object({
    type: z.literal('trialStarted'),
    server: z.string(),
    scenario: FailoverScenario,
    atMost: z.number(),
    measures: z.array(Measure).optional(),
  }),
  /** `scenario` is missing in journals of versions that knew only the loss of a whole server. */
  z.object({ type: z.literal('trialMark'), server: z.string(), scenario: FailoverScenario.optional(), mark: Mark }),
  /**
   * What the probe writers did in the `overMs` milliseconds that end with this event, a few times a second, for a picture while a trial goes on.
   * `sinceFaultMs` is null before the fault. `silentMs`: since when the shard has acknowledged nothing; `ended`: how
   * long it had not when it was served again within this stretch, and how long ago that was. No part of the record.
   */
  z.object({
    type: z.literal('trialProgress'),
    server: z.string(),
    overMs: z.number(),
    sinceFaultMs: z.number().nullable(),
    shards: z.array(
      z.object({
        shard: z.number(),
        acknowledged: z.number(),
        failed: z.number(),
        silentMs: z.number(),
        ended: z.object({ silentMs: z.number(), agoMs: z.number() }).optional(),
      }),
    ),
  }),
  /** The six nodes as they stand, whenever one of them has changed during a trial; for the same picture. No part of the record. */
  z.object({ type: z.literal('trialRoles'), server: z.string(), nodes: z.array(LayoutNode) }),
  z.object({ type: z.literal('trialFinished'), trial: FailoverTrial }),
  /** What the last trial of this server and scenario had not taken back itself was taken back, milliseconds after its fault. Not in older journals. */
  z.object({
    type: z.literal('trialUndone'),
    server: z.string(),
    scenario: FailoverScenario,
    undoneAtMs: z.number(),
    by: LateUndo,
  }),
  /** What clients noticed of planned switchovers, when they are over and every write was read back. */
  z.object({ type: z.literal('clientImpact'), impact: ClientImpact }),
  z.object({ type: z.literal('note'), level: z.enum(['info', 'warn', 'error']), server, message: Message }),
  z.object({ type: z.literal('runFinished'), verdict: Verdict, failure: Failure.nullable(), wasAborted: z.boolean() }),
]);
export type RunEventBody = z.infer<typeof RunEventBody>;

/** A numbered fact of a run: `seq` from 1 without gaps, `at` in UTC, `sinceStartMs` on the monotonic clock. */
export const RunEvent = z.intersection(z.object({ seq: z.number().int(), at: z.string(), sinceStartMs: z.number() }), RunEventBody);
export type RunEvent = z.infer<typeof RunEvent>;
