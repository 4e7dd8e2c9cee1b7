import type { Phase } from '../engine/phase.ts';
import { fail } from '../shared/domain/failure.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import { message } from '../shared/messages/message.ts';
import { passwordOn } from './findPassword.ts';
import type { RunContext } from './runContext.ts';

/**
 * Refuses, before anything is changed, to replace the password of a cluster: running nodes would not know the new one and lose each other at their
 * next start, and clients would be locked out. Whether nodes run at this moment does not matter; only the password itself is compared, so
 * that a file that an older Triad wrote in other words is no obstacle.
 */
export const protectRunning: Phase<RunContext> = {
  id: 'protectRunning',
  title: message('phase.protectRunning'),
  scope: 'server',
  run: async (context, server) => {
    const replaced = (context.pending.get(server) ?? []).find(
      (change) => change.kind === 'file' && change.holdsSecret && change.action === 'replace',
    );
    if (replaced?.kind !== 'file') return 'alreadyDone';
    if ((await passwordOn(context, server)) !== context.password.value)
      throw fail('redis.passwordDiffers', serverSubject(server), { values: { server, file: replaced.path } });
    return 'observed';
  },
  leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
};
