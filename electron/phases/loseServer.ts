import type { Phase } from '../engine/phase.ts';
import { restoreRoles } from '../redis/restoreRoles.ts';
import { fail, failureOf } from '../shared/domain/failure.ts';
import type { FailoverTrial, LateUndo } from '../shared/domain/failover.ts';
import { nodesHit } from '../shared/domain/fault.ts';
import { promotionDeadlineMs, RETURN_DEADLINE_MS } from '../shared/domain/faultLimit.ts';
import type { Measure } from '../shared/domain/noticed.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { reachNode } from './connectNodes.ts';
import { restingNodes } from './lastElection.ts';
import { restoreDeadlineMs } from './restorePlannedRoles.ts';
import type { RunContext } from './runContext.ts';
import { runTrial, type TrialEnd } from './runTrial.ts';
import { healVictim } from './healVictim.ts';
import { endProbes, newTrial, tell, trialPhase, type Trial, type TrialWish } from './trial.ts';
import { trialDeadlineMs } from './trialDeadlines.ts';

/**
 * One trial of the failover test: does what its scenario says to the victim and measures what clients notice, takes it back once the replica has taken over,
 * restores the planned layout and verifies it. Whatever happens on the way, the victim is healed. `measures`: what is measured beside its own writes. Fails with
 * `failover.tookTooLong` after its deadline.
 */
export function loseServer(wish: TrialWish, measures: readonly Measure[] = []): Phase<RunContext> {
  const { server } = wish;
  let trial: Trial | null = null;
  /** The trial as it was told, where it could not take back everything itself. */
  let left: FailoverTrial | null = null;
  /** When the admin or the deadline stopped it, on the run's clock. */
  let stoppedAtMs: number | null = null;
  const end = async (context: RunContext): Promise<void> => {
    if (trial === null) return;
    const ended = trial;
    trial = null;
    try {
      if (ended.isInjected) {
        tell(context, ended, message('failover.progress.healing', { server }));
        await healVictim(context, ended);
        tellUndone(context, ended, 'undo');
        if (stoppedAtMs !== null) {
          const seconds = ((context.now() - stoppedAtMs) / 1000).toFixed(1);
          tell(context, ended, message('failover.progress.healed', { server, seconds }));
        }
      }
      if (ended.marks.has('faultInjected') && (await takeRolesBack(context, ended))) tellUndone(context, ended, 'roles');
    } finally {
      // Neither decides anything any more; until here they show how the cluster comes back.
      ended.progress?.stop();
      await Promise.allSettled([ended.watch?.stop(), ended.probes?.stop(), ended.noticing?.stop()]);
      await endProbes(context, ended);
    }
  };
  /** Once: what heals a server leaves nothing for the roles to take back, and a switchover has nothing to heal. */
  const tellUndone = (context: RunContext, { server: victim, scenario, faultAtMs }: Trial, by: LateUndo): void => {
    if (left?.actions.some(({ undoneAtMs }) => undoneAtMs === null) !== true) return;
    left = null;
    context.emit({ type: 'trialUndone', server: victim, scenario, undoneAtMs: Math.round(context.now() - faultAtMs), by });
  };
  return {
    id: trialPhase(wish),
    title: message('phase.loseServer'),
    scope: 'cluster',
    run: async (context) => {
      trial = newTrial(context, wish, measures);
      const deadlineMs = wish.deadlineMs ?? trialDeadlineMs(wish.scenario, context.plan.settings);
      const { finished, notRestored, trouble } = await runWithin(context, trial, deadlineMs, (atMs) => (stoppedAtMs = atMs));
      // Where the cluster is not as planned again, the undo tries once more.
      if (notRestored === null) trial = null;
      left = finished;
      context.emit({ type: 'trialFinished', trial: finished });
      if (trouble !== null) throw trouble.error;
      if (finished.verdict === 'fail')
        throw fail('failover.notPromoted', serverSubject(server), {
          values: {
            node: nodesHit(context.plan, wish.scenario, server)[0]?.id ?? server,
            seconds: Math.round(promotionDeadlineMs(wish.scenario, context.plan.settings) / 1000),
          },
        });
      return 'changed';
    },
    leaves: { kind: 'undo', undo: end },
  };
}

/** Runs a trial that is given up after `deadlineMs`, or when the run is aborted; `onStop` is told when. */
async function runWithin(context: RunContext, trial: Trial, deadlineMs: number, onStop: (atMs: number) => void): Promise<TrialEnd> {
  const late = AbortSignal.timeout(deadlineMs);
  const signal = AbortSignal.any([context.signal, late]);
  const stop = (): void => onStop(context.now());
  signal.addEventListener('abort', stop, { once: true });
  const bounded: RunContext = { ...context, signal };
  try {
    return await runTrial(bounded, trial);
  } catch (error) {
    if (!late.aborted || context.signal.aborted) throw error;
    const { server } = trial;
    throw fail('failover.tookTooLong', serverSubject(server), {
      values: { server, seconds: Math.round(deadlineMs / 1000) },
      cause: error,
    });
  } finally {
    // Whoever comes after the trial knows the cluster as the trial saw it last.
    context.lastView = bounded.lastView;
    signal.removeEventListener('abort', stop);
  }
}

/**
 * After a trial that broke off: gives the masters their planned nodes back, or says who must. Like `heal` not bound to the run's signal. A cluster with
 * two masters on one server works, and the next lost server breaks it. Whether they have them back.
 */
async function takeRolesBack(context: RunContext, trial: Trial): Promise<boolean> {
  const { plan } = context;
  const deadlineMs = restoreDeadlineMs(plan.settings.nodeTimeoutMs);
  const signal = AbortSignal.timeout(RETURN_DEADLINE_MS + deadlineMs);
  tell(context, trial, message('failover.progress.restoring'));
  try {
    await Promise.all(trial.hit.map(async (node) => reachNode(context, node, RETURN_DEADLINE_MS, signal)));
    await restoreRoles(context.nodes, plan, {
      signal,
      deadlineMs,
      ...restingNodes(context, trial.phase),
      emit: (node, command) => context.emit({ type: 'clusterCommand', node, command }),
    });
    return true;
  } catch (error) {
    const { code, values } = failureOf(error, serverSubject(trial.server));
    context.emit({
      type: 'note',
      level: 'warn',
      server: null,
      message: message('cluster.rolesNotAsPlanned', { reason: say({ code, values }) }),
    });
    context.emit({ type: 'note', level: 'warn', server: null, message: message('cluster.rolesNotAsPlanned.remedy') });
    return false;
  }
}
