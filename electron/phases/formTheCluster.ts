import type { Phase } from '../engine/phase.ts';
import { formCluster } from '../redis/formCluster.ts';
import { message } from '../shared/messages/message.ts';
import type { RunContext } from './runContext.ts';

/** How long forming may take until six views agree and all replicas are in sync; a large data set may need longer and is waited for later. */
const FORMING_DEADLINE_MS = 30_000;

/** Joins the six nodes as planned, doing only what is missing. */
export const formTheCluster: Phase<RunContext> = {
  id: 'formCluster',
  title: message('phase.formCluster'),
  scope: 'cluster',
  run: async (context) => {
    const formed = await formCluster(context.nodes, context.plan, {
      signal: context.signal,
      deadlineMs: FORMING_DEADLINE_MS,
      emit: (node, command) => context.emit({ type: 'clusterCommand', node, command }),
      now: context.now,
      // `verifyCluster` waits for the rest, and checks the servers meanwhile.
      until: 'formed',
    });
    context.lastView = formed.view;
    if (!formed.hasChanged) return 'alreadyDone';
    if (formed.firstCommandAtMs !== null) context.moments.set('firstClusterCommand', formed.firstCommandAtMs);
    context.emit({ type: 'measured', name: 'formation.agreedMs', server: null, value: formed.agreedMs, unit: 'ms' });
    return 'changed';
  },
  leaves: { kind: 'keeps', reason: message('phase.keeps.nextRunGoesOn') },
};
