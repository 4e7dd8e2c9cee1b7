import type { Phase } from '../engine/phase.ts';
import { fail } from '../shared/domain/failure.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { hostOf, type RunContext } from './runContext.ts';

/** Makes sure that no other Triad works on the same servers at the same time, whatever its cluster. */
export const lockServers: Phase<RunContext> = {
  id: 'lockServers',
  title: message('phase.lockServers'),
  scope: 'server',
  run: async (context, server) => {
    const run = `${context.operator}, run ${context.runId}, as `;
    const outcome = await hostOf(context, server).holdLock(`${run}${server}`, { signal: context.signal });
    if (outcome.kind === 'taken') {
      context.locks.push(outcome.lock);
      return 'observed';
    }
    const holder = outcome.kind === 'held' ? outcome.holder : say(message('hosts.earlierBatch'));
    // Two servers of the specification that lead to one machine: the run has met itself.
    if (holder.startsWith(run))
      throw fail('host.sameMachine', serverSubject(server), { values: { server, other: holder.slice(run.length) } });
    throw fail('host.lockHeld', serverSubject(server), { values: { server, holder }, retryable: true });
  },
  leaves: { kind: 'keeps', reason: message('phase.keeps.lockEndsWithConnection') },
};
