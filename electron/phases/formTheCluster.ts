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
    });
    context.lastView = formed.view;
    if (!formed.hasChanged) return 'alreadyDone';
    const started = context.moments.get('nodesStarted');
    context.emit({ type: 'measured', name: 'formation.agreedMs', server: null, value: formed.agreedMs, unit: 'ms' });
    context.emit({ type: 'measured', name: 'formation.readyMs', server: null, value: formed.readyMs, unit: 'ms' });
    if (started !== undefined)
      context.emit({ type: 'measured', name: 'startToReadyMs', server: null, value: context.now() - started, unit: 'ms' });
    return 'changed';
  },
  leaves: { kind: 'keeps', reason: message('phase.keeps.nextRunGoesOn') },
};
