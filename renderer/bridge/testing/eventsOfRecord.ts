import { seenAtOf } from '../../../electron/shared/domain/checkAgain.ts';
import type { RunEventBody } from '../../../electron/shared/domain/events.ts';
import type { FailoverTrial } from '../../../electron/shared/domain/failover.ts';
import { layoutOf } from '../../../electron/shared/domain/reportLayout.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';

/** An event with its moment, milliseconds since the run began. */
export interface TimedEvent {
  readonly atMs: number;
  readonly body: RunEventBody;
}

/** Half a minute of a trial in the steps in which the real one tells it. */
const SAMPLE_MS = 250;

function trialEvents(record: RunRecord, trial: FailoverTrial, fromMs: number): readonly TimedEvent[] {
  const { server } = trial;
  const zeroMs = fromMs + 5000;
  const events: TimedEvent[] = [
    { atMs: fromMs, body: { type: 'trialStarted', server, scenario: trial.scenario, atMost: 120_000 } },
    ...trial.marks.map((mark): TimedEvent => ({ atMs: zeroMs + mark.atMs, body: { type: 'trialMark', server, mark } })),
  ];
  const { before, during, after } = trial.layouts;
  const roles = [
    [fromMs + 20, before],
    [zeroMs + 7690, during],
    [zeroMs + 15_220, after],
  ] as const;
  for (const [atMs, view] of roles)
    if (view !== null) events.push({ atMs, body: { type: 'trialRoles', server, nodes: layoutOf(record.plan, view, 'during').nodes } });
  const buckets = trial.shards[0]?.rate.acknowledged.length ?? 0;
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const sinceFaultMs = -5000 + (bucket + 1) * SAMPLE_MS;
    events.push({
      atMs: zeroMs + sinceFaultMs,
      body: {
        type: 'trialProgress',
        server,
        overMs: SAMPLE_MS,
        sinceFaultMs: sinceFaultMs < 0 ? null : sinceFaultMs,
        shards: trial.shards.map((shard) => ({
          shard: shard.shard,
          acknowledged: shard.rate.acknowledged[bucket] ?? 0,
          failed: shard.rate.failed[bucket] ?? 0,
          silentMs: sinceFaultMs > shard.outageFromMs && sinceFaultMs < shard.outageToMs ? sinceFaultMs - shard.outageFromMs : 20,
        })),
      },
    });
  }
  return [...events, { atMs: zeroMs + 22_000, body: { type: 'trialFinished', trial } }];
}

/** The events that a record could have been folded from, in the order of their moments: what happens inside of a phase is spread over it. */
export function eventsOfRecord(record: RunRecord): readonly TimedEvent[] {
  const events: TimedEvent[] = [];
  const add = (atMs: number, body: RunEventBody): void => {
    events.push({ atMs, body });
  };
  const endOf = (phase: string, server: string | null = null): number => {
    const found = record.phases.find((one) => one.phase === phase && (server === null || one.server === null || one.server === server));
    return found === undefined ? record.durationMs - 1 : found.startedMs + (found.durationMs ?? 0) - 0.5;
  };
  for (const { phase, server, startedMs, durationMs, outcome, failure } of record.phases) {
    add(startedMs, { type: 'phaseStarted', phase, server });
    if (durationMs !== null && outcome !== null)
      add(startedMs + durationMs, { type: 'phaseFinished', phase, server, outcome, durationMs, failure });
  }
  for (const facts of record.facts) add(endOf('gatherFacts', facts.server), { type: 'factsGathered', facts });
  for (const { server, changes } of record.plannedChanges) add(endOf('gatherFacts', server), { type: 'changesPlanned', server, changes });
  for (const { server, phase, change, outcome } of record.appliedChanges)
    add(endOf(phase, server), { type: 'changesApplied', server, phase, changes: [change], outcomes: [outcome] });
  for (const { node, command, atMs } of record.clusterCommands) add(atMs, { type: 'clusterCommand', node, command });
  const kept = record.checks.flatMap((check) => (check.isKept === true ? [{ ...check, seenAt: seenAtOf(check, record) }] : []));
  if (record.keptFrom !== undefined)
    add(0.1, { type: 'findingsKept', kept: { runId: record.keptFrom, checks: kept, facts: [], plannedChanges: [], matrix: null } });
  for (const result of record.checks)
    if (result.isKept !== true) add(endOf('checkServers'), { type: 'checkFinished', phase: 'checkServers', result });
  for (const impact of record.clientImpacts) add(endOf('restoreRoles'), { type: 'clientImpact', impact });
  for (const matrix of record.matrices) add(endOf('checkReachability'), { type: 'matrixMeasured', matrix });
  if (record.views.before !== null) add(endOf('gatherFacts'), { type: 'clusterObserved', moment: 'before', view: record.views.before });
  if (record.views.after !== null) add(record.durationMs - 1, { type: 'clusterObserved', moment: 'after', view: record.views.after });
  for (const { name, server, value, unit } of record.measurements)
    add(record.durationMs - 1, { type: 'measured', name, server, value, unit });
  for (const { level, server, message, atMs } of record.notes) add(atMs, { type: 'note', level, server, message });
  record.trials.forEach((trial, index) => {
    const phase = record.phases.filter((one) => one.phase === 'loseServer')[index];
    events.push(...trialEvents(record, trial, (phase?.startedMs ?? 0) + 10));
  });
  const { runId, workflow, cluster, triadVersion, operator, adminMachine, specSha256, plan } = record;
  const ordered = events.toSorted((one, other) => one.atMs - other.atMs);
  return [
    { atMs: 0, body: { type: 'runStarted', runId, workflow, cluster, triadVersion, operator, adminMachine, specSha256, plan } },
    ...ordered,
    ...(record.finishedAt === null
      ? []
      : [
          {
            atMs: record.durationMs,
            body: { type: 'runFinished', verdict: record.verdict ?? 'unknown', failure: record.failure, wasAborted: record.wasAborted },
          } as const,
        ]),
  ];
}
