import type { RunEventBody } from '../shared/domain/events.ts';
import { fail, failureOf, FailureError, type Failure } from '../shared/domain/failure.ts';
import { clusterSubject, serverSubject } from '../shared/domain/subject.ts';
import { addEvidence } from '../shared/messages/addEvidence.ts';
import type { Phase, Workflow } from './phase.ts';

/** What the engine needs to drive phases: whom, how to tell, and when to stop. */
export interface EngineRun<Context> {
  readonly context: Context;
  readonly servers: readonly string[];
  readonly emit: (event: RunEventBody) => void;
  readonly signal: AbortSignal;
  /** Milliseconds on a monotonic clock. */
  readonly now: () => number;
}

/** How a workflow ended. `wasAborted` when the signal stopped it. */
export interface WorkflowEnd {
  readonly failure: Failure | null;
  readonly wasAborted: boolean;
}

/** The name under which a cluster phase is run, where a server's name would stand. */
const WHOLE_CLUSTER = '';

/** Runs one phase on one server (or the cluster): tells its beginning and end, turns what it throws into a failure, lets it take back its own. */
async function runPhase<Context>(
  run: EngineRun<Context>,
  phase: Phase<Context>,
  server: string,
  causeOf: Workflow<Context>['causeOf'],
): Promise<Failure | null> {
  const { emit, context, signal, now } = run;
  const named = server === WHOLE_CLUSTER ? null : server;
  const subject = named === null ? clusterSubject : serverSubject(named);
  const started = now();
  emit({ type: 'phaseStarted', phase: phase.id, server: named });
  const finish = (outcome: 'changed' | 'alreadyDone' | 'observed' | 'failed' | 'aborted', failure: Failure | null): void => {
    emit({ type: 'phaseFinished', phase: phase.id, server: named, outcome, durationMs: now() - started, failure });
  };
  try {
    signal.throwIfAborted();
    const outcome = await phase.run(context, server);
    finish(outcome, null);
    return null;
  } catch (error) {
    if (phase.leaves.kind === 'undo') {
      try {
        await phase.leaves.undo(context, server);
      } catch (undoError) {
        // The undo's failure is what needs hands, but without what came before nobody knows why it was needed.
        const failure = addEvidence(failureOf(undoError, subject), failureOf(error, subject));
        finish('failed', failure);
        return failure;
      }
    }
    // A phase that saw the signal may throw anything (a closed socket, a killed command): the reason is the signal all the same.
    const thrown =
      signal.aborted && !isFinding(error) ? fail('run.aborted', subject, { retryable: true }).failure : failureOf(error, subject);
    const failure = (await causeOf?.(context, thrown)) ?? thrown;
    finish(failure.code === 'run.aborted' ? 'aborted' : 'failed', failure);
    return failure;
  }
}

const STILL_BROKEN: ReadonlySet<string> = new Set(['failover.notHealed', 'failover.powerOnFailed', 'failover.notBack']);

/** Whether an error tells something about servers that must not be hidden behind an interruption. */
function isFinding(error: unknown): boolean {
  return error instanceof FailureError && STILL_BROKEN.has(error.failure.code);
}

/**
 * Runs the phases in order, a server phase on all servers side by side. The first failing phase ends the workflow after its other servers
 * have finished theirs, so that nothing is cut off in the middle because another server failed; unless the workflow goes on without that server.
 */
export async function runWorkflow<Context>(workflow: Workflow<Context>, run: EngineRun<Context>): Promise<WorkflowEnd> {
  let servers = run.servers;
  for (const phase of workflow.phases) {
    const targets = phase.scope === 'server' ? servers : [WHOLE_CLUSTER];
    const failures = await Promise.all(targets.map(async (server) => runPhase(run, phase, server, workflow.causeOf)));
    const failure = worstOf(failures);
    if (failure === null) continue;
    const failed = new Map(failures.flatMap((one, index) => (one === null ? [] : [[targets[index] ?? WHOLE_CLUSTER, one] as const])));
    const left = servers.filter((server) => !failed.has(server));
    const goesOn = phase.scope === 'server' && left.length > 0 && workflow.goesOnWithout?.(run.context, failed) === true;
    if (!goesOn) return { failure, wasAborted: failure.code === 'run.aborted' };
    servers = left;
  }
  return { failure: null, wasAborted: false };
}

/** The failure to report when several servers failed: a real cause before an interruption, a hint about identity or access before others. */
function worstOf(failures: readonly (Failure | null)[]): Failure | null {
  const real = failures.filter((one) => one !== null);
  return (
    real.find((one) => one.code === 'ssh.hostKeyChanged') ??
    real.find((one) => one.code !== 'run.aborted' && one.code !== 'host.lockHeld') ??
    real[0] ??
    null
  );
}
