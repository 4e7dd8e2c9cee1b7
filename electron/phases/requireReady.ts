import type { Phase } from '../engine/phase.ts';
import { fail } from '../shared/domain/failure.ts';
import { readinessOf } from '../shared/domain/readiness.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import type { ClusterView } from '../shared/domain/view.ts';
import { rolesOf } from '../shared/domain/roles.ts';
import { waitForView } from '../redis/clusterView.ts';
import { message, say } from '../shared/messages/message.ts';
import type { RunContext } from './runContext.ts';

/**
 * Waits until the cluster is ready (six views agree, all slots served, replicas in sync) and its roles are as planned. Returns the view that
 * proves it; throws with the reasons when it is not so within `waitMs`: `cluster.rolesNotAsPlanned` when nothing else is amiss, as after a failover,
 * else `cluster.notReady`.
 */
export async function awaitReady(context: RunContext, waitMs: number, signal: AbortSignal = context.signal): Promise<ClusterView> {
  let isReady = false;
  context.lastView = await waitForView(
    context.nodes,
    (view, earlier) => {
      const { reasons } = readinessOf(view, context.plan, earlier);
      isReady = reasons.length === 0;
      return [...reasons, ...rolesOf(view, context.plan).flatMap(({ reason }) => (reason === null ? [] : [reason]))];
    },
    (reasons) => {
      const values = { reason: reasons.map((one) => say(one)).join('; ') };
      return fail(isReady ? 'cluster.rolesNotAsPlanned' : 'cluster.notReady', clusterSubject, { values, retryable: true });
    },
    { deadlineMs: waitMs, signal },
  );
  return context.lastView;
}

/** Lets a failover test begin only on a cluster that is ready and as planned: anything else it would make worse. */
export const requireReady: Phase<RunContext> = {
  id: 'requireReady',
  title: message('phase.requireReady'),
  scope: 'cluster',
  run: async (context) => {
    context.emit({ type: 'clusterObserved', moment: 'before', view: await awaitReady(context, 5000) });
    return 'observed';
  },
  leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
};
