import type { Phase } from '../engine/phase.ts';
import { restoreRoles } from '../redis/restoreRoles.ts';
import { message } from '../shared/messages/message.ts';
import type { RunContext } from './runContext.ts';

/** How long all switchovers together may take, replicas that still copy included. */
export const RESTORE_DEADLINE_MS = 60_000;

/** Moves the masters back to their planned nodes by planned switchovers, one after the other. */
export const restorePlannedRoles: Phase<RunContext> = {
  id: 'restoreRoles',
  title: message('phase.restoreRoles'),
  scope: 'cluster',
  run: async (context) => {
    const restored = await restoreRoles(context.nodes, context.plan, {
      signal: context.signal,
      deadlineMs: RESTORE_DEADLINE_MS,
      emit: (node, command) => context.emit({ type: 'clusterCommand', node, command }),
    });
    return restored.switchovers.length > 0 ? 'changed' : 'alreadyDone';
  },
  leaves: { kind: 'keeps', reason: message('phase.keeps.nextRunGoesOn') },
};
