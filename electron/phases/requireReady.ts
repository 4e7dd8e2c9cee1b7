import type { Phase } from '../engine/phase.ts';
import { fail, failureOf, type FailureError } from '../shared/domain/failure.ts';
import type { Message } from '../shared/domain/message.ts';
import { readinessOf } from '../shared/domain/readiness.ts';
import { clusterSubject, serverSubject } from '../shared/domain/subject.ts';
import { toleranceOf } from '../shared/domain/tolerance.ts';
import type { ClusterView } from '../shared/domain/view.ts';
import { rolesOf } from '../shared/domain/roles.ts';
import { waitForView } from '../redis/clusterView.ts';
import { message, say } from '../shared/messages/message.ts';
import type { RunContext } from './runContext.ts';

/** Six agreeing views with all replicas in sync do not change their roles by themselves: after so long there is nothing to wait for. */
const ROLES_SETTLED_MS = 3000;

/**
 * Waits until the cluster is ready (six views agree, all slots served, replicas in sync) and its roles are as planned. Returns the view that
 * proves it; throws with the reasons when it is not so within `waitMs`: `cluster.rolesNotAsPlanned` when nothing else is amiss, as after a failover
 * (then sooner, when it stays so), else `cluster.notReady`.
 */
export async function awaitReady(context: RunContext, waitMs: number, signal: AbortSignal = context.signal): Promise<ClusterView> {
  let readySinceMs: number | null = null;
  const failure = (reasons: readonly Message[]): FailureError => {
    const values = { reason: reasons.map((one) => say(one)).join('; ') };
    return fail(readySinceMs === null ? 'cluster.notReady' : 'cluster.rolesNotAsPlanned', clusterSubject, { values, retryable: true });
  };
  context.lastView = await waitForView(
    context.nodes,
    (view, earlier) => {
      context.lastView = view;
      const { reasons } = readinessOf(view, context.plan, earlier);
      readySinceMs = reasons.length > 0 ? null : (readySinceMs ?? context.now());
      const roles = rolesOf(view, context.plan).flatMap(({ reason }) => (reason === null ? [] : [reason]));
      if (roles.length > 0 && readySinceMs !== null && context.now() - readySinceMs >= ROLES_SETTLED_MS) throw failure(roles);
      return [...reasons, ...roles];
    },
    failure,
    { deadlineMs: waitMs, signal },
  );
  return context.lastView;
}

/**
 * Lets a failover test begin only on a cluster that is ready and as planned: anything else it would make worse. Fails as {@link awaitReady} does, and with
 * `failover.notSurvived` where only the roles are amiss and one of the victims is what the cluster cannot lose.
 */
export function requireReady(victims: readonly string[]): Phase<RunContext> {
  return {
    id: 'requireReady',
    title: message('phase.requireReady'),
    scope: 'cluster',
    run: async (context) => {
      const view = await awaitReady(context, 5000).catch((error: unknown) => {
        throw refusalOf(context, victims, error);
      });
      context.emit({ type: 'clusterObserved', moment: 'before', view });
      return 'observed';
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
  };
}

/** Why a cluster that is not as planned is not tested: a loss that it would not survive says more than roles that are not as planned. */
function refusalOf({ lastView, plan }: RunContext, victims: readonly string[], error: unknown): unknown {
  if (lastView === null || failureOf(error, clusterSubject).code !== 'cluster.rolesNotAsPlanned') return error;
  const deadly = toleranceOf(lastView, plan).find(({ server, survives }) => !survives && victims.includes(server));
  if (deadly === undefined) return error;
  const { server, reasons } = deadly;
  return fail('failover.notSurvived', serverSubject(server), {
    values: { server, reason: reasons.map((reason) => say(reason)).join('; ') },
    cause: error,
  });
}
