import type { Phase } from '../engine/phase.ts';
import { fail } from '../shared/domain/failure.ts';
import { nodesOnServer } from '../shared/domain/plan.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import { message } from '../shared/messages/message.ts';
import { factsOf, type RunContext } from './runContext.ts';

/**
 * Refuses, before anything is changed, what would break a cluster that already runs. A new password would be written to the files but not be
 * known to the running nodes: they would lose each other at their next start.
 */
export const protectRunning: Phase<RunContext> = {
  id: 'protectRunning',
  title: message('phase.protectRunning'),
  scope: 'server',
  run: (context, server) => {
    const changes = context.pending.get(server) ?? [];
    const isRunning = nodesOnServer(context.plan, server).some((node) =>
      factsOf(context, server).units.some((unit) => unit.unit === node.unit && unit.active === 'active'),
    );
    const newSecret = changes.find((change) => change.kind === 'file' && change.holdsSecret && change.action === 'replace');
    if (isRunning && newSecret?.kind === 'file')
      throw fail('redis.passwordDiffers', serverSubject(server), { values: { server, file: newSecret.path } });
    return Promise.resolve('observed');
  },
  leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
};
