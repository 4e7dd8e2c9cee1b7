import type { Phase } from '../engine/phase.ts';
import { restoreRoles } from '../redis/restoreRoles.ts';
import { electionRestMs } from '../redis/switchOver.ts';
import type { ImpactMoment } from '../shared/domain/clientImpact.ts';
import { areRolesAsPlanned } from '../shared/domain/roles.ts';
import { message } from '../shared/messages/message.ts';
import { restingNodes } from './lastElection.ts';
import { readClusterView } from './observeCluster.ts';
import type { RunContext } from './runContext.ts';
import { watchClients } from './watchClients.ts';

/** For the switchovers themselves, replicas that still copy included. */
const SWITCHING_MS = 60_000;

/** How long all switchovers together may take, milliseconds: nodes that were elected a moment ago rest first, all at the same time. */
export function restoreDeadlineMs(nodeTimeoutMs: number): number {
  return SWITCHING_MS + electionRestMs(nodeTimeoutMs);
}

const ID = 'restoreRoles';

/**
 * Moves the masters back to their planned nodes by planned switchovers, one after the other, and tells what clients noticed. A replica that lags is
 * waited for, at most for the deadline, and never promoted: then the run ends with `cluster.replicaNotInSync`, and nothing was moved.
 */
export function restoreMeasured(moment: ImpactMoment, server: string | null): Phase<RunContext> {
  return {
    id: ID,
    title: message('phase.restoreRoles'),
    scope: 'cluster',
    run: async (context) => {
      const deadlineMs = restoreDeadlineMs(context.plan.settings.nodeTimeoutMs);
      const restore = (): ReturnType<typeof restoreRoles> =>
        restoreRoles(context.nodes, context.plan, {
          signal: context.signal,
          deadlineMs,
          now: context.now,
          ...restingNodes(context, ID),
          emit: (node, command) => context.emit({ type: 'clusterCommand', node, command }),
        });
      // Where nothing is to be moved there is nothing to measure, and no key is written.
      const isNeeded = !areRolesAsPlanned(await readClusterView(context), context.plan);
      const { switchovers } = isNeeded ? await watchClients(context, { moment, server, deadlineMs }, restore) : await restore();
      return switchovers.length > 0 ? 'changed' : 'alreadyDone';
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nextRunGoesOn') },
  };
}
